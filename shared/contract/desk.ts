import * as z from 'zod'
import { CAPABILITIES, ROLES } from '../permissions.ts'
import { BackupRow } from './backup.ts'
import { action, query } from './define.ts'

export const Session = z.object({
  officer: z.object({ id: z.uuid(), name: z.string(), role: z.enum(ROLES) }),
  can: z.array(z.enum(CAPABILITIES)),
  unit: z.object({ id: z.uuid(), name: z.string(), unitCode: z.string() }),
  /** Today's Asia/Shanghai date from the core; pages never compute it. */
  today: z.iso.date(),
  enrolled: z.boolean(),
  demo: z.boolean(),
})
export type Session = z.infer<typeof Session>

/** The rule is `passphraseStrength` of shared/domain/passphrase.ts; the core refuses what is too easy. */
export const Passphrase = z.string().min(1).max(200)

/** What can be wrong with a data folder. */
export const DAMAGE_KINDS = ['no-key-file', 'key-file', 'no-database', 'database', 'changes-missing'] as const
export const Damage = z.object({
  kind: z.enum(DAMAGE_KINDS),
  /** When it was met; null when it shows by itself. */
  at: z.string().nullable(),
  /** Confirmed changes that are not in the database any more; null when that cannot be told. */
  missing: z.int().nullable(),
  /** Unlocking may be tried all the same: one damaged page need not keep the others from being read. */
  canUnlock: z.boolean(),
})
export type Damage = z.infer<typeof Damage>

/** The desk's own life: present or not, locked or open, who is signed in. All but the last work while locked. */
export const deskContract = {
  'desk.status': query({
    can: 'anyone',
    passive: true,
    input: z.object({}),
    output: z.object({
      state: z.enum(['absent', 'locked', 'open', 'damaged']),
      /** What is wrong with the stored data; also told while the desk is open all the same. */
      damage: Damage.nullable(),
      /** Names to choose from at unlock; disabled officers are left out. */
      officers: z.array(
        z.object({
          id: z.uuid(),
          name: z.string(),
          /** True when the officer may unlock by the operating system's key store here. */
          keystore: z.literal(true).optional(),
        }),
      ),
      /** Until when unlocking is refused after five failures, ISO 8601; null when it is not. */
      blockedUntil: z.string().nullable(),
      demo: z.boolean(),
      version: z.string(),
    }),
  }),
  'desk.init': action({
    can: 'anyone',
    input: z.object({
      unitName: z.string().trim().min(1).max(60),
      unitCode: z.string().regex(/^\d{6,12}$/),
      officerName: z.string().trim().min(1).max(30),
      role: z.enum(ROLES).default('orgCommissioner'),
      passphrase: Passphrase,
    }),
    /** The 24-character recovery code, shown this once. */
    output: z.object({ recoveryCode: z.string(), session: Session }),
  }),
  /** Makes the made-up township, signed in as its first officer. `cityUrl` enrols it at that city at once. */
  'desk.demo': action({
    can: 'anyone',
    input: z.object({}),
    output: z.object({ session: Session, passphrase: z.string(), recoveryCode: z.string() }),
  }),
  /** Ends the made-up township and leaves the folder free for a real one; its files are kept aside. Refused on a real desk. */
  'desk.endDemo': action({ can: 'anyone', input: z.object({}), output: z.object({}) }),
  'desk.unlock': action({
    can: 'anyone',
    input: z.object({
      officerId: z.uuid(),
      passphrase: Passphrase,
      /** After `changes-missing`: goes on without them. The files are copied aside first, and a new epoch begins. */
      acceptMissing: z.boolean().default(false),
    }),
    output: Session,
  }),
  /** Without a passphrase, by what the operating system keeps; see keystore.ts. `keystore-lost` when it has nothing. */
  'desk.unlockByKeystore': action({
    can: 'anyone',
    input: z.object({ officerId: z.uuid(), acceptMissing: z.boolean().default(false) }),
    output: Session,
  }),
  'desk.recover': action({
    can: 'anyone',
    input: z.object({
      officerId: z.uuid(),
      recoveryCode: z.string().max(60),
      passphrase: Passphrase,
      acceptMissing: z.boolean().default(false),
    }),
    output: Session,
  }),
  /**
   * Backups for a desk that cannot be opened: those in the folders this PC backs up to, or in a folder that is named,
   * which may be a backup itself. Newest first, and read through until a whole one is found.
   */
  'desk.backups': query({
    can: 'anyone',
    input: z.object({ folder: z.string().max(1_000).optional() }),
    output: z.object({ rows: z.array(BackupRow) }),
  }),
  /** Puts a backup into this PC's folder, where there is no desk or one that cannot be opened; that one is kept aside whole. */
  'desk.restore': action({
    can: 'anyone',
    input: z.object({ folder: z.string().min(1).max(1_000), replaceDamaged: z.boolean().default(false) }),
    output: z.object({
      at: z.string(),
      /** Changes in the backup that the city had not answered when it was made; they will be reported again. */
      unreported: z.int(),
      /** Changes that were saved on this PC after the backup; null when that cannot be told. */
      lost: z.int().nullable(),
      /** Where the files that were there are now; null when there were none. */
      kept: z.string().nullable(),
    }),
  }),
  'desk.lock': action({ can: 'anyone', input: z.object({}), output: z.object({}) }),
  /** Proves the database: pages, foreign keys, ledger chain, parity of records, history and ledger, access log chain. */
  'desk.verify': query({
    can: 'signed-in',
    input: z.object({}),
    output: z.object({
      ok: z.boolean(),
      checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string().nullable() })),
    }),
  }),
  'session.get': query({ can: 'signed-in', passive: true, input: z.object({}), output: Session }),
}
