import { revisionHash } from '../../core/ledger/chain.ts'
import type { Register } from '../../shared/domain/register.ts'
import {
  isNothing,
  mergeChange,
  namesOf,
  NOTHING,
  sameField,
  withChange,
  type Values,
} from '../../shared/sync/merge.ts'
import { VOIDED, type OpLine } from '../../shared/sync/protocol.ts'
import { held, rejected, waitForRecord, type Judgement, type Losing, type RecordState, type View } from './judgement.ts'

/** What a well-formed, permitted op that waits for nothing does to its record. */
export function effectOf(op: OpLine, register: Register, view: View): Judgement {
  const current = view.recordOf(op.ent, op.id)
  if (op.k === 'supersede') return supersede(op, register, current, view)
  if (current === undefined && op.k !== 'create') return held(waitForRecord(op.ent, op.id))
  if (op.k === 'void' || op.k === 'unvoid') {
    return setVoided(op, op.k === 'void', register, current as RecordState, view)
  }
  return write(op, register, current, view)
}

/** The repair of a rejected op, or the decision on a conflict: its set stands for everything it covers. */
function supersede(op: OpLine, register: Register, current: RecordState | undefined, view: View): Judgement {
  const target = view.answerOf(op, op.of as number)
  const open = target?.verdict === 'conflict' || (target?.verdict === 'rejected' && target.supersededBy === null)
  if (!open) return rejected('schema-invalid', '/of')
  // A create that is taken back leaves no record behind.
  if (current === undefined && isNothing(changeOf(op))) return applied(undefined)
  if (current !== undefined && op.void !== undefined) return setVoided(op, op.void, register, current, view)
  return write(op, register, current, view)
}

function write(op: OpLine, register: Register, current: RecordState | undefined, view: View): Judgement {
  const mine = changeOf(op)
  if (current === undefined) return unlessTaken(op, applied(nextState(op, undefined, mine, false)), view)
  const seen = seenBy(op, current, view)
  if (current.voided && !seen.voided) {
    const news = namesOf(mine).filter((name) => !sameField(mine, valuesOf(current), name))
    return news.length === 0
      ? applied(current)
      : conflict(current, [losingVoided(op, false), ...news.map((name) => losing(mine, name))], [])
  }
  const merge = mergeChange(register.fields, seen.values, mine, valuesOf(current))
  const changed = isNothing(merge.write) ? current : nextState(op, current, merge.write, current.voided)
  const written = namesOf(merge.write)
  if (merge.conflicts.length > 0) {
    return unlessTaken(
      op,
      conflict(
        changed,
        merge.conflicts.map((name) => losing(mine, name)),
        written,
      ),
      view,
    )
  }
  return unlessTaken(op, seen.stale && written.length > 0 ? merged(changed, written) : applied(changed), view)
}

function setVoided(op: OpLine, voided: boolean, register: Register, current: RecordState, view: View): Judgement {
  const mine = changeOf(op)
  const seen = seenBy(op, current, view)
  if (seen.stale && current.voided !== voided) {
    const news = namesOf(mine).filter((name) => !sameField(mine, valuesOf(current), name))
    const losers = news.map((name) => losing(mine, name))
    return conflict(current, [losingVoided(op, voided), ...losers], [])
  }
  const { write: change, conflicts } = mergeChange(register.fields, seen.values, mine, valuesOf(current))
  const same = isNothing(change) && current.voided === voided
  const next = same ? current : nextState(op, current, change, voided)
  const judgement =
    conflicts.length > 0
      ? conflict(
          next,
          conflicts.map((name) => losing(mine, name)),
          namesOf(change),
        )
      : applied(next)
  return unlessTaken(op, judgement, view)
}

interface Seen {
  /** True when the writer had not seen the record's current revision. */
  readonly stale: boolean
  readonly voided: boolean
  readonly values: Values
}

/**
 * What the writer saw: the revision its base names, and over it the values it says it replaced.
 *
 * The latter count even when the base is current: after a merge a desk knows the revision's number before it has
 * its content, and must not overwrite what it has never shown. Not so for a repair, which says that it replaced values
 * that were rejected here.
 *
 * Of a sealed value an op does not say what it replaced. Where its ledger is in conflict it has not seen the city's, however
 * recent its base: it knows that revision's number from the very answer that said so.
 */
function seenBy(op: OpLine, current: RecordState, view: View): Seen {
  const rev = Math.max(op.base, revAfter(op, view))
  const stale = rev < current.rev
  const base = stale ? view.revisionOf(op.ent, op.id, rev) : current
  const values = base === undefined ? NOTHING : valuesOf(base)
  if (op.k === 'supersede') return { stale, voided: base?.voided ?? false, values }
  const undecided = view.undecidedOn(op)
  const sealed = Object.fromEntries(Object.entries(values.sealed).filter(([field]) => !undecided.has(field)))
  const known = { plain: values.plain, sealed }
  return { stale, voided: base?.voided ?? false, values: withChange(known, { plain: op.was, sealed: {} }) }
}

/** Revision the op's predecessor led to; 0 when it names none. A superseded one stands for what superseded it. */
function revAfter(op: OpLine, view: View): number {
  if (op.after === null || op.k === 'supersede') return 0
  let answer = view.answerOf(op, op.after)
  while (answer?.supersededBy != null) answer = view.answerOf(op, answer.supersededBy)
  return answer?.rev ?? 0
}

function nextState(op: OpLine, current: RecordState | undefined, change: Values, voided: boolean): RecordState {
  const values = withChange(current === undefined ? NOTHING : valuesOf(current), change)
  const content = { data: values.plain, sealed: values.sealed, voided }
  const why = voided === (current?.voided ?? false) ? (current?.why ?? null) : op.why
  return { ent: op.ent, id: op.id, rev: (current?.rev ?? 0) + 1, ...content, why, revHash: revisionHash(content) }
}

/** Rejects what would give two records that count the same identity number. */
function unlessTaken(op: OpLine, judgement: Judgement, view: View): Judgement {
  const record = judgement.outcome === 'effect' ? judgement.record : undefined
  const number = record?.data['identityNumber']
  if (record?.ent !== 'cadre' || record.voided || typeof number !== 'string') return judgement
  const holder = view.holderOf(number)
  return holder === undefined || holder === op.id ? judgement : rejected('not-unique', '/set/identityNumber')
}

const changeOf = (op: OpLine): Values => ({ plain: op.set, sealed: op.sealed })
const valuesOf = (record: RecordState): Values => ({ plain: record.data, sealed: record.sealed })
const losing = (mine: Values, name: string): Losing => ({
  field: name,
  value: mine.plain[name] ?? null,
  sealed: mine.sealed[name] ?? null,
})

const losingVoided = (op: OpLine, voided: boolean): Losing => ({
  field: VOIDED,
  value: { voided, why: op.why },
  sealed: null,
})

const applied = (record: RecordState | undefined): Judgement => ({
  outcome: 'effect',
  verdict: 'applied',
  record,
  merged: [],
  losing: [],
})
const merged = (record: RecordState, fields: readonly string[]): Judgement => ({
  outcome: 'effect',
  verdict: 'merged',
  record,
  merged: fields,
  losing: [],
})
const conflict = (record: RecordState, losers: readonly Losing[], written: readonly string[]): Judgement => ({
  outcome: 'effect',
  verdict: 'conflict',
  record,
  merged: written,
  losing: losers,
})
