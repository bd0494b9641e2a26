import { dataKeyByPassphrase, officerSlots, readKeyFile } from '../../core/keys/key-file.ts'
import { DEFAULT_KDF } from '../../core/keys/wrap.ts'
import { openDesk } from '../../core/desk.ts'
import { profilePaths } from '../../core/profile.ts'
import { callOf, PASSPHRASE, type Folders } from './fixture.ts'
import { assertSame, sideBySide, timed, type Figure } from './measure.ts'
import { fillTownship } from './township.ts'

/** W6: open the folder, unlock with the real Argon2id, show the first list; against the key derivation alone. */
export async function openAndList(folders: Folders): Promise<Figure[]> {
  return [await measure(folders, 500), await measure(folders, 50_000)]
}

async function measure(folders: Folders, cadres: number): Promise<Figure> {
  const dir = folders.make()
  await fillTownship(dir, cadres, DEFAULT_KDF)
  const file = readKeyFile(profilePaths(dir).keys)!
  const { officerId } = officerSlots(file)[0]!
  const { ours, reference } = await sideBySide(
    () =>
      timed(async () => {
        const desk = await openDesk({ dir, version: 'bench' })
        const call = callOf(desk)
        await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
        assertSame('first list', (await call('cadre.list', { limit: 100 })).total, cadres)
        await desk.close()
      }),
    () => timed(() => dataKeyByPassphrase(file, officerId, PASSPHRASE)),
  )
  const beyond = ours - reference
  return {
    workload: `W6 open + unlock + first list, ${cadres} cadres, beyond the KDF`,
    ours: beyond,
    reference,
    ratio: ours / reference,
    unit: 'ms',
    floor: 150,
    aim: 50,
    limit: 'ours',
    note: `whole ${ours.toFixed(0)} ms, of which KDF ${reference.toFixed(0)} ms; closing included`,
  }
}
