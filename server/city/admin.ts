import { randomBytes } from 'node:crypto'
import { argon2id } from 'hash-wasm'
import type { Role } from '../../shared/permissions.ts'
import { makeEnrolCode } from './enrol.ts'
import { CommandFault } from './command-fault.ts'
import type { Db, NodeKind, NodeRow } from './schema.ts'

/** What an administrator does at the city's own machine. Each works beside a running server. */

/**
 * Adds a node of the tree. Without a parent it hangs below the nearest node whose code begins like its own
 * (371002101 → 371002 → 371000), if there is one. Adding it again with another name renames it.
 */
export async function addUnit(db: Db, code: string, name: string, parent: string | null, now: Date): Promise<NodeRow> {
  if (!/^\d{6,12}$/.test(code)) throw new CommandFault('unit-code', `单位代码应为 6 至 12 位数字：${code}`)
  const kind = kindOf(code)
  const row = { code, name, parent: parent ?? (await nearest(db, code)), kind, created_at: now }
  if (row.parent !== null) await requireNode(db, row.parent)
  const node = await db
    .insertInto('node')
    .values(row)
    .onConflict((conflict) => conflict.column('code').doUpdateSet(parent === null ? { name } : { name, parent }))
    .returningAll()
    .executeTakeFirstOrThrow()
  await adopt(db, node)
  return node
}

/** Nodes that were added before the one they belong below. */
async function adopt(db: Db, { code, kind }: NodeRow): Promise<void> {
  if (kind === 'township') return
  const orphans = await db
    .selectFrom('node')
    .select('code')
    .where('parent', 'is', null)
    .where('code', '!=', code)
    .execute()
  for (const orphan of orphans) {
    if ((await nearest(db, orphan.code)) !== code) continue
    await db.updateTable('node').set({ parent: code }).where('code', '=', orphan.code).execute()
  }
}

/** GB/T 2260: six digits down to the county, `00` for the whole city; townships have nine. */
const kindOf = (code: string): NodeKind => (code.length > 6 ? 'township' : code.endsWith('00') ? 'city' : 'county')

async function nearest(db: Db, code: string): Promise<string | null> {
  const candidates = [code.slice(0, 6), `${code.slice(0, 4)}00`].filter(
    (one) => one !== code && kindOf(code) !== 'city',
  )
  if (candidates.length === 0) return null
  const found = await db.selectFrom('node').select('code').where('code', 'in', candidates).execute()
  return candidates.find((one) => found.some(({ code: known }) => known === one)) ?? null
}

async function requireNode(db: Db, code: string): Promise<NodeRow> {
  const node = await db.selectFrom('node').selectAll().where('code', '=', code).executeTakeFirst()
  if (node === undefined) throw new CommandFault('unit-unknown', `没有这个单位：${code}。请先用 unit add 添加。`)
  return node
}

/** A one-time code for a township, shown once. */
export async function newEnrolCode(db: Db, code: string, now: Date) {
  const node = await requireNode(db, code)
  const below = await db.selectFrom('node').select('code').where('parent', '=', code).executeTakeFirst()
  if (below !== undefined)
    throw new CommandFault('unit-not-township', `${node.name} 下面还有单位，登记码只能发给镇街。`)
  return { scope: code, name: node.name, ...(await makeEnrolCode(db, code, now)) }
}

export interface DeviceListing {
  readonly scope: string
  readonly name: string
  readonly device: string
  readonly state: 'active' | 'revoked'
  readonly epoch: string
  readonly acceptedThrough: number
  readonly lastContact: string | null
  readonly appVersion: string
  readonly pending: number | null
  readonly attention: number | null
}

/** Every device that ever enrolled, by township. */
export async function listDevices(db: Db): Promise<DeviceListing[]> {
  const rows = await db
    .selectFrom('device')
    .innerJoin('node', 'node.code', 'device.scope')
    .leftJoin('ledger', (join) =>
      join
        .onRef('ledger.scope', '=', 'device.scope')
        .onRef('ledger.device', '=', 'device.device')
        .onRef('ledger.epoch', '=', 'device.epoch'),
    )
    .selectAll('device')
    .select(['node.name', 'ledger.accepted_through'])
    .orderBy('device.scope')
    .orderBy('device.enrolled_at')
    .execute()
  return rows.map((row) => ({
    scope: row.scope,
    name: row.name,
    device: row.device,
    state: row.state,
    epoch: row.epoch,
    acceptedThrough: row.accepted_through ?? 0,
    lastContact: row.last_contact?.toISOString() ?? null,
    appVersion: row.app_version,
    pending: row.pending,
    attention: row.attention,
  }))
}

/** Shuts a device out; what it still sends is put aside for review. Its township may then enrol another. */
export async function revokeDevice(db: Db, device: string): Promise<{ scope: string; device: string }> {
  const row = await db
    .updateTable('device')
    .set({ state: 'revoked' })
    .where('device', '=', device)
    .returning(['scope', 'device'])
    .executeTakeFirst()
  if (row === undefined) throw new CommandFault('device-unknown', `没有这台设备：${device}`)
  return row
}

/** Memory and passes of Argon2id as OWASP advises for it; hash-wasm needs some 60 ms for them. */
const ARGON = { memorySize: 19_456, iterations: 2, parallelism: 1, hashLength: 32, outputType: 'encoded' } as const

export const hashPassword = (password: string): Promise<string> =>
  argon2id({ ...ARGON, password: password.normalize('NFKC'), salt: randomBytes(16) })

const SHORTEST_PASSWORD = 8

/** Opens a console account for a node of the tree, or gives an existing one a new password, role and node. */
export async function addUser(
  db: Db,
  user: { name: string; role: Role; node: string; password: string },
  now: Date,
): Promise<{ name: string; role: Role; node: string }> {
  const { name, role, node, password } = user
  if (password.length < SHORTEST_PASSWORD) throw new CommandFault('weak-password', `密码至少 ${SHORTEST_PASSWORD} 位。`)
  await requireNode(db, node)
  const password_hash = await hashPassword(password)
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('account')
      .values({ name, role, node, password_hash, created_at: now })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ role, node, password_hash }))
      .execute()
    await tx.deleteFrom('session').where('account', '=', name).execute()
    await tx.deleteFrom('sign_in_failure').where('name', '=', name).execute()
  })
  return { name, role, node }
}
