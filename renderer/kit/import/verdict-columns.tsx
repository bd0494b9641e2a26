import { useTranslation } from 'react-i18next'
import type * as z from 'zod'
import type { ImportChange, ImportMatch, ImportState } from '../../../shared/contract/import.ts'
import type { Column } from '../register-table.tsx'
import { StatusWord, type Tone } from '../status-word.tsx'
import { fieldLabel } from '../texts.ts'
import type { Decision } from './choices.ts'

/** What a row of a roster and a form have in common once the dry run has looked at them. */
export interface Judged {
  readonly state: ImportState
  readonly match: z.infer<typeof ImportMatch> | null
  readonly changes: readonly z.infer<typeof ImportChange>[]
}

const TONES: Readonly<Record<ImportState, Tone>> = {
  added: 'done',
  changed: 'info',
  unchanged: 'quiet',
  confirm: 'soon',
  problem: 'alarm',
}

/** The register's own columns, then the verdict and one line about it; the whole of it is in the panel beside. */
export function useVerdictColumns<Row extends Judged>(
  own: readonly Column<Row>[],
  decisionOf: (row: Row) => Decision | undefined,
  sentenceOf: (row: Row) => string | undefined,
): Column<Row>[] {
  const { t } = useTranslation(['import', 'roster', 'common'])
  const explanation = (row: Row): string => {
    const decision = decisionOf(row)
    if (row.state === 'confirm' && decision) return t(`confirm.${decision}`)
    if (row.state === 'confirm' && row.match) return t('confirm.question', { name: row.match.name })
    const sentence = sentenceOf(row)
    if (sentence !== undefined || row.state !== 'changed') return sentence ?? ''
    return row.changes.map(({ field }) => fieldLabel('cadre', field)).join(t('common:separator'))
  }
  return [
    ...own,
    {
      id: 'state',
      header: t('check.state'),
      width: 120,
      cell: (row) => <StatusWord tone={TONES[row.state]}>{t(`roster:state.${row.state}`)}</StatusWord>,
    },
    { id: 'explanation', header: t('check.explanation'), cell: explanation },
  ]
}
