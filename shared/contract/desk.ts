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

/** The passphrase rule: 8 characters or more, three of four kinds (a setting of ours after DOMAIN §5 [P]). */
export const Passphrase = z.string().min(1).max(200)

/** The desk's own life: present or not, locked or open, who is signed in. All but the last work while locked. */
export const deskContract = {
  'desk.status': query({
    can: 'anyone',
    passive: true,
    input: z.object({}),
    output: z.object({
      state: z.enum(['absent', 'locked', 'open', 'damaged']),
      /** Names to choose from at unlock; disabled officers are left out. */
      officers: z.array(z.object({ id: z.uuid(), name: z.string() })),
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
  'desk.unlock': action({
    can: 'anyone',
    input: z.object({ officerId: z.uuid(), passphrase: Passphrase }),
    output: Session,
  }),
  'desk.recover': action({
    can: 'anyone',
    input: z.object({ officerId: z.uuid(), recoveryCode: z.string().max(60), passphrase: Passphrase }),
    output: Session,
  }),
  /** Backups found in the folder this PC backs up to, for a desk that cannot be opened. */
  'desk.backups': query({ can: 'anyone', input: z.object({}), output: z.object({ rows: z.array(BackupRow) }) }),
  /** Puts a backup into this PC's folder, where there is no desk or one that cannot be opened; that one is kept aside whole. */
  'desk.restore': action({
    can: 'anyone',
    input: z.object({ folder: z.string().min(1).max(1_000), replaceDamaged: z.boolean().default(false) }),
    output: z.object({
      at: z.string(),
      /** Changes in the backup that the city had not answered when it was made; they will be reported again. */
      unreported: z.int(),
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
