import { sql } from 'kysely'
import type { Db, OpTable } from '../../db/schema.ts'
import { asFault } from '../../db/errors.ts'
import { brokenAccessLink } from '../../db/repo/access-log.ts'
import { fromRow } from '../../db/repo/record.ts'
import { sameValue } from '../../db/put.ts'
import { registerNamed, REGISTERS } from '../../shared/domain/registers.ts'
import { tableOf, type Register } from '../../shared/domain/register.ts'
import { Fault } from '../../shared/errors.ts'
import type { OpLine } from '../../shared/sync/protocol.ts'
import { chainHash, GENESIS, hashBytes } from './chain.ts'

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

/** Every op's bytes give its hash and its columns, every hash follows from the one before, seq has no gap and no end cut off. */
async function chainFault(db: Db): Promise<string | null> {
  let previous = GENESIS
  let expected = 1
  for (const op of await db.selectFrom('op').selectAll().orderBy('seq').execute()) {
    const bytesFit = op.bytes === null || (hashBytes(op.bytes) === op.bytes_hash && saysTheSame(op, op.bytes))
    if (op.seq !== expected || !bytesFit || chainHash(previous, op.bytes_hash) !== op.hash) return `op ${op.seq}`
    previous = op.hash
    expected += 1
  }
  return expected > (await lastNumber(db, 'op')) ? null : `op ${expected}`
}

/** The columns lists are made from are copies of what the bytes say. */
function saysTheSame(op: Omit<OpTable, 'bytes'>, bytes: string): boolean {
  const line = lineOf(bytes)
  if (!line) return false
  const said = [
    line.seq,
    line.epoch,
    line.ent,
    line.id,
    line.k,
    line.txn,
    line.by,
    line.at,
    line['undoes'] ?? null,
    line.of ?? null,
  ]
  const kept = [
    op.seq,
    op.epoch,
    op.register,
    op.record_id,
    op.kind,
    op.txn,
    op.by_officer,
    op.at,
    op.undoes,
    op.of_seq,
  ]
  return said.every((value, index) => value === kept[index])
}

/** The highest number a table has ever given out. */
async function lastNumber(db: Db, table: 'op' | 'access_log'): Promise<number> {
  const { rows } = await sql<{ seq: number }>`select seq from sqlite_sequence where name = ${table}`.execute(db)
  return rows[0]?.seq ?? 0
}

/** Exactly one revision per op, of the same record, that says what the op says and follows from the one before. */
async function historyFault(db: Db): Promise<string | null> {
  const { rows } = await sql<{ seq: number }>`
    select o.seq from op o left join revision r on r.seq = o.seq and r.register = o.register and r.record_id = o.record_id
    group by o.seq having count(r.seq) <> 1
    union all select r.seq from revision r left join op o on o.seq = r.seq where o.seq is null limit 1`.execute(db)
  return rows[0] ? `op ${rows[0].seq}` : rewrittenRevision(db)
}

interface Told {
  readonly seq: number
  readonly register: string
  readonly record_id: string
  readonly version: number
  readonly changes: string
  readonly bytes: string | null
}
type Changes = Record<string, [was: unknown, now: unknown]>

async function rewrittenRevision(db: Db): Promise<string | null> {
  const { rows } = await sql<Told>`
    select r.seq, r.register, r.record_id, r.version, r.changes, o.bytes from revision r join op o on o.seq = r.seq
    order by r.register, r.record_id, r.version`.execute(db)
  let state: Record<string, unknown> = {}
  let before: Told | undefined
  for (const revision of rows) {
    if (before?.record_id !== revision.record_id || before.register !== revision.register) state = { voided: false }
    const changes = JSON.parse(revision.changes) as Changes
    const follows = Object.entries(changes).every(([field, [was]]) =>
      sameValue(was ?? empty(field), state[field] ?? empty(field)),
    )
    const line = revision.bytes === null ? null : lineOf(revision.bytes)
    const told = revision.bytes === null || (line !== null && isTold(changes, line, revision))
    if (!follows || !told) return `op ${revision.seq}`
    for (const [field, [, now]] of Object.entries(changes)) state[field] = now
    before = revision
  }
  return null
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

/** The op sets what the revision says became of each field; only a repair and a create made again say more than that. */
function isTold(changes: Changes, line: OpLine, { register, version }: Told): boolean {
  const saysMore = line.k === 'supersede' || (line.k === 'create' && version > 1)
  const fields = registerNamed(register)?.fields ?? {}
  const missing = Object.entries(changes).some(([field, [, now]]) => {
    if (field === 'voided') return false
    return fields[field]?.reach === 'city'
      ? !sameValue(line.set[field] ?? null, now)
      : !Object.hasOwn(line.sealed, field)
  })
  const extra = Object.keys({ ...line.set, ...line.sealed }).some((field) => !Object.hasOwn(changes, field))
  return (!missing || line['void'] === true) && (!extra || saysMore)
}

/** Replaying a record's history gives the record; every record has one. */
async function recordFault(db: Db): Promise<string | null> {
  for (const register of Object.values(REGISTERS) as Register[]) {
    const replayed = await replay(db, register)
    const { rows } = await sql<object>`select * from ${sql.table(tableOf(register.name))}`.execute(db)
    if (rows.length !== replayed.size) return `${register.name}: ${rows.length} ≠ ${replayed.size}`
    for (const row of rows) {
      const record = fromRow(register, row) as unknown as Record<string, unknown>
      const history = replayed.get(record['id'] as string)
      const fields = [...Object.keys(register.fields), 'voided', 'version']
      const wrong = fields.find((f) => !sameValue(history?.[f] ?? empty(f), record[f] ?? null))
      if (wrong) return `${register.name} ${String(record['id'])} ${wrong}`
    }
  }
  return null
}

async function replay(db: Db, register: Register): Promise<Map<string, Record<string, unknown>>> {
  const states = new Map<string, Record<string, unknown>>()
  const revisions = await db
    .selectFrom('revision')
    .select(['record_id', 'version', 'changes'])
    .where('register', '=', register.name)
    .orderBy('record_id')
    .orderBy('version')
    .execute()
  for (const revision of revisions) {
    const state = states.get(revision.record_id) ?? {}
    const changes = JSON.parse(revision.changes) as Record<string, [unknown, unknown]>
    for (const [field, [, now]] of Object.entries(changes)) state[field] = now
    state['version'] = revision.version
    states.set(revision.record_id, state)
  }
  return states
}

async function accessFault(db: Db): Promise<string | null> {
  const n = await brokenAccessLink(db)
  if (n !== null) return `entry ${n}`
  const { rows } = await sql<{ n: number | null }>`select max(n) as n from access_log`.execute(db)
  const next = (rows[0]?.n ?? 0) + 1
  return next > (await lastNumber(db, 'access_log')) ? null : `entry ${next}`
}
