import type { Store } from '../db/open.ts'
import type { CoreEvent } from '../shared/contract/index.ts'
import type { Backups } from './backup/schedule.ts'
import type { HostKeystore } from './keys/keystore.ts'
import type { KdfCost } from './keys/wrap.ts'
import type { Sealer } from './keys/seal.ts'
import type { LedgerIdentity } from './ledger/append.ts'
import type { HeadMarker } from './ledger/head-mark.ts'
import type { FormSession } from './exchange/form-session.ts'
import type { ImportSessions } from './import-sessions.ts'
import type { ProfilePaths } from './profile.ts'
import type { RosterSession } from './roster/session.ts'
import type { CadreIndex } from './search/cadre-index.ts'
import type { SyncEngine } from './sync/engine.ts'

/** What lives from unlock to lock: the open database and the few things with a lifetime of their own. */
export interface Workspace {
  readonly store: Store
  readonly paths: ProfilePaths
  readonly identity: LedgerIdentity
  readonly sealer: Sealer
  readonly index: CadreIndex
  readonly sync: SyncEngine
  readonly backups: Backups
  /** Notes outside the database how far the ledger reaches. */
  readonly head: HeadMarker
  readonly rosters: ImportSessions<RosterSession>
  readonly forms: ImportSessions<FormSession>
  readonly demo: boolean
  /** In memory only while unlocked; wiped at lock. Needed to make a slot for another officer. */
  readonly dataKey: Buffer
  readonly kdf: KdfCost
  /** The host's way to the operating system's key store; undefined where the host has none. */
  readonly keystore: HostKeystore | undefined
  readonly emit: (event: CoreEvent) => void
}
