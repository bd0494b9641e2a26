import { useTranslation } from 'react-i18next'
import { TALK_TYPES } from '../../../../shared/domain/talk.ts'
import { useCall } from '../../../api/use-call.ts'
import { personOf, usePeopleGroups } from '../person-input.tsx'
import type { OptionGroup } from '../search-combobox.tsx'
import type { ColumnId } from './columns.ts'
import type { Choice } from './table.ts'

const SHOWN = 8

export interface Choices {
  readonly groups: readonly OptionGroup[]
  /** The options belong to the letter before. */
  readonly stale: boolean
  readonly choiceOf: (value: string) => Choice | null
}

/** What a cell offers while something is typed into it: people of the roll, talkers, the types. */
export function useChoices(column: ColumnId, typed: string, open: boolean): Choices {
  const { t } = useTranslation('talk')
  const text = typed.trim()
  const asked = open && column === 'cadre' && text !== ''
  const found = useCall('cadre.list', { text, limit: SHOWN, presence: 'here' }, { enabled: asked })
  const people = usePeopleGroups(open && column === 'talker' ? text : '')
  const words = TALK_TYPES.map((value) => ({ value, label: t(`talkType.${value}`) }))
  const cadres = (asked ? (found.data?.rows ?? []) : []).map((row) => ({
    value: row.id,
    label: row.name,
    note: [row.unitName, row.postTitle].filter(Boolean).join(' · '),
  }))
  if (column === 'talkType') {
    const label = (value: string) => words.find((word) => word.value === value)?.label ?? ''
    return {
      groups: [{ label: null, options: words }],
      stale: false,
      choiceOf: (value) => ({ talkType: label(value) }),
    }
  }
  if (column === 'cadre') {
    const nameOf = (value: string) => cadres.find((one) => one.value === value)?.label ?? ''
    return {
      groups: cadres.length > 0 ? [{ label: null, options: cadres }] : [],
      stale: found.stale || found.loading,
      choiceOf: (id) => ({ cadre: { id, name: nameOf(id) } }),
    }
  }
  const shown = people.groups.filter(({ options }) => options.length > 0)
  return {
    groups: shown,
    stale: people.stale,
    choiceOf: (value) => {
      const option = shown.flatMap(({ options }) => options).find((one) => one.value === value)
      return option === undefined ? null : { talker: personOf(value), name: option.label }
    },
  }
}
