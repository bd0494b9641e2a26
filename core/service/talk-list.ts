import { sql, type SelectQueryBuilder } from 'kysely'
import { talk, type Talk } from '../../shared/domain/talk.ts'
import { fromRow } from '../../db/repo/record.ts'
import type { Db, Schema } from '../../db/schema.ts'
import type { HandlersOf } from '../handler.ts'
import type { CadreIndex } from '../search/cadre-index.ts'
import { searchKey } from '../search/find-cadres.ts'
import { namesOf } from './people.ts'

type List = HandlersOf<'talk'>['talk.list']
type ListInput = Parameters<List>[1]
type Rows = SelectQueryBuilder<Schema, 'talk', object>

/** Newest first; facts only, never what was said. */
export const listTalks: List = async ({ db, workspace, today }, input) => {
  const people = input.text ? await peopleMatching(db, workspace.index, input.text) : null
  const where = (rows: Rows): Rows => filter(rows, input, today, people)
  const { total } = await where(db.selectFrom('talk'))
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const page = await where(db.selectFrom('talk'))
    .selectAll('talk')
    .orderBy('held_on', 'desc')
    .orderBy('recorded_at', 'desc')
    .orderBy('id')
    .limit(input.limit)
    .offset(input.offset)
    .execute()
  const talks = page.map((row) => fromRow(talk, row))
  const nameOf = await namesOf(
    db,
    talks.flatMap((t) => [t.talker, t.principal]),
  )
  const inAct = await actSizes(db, talks)
  const units = new Map((await db.selectFrom('unit').select(['id', 'name']).execute()).map((u) => [u.id, u.name]))
  const rows = []
  for (const record of talks) {
    const person = await workspace.index.byId(db, record.cadreId)
    rows.push({
      ...factsOf(record, today),
      cadreName: person?.name ?? '—',
      unitName: units.get(person?.unitId ?? '') ?? null,
      talkerName: nameOf(record.talker) ?? '—',
      principalName: nameOf(record.principal),
      inAct: inAct.get(record.actId) ?? 1,
    })
  }
  return { total, rows }
}

const factsOf = (record: Talk, today: string) => ({
  id: record.id,
  actId: record.actId,
  cadreId: record.cadreId,
  heldOn: record.heldOn,
  recordedAt: record.recordedAt,
  talkType: record.talkType,
  format: record.format,
  hasContent: record.summary !== null || record.paperRecord !== null || record.privateLine !== null,
  followUp: followUpState(record, today),
  followUpOwner: record.followUpOwner,
  followUpDue: record.followUpDue,
  voided: record.voided,
  version: record.version,
})

/** A follow-up exists once somebody owns it; it is overdue when its day has passed. */
export function followUpState(
  record: Pick<Talk, 'followUpOwner' | 'followUpDue' | 'followUpClosedOn'>,
  today: string,
): 'none' | 'open' | 'overdue' | 'closed' {
  if (record.followUpClosedOn !== null) return 'closed'
  if (record.followUpOwner === null) return 'none'
  return record.followUpDue !== null && record.followUpDue < today ? 'overdue' : 'open'
}

interface Matching {
  readonly cadreIds: readonly string[]
  readonly text: string
}

async function peopleMatching(db: Db, index: CadreIndex, text: string): Promise<Matching> {
  const cadreIds = (await index.find(db, text)).map((person) => person.id)
  return { cadreIds, text: searchKey(text) }
}

function filter(rows: Rows, input: ListInput, today: string, people: Matching | null): Rows {
  let found = rows
  if (!input.withVoided) found = found.where('talk.voided', '=', 0)
  if (input.year)
    found = found.where('held_on', '>=', `${input.year}-01-01`).where('held_on', '<=', `${input.year}-12-31`)
  if (input.cadreId) found = found.where('cadre_id', '=', input.cadreId)
  if (input.talkType) found = found.where('talk_type', '=', input.talkType)
  if (input.followUp) found = byFollowUp(found, input.followUp, today)
  if (people) {
    // One bound JSON list: thousands of matches would pass SQLite's limit of bound values.
    const ids = JSON.stringify(people.cadreIds)
    const names = (name: string) => sql<boolean>`instr(replace(lower(${sql.raw(name)}), ' ', ''), ${people.text})`
    found = found.where(sql<boolean>`(cadre_id in (select value from json_each(${ids}))
      or ${names(`json_extract(talker, '$.name')`)}
      or json_extract(talker, '$.cadreId') in (select value from json_each(${ids}))
      or json_extract(talker, '$.officerId') in (select id from officer where ${names('name')}))`)
  }
  return found
}

function byFollowUp(rows: Rows, state: 'open' | 'overdue' | 'closed', today: string): Rows {
  if (state === 'closed') return rows.where('follow_up_closed_on', 'is not', null)
  const open = rows.where('follow_up_closed_on', 'is', null).where('follow_up_owner', 'is not', null)
  return state === 'overdue' ? open.where('follow_up_due', '<', today) : open
}

async function actSizes(db: Db, talks: readonly Talk[]): Promise<Map<string, number>> {
  if (talks.length === 0) return new Map()
  const rows = await db
    .selectFrom('talk')
    .select(['act_id', (eb) => eb.fn.countAll<number>().as('n')])
    .where('act_id', 'in', [...new Set(talks.map((t) => t.actId))])
    .where('voided', '=', 0)
    .groupBy('act_id')
    .execute()
  return new Map(rows.map((row) => [row.act_id, row.n]))
}
