import type * as z from 'zod'
import type { Contract, Name } from '../shared/contract/index.ts'
import type { deskContract } from '../shared/contract/desk.ts'
import type { Capability, Role } from '../shared/permissions.ts'
import type { Db } from '../db/schema.ts'
import type { Tx } from '../db/open.ts'
import type { Workspace } from './workspace.ts'

/** Who is signed in. */
export interface Actor {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly can: ReadonlySet<Capability>
}

/** What a handler may touch. No clock, id or socket is ever reached for directly. */
export interface Ctx {
  readonly actor: Actor
  readonly now: () => Date
  /** A new UUIDv7. */
  readonly newId: () => string
  /** Today in Weihai. */
  readonly today: string
  readonly workspace: Workspace
  /** Version of this program. */
  readonly version: string
}
export type QueryCtx = Ctx & { readonly db: Db }

/** What a command adds: its transaction, the moment it is dated with, and notes for the history. */
export type CommandCtx = Ctx & {
  readonly tx: Tx
  readonly at: string
  readonly txn: string
  /** Says why, or which transaction is undone; shown in the history. */
  readonly annotate: (note: { why?: string | null; undoes?: string }) => void
  /**
   * Sends what was put so far on its way to history and ledger, still in this transaction. For commands of thousands of
   * records, which pause between slices: all of it in one go at the end would stop every screen for seconds. Annotate before.
   */
  readonly settle: () => Promise<void>
  /** Calls back when the transaction is over, with whether it was committed: what lives beside the database follows it. */
  readonly afterwards: (listener: (committed: boolean) => void) => void
}
/** What an action gets instead: reads, and as many commands of its own as it needs. */
export type ActionCtx = QueryCtx & { readonly transact: <T>(work: (ctx: CommandCtx) => Promise<T>) => Promise<T> }

type OwnCtx<N extends Name> = Contract[N]['kind'] extends 'command'
  ? CommandCtx
  : Contract[N]['kind'] extends 'action'
    ? ActionCtx
    : QueryCtx

/** Every endpoint but the desk's own life has exactly one handler here, or the app does not compile. */
export type Handlers = {
  [N in Exclude<Name, Exclude<keyof typeof deskContract, 'session.get' | 'desk.verify'>>]: (
    ctx: OwnCtx<N>,
    input: z.output<Contract[N]['input']>,
  ) => Promise<z.input<Contract[N]['output']>>
}
/** The handlers of some registers, for their service file. */
export type HandlersOf<Prefix extends string> = Pick<Handlers, Extract<keyof Handlers, `${Prefix}.${string}`>>
