import { sql } from 'kysely'
import type { Db, OpTable } from '../../db/schema.ts'
import { asFault } from '../../db/errors.ts'
import { brokenAccessLink } from '../../db/repo/access-log.ts'
import { changesOf, type Changes, type Told } from '../../db/repo/history.ts'
import { findRecord } from '../../db/repo/record.ts'
import { sameValue } from '../../db/put.ts'
import { registerNamed, REGISTERS } from '../../shared/domain/registers.ts'
import { tableOf, type Register } from '../../shared/domain/register.ts'
import { Fault } from '../../shared/errors.ts'
import type { OpLine } from '../../shared/sync/protocol.ts'
import { chainHash, GENESIS, hashBytes } from './chain.ts'
import { columnsOf } from './op-columns.ts'

export interface Check {
  readonly name: string
  readonly ok: boolean
  /** Where the first fault lies; null when there is none. */
  readonly detail: string | null
}

/** A page that cannot be read fails the check that met it, not the whole proof. */
async function check(name: string, look: () => Promise<string | null>): Promise<Check> {
  try {
    const detail = await look()
    return { name, ok: detail === null, detail }
  } catch (error) {
    const fault = asFault(error)
    if (fault instanceof Fault && fault.code === 'profile-damaged') return { name, ok: false, detail: fault.code }
    throw error
  }
}

/** Everything that must be true of a desk's database, proved from its own rows (SYNC §5.5 I2, I3, I16). */
export async function verifyDatabase(db: Db): Promise<Check[]> {
  return [
    await check('pages', () => firstFault(db, 'quick_check')),
    await check('references', () => foreignKeyFault(db)),
    await check('chain', () => chainFault(db)),
    await check('history', () => historyFault(db)),
    await check('records', () => recordFault(db)),
    await check('access-log', () => accessFault(db)),
  ]
}

async function firstFault(db: Db, pragma: 'quick_check'): Promise<string | null> {
  const { rows } = await sql<Record<string, string>>`pragma ${sql.raw(pragma)}`.execute(db)
  const text = rows[0] && Object.values(rows[0])[0]
  return text === 'ok' ? null : String(text)
}

async function foreignKeyFault(db: Db): Promise<string | null> {
  const { rows } = await sql<{ table: string; rowid: number }>`pragma foreign_key_check`.execute(db)
  return rows[0] ? `${rows[0].table} ${rows[0].rowid}` : null
}

/**
 * Every op's bytes give its hash and its columns, every hash follows from the one before, seq has no gap. That nothing is cut
 * off at the end is the head mark's to prove.
 */
async function chainFault(db: Db): Promise<string | null> {
  let previous = GENESIS
  let expected = 1
  for await (const op of opsInOrder(db)) {
    const bytesFit = op.bytes === null || (hashBytes(op.bytes) === op.bytes_hash && saysTheSame(op, op.bytes))
    if (op.seq !== expected || !bytesFit || chainHash(previous, op.bytes_hash) !== op.hash) return `op ${op.seq}`
    previous = op.hash
    expected += 1
  }
  return null
}

/** Rows read at once: a ledger of many years need not fit into memory. */
const PAGE = 2_000

async function* opsInOrder(db: Db) {
  for (let last = 0; ;) {
    const ops = await db.selectFrom('op').selectAll().where('seq', '>', last).orderBy('seq').limit(PAGE).execute()
    yield* ops
    if (ops.length < PAGE) return
    last = ops.at(-1)!.seq
  }
}

/** The columns lists are made from are copies of what the bytes say. */
function saysTheSame(op: Omit<OpTable, 'bytes'>, bytes: string): boolean {
  const line = lineOf(bytes)
  if (!line) return false
  return Object.entries(columnsOf(line)).every(([column, said]) => said === op[column as keyof typeof op])
}

interface Entry extends Told {
  readonly seq: number
  readonly register: string
  readonly record_id: string
}
/** A record as its history tells it; partial when an erased op leaves open what it was. */
interface Replayed {
  readonly version: number
  readonly partial: boolean
  readonly values: Record<string, unknown>
}

/** Every record's history counts up by one, each op says what its changes say, and each change follows from the one before. */
async function historyFault(db: Db): Promise<string | null> {
  for await (const history of histories(db)) {
    let state: Replayed | undefined
    for (const entry of history) {
      if (!follows(state, entry) || !isTold(entry)) return `op ${entry.seq}`
      state = after(state, entry)
    }
  }
  return null
}

