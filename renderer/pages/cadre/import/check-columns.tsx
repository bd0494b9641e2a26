import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RosterRow } from '../../../../shared/contract/roster.ts'
import { NOTHING } from '../../../kit/format.ts'
import type { Column } from '../../../kit/register-table.tsx'
import { StatusWord, type Tone } from '../../../kit/status-word.tsx'
import { fieldLabel } from '../../../kit/texts.ts'
import type { Choices } from './choices.ts'
import { problemSentence } from './problem-sentence.ts'

const TONES: Readonly<Record<RosterRow['state'], Tone>> = {
  added: 'done',
  changed: 'info',
  unchanged: 'quiet',
  confirm: 'soon',
  problem: 'alarm',
}

/** One line per row of the file; the whole sentence and what to do are in the panel beside. */
export function useCheckColumns(confirmations: Choices['confirmations']): Column<RosterRow>[] {
  const { t } = useTranslation('roster')
  return useMemo(
    () => [
      { id: 'row', header: t('check.row'), width: 64, align: 'end', fixed: true, cell: (row) => row.row },
      {
        id: 'name',
        header: t('check.name'),
        width: 96,
        fixed: true,
        cell: (row) => <strong>{row.name ?? NOTHING}</strong>,
      },
      { id: 'unit', header: t('check.unit'), width: 136, cell: (row) => row.unitName ?? NOTHING },
      {
        id: 'state',
        header: t('check.state'),
        width: 104,
        cell: (row) => <StatusWord tone={TONES[row.state]}>{t(`state.${row.state}`)}</StatusWord>,
      },
      { id: 'explanation', header: t('check.explanation'), cell: (row) => explanation(t, row, confirmations) },
    ],
    [t, confirmations],
  )
}

function explanation(t: TFunction<'roster'>, row: RosterRow, confirmations: Choices['confirmations']): string {
  const decision = confirmations[row.row]
  if (row.state === 'confirm' && decision) return t(`confirm.${decision}`)
  if (row.state === 'confirm' && row.match) return t('confirm.question', { name: row.match.name })
  const worst = row.problems.find(({ severity }) => severity === 'error') ?? row.problems[0]
  if (worst) return problemSentence(worst)
  return row.state === 'changed'
    ? row.changes.map(({ field }) => fieldLabel('cadre', field)).join(t('check.separator'))
    : ''
}
