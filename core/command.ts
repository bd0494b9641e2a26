import { randomUUID } from 'node:crypto'
import type { CommandCtx, Ctx } from './handler.ts'
import { createLedgerSlices } from './ledger/slices.ts'
import { localInstantOf } from '../shared/domain/dates.ts'
import { officer } from '../shared/domain/officer.ts'
import { allRecords } from '../db/repo/record.ts'
import type { Change } from '../db/put.ts'
import { updateNameKeys } from './search/cadre-index.ts'
import { mirrorOfficers } from './service/officer.ts'

/**
 * Runs one command: its work, its history and its ops are one transaction; after the commit, and only then, the rest of
 * the desk learns of it.
 *
 * `finish` sees the answer inside the transaction: a malformed answer must undo the write, not follow it.
 */
export async function runCommand<T>(
  ctx: Ctx,
  work: (ctx: CommandCtx) => Promise<T>,
  finish: (answer: T) => T = (a) => a,
): Promise<T> {
  const { workspace, actor } = ctx
  const txn = randomUUID()
  const at = ctx.now()
  let why: string | null = null
  let undoes: string | null = null
  const listeners: ((committed: boolean) => void)[] = []
  const transaction = workspace.store.withTransaction(async (tx) => {
    const annotate: CommandCtx['annotate'] = (note) => {
      if (note.why !== undefined) why = note.why
      if (note.undoes !== undefined) undoes = note.undoes
    }
    const note = () => ({ txn, by: actor.id, at, why, undoes })
    const slices = createLedgerSlices(tx, workspace.identity, workspace.sealer, note)
    const settle = (): Promise<void> => {
      updateNameKeys(tx)
      return slices.settle()
    }
    const afterwards: CommandCtx['afterwards'] = (listener) => void listeners.push(listener)
    try {
      const given = await work({ ...ctx, tx, txn, at: localInstantOf(at), annotate, settle, afterwards })
      updateNameKeys(tx)
      const { changes, head } = await slices.finish()
      return { answer: finish(given), changes, head }
    } finally {
      slices.close()
    }
  })
  const tell = (committed: boolean) => (): void => listeners.forEach((listener) => listener(committed))
  transaction.then(tell(true), tell(false))
  const { answer, changes, head } = await transaction
  if (head) workspace.head.note(head.seq, head.hash)
  await afterCommit(ctx, changes)
  return answer
}

async function afterCommit({ workspace }: Ctx, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  const registers = [...new Set(changes.map((change) => change.register.name))]
  if (registers.includes('unit')) workspace.index.changed(null)
  workspace.index.changed(changes.filter((change) => change.register.name === 'cadre').map((change) => change.id))
  if (registers.includes(officer.name))
    mirrorOfficers(workspace.paths.keys, await allRecords(workspace.store.db, officer))
  workspace.emit({ kind: 'changed', registers })
  workspace.sync.nudge()
}
