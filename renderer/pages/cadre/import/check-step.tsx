import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportCounts } from '../../../../shared/contract/import.ts'
import type { RosterFile, RosterRow } from '../../../../shared/contract/roster.ts'
import { useClient } from '../../../api/use-call.ts'
import { useRows } from '../../../api/use-rows.ts'
import { NOTHING } from '../../../kit/format.ts'
import { ImportCheck, type ShownState } from '../../../kit/import/check.tsx'
import type { Choices, Decision } from '../../../kit/import/choices.ts'
import type { Column } from '../../../kit/register-table.tsx'
import { problemSentence } from './problem-sentence.ts'
import { ReportButton } from './report-button.tsx'
import { RowPanel } from './row-panel.tsx'
import { rowsToConfirm } from './rows-to-confirm.ts'

/** 核对: every row with its verdict; what is wrong is put right here, who might be the same person is decided here. */
export function CheckStep({
  file: { importId },
  counts,
  choices,
  onCounts,
  onChoices,
  onBack,
  onImport,
}: {
  readonly file: RosterFile
  readonly counts: ImportCounts
  readonly choices: Choices
  readonly onCounts: (counts: ImportCounts) => void
  readonly onChoices: (choices: Choices) => void
  readonly onBack: () => void
  readonly onImport: () => void
}) {
  const { t } = useTranslation('roster')
  const call = useClient()
  const [shown, setShown] = useState<ShownState>('all')
  const [open, setOpen] = useState<RosterRow | null>(null)
  const source = useRows('roster.rows', { importId, ...(shown === 'all' ? {} : { state: shown }) })
  const decide = (row: number, decision: Decision) =>
    onChoices({ ...choices, confirmations: { ...choices.confirmations, [row]: decision } })
  return (
    <ImportCheck
      id="roster-check"
      counts={counts}
      shown={shown}
      onShown={setShown}
      source={source}
      columns={useRowColumns()}
      keyOf={({ row }) => row}
      sentenceOf={worstOf}
      choices={choices}
      onChoices={onChoices}
      toConfirm={() => rowsToConfirm(call, importId)}
      words={useWords(counts)}
      onOpen={setOpen}
      panel={(close) =>
        open && (
          <RowPanel
            key={open.row}
            importId={importId}
            row={open}
            decision={choices.confirmations[open.row]}
            onDecide={(decision) => decide(open.row, decision)}
            onFixed={(row, next) => {
              setOpen(row)
              onCounts(next)
            }}
            onClose={close}
          />
        )
      }
      actions={
        <>
          <Button variant="default" onClick={onBack}>
            {t('check.columnsAgain')}
          </Button>
          <ReportButton importId={importId} label={t('check.report')} />
        </>
      }
      onImport={onImport}
    />
  )
}

function worstOf({ problems }: RosterRow): string | undefined {
  const worst = problems.find(({ severity }) => severity === 'error') ?? problems[0]
  return worst && problemSentence(worst)
}

function useWords(counts: ImportCounts) {
  const { t } = useTranslation('roster')
  return {
    summary: t('check.summary', counts),
    problemHint: t('check.problemHint'),
    defaults: { unit: t('defaults.unit'), rollGroup: t('defaults.rollGroup'), note: t('defaults.unitsToAdd') },
  }
}

function useRowColumns(): Column<RosterRow>[] {
  const { t } = useTranslation(['roster', 'cadre'])
  return useMemo(
    () => [
      { id: 'row', header: t('check.row'), width: 64, align: 'end', fixed: true, cell: (row) => row.row },
      {
        id: 'name',
        header: t('cadre:field.name'),
        width: 96,
        fixed: true,
        cell: (row) => <strong>{row.name ?? NOTHING}</strong>,
      },
      { id: 'unit', header: t('cadre:field.unitId'), width: 136, cell: (row) => row.unitName ?? NOTHING },
    ],
    [t],
  )
}
