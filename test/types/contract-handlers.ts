import type { ActionCtx, CommandCtx, Handlers, QueryCtx } from '../../core/handler.ts'
import { handlers } from '../../core/handlers.ts'

// Compiled by `npm run check`, never run.

/** An endpoint without a handler does not compile. */
const { 'cadre.save': _left, ...others } = handlers
// @ts-expect-error cadre.save is missing
export const incomplete: Handlers = others

/** A query is given no transaction, a command no way to open another one. */
export function contexts(query: QueryCtx, command: CommandCtx, action: ActionCtx): unknown[] {
  return [
    // @ts-expect-error a query reads
    query.tx,
    // @ts-expect-error a command is one transaction
    command.transact,
    // @ts-expect-error an action writes through commands of its own
    action.tx,
    query.db,
    command.tx,
    action.transact,
  ]
}

/** What a handler answers is what the contract promises. */
export const misanswered: Pick<Handlers, 'cadre.void'> = {
  // @ts-expect-error version is a number
  'cadre.void': async (_ctx, { id }) => ({ id, version: '1' }),
}
