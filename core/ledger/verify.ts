import { sql } from 'kysely'
import type { Db } from '../../db/schema.ts'
import { asFault } from '../../db/errors.ts'
import { brokenAccessLink } from '../../db/repo/access-log.ts'
import { fromRow } from '../../db/repo/record.ts'
import { sameValue } from '../../db/put.ts'
import { REGISTERS } from '../../shared/domain/registers.ts'
import { tableOf, type Register } from '../../shared/domain/register.ts'
import { Fault } from '../../shared/errors.ts'
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

/** Every op's bytes give its hash, every hash follows from the one before, seq has no gap. */
async function chainFault(db: Db): Promise<string | null> {
  let previous = GENESIS
  let expected = 1
  for (const op of await db.selectFrom('op').select(['seq', 'bytes', 'bytes_hash', 'hash']).orderBy('seq').execute()) {
    const bytesFit = op.bytes === null || hashBytes(op.bytes) === op.bytes_hash
    if (op.seq !== expected || !bytesFit || chainHash(previous, op.bytes_hash) !== op.hash) return `op ${op.seq}`
    previous = op.hash
    expected += 1
  }
  return null
}

/** Exactly one revision per op, of the same record. */
async function historyFault(db: Db): Promise<string | null> {
  const { rows } = await sql<{ seq: number }>`
    select o.seq from op o left join revision r on r.seq = o.seq and r.register = o.register and r.record_id = o.record_id
    group by o.seq having count(r.seq) <> 1
    union all select r.seq from revision r left join op o on o.seq = r.seq where o.seq is null limit 1`.execute(db)
  return rows[0] ? `op ${rows[0].seq}` : null
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
      const wrong = fields.find((f) => !sameValue(history?.[f] ?? (f === 'voided' ? false : null), record[f] ?? null))
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
  return n === null ? null : `entry ${n}`
}
