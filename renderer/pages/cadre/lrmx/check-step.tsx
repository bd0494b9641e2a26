import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportCounts } from '../../../../shared/contract/import.ts'
import type { LrmxFile, LrmxOpened } from '../../../../shared/contract/lrmx.ts'
import { rowsOf } from '../../../api/use-rows.ts'
import { formatMonth, NOTHING } from '../../../kit/format.ts'
import { ImportCheck, type ShownState } from '../../../kit/import/check.tsx'
import type { Choices, Decision } from '../../../kit/import/choices.ts'
import type { Column } from '../../../kit/register-table.tsx'
import { findingSentence } from '../../../kit/texts.ts'
import { FilePanel } from './file-panel.tsx'
import { problemSentence } from './problem-sentence.ts'

/** 核对: every file with its verdict; who might be the same person is decided here, and nothing is written before that. */
export function LrmxCheckStep({
  opened: { counts, files },
  choices,
  onChoices,
  onMore,
  onImport,
}: {
  readonly opened: LrmxOpened
  readonly choices: Choices
  readonly onChoices: (choices: Choices) => void
  readonly onMore: () => void
  readonly onImport: () => void
}) {
  const { t } = useTranslation('lrmx')
  const [shown, setShown] = useState<ShownState>('all')
  const [open, setOpen] = useState(files.length === 1 ? (files[0] ?? null) : null)
  const source = useMemo(() => rowsOf(files.filter(({ state }) => shown === 'all' || state === shown)), [files, shown])
  const decide = (index: number, decision: Decision) =>
    onChoices({ ...choices, confirmations: { ...choices.confirmations, [index]: decision } })
  return (
    <ImportCheck
      id="lrmx-check"
      counts={counts}
      shown={shown}
      onShown={setShown}
      source={source}
      columns={useFileColumns()}
      keyOf={({ index }) => index}
      sentenceOf={worstOf}
      choices={choices}
      onChoices={onChoices}
      toConfirm={async () => files.filter(({ state }) => state === 'confirm').map(({ index }) => index)}
      words={useWords(counts)}
      onOpen={setOpen}
      panel={(close) =>
        open && (
          <FilePanel
            key={open.index}
            file={open}
            decision={choices.confirmations[open.index]}
            onDecide={(decision) => decide(open.index, decision)}
            onClose={close}
          />
        )
      }
      actions={
        <Button variant="default" onClick={onMore}>
          {t('check.more')}
        </Button>
      }
      onImport={onImport}
    />
  )
}

function worstOf({ problems, findings: [finding] }: LrmxFile): string | undefined {
  const worst = problems.find(({ severity }) => severity === 'error') ?? problems[0]
  return worst ? problemSentence(worst) : finding && findingSentence(finding)
}

function useWords(counts: ImportCounts) {
  const { t } = useTranslation('lrmx')
  return {
    summary: t('check.summary', counts),
    problemHint: t('check.problemHint'),
    defaults: { unit: t('defaults.unit'), rollGroup: t('defaults.rollGroup') },
  }
}

function useFileColumns(): Column<LrmxFile>[] {
  const { t } = useTranslation(['lrmx', 'cadre'])
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('cadre:field.name'),
        width: 96,
        fixed: true,
        cell: (file) => <strong>{file.name ?? NOTHING}</strong>,
      },
      {
        id: 'birthMonth',
        header: t('cadre:field.birthMonth'),
        width: 96,
        cell: (file) => formatMonth(file.birthMonth),
      },
      { id: 'file', header: t('check.file'), width: 200, cell: (file) => file.fileName },
    ],
    [t],
  )
}
