import { randomBytes } from 'node:crypto'
import { officer } from '../shared/domain/officer.ts'
import { unit } from '../shared/domain/unit.ts'
import type { Role } from '../shared/permissions.ts'
import { put } from '../db/put.ts'
import type { CommandCtx } from './handler.ts'
import { rootUnitId } from './ids.ts'
import { officerSlot, recoverySlot, type KeyFile } from './keys/key-file.ts'
import { assertPassphrase } from './keys/passphrase.ts'
import { makeRecoveryCode } from './keys/recovery-code.ts'
import { createDatabase, type WorkspaceDeps } from './open-workspace.ts'

export interface FirstRun {
  readonly unitName: string
  readonly unitCode: string
  readonly officerName: string
  readonly role: Role
  readonly passphrase: string
}

export interface NewProfile {
  readonly keyFile: KeyFile
  readonly dataKey: Buffer
  readonly recoveryCode: string
}

/** Makes keys and an empty database. The key file is given back, not written: it is the last thing a first run writes. */
export async function createProfile(
  deps: WorkspaceDeps,
  officerId: string,
  input: FirstRun,
  demo: boolean,
): Promise<NewProfile> {
  assertPassphrase(input.passphrase, input.officerName)
  const keys = { data: randomBytes(32), township: randomBytes(32) }
  const recoveryCode = makeRecoveryCode()
  const officerOwn = await officerSlot(officerId, input.officerName, keys.data, input.passphrase, deps.kdf)
  const printed = await recoverySlot(keys, recoveryCode, deps.kdf)
  const keyFile: KeyFile = { v: 1, demo, slots: [officerOwn, printed] }
  await createDatabase(deps, keys, input.unitCode)
  keys.township.fill(0)
  return { keyFile, dataKey: keys.data, recoveryCode }
}

/** The first two records of every ledger: the township and its first officer. */
export async function putFirstRecords(ctx: CommandCtx, input: FirstRun): Promise<void> {
  const fresh = { voided: false, voidReason: null }
  const root = {
    id: rootUnitId(input.unitCode),
    name: input.unitName,
    shortName: null,
    kind: 'township',
    unitCode: input.unitCode,
    parentId: null,
    sortOrder: null,
    validFrom: null,
    validTo: null,
  } as const
  put(ctx.tx, unit, null, { ...root, ...fresh }, ctx.at)
  put(
    ctx.tx,
    officer,
    null,
    { id: ctx.actor.id, name: input.officerName, role: input.role, state: 'active', ...fresh },
    ctx.at,
  )
}
