import { sql } from 'kysely'
import { onRollAt } from '../../shared/domain/cadre.ts'
import type { TalkPerson } from '../../shared/domain/talk.ts'
import type { EntryCadre, EntryProblem, EntryReading } from '../../shared/contract/talk-entry.ts'
import { capabilitiesOf } from '../../shared/permissions.ts'
import { futureTalkFindings } from '../../shared/rules/talk-coverage.ts'
import type { Db } from '../../db/schema.ts'
import type { HandlersOf, QueryCtx } from '../handler.ts'
import { isHere, type CadreIndex, type IndexedCadre } from '../search/cadre-index.ts'
import { namesOf } from './people.ts'
import { isPinyin, readDay, readName, talkTypeOf } from './read-talk-cells.ts'

type ReadRows = HandlersOf<'talk'>['talk.readRows']
type Cells = Parameters<ReadRows>[1]['rows'][number]

/** Who there is, looked up once for all rows. */
interface Known {
  readonly today: string
  readonly byName: ReadonlyMap<string, readonly IndexedCadre[]>
  readonly byPinyin: ReadonlyMap<string, readonly IndexedCadre[]>
  readonly unitNames: ReadonlyMap<string, string>
  /** Officers who may talk to a cadre, by name. */
  readonly officers: ReadonlyMap<string, string>
  readonly nameOf: (person: TalkPerson | null) => string | null
}
type Half<K extends keyof EntryReading> = Pick<EntryReading, K | 'problems' | 'notes'>

/** The cells of an entry table as values; see `talk.readRows` in the contract. */
export const readTalkRows: ReadRows = async (ctx, { rows }) => {
  const known = await whoThereIs(ctx, rows)
  const readings = rows.map((cells) => readRow(cells, known))
  const there = await alreadyThere(ctx.db, readings)
  const times = new Map<string, number>()
  for (const reading of readings) {
    const key = sittingOf(reading)
    if (key !== null) times.set(key, (times.get(key) ?? 0) + 1)
  }
  for (const reading of readings) {
    const key = sittingOf(reading) ?? ''
    if (there.has(key)) reading.notes.push({ code: 'exists', params: {} })
    if ((times.get(key) ?? 0) > 1) reading.notes.push({ code: 'twice', params: {} })
  }
  return { rows: readings }
}

async function whoThereIs({ db, workspace, today }: QueryCtx, rows: readonly Cells[]): Promise<Known> {
  const people = (await workspace.index.all(db)).filter((person) => !person.voided)
  const asked = new Set(rows.flatMap(({ cadre, talker }) => [readName(cadre).name, talkerName(talker)]))
  const units = await db.selectFrom('unit').select(['id', 'name']).execute()
  const officers = await db.selectFrom('officer').select(['id', 'name', 'role', 'state', 'voided']).execute()
  // The three administrators never talk to a cadre on duty, as in the talk form.
  const talkers = officers.filter((o) => !o.voided && o.state === 'active' && capabilitiesOf(o.role).has('talk:read'))
  return {
    today,
    byName: Map.groupBy(
      people.filter(({ name }) => asked.has(name)),
      ({ name }) => name,
    ),
    byPinyin: await calledInPinyin(db, workspace.index, [...asked].filter(isPinyin)),
    unitNames: new Map(units.map((unit) => [unit.id, unit.name])),
    officers: new Map(talkers.map((officer) => [officer.name, officer.id])),
    nameOf: await namesOf(
      db,
      rows.map((cells) => cells.talkerChosen),
    ),
  }
}

async function calledInPinyin(db: Db, index: CadreIndex, names: readonly string[]) {
  const found = new Map<string, readonly IndexedCadre[]>()
  for (const name of names)
    found.set(
      name,
      (await index.find(db, name)).filter((person) => !person.voided),
    )
  return found
}

function readRow(cells: Cells, known: Known): EntryReading {
  const when = readHeldOn(cells.heldOn, known.today)
  const who = readCadre(cells, when.heldOn ?? known.today, known)
  const by = readTalker(cells, known)
  const talkType = cells.talkType.trim() === '' ? 'heart-to-heart' : talkTypeOf(cells.talkType)
  return {
    ...who,
    ...when,
    ...by,
    talkType,
    problems: [...who.problems, ...when.problems, ...by.problems, ...(talkType ? [] : (['type-unknown'] as const))],
    notes: [...who.notes, ...when.notes],
    findings: when.heldOn === null ? [] : futureTalkFindings({ heldOn: when.heldOn }, known.today),
  }
}

function readHeldOn(written: string, today: string): Half<'heldOn'> {
  const wrong = (problem: EntryProblem) => ({ heldOn: null, problems: [problem], notes: [] })
  if (written.trim() === '') return wrong('date-missing')
  const read = readDay(written, today)
  if (read === 'no-day') return wrong('date-no-day')
  if (read === 'unreadable') return wrong('date-unreadable')
  const year = read.day.slice(0, 4)
  // This year goes without saying; a whole register without years would be one long row of remarks.
  const odd = read.guessed && year !== today.slice(0, 4)
  return { heldOn: read.day, problems: [], notes: odd ? [{ code: 'year-guessed', params: { year } }] : [] }
}

