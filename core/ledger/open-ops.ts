import type { Tx } from '../../db/open.ts'
import type { OpState } from '../../db/schema.ts'
import type { OpLine } from '../../shared/sync/protocol.ts'

/** An op that is not done with yet, as far as the next one on its record depends on it. */
export interface OpenOp {
  readonly seq: number
  readonly state: string
  readonly bytes: string | null
  readonly problem: string | null
}

/**
 * Ops on a record that the city has not finally taken, oldest first.
 *
 * Those in conflict are among them only when this change says every field the record has in conflict: that is a person's
 * decision. Any other change leaves the conflict for somebody to look at, or half of it would be decided unseen.
 */
export function openOps(tx: Tx, register: string, id: string, said: readonly string[]): OpenOp[] {
  const ops = openIn(tx, register, id, ['unsent', 'held', 'rejected', 'conflict'])
  const isDecision = ops
    .filter((op) => op.state === 'conflict')
    .every((op) => conflictFields(op).every((field) => said.includes(field)))
  return isDecision ? ops : ops.filter((op) => op.state !== 'conflict')
}

/** Ops on a record in any of these states, oldest first. */
export const openIn = (tx: Tx, register: string, id: string, states: readonly OpState[]): OpenOp[] =>
  tx
    .prepare(
      `select seq, state, bytes, problem from op where register = ? and record_id = ?
       and state in (select value from json_each(?)) order by seq`,
    )
    .all(register, id, JSON.stringify(states)) as OpenOp[]

/** What an op is in conflict over; nothing when it is in none. */
export function conflictFields(op: OpenOp): readonly string[] {
  const problem = op.problem === null ? null : (JSON.parse(op.problem) as { fields?: readonly string[] })
  return problem?.fields ?? []
}

/** The revision of a record that the city is known to hold; 0 when it has none. */
export function cityRevision(tx: Tx, register: string, id: string): number {
  const row = tx.prepare('select rev from city_revision where register = ? and record_id = ?').get(register, id)
  return (row as { rev: number } | undefined)?.rev ?? 0
}

/** These fields and all that the ops said, once each. */
export function unionOfFields(changed: readonly string[], ops: readonly OpenOp[]): string[] {
  const fields = new Set(changed)
  for (const op of ops) {
    if (op.bytes === null) continue
    const line = JSON.parse(op.bytes) as OpLine
    for (const field of [...Object.keys(line.set), ...Object.keys(line.sealed)]) fields.add(field)
  }
  return [...fields]
}
