import { setTimeout } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { runCommand } from '../../core/command.ts'
import { sealerFor, type SealingKeys } from '../../core/keys/seal.ts'
import { startSealThread } from '../../core/keys/seal-thread.ts'
import { verifyDatabase } from '../../core/ledger/verify.ts'
import { put } from '../../db/put.ts'
import { cadre } from '../../shared/domain/cadre.ts'
import { OpLine } from '../../shared/sync/protocol.ts'
import { aCadre } from '../builders/cadre.ts'
import { startWorkspace } from '../helpers/workspace.ts'

const scope = '371002101'
/** A thread that has these dies of the first value it is to seal. */
const NO_KEYS = { scope } as SealingKeys
const wanted = [{ place: { register: 'cadre', id: 'a', field: 'note' }, value: '一' }]

function aThread(keys: SealingKeys) {
  const thread = startSealThread(keys)!
  onTestFinished(() => thread.close())
  return thread
}

test('the thread seals as the desk itself does', async () => {
  const sealer = sealerFor(scope, Buffer.alloc(32, 1))
  const [sealed] = await aThread(sealer.keys).seal(wanted)
  expect(sealed?.m).toBe(sealer.seal(wanted[0]!.place, '一').m)
  expect(sealer.unseal(wanted[0]!.place, sealed!)).toBe('一')
})

test('a thread that has died says so to whoever asks later, instead of never answering', async () => {
  const thread = aThread(NO_KEYS)
  await expect(thread.seal(wanted)).rejects.toThrow('key')
  await setTimeout(200) // it is gone altogether then: nothing is left that could tell of it
  await expect(thread.seal(wanted)).rejects.toThrow('key')
})

test('an import whose thread dies is written all the same, sealed by the desk itself', async () => {
  const { ctx, workspace } = await startWorkspace()
  const { sealer } = workspace
  const crippled = { ...ctx, workspace: { ...workspace, sealer: { ...sealer, keys: NO_KEYS } } }
  const people = Array.from({ length: 300 }, () => aCadre({ note: '只在镇里' }))
  await runCommand(crippled, async ({ tx, at, settle }) => {
    for (const [index, person] of people.entries()) {
      if (index % 150 === 149) await settle()
      put(tx, cadre, null, person, at)
    }
  })
  const { db } = workspace.store
  const ops = await db.selectFrom('op').select('bytes').where('register', '=', 'cadre').execute()
  const notes = ops.map(({ bytes }) => {
    const { id, sealed } = OpLine.parse(JSON.parse(bytes!))
    return sealer.unseal({ register: 'cadre', id, field: 'note' }, sealed['note']!)
  })
  expect(notes).toEqual(people.map(() => '只在镇里'))
  expect((await verifyDatabase(db)).filter(({ ok }) => !ok)).toEqual([])
})
