import { officer } from '../../shared/domain/officer.ts'
import { toView } from '../../shared/domain/register.ts'
import { Fault } from '../../shared/errors.ts'
import { appendAccess } from '../../db/repo/access-log.ts'
import { allRecords, findRecord, getRecord } from '../../db/repo/record.ts'
import type { HandlersOf } from '../handler.ts'
import {
  dataKeyByPassphrase,
  officerSlot,
  officerSlots,
  readKeyFile,
  withSlot,
  writeKeyFile,
} from '../keys/key-file.ts'
import { attemptsIn } from '../keys/attempts.ts'
import { assertPassphrase } from '../keys/passphrase.ts'
import { refuseBeyondOwnRights, refuseRoleBeyondRights } from './officer-role.ts'
import { keyFileOf } from './own-passphrase.ts'
import { saved, saveRecord } from './save.ts'

export const officerService: HandlersOf<'officer'> = {
  'officer.list': async ({ db, workspace }) => {
    const slots = new Set(officerSlots(keyFileOf(workspace.paths)).map((slot) => slot.officerId))
    const officers = (await allRecords(db, officer)).filter((o) => !o.voided)
    officers.sort((a, b) => a.state.localeCompare(b.state) || a.createdAt.localeCompare(b.createdAt))
    return { rows: officers.map((o) => ({ record: toView(officer, o), hasSlot: slots.has(o.id) })) }
  },

  'officer.save': async (ctx, input) => {
    const before = input.id === undefined ? null : await findRecord(ctx.tx.db, officer, input.id)
    // Nobody locks themselves out, and nobody gives themselves rights: an administrator would read talks.
    const { role = before?.role, state } = input.set
    const ownRights = before?.id === ctx.actor.id && (state === 'disabled' || role !== before.role)
    if (ownRights) throw new Fault('own-rights')
    if (before && role) refuseRoleBeyondRights(ctx, before, role)
    return saved(await saveRecord(ctx, officer, input, { state: 'active' }), [])
  },

  'officer.setPassphrase': async (ctx, { officerId, current, passphrase }) => {
    const { workspace, actor } = ctx
    const record = await getRecord(ctx.db, officer, officerId)
    const file = keyFileOf(workspace.paths)
    if (officerId === actor.id) {
      const attempts = attemptsIn(workspace.paths.attempts, ctx.now)
      attempts.begin()
      await dataKeyByPassphrase(file, officerId, current ?? '')
      attempts.succeed()
    } else refuseBeyondOwnRights(actor, record.role)
    assertPassphrase(passphrase, record.name)
    if (record.voided || record.state === 'disabled') throw new Fault('officer-disabled', {})
    const made = await officerSlot(record.id, record.name, workspace.dataKey, passphrase, workspace.kdf)
    await ctx.transact(async ({ tx, at }) => {
      const entry = { at, byOfficer: actor.id, byName: actor.name, action: 'passphrase' }
      await appendAccess(tx, { ...entry, register: officer.name, recordId: officerId })
    })
    // Read anew: while this slot was made, another one may have been.
    writeKeyFile(workspace.paths.keys, withSlot(keyFileOf(workspace.paths), made))
    await workspace.keystore?.forget(officerId)
    return {}
  },
}

/** After an officer changed: the unlock page's names and who may still unlock follow the register. */
export function mirrorOfficers(
  path: string,
  officers: readonly { id: string; name: string; state: string; voided: boolean }[],
): void {
  const file = readKeyFile(path)
  if (!file) return // a first run writes it last
  const byId = new Map(officers.map((o) => [o.id, o]))
  const isOut = (o: { state: string; voided: boolean }) => o.voided || o.state === 'disabled'
  const slots = file.slots.flatMap((slot) => {
    const record = slot.kind === 'recovery' ? undefined : byId.get(slot.officerId)
    if (!record) return slot
    if (slot.kind === 'officer') return { ...slot, name: record.name, disabled: isOut(record) }
    // Whoever is let in again later asks for the key store anew.
    return isOut(record) ? [] : slot
  })
  if (JSON.stringify(slots) !== JSON.stringify(file.slots)) writeKeyFile(path, { ...file, slots })
}
