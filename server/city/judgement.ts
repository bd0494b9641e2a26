import type { Register } from '../../shared/domain/register.ts'
import {
  VOIDED,
  type CityValue,
  type OpLine,
  type Problem,
  type Rejection,
  type Sealed,
} from '../../shared/sync/protocol.ts'
import { rejectionProblem } from './problem.ts'
import type { StoredVerdict } from './schema.ts'

/** A record as the city holds it at one revision. */
export interface RecordState {
  readonly ent: string
  readonly id: string
  readonly rev: number
  readonly data: Readonly<Record<string, unknown>>
  readonly sealed: Readonly<Record<string, Sealed>>
  readonly voided: boolean
  readonly why: string | null
  readonly revHash: string
}

/** A field as a verdict says it. What came sealed goes back sealed: nobody reads it on the way. */
export function cityValueOf({ data, sealed, voided }: RecordState, field: string): CityValue {
  if (field === VOIDED) return { value: voided }
  const box = Object.hasOwn(sealed, field) ? sealed[field] : undefined
  return box === undefined ? { value: Object.hasOwn(data, field) ? data[field] : null } : { sealed: box }
}

/** What became of an op. */
export interface Answer {
  readonly device: string
  readonly epoch: string
  readonly seq: number
  readonly ent: string | null
  readonly recordId: string | null
  readonly verdict: StoredVerdict
  readonly rev: number | null
  readonly supersededBy: number | null
}

/** What the city knows that bears on one op: everything judging may look at, so that judging itself stays pure. */
export interface View {
  registerNamed(name: string): Register | undefined
  recordOf(ent: string, id: string): RecordState | undefined
  revisionOf(ent: string, id: string, rev: number): RecordState | undefined
  /** An op of the same ledger, which may go back to before a restore. */
  answerOf(op: OpLine, seq: number): Answer | undefined
  /** The latest earlier op of the same ledger on the same record that has not taken effect and is not superseded. */
  blockerOf(op: OpLine): Answer | undefined
  /** Fields of that record in which earlier ops of the same ledger are in conflict and nobody has decided yet. */
  undecidedOn(op: OpLine): ReadonlySet<string>
  anyOfficer(): boolean
  /** True when that officer's record has been sent but has not taken effect yet. */
  officerComing(id: string): boolean
  /** Whose identity number that is, among records that are not void. */
  holderOf(identityNumber: string): string | undefined
  /** True for the first transaction of an enrolled ledger, for which the one-time code stands surety. */
  isFounding(op: OpLine): boolean
}

export interface Losing {
  readonly field: string
  readonly value: unknown
  readonly sealed: Sealed | null
}

export type Judgement =
  | {
      readonly outcome: 'effect'
      readonly verdict: 'applied' | 'merged' | 'conflict'
      /** The record afterwards; the same object as before when nothing changed, undefined when there is none. */
      readonly record: RecordState | undefined
      readonly merged: readonly string[]
      readonly losing: readonly Losing[]
    }
  | { readonly outcome: 'held'; readonly waitsFor: string }
  | { readonly outcome: 'rejected'; readonly problem: Problem; readonly conceal: boolean }

export const held = (waitsFor: string): Judgement => ({ outcome: 'held', waitsFor })
export const rejected = (rejection: Rejection, pointer?: string): Judgement => ({
  outcome: 'rejected',
  problem: rejectionProblem(rejection, pointer),
  conceal: false,
})

/** Keys an op may wait for. */
export const waitForOp = ({ device, epoch, seq }: Pick<Answer, 'device' | 'epoch' | 'seq'>): string =>
  `op:${device}/${epoch}/${seq}`
export const waitForRecord = (ent: string, id: string): string => `rec:${ent}/${id}`
export const waitForOfficer = (id: string): string => `by:${id}`
export const PARKED = 'parked:'
