import { createPublicKey, randomBytes, randomUUID, type KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeKeyPair, privateKeyOf } from '../../core/ledger/signature.ts'
import type { Db } from './schema.ts'

/** Who this server is: desks pin its id and key when they enrol. */
export interface CityIdentity {
  readonly serverId: string
  /** SPKI DER in base64. */
  readonly publicKey: string
  readonly privateKey: KeyObject
}

/**
 * The city's identity: made on the first start, the same ever after.
 *
 * The private key is a 0600 file beside the data, so that a copy of the database alone cannot sign. Throws when the
 * database knows another key: every desk would take this server for an impostor, and a new key must not hide that.
 */
export async function cityIdentity(db: Db, dataDir: string): Promise<CityIdentity> {
  const known = await db.selectFrom('server_state').selectAll().executeTakeFirst()
  const privateKey = readKey(dataDir, known === undefined)
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64')
  if (known === undefined) {
    const state = { one: true as const, server_id: randomUUID(), server_epoch: randomUUID(), city_key: publicKey }
    await db
      .insertInto('server_state')
      .values(state)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return cityIdentity(db, dataDir)
  }
  if (known.city_key !== publicKey) throw new Error(`city.key in ${dataDir} is not the key this database was made with`)
  return { serverId: known.server_id, publicKey, privateKey }
}

function readKey(dataDir: string, mayMake: boolean): KeyObject {
  const file = join(dataDir, 'city.key')
  if (!existsSync(file)) {
    if (!mayMake) throw new Error(`city.key is missing from ${dataDir}: restore it from the backup of the data folder`)
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const draft = `${file}.${randomBytes(4).toString('hex')}`
    writeFileSync(draft, makeKeyPair().privateKey, { mode: 0o600, flag: 'wx' })
    renameSync(draft, file)
  }
  return privateKeyOf(readFileSync(file, 'utf8').trim())
}
