import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { LrmxFile } from '../../../../shared/contract/lrmx.ts'
import { formatMonth, NOTHING } from '../../../kit/format.ts'
import type { Column } from '../../../kit/register-table.tsx'
import { StatusWord, type Tone } from '../../../kit/status-word.tsx'
import { fieldLabel, findingSentence } from '../../../kit/texts.ts'
import type { Choices } from '../import/choices.ts'
import { problemSentence } from './problem-sentence.ts'

const TONES: Readonly<Record<LrmxFile['state'], Tone>> = {
  added: 'done',
  changed: 'info',
  unchanged: 'quiet',
  confirm: 'soon',
  problem: 'alarm',
}
type T = TFunction<['lrmx', 'roster', 'cadre']>

/** One line per file; the whole sentences, and what to decide, are in the panel beside. */
export function useCheckColumns(confirmations: Choices['confirmations']): Column<LrmxFile>[] {
  const { t } = useTranslation(['lrmx', 'roster', 'cadre'])
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
      {
        id: 'state',
        header: t('roster:check.state'),
        width: 104,
        cell: (file) => <StatusWord tone={TONES[file.state]}>{t(`roster:state.${file.state}`)}</StatusWord>,
      },
      { id: 'explanation', header: t('roster:check.explanation'), cell: (file) => explanation(t, file, confirmations) },
    ],
    [t, confirmations],
  )
}

function explanation(t: T, file: LrmxFile, confirmations: Choices['confirmations']): string {
  const decision = confirmations[file.index]
  if (file.state === 'confirm' && decision) return t(`roster:confirm.${decision}`)
  if (file.state === 'confirm' && file.match) return t('roster:confirm.question', { name: file.match.name })
  const worst = file.problems.find(({ severity }) => severity === 'error') ?? file.problems[0]
  if (worst) return problemSentence(worst)
  const [finding] = file.findings
  if (finding) return findingSentence(finding)
  return file.state === 'changed'
    ? file.changes.map(({ field }) => fieldLabel('cadre', field)).join(t('roster:check.separator'))
    : ''
}
