import { asOfDate } from '../../shared/domain/dates.ts'
import { setting } from '../../shared/domain/setting.ts'
import { talkAssignment } from '../../shared/domain/talk.ts'
import { coverageOf, type Coverage as Counted } from '../../shared/rules/talk-coverage.ts'
import { allRecords } from '../../db/repo/record.ts'
import { lastTalkDaysOf, talkedTo } from '../../db/repo/talk.ts'
import type { Db } from '../../db/schema.ts'
import type { HandlersOf, QueryCtx } from '../handler.ts'
import type { IndexedCadre } from '../search/cadre-index.ts'
import { namesOf } from './people.ts'
import { countingBasis } from './setting.ts'

type Coverage = HandlersOf<'talk'>['talk.coverage']

/** W18-1 for a year: the rate, who is missing, and the same by unit and by assigned talker. */
export const coverage: Coverage = async (ctx, { year }) => {
  const { db, workspace, today } = ctx
  const basis = countingBasis(await allRecords(db, setting), asOfDate(year, today))
  const people = await workspace.index.all(db)
  const result = coverageOf(people, await talkedTo(db, year, basis), year, today, basis)
  const units = new Map((await db.selectFrom('unit').select(['id', 'name']).execute()).map((u) => [u.id, u.name]))
  const talkers = await assignedTalkers(ctx, result.asOf)
  const { rollGroups, talkTypes, talkFormats, since, document } = basis
  const byUnit = tallies(result.roll, (p) => p.unitId)
  const byTalker = tallies(result.roll, (p) => talkers.get(p.id) ?? null)
  return {
    year,
    asOf: result.asOf,
    onRoll: result.onRoll,
    talked: result.talked,
    rate: result.rate,
    missing: await missingRows(db, result.missing, units, talkers),
    byUnit: byUnit.map(({ key, ...tally }) => ({ unitId: key, unitName: units.get(key ?? '') ?? null, ...tally })),
    byTalker: byTalker.map(({ key, ...tally }) => ({ talkerName: key, ...tally })),
    basis: { rollGroups: [...rollGroups], talkTypes: [...talkTypes], talkFormats: [...talkFormats], since, document },
  }
}

/** Name of who is to talk to each cadre on that day: the latest assignment in force. */
async function assignedTalkers({ db }: QueryCtx, day: string): Promise<Map<string, string>> {
  const inForce = (await allRecords(db, talkAssignment)).filter(
    (a) => !a.voided && a.since <= day && (a.until === null || a.until >= day),
  )
  inForce.sort((a, b) => a.since.localeCompare(b.since))
  const nameOf = await namesOf(
    db,
    inForce.map((a) => a.talker),
  )
  return new Map(inForce.map((a) => [a.cadreId, nameOf(a.talker) ?? '—']))
}

async function missingRows(
  db: Db,
  people: readonly IndexedCadre[],
  units: ReadonlyMap<string, string>,
  talkers: ReadonlyMap<string, string>,
) {
  const last = await lastTalkDaysOf(
    db,
    people.map((person) => person.id),
  )
  return people.map((person, at) => ({
    cadreId: person.id,
    name: person.name,
    unitId: person.unitId,
    unitName: units.get(person.unitId ?? '') ?? null,
    postTitle: person.postTitle,
    talkerName: talkers.get(person.id) ?? null,
    lastTalkOn: last[at] ?? null,
  }))
}

type Roll = Counted<IndexedCadre>['roll']

interface KeyedTally {
  readonly key: string | null
  readonly onRoll: number
  readonly talked: number
  readonly rate: number | null
}

/** Counts per key, in the order the people come. */
function tallies(roll: Roll, keyOf: (p: IndexedCadre) => string | null): KeyedTally[] {
  const counts = new Map<string | null, { onRoll: number; talked: number }>()
  for (const { cadre, talked } of roll) {
    const key = keyOf(cadre)
    const count = counts.get(key) ?? { onRoll: 0, talked: 0 }
    count.onRoll += 1
    if (talked) count.talked += 1
    counts.set(key, count)
  }
  return [...counts].map(([key, { onRoll, talked }]) => ({ key, onRoll, talked, rate: talked / onRoll }))
}
