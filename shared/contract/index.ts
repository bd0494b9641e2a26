import type * as z from 'zod'
import { backupContract } from './backup.ts'
import { cadreContract } from './cadre.ts'
import { changeContract } from './change.ts'
import { deskContract } from './desk.ts'
import { keystoreContract } from './keystore.ts'
import { lrmxContract } from './lrmx.ts'
import { printContract } from './print.ts'
import { recoveryContract } from './recovery.ts'
import { rosterContract } from './roster.ts'
import { syncContract } from './sync.ts'
import { talkContract } from './talk.ts'
import { talkEntryContract } from './talk-entry.ts'
import { unitContract } from './unit.ts'

/** Everything a page, a command line or a test may ask of the core. There is no other door. */
export const contract = {
  ...deskContract,
  ...keystoreContract,
  ...recoveryContract,
  ...unitContract,
  ...cadreContract,
  ...talkContract,
  ...talkEntryContract,
  ...changeContract,
  ...rosterContract,
  ...lrmxContract,
  ...printContract,
  ...syncContract,
  ...backupContract,
}

export type Contract = typeof contract
export type Name = keyof Contract
export type Input<N extends Name> = z.input<Contract[N]['input']>
export type Output<N extends Name> = z.output<Contract[N]['output']>

/** What crosses the wire, whichever wire it is. */
export type Reply = { ok: true; data: unknown } | { ok: false; code: string; params: Record<string, unknown> }
export type Transport = (name: string, input: unknown) => Promise<Reply>

/** What the core tells every page without being asked: something changed, or the desk was locked. */
export type CoreEvent =
  | { readonly kind: 'changed'; readonly registers: readonly string[] }
  | { readonly kind: 'sync' }
  /** `crash`: the core's process died and was started again; the desk is locked because its key died with it. */
  | { readonly kind: 'locked'; readonly because?: 'crash' }
