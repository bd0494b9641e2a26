import type { LocalDate } from '../../../shared/domain/dates.ts'
import type { TalkPerson } from '../../../shared/domain/talk.ts'
import type { Call } from '../../api/client.ts'

/**
 * Makes one person the talker of several cadres from today on.
 *
 * An assignment of today is corrected, an older one ends yesterday and is followed by a new one. Repeating after a failure is
 * harmless: whoever has the talker already is passed over.
 */
export async function assign(
  call: Call,
  people: readonly { readonly cadreId: string }[],
  talker: TalkPerson,
  today: LocalDate,
  told: (done: number) => void,
): Promise<void> {
  const { rows } = await call('talk-assignment.list', {})
  const inForce = rows.map(({ record }) => record).filter(({ until }) => until === null || until >= today)
  let done = 0
  for (const { cadreId } of people) {
    const current = inForce.find((record) => record.cadreId === cadreId)
    if (current === undefined) {
      await call('talk-assignment.save', { set: { cadreId, talker, since: today } })
    } else if (JSON.stringify(current.talker) !== JSON.stringify(talker)) {
      const { id, version } = current
      if (current.since >= today) {
        await call('talk-assignment.save', { id, version, set: { talker } })
      } else {
        await call('talk-assignment.save', { id, version, set: { until: dayBefore(today) } })
        await call('talk-assignment.save', { set: { cadreId, talker, since: today } })
      }
    }
    told(++done)
  }
}

const DAY = 86_400_000
const dayBefore = (day: LocalDate): LocalDate =>
  new Date(Date.parse(`${day}T00:00:00Z`) - DAY).toISOString().slice(0, 10)