/** The ops of each record, oldest first; a page ends between two records. */
async function* histories(db: Db): AsyncGenerator<readonly Entry[]> {
  for (let last = ''; ;) {
    const { rows } = await sql<Entry>`
      select seq, register, record_id, version, bytes, changes from op where record_id > ${last} and record_id <= coalesce(
        (select record_id from op where record_id > ${last} order by record_id limit 1 offset ${PAGE}), char(0x10ffff))
      order by record_id, version, register`.execute(db)
    if (rows.length === 0) return
    yield* Map.groupBy(rows, ({ register, record_id }) => `${register} ${record_id}`).values()
    last = rows.at(-1)!.record_id
  }
}

function follows(state: Replayed | undefined, entry: Entry): boolean {
  const changes = readableChanges(entry)
  if (changes === null || entry.version !== (state?.version ?? 0) + 1) return false
  if (state?.partial) return true
  return Object.entries(changes).every(([field, [was]]) =>
    sameValue(was ?? empty(field), state?.values[field] ?? empty(field)),
  )
}

/** The record after one more op, which is believed. */
function after(state: Replayed | undefined, entry: Entry): Replayed {
  const erased = entry.changes === null || (entry.version === 1 && entry.bytes === null)
  const now = Object.entries(readableChanges(entry) ?? {}).map(([field, [, value]]) => [field, value] as const)
  return {
    version: entry.version,
    partial: erased || state?.partial === true,
    values: { ...state?.values, ...Object.fromEntries(now) },
  }
}

/** Null for bytes or changes that somebody made unreadable. */
function readableChanges(entry: Told): Changes | null {
  if (entry.bytes !== null && lineOf(entry.bytes) === null) return null
  try {
    return changesOf(entry)
  } catch {
    return null
  }
}

/** The line, or null: bytes that somebody changed need not be one. Not a schema's full check, a ledger has many lines. */
function lineOf(bytes: string): OpLine | null {
  try {
    const line = JSON.parse(bytes) as OpLine | null
    return line?.set && line.sealed ? line : null
  } catch {
    return null
  }
}

const empty = (field: string): unknown => (field === 'voided' ? false : null)

/** The op sets what its changes say became of each field; only a repair and a create made again say more than that. */
function isTold(entry: Entry): boolean {
  const line = entry.bytes === null ? null : lineOf(entry.bytes)
  if (line === null || entry.changes === null) return true // erased on instruction; the chain has proved the rest
  const changes = changesOf(entry)
  const saysMore = line.k === 'supersede' || (line.k === 'create' && entry.version > 1)
  const fields = registerNamed(entry.register)?.fields ?? {}
  const missing = Object.entries(changes).some(([field, [, now]]) => {
    if (field === 'voided') return false
    return fields[field]?.reach === 'city'
      ? !sameValue(line.set[field] ?? null, now)
      : !Object.hasOwn(line.sealed, field)
  })
  const extra = Object.keys({ ...line.set, ...line.sealed }).some((field) => !Object.hasOwn(changes, field))
  return (!missing || line.void === true) && (!extra || saysMore)
}

/** Replaying a record's history gives the record; every record has one. */
async function recordFault(db: Db): Promise<string | null> {
  const told = new Map<string, number>()
  for await (const history of histories(db)) {
    const { register: name, record_id: id } = history[0]!
    const register = registerNamed(name)
    if (!register) continue
    told.set(name, (told.get(name) ?? 0) + 1)
    const record = await findRecord(db, register, id)
    const wrong = wrongField(register, record as Record<string, unknown> | null, history.reduce(after, undefined))
    if (wrong) return `${name} ${id} ${wrong}`
  }
  for (const { name } of Object.values(REGISTERS)) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(tableOf(name))}`.execute(db)
    if (rows[0]!.n !== (told.get(name) ?? 0)) return `${name}: ${rows[0]!.n} ≠ ${told.get(name) ?? 0}`
  }
  return null
}

/** The first field in which a record differs from its history. */
function wrongField(
  register: Register,
  record: Record<string, unknown> | null,
  told: Replayed | undefined,
): string | null {
  if (!record) return 'id'
  if (!told || told.version !== record['version']) return 'version'
  if (told.partial) return null
  const fields = [...Object.keys(register.fields), 'voided']
  return fields.find((f) => !sameValue(told.values[f] ?? empty(f), record[f] ?? null)) ?? null
}

async function accessFault(db: Db): Promise<string | null> {
  const n = await brokenAccessLink(db)
  if (n !== null) return `entry ${n}`
  const { rows } = await sql<{ n: number | null }>`select max(n) as n from access_log`.execute(db)
  const next = (rows[0]?.n ?? 0) + 1
  // The highest number ever given out: entries cut off at the end show by it.
  const given = await sql<{ seq: number }>`select seq from sqlite_sequence where name = 'access_log'`.execute(db)
  return next > (given.rows[0]?.seq ?? 0) ? null : `entry ${next}`
}
