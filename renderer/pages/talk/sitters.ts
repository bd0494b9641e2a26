import { useQueries } from '@tanstack/react-query'
import type { Output } from '../../../shared/contract/index.ts'
import { useClient } from '../../api/use-call.ts'
import { NOTHING_OWN, type Sitter } from './talk-values.ts'

/** The cadres a talk was opened for, `?cadre=<id>,<id>`; null while they are being read. */
export function useSitters(ids: readonly string[]): { sitters: Sitter[] | null; fault: Error | null } {
  const call = useClient()
  const answers = useQueries({
    queries: ids.map((id) => ({ queryKey: ['cadre.get', { id }], queryFn: () => call('cadre.get', { id }) })),
  })
  const read = answers.map(({ data }) => data).filter((data) => data !== undefined)
  return {
    sitters: read.length === ids.length ? read.filter(({ record }) => !record.voided).map(sitterOf) : null,
    fault: answers.find(({ error }) => error !== null)?.error ?? null,
  }
}

export const sitterOf = ({ record, unitName, talkedThisYear, lastTalkOn, onRoll }: Output<'cadre.get'>): Sitter => ({
  id: record.id,
  name: record.name,
  unitName,
  postTitle: record.postTitle,
  rollGroup: record.rollGroup,
  onRoll,
  talkedThisYear,
  lastTalkOn,
  ...NOTHING_OWN,
})
