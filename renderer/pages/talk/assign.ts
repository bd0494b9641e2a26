import type { Output } from '../../../shared/contract/index.ts'
import type { LocalDate } from '../../../shared/domain/dates.ts'
import type { TalkPerson } from '../../../shared/domain/talk.ts'
import type { Call } from '../../api/client.ts'

/**
 * Makes one person the talker of several cadres from today on; null takes the assignment away.
 *
 * An assignment of today is corrected, an older one ends yesterday and is followed by a new one. Repeating after a failure is
 * harmless: whoever has the talker already is passed over. `reason` is kept where an assignment of today is taken away.
 */
export async function assign(
  call: Call,
  cadreIds: readonly string[],
  talker: TalkPerson | null,
  {
    today,
    reason,
    told,
  }: { readonly today: LocalDate; readonly reason: string; readonly told: (done: number) => void },
): Promise<void> {
  const { rows } = await call('talk-assignment.list', {})
  const inForce = rows.map(({ record }) => record).filter(({ until }) => until === null || until >= today)
  let done = 0
  for (const cadreId of cadreIds) {
    const current = inForce.find((record) => record.cadreId === cadreId)
    if (JSON.stringify(current?.talker ?? null) !== JSON.stringify(talker)) {
      const begunToday = current !== undefined && current.since >= today
      if (begunToday && talker !== null) await correct(call, current, talker)
      else {
        if (current) await end(call, current, begunToday ? reason : null, today)
        if (talker !== null) await call('talk-assignment.save', { set: { cadreId, talker, since: today } })
      }
    }
    told(++done)
  }
}

type Assignment = Output<'talk-assignment.list'>['rows'][number]['record']

const correct = (call: Call, { id, version }: Assignment, talker: TalkPerson) =>
  call('talk-assignment.save', { id, version, set: { talker } })

/** What began today never was in force, so it is void; what was ends with yesterday. */
const end = (call: Call, { id, version }: Assignment, reason: string | null, today: LocalDate) =>
  reason === null
    ? call('talk-assignment.save', { id, version, set: { until: dayBefore(today) } })
    : call('talk-assignment.void', { id, version, reason })

const DAY = 86_400_000
const dayBefore = (day: LocalDate): LocalDate =>
  new Date(Date.parse(`${day}T00:00:00Z`) - DAY).toISOString().slice(0, 10)
