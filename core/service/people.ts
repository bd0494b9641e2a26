import type { TalkPerson } from '../../shared/domain/talk.ts'
import type { Db } from '../../db/schema.ts'

/** Names of the people a talk speaks of: officers, cadres or plain names. */
export async function namesOf(
  db: Db,
  people: readonly (TalkPerson | null)[],
): Promise<(person: TalkPerson | null) => string | null> {
  const cadreIds = [...new Set(people.flatMap((p) => (p && 'cadreId' in p ? [p.cadreId] : [])))]
  const officers = await db.selectFrom('officer').select(['id', 'name']).execute()
  const cadres = cadreIds.length
    ? await db.selectFrom('cadre').select(['id', 'name']).where('id', 'in', cadreIds).execute()
    : []
  const names = new Map([...officers, ...cadres].map((row) => [row.id, row.name]))
  return (person) => {
    if (!person) return null
    if ('name' in person) return person.name
    return names.get('officerId' in person ? person.officerId : person.cadreId) ?? '—'
  }
}
