import { createHash, randomInt } from 'node:crypto'
import { deviceIdOf, publicKeyOf } from '../../core/ledger/signature.ts'
import type { EnrolReply, EnrolRequest } from '../../shared/sync/protocol.ts'
import type { CityIdentity } from './city-key.ts'
import { Refused } from './problem.ts'
import { activeDevice, findDevice, openScope } from './repo/device.ts'
import type { Db, NodeRow, Tx } from './schema.ts'
import { isStorable } from './storable.ts'

const CODE_DAYS = 7
/** No letter that could be read as a digit or another letter. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const CODE_LENGTH = 16

/** Codes are told over the phone: case, spaces and dashes do not matter. */
const codeHash = (code: string): string =>
  createHash('sha256').update(code.toUpperCase().replaceAll(/[\s-]/g, '')).digest('hex')

/** Makes a one-time code for a scope, `XXXX-XXXX-XXXX-XXXX`. Only its hash is kept; it is good for 7 days. */
export async function makeEnrolCode(db: Db, scope: string, now: Date): Promise<{ code: string; expiresAt: Date }> {
  const letters = Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  const code = letters.replaceAll(/(.{4})(?=.)/g, '$1-')
  const expiresAt = new Date(now.getTime() + CODE_DAYS * 86_400_000)
  const row = { scope, code_hash: codeHash(code), expires_at: expiresAt, used_at: null, used_by: null }
  await db.insertInto('enrol_code').values(row).execute()
  return { code, expiresAt }
}

/**
 * Registers a desk by one-time code.
 *
 * A desk whose answer got lost may come again with the code it has used. Throws Refused `enrol-code-wrong`,
 * `scope-mismatch`, `scope-in-use`, `malformed`.
 */
export async function enrol(db: Db, identity: CityIdentity, request: EnrolRequest, now: Date): Promise<EnrolReply> {
  if (!isStorable(request) || !isDeviceOf(request)) throw new Refused('malformed', { reason: 'device' })
  return db.transaction().execute(async (tx) => {
    const node = await nodeOfCode(tx, request, now)
    const scope = await openScope(tx, node.code)
    await useCode(tx, request, now)
    await register(tx, request, now)
    const { serverId, publicKey: cityKey } = identity
    return { dev: request.dev, serverId, serverEpoch: scope.server_epoch, cityKey, nodeName: node.name }
  })
}

function isDeviceOf({ dev, publicKey }: EnrolRequest): boolean {
  try {
    const { asymmetricKeyType, type } = publicKeyOf(publicKey)
    return type === 'public' && asymmetricKeyType === 'ed25519' && deviceIdOf(publicKey) === dev
  } catch {
    return false // not a key at all
  }
}

/** The node the code was made for, which must be the one the desk says it is. */
async function nodeOfCode(tx: Tx, { code, scope }: EnrolRequest, now: Date): Promise<NodeRow> {
  const node = await tx
    .selectFrom('enrol_code')
    .innerJoin('node', 'node.code', 'enrol_code.scope')
    .selectAll('node')
    .where('code_hash', '=', codeHash(code))
    .where('expires_at', '>', now)
    .executeTakeFirst()
  if (node === undefined) throw new Refused('enrol-code-wrong')
  if (node.code !== scope) throw new Refused('scope-mismatch')
  return node
}

/** Marks the code as used. The scope is locked, so of two desks with one code only the first gets here in time. */
async function useCode(tx: Tx, { code, dev }: EnrolRequest, now: Date): Promise<void> {
  const used = await tx
    .updateTable('enrol_code')
    .set({ used_at: now, used_by: dev })
    .where('code_hash', '=', codeHash(code))
    .where((eb) => eb.or([eb('used_by', 'is', null), eb('used_by', '=', dev)]))
    .executeTakeFirst()
  if (used.numUpdatedRows === 0n) throw new Refused('enrol-code-wrong')
}

async function register(tx: Tx, { scope, dev: device, publicKey, epoch, app }: EnrolRequest, now: Date): Promise<void> {
  const active = await activeDevice(tx, scope)
  if (active !== undefined && active.device !== device) throw new Refused('scope-in-use')
  const known = await findDevice(tx, scope, device)
  if (known === undefined) {
    const silent = { last_contact: null, pending: null, oldest: null, attention: null }
    const row = {
      scope,
      device,
      public_key: publicKey,
      state: 'active' as const,
      epoch,
      enrolled_at: now,
      app_version: app,
    }
    await tx
      .insertInto('device')
      .values({ ...row, ...silent })
      .execute()
    return
  }
  // A new code is the city's word that the device may come back, even one that was revoked.
  const again = tx.updateTable('device').set({ state: 'active', enrolled_at: now, app_version: app })
  await again.where('scope', '=', scope).where('device', '=', device).execute()
}
