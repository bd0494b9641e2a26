import type { Change } from '../../db/put.ts'
import type { Tx } from '../../db/open.ts'
import type { Place, Sealer } from '../keys/seal.ts'
import { startSealThread, type SealAnswer, type SealThread, type Wanted } from '../keys/seal-thread.ts'
import { appendOps, valuesToSeal, type CommandNote, type LedgerHead, type LedgerIdentity } from './append.ts'

/** From this many values on a slice is worth another thread. */
const WORTH_A_THREAD = 100

interface Slice {
  readonly changes: readonly Change[]
  readonly sealer: Sealer | Promise<Sealer>
}

/** Writes what one command changed to the ledger, a slice of changes at a time. */
export interface LedgerSlices {
  /** Takes what was put since the last time. Its ops are written before those of any later slice, and by {@link finish}. */
  settle(): Promise<void>
  /** Writes what is left; every change of the command and the ledger's new head, null when nothing was changed. */
  finish(): Promise<{ changes: Change[]; head: LedgerHead | null }>
  close(): void
}

/**
 * Slices of a command's changes on their way to the ledger.
 *
 * While one slice is being put, another thread seals the one before: of an import sealing is a good part of the work.
 * Nothing is written to the ledger but inside a call of `settle` or `finish`, so it is always the command's own transaction.
 */
export function createLedgerSlices(
  tx: Tx,
  identity: LedgerIdentity,
  sealer: Sealer,
  note: () => Omit<CommandNote, 'earlier'>,
): LedgerSlices {
  const written: Change[] = []
  let head: LedgerHead | null = null
  let waiting: Slice | null = null
  let thread: SealThread | null = null
  const taken = (): readonly Change[] => tx.changes.splice(0)
  const write = async (slice: Slice | null): Promise<void> => {
    if (!slice) return
    const commandNote = { ...note(), earlier: written.length }
    head = appendOps(tx, identity, await slice.sealer, commandNote, slice.changes) ?? head
    written.push(...slice.changes)
  }
  return {
    settle: async () => {
      const changes = taken()
      const wanted = valuesToSeal(changes)
      if (wanted.length >= WORTH_A_THREAD) thread ??= startSealThread(sealer.keys)
      const before = waiting
      waiting = { changes, sealer: thread ? sealedAhead(thread, sealer, wanted) : sealer }
      await write(before)
    },
    finish: async () => {
      await write(waiting)
      await write({ changes: taken(), sealer })
      return { changes: written, head }
    },
    close: () => thread?.close(),
  }
}

/** A sealer that has these values sealed already; any other, and all of them if the thread dies, it seals when asked. */
function sealedAhead(thread: SealThread, sealer: Sealer, wanted: readonly Wanted[]): Promise<Sealer> {
  const keyOf = ({ register, id, field }: Place): string => `${register}|${id}|${field}`
  const ahead = (sealed: SealAnswer): Sealer => {
    const held = new Map(wanted.map(({ place, value }, at) => [keyOf(place), { value, sealed: sealed[at]! }]))
    return {
      ...sealer,
      seal: (place, value) => {
        const found = held.get(keyOf(place))
        return found && found.value === value ? found.sealed : sealer.seal(place, value)
      },
    }
  }
  return thread.seal(wanted).then(ahead, () => sealer)
}
