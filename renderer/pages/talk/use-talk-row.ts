import type { Output } from '../../../shared/contract/index.ts'
import { useCall } from '../../api/use-call.ts'
import type { TalkView } from './talk-values.ts'

export type TalkFacts = Output<'talk.list'>['rows'][number]
/** More talks than anybody has with one person. */
const MOST = 500

/** The list's row of one talk: the names behind its ids, how many sat there, how far its follow-up is. */
export function useTalkRow(record: TalkView | undefined): { row: TalkFacts | undefined; fault: Error | null } {
  const { data, fault } = useCall(
    'talk.list',
    { ...(record ? { cadreId: record.cadreId } : {}), withVoided: true, limit: MOST },
    { enabled: record !== undefined, keepPrevious: false },
  )
  return { row: data?.rows.find(({ id }) => id === record?.id), fault }
}

/** The other records of the same sitting, one per person. */
export function useSameSitting(row: TalkFacts | undefined): TalkFacts[] {
  const several = row !== undefined && row.inAct > 1
  const { data } = useCall(
    'talk.list',
    { year: Number(row?.heldOn.slice(0, 4) ?? 2000), text: row?.talkerName ?? '', limit: MOST },
    { enabled: several, keepPrevious: false },
  )
  return several ? (data?.rows.filter(({ actId, id }) => actId === row.actId && id !== row.id) ?? []) : []
}
