import type { Field, Register } from '../../shared/domain/register.ts'
import { capabilitiesOf, CAPABILITIES, type Capability, type Role, ROLES, writesOf } from '../../shared/permissions.ts'
import type { OpLine } from '../../shared/sync/protocol.ts'
import { effectOf } from './effect.ts'
import {
  held,
  PARKED,
  rejected,
  waitForOfficer,
  waitForOp,
  waitForRecord,
  type Judgement,
  type View,
} from './judgement.ts'
import { rejectionProblem } from './problem.ts'

/** Kinds we can judge. Others are parked until an upgrade knows them (SYNC §5.2-9). */
const KINDS: ReadonlySet<string> = new Set(['create', 'patch', 'correct', 'report', 'void', 'unvoid', 'supersede'])

/** True when an upgrade has since learnt what the key says was missing. */
export function isKnownNow(key: string, registerNamed: View['registerNamed']): boolean {
  const [ent = '', kind] = key.slice(PARKED.length).split('/')
  return registerNamed(ent) !== undefined && (kind === undefined || KINDS.has(kind))
}

/** First judgement of an op: is it well-formed, ours, permitted; may it take effect now; which. */
export function judge(op: OpLine, view: View): Judgement {
  const register = view.registerNamed(op.ent)
  if (register === undefined) return held(`${PARKED}${op.ent}`)
  if (!KINDS.has(op.k)) return held(`${PARKED}${op.ent}/${op.k}`)
  return faultOf(op, register, view) ?? forbidden(op, view) ?? settle(op, view)
}

/** Judges again an op that was well-formed and permitted when it came: the officer may have left since. */
export function settle(op: OpLine, view: View): Judgement {
  const register = view.registerNamed(op.ent)
  if (register === undefined) return held(`${PARKED}${op.ent}`)
  return holdUp(op, register, view) ?? effectOf(op, register, view)
}

function faultOf(op: OpLine, register: Register, view: View): Judgement | null {
  for (const [name, value] of Object.entries(op.set)) {
    const fault = fieldFault(op, fieldOf(register, name), name, value)
    if (fault !== null) return fault
  }
  for (const name of Object.keys(op.was)) if (fieldOf(register, name)?.reach === 'township') return leak(`/was/${name}`)
  for (const name of Object.keys(op.sealed)) {
    if (Object.hasOwn(op.set, name)) return rejected('schema-invalid', `/set/${name}`)
    if (fieldOf(register, name)?.merge === 'D') return rejected('not-owner', `/set/${name}`)
  }
  return linkFault(op, view)
}

function fieldFault(op: OpLine, field: Field | undefined, name: string, value: unknown): Judgement | null {
  if (field === undefined) return null
  if (field.reach === 'township' && op.k !== 'report') return leak(`/set/${name}`)
  if (field.merge === 'D') return rejected('not-owner', `/set/${name}`)
  return field.schema.safeParse(value).success ? null : rejected('schema-invalid', `/set/${name}`)
}

/** What must travel sealed came readable. It is refused, and its bytes are not kept (PRODUCT, Always true 4). */
const leak = (pointer: string): Judgement => ({
  outcome: 'rejected',
  problem: rejectionProblem('schema-invalid', pointer),
  conceal: true,
})

/** `after` and `of` must name earlier ops of this ledger on this record. */
function linkFault(op: OpLine, view: View): Judgement | null {
  const links = { after: op.after, of: op.of ?? null }
  if (op.k === 'supersede' && links.of === null) return rejected('schema-invalid', '/of')
  for (const [name, seq] of Object.entries(links)) {
    if (seq === null) continue
    const answer = seq < op.seq ? view.answerOf(op, seq) : undefined
    if (answer?.ent !== op.ent || answer.recordId !== op.id) return rejected('schema-invalid', `/${name}`)
  }
  return null
}

function forbidden(op: OpLine, view: View): Judgement | null {
  if (!view.anyOfficer() || view.isFounding(op)) return null
  const officer = view.recordOf('officer', op.by)
  // Its own record does not speak for an officer: after the first one, somebody else has to make it.
  const comes = officer === undefined && op.by !== op.id && view.officerComing(op.by)
  if (comes) return held(waitForOfficer(op.by))
  const role = ROLES.find((known): known is Role => known === officer?.data['role'])
  const allowed =
    officer !== undefined &&
    !officer.voided &&
    officer.data['state'] === 'active' &&
    role !== undefined &&
    mayWrite(role, op.ent)
  return allowed ? null : rejected('not-permitted')
}

function mayWrite(role: Role, registerName: string): boolean {
  const wanted: string = writesOf(registerName)
  const capability = CAPABILITIES.find((known): known is Capability => known === wanted)
  return capability !== undefined && capabilitiesOf(role).has(capability)
}

/** What the op has to wait for: an earlier op on the record, or a record it names. */
function holdUp(op: OpLine, register: Register, view: View): Judgement | null {
  if (op.k === 'supersede') {
    const target = view.answerOf(op, op.of as number)
    if (target?.verdict === 'held') return held(waitForOp(target))
  } else {
    const blocker = view.blockerOf(op)
    if (blocker !== undefined) return held(waitForOp(blocker))
  }
  for (const [field, ent] of Object.entries(register.references)) {
    const id = Object.hasOwn(op.set, field) ? op.set[field] : null
    if (typeof id !== 'string' || ent === undefined || (ent === op.ent && id === op.id)) continue
    if (view.recordOf(ent, id) === undefined) return held(waitForRecord(ent, id))
  }
  return null
}

const fieldOf = (register: Register, name: string): Field | undefined =>
  Object.hasOwn(register.fields, name) ? register.fields[name] : undefined
