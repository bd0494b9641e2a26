import { Fault } from '../../shared/errors.ts'
import { beyondRights, type Role } from '../../shared/permissions.ts'
import type { Actor, Ctx } from '../handler.ts'
import { officerSlots } from '../keys/key-file.ts'
import { keyFileOf } from './own-passphrase.ts'

/**
 * Whoever sets another's passphrase could sign in as them, so nobody may for an officer who may do more than they do: an
 * administrator would read talks that way. Where no one else is left, there is the recovery code.
 */
export function refuseBeyondOwnRights(actor: Actor, role: Role): void {
  const beyond = beyondRights(actor.can, role)
  if (!actor.can.has('officer:write') || beyond) throw new Fault('not-allowed', { can: beyond ?? 'officer:write' })
}

/**
 * Nor may they give or take such a role once that officer has a passphrase: they would set it while the role is small, and
 * sign in when it has become great.
 */
export function refuseRoleBeyondRights(
  { actor, workspace }: Pick<Ctx, 'actor' | 'workspace'>,
  officer: { readonly id: string; readonly role: Role },
  role: Role,
): void {
  if (role === officer.role) return
  if (!officerSlots(keyFileOf(workspace.paths)).some((slot) => slot.officerId === officer.id)) return
  refuseBeyondOwnRights(actor, officer.role)
  refuseBeyondOwnRights(actor, role)
}