function readCadre(cells: Cells, heldOn: string, known: Known): Half<'cadre' | 'cadres'> {
  const wrong = (problem: EntryProblem, several: readonly IndexedCadre[] = []) => ({
    cadre: null,
    cadres: several.map((person) => factsOf(person, known)),
    problems: [problem],
    notes: [],
  })
  const { name, unit } = readName(cells.cadre)
  if (name === '') return wrong('cadre-missing')
  const meant = narrowed(calledSo(name, known), cells.cadreId, cells.unit || unit, known)
  if (meant.length === 0) return wrong('cadre-unknown')
  if (meant.length > 1) return wrong('cadre-several', meant.slice(0, MOST_CHOICES))
  const person = meant[0]!
  const gone = onRollAt(person, heldOn) ? [] : [{ code: 'cadre-left' as const, params: {} }]
  return { cadre: factsOf(person, known), cadres: [], problems: [], notes: gone }
}

/** More than that are found by typing more letters, not by reading a list. */
const MOST_CHOICES = 8

function calledSo(name: string, known: Known): readonly IndexedCadre[] {
  const exactly = known.byName.get(name) ?? []
  if (exactly.length > 0 || !isPinyin(name)) return exactly
  return known.byPinyin.get(name) ?? []
}

/** Of several of one name: the chosen one, else those still here, else those of the unit that stands beside the name. */
function narrowed(
  called: readonly IndexedCadre[],
  chosen: string | null,
  unit: string,
  known: Known,
): readonly IndexedCadre[] {
  const picked = called.filter(({ id }) => id === chosen)
  if (picked.length > 0) return picked
  const here = called.filter((person) => isHere(person, known.today))
  const pool = here.length > 0 ? here : called
  if (pool.length < 2 || unit === '') return pool
  const ofUnit = pool.filter(({ unitId }) => {
    const own = known.unitNames.get(unitId ?? '') ?? ''
    return own !== '' && (own.includes(unit) || unit.includes(own))
  })
  return ofUnit.length === 1 ? ofUnit : pool
}

const factsOf = ({ id, name, unitId, postTitle }: IndexedCadre, known: Known): EntryCadre => ({
  id,
  name,
  unitName: known.unitNames.get(unitId ?? '') ?? null,
  postTitle,
})

/** As the talk form holds a talker: an officer, else the one cadre of that name, else simply the name. */
function readTalker({ talker, talkerChosen }: Cells, known: Known): Half<'talker' | 'talkerName'> {
  const is = (person: TalkPerson, called: string) => ({ talker: person, talkerName: called, problems: [], notes: [] })
  const wrong = (problem: EntryProblem) => ({ talker: null, talkerName: null, problems: [problem], notes: [] })
  const name = talkerName(talker)
  if (name === '') return wrong('talker-missing')
  const chosenName = known.nameOf(talkerChosen)
  if (talkerChosen && chosenName !== null && chosenName !== '—') return is(talkerChosen, chosenName)
  const officerId = known.officers.get(name)
  if (officerId !== undefined) return is({ officerId }, name)
  const called = calledSo(name, known)
  if (called.length === 1) return is({ cadreId: called[0]!.id }, called[0]!.name)
  if (isPinyin(name) || name.length > 30) return wrong('talker-unreadable')
  return is({ name }, name)
}

/** `王 强` is 王强; `张书记 李镇长` are two people and stay as they are. */
const talkerName = (written: string): string => {
  const text = written.normalize('NFKC').trim()
  return /^\p{Script=Han}\s+\p{Script=Han}$/u.test(text) ? text.replaceAll(/\s/g, '') : text
}

/** Two talks are the same to an officer when cadre, day and talker are. */
const sittingOf = ({ cadre, heldOn, talkerName }: EntryReading): string | null =>
  cadre && heldOn && talkerName ? `${cadre.id} ${heldOn} ${talkerName}` : null

async function alreadyThere(db: Db, readings: readonly EntryReading[]): Promise<ReadonlySet<string>> {
  const ids = new Set(readings.flatMap(({ cadre, heldOn }) => (cadre && heldOn ? [cadre.id] : [])))
  if (ids.size === 0) return new Set()
  // One bound JSON list, as in the talk list.
  const talks = await db
    .selectFrom('talk')
    .select(['cadre_id', 'held_on', 'talker'])
    .where('voided', '=', 0)
    .where(sql<boolean>`cadre_id in (select value from json_each(${JSON.stringify([...ids])}))`)
    .execute()
  const days = new Set(readings.map(({ heldOn }) => heldOn))
  const held = talks
    .filter((row) => days.has(row.held_on))
    .map((row) => ({ ...row, talker: JSON.parse(row.talker ?? 'null') as TalkPerson | null }))
  const nameOf = await namesOf(
    db,
    held.map(({ talker }) => talker),
  )
  return new Set(held.map((row) => `${row.cadre_id} ${row.held_on} ${nameOf(row.talker)}`))
}
