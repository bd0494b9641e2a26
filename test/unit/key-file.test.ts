import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  dataKeyByPassphrase,
  dataKeyByRecoveryCode,
  officerSlot,
  officerSlots,
  readKeyFile,
  recoverySlot,
  withSlot,
  writeFileSafely,
  writeKeyFile,
  type KeyFile,
} from '../../core/keys/key-file.ts'
import { makeRecoveryCode } from '../../core/keys/recovery-code.ts'
import { anId } from '../builders/id.ts'
import { CHEAP_KDF, temporaryFolder } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'

const keys = { data: randomBytes(32), township: randomBytes(32) }
const [first, second] = [anId(), anId()]

async function aKeyFile(): Promise<{ file: KeyFile; code: string }> {
  const code = makeRecoveryCode()
  const slots = [
    await officerSlot(first, '甲', keys.data, 'passphrase 1', CHEAP_KDF),
    await officerSlot(second, '乙', keys.data, 'passphrase 2', CHEAP_KDF),
    await recoverySlot(keys, code, CHEAP_KDF),
  ]
  return { file: { v: 1, demo: false, slots }, code }
}

describe('the key file', () => {
  test('gives the data key to each officer by their own passphrase, and to the recovery code', async () => {
    const { file, code } = await aKeyFile()
    expect(await dataKeyByPassphrase(file, first, 'passphrase 1')).toEqual(keys.data)
    expect(await dataKeyByPassphrase(file, second, 'passphrase 2')).toEqual(keys.data)
    expect(await dataKeyByRecoveryCode(file, code)).toEqual(keys.data)
    await refused(dataKeyByPassphrase(file, first, 'passphrase 2'), 'wrong-passphrase')
    await refused(dataKeyByPassphrase(file, anId(), 'passphrase 1'), 'not-found')
    await refused(dataKeyByRecoveryCode(file, makeRecoveryCode()), 'wrong-recovery-code')
  })

  test('with boxes swapped between slots opens for nobody', async () => {
    const { file, code } = await aKeyFile()
    type Wrapping = Exclude<KeyFile['slots'][number], { kind: 'keystore' }>
    const [a, b, recovery] = file.slots as [Wrapping, Wrapping, Wrapping]
    const swapped: KeyFile = {
      ...file,
      slots: [
        { ...a, wrapped: b.wrapped },
        { ...b, wrapped: recovery.wrapped },
        { ...recovery, wrapped: a.wrapped },
      ],
    }
    for (const passphrase of ['passphrase 1', 'passphrase 2', code]) {
      await refused(dataKeyByPassphrase(swapped, first, passphrase), 'wrong-passphrase')
      await refused(dataKeyByPassphrase(swapped, second, passphrase), 'wrong-passphrase')
      await refused(dataKeyByRecoveryCode(swapped, passphrase), 'wrong-recovery-code')
    }
  })

  test('with a slot given to another officer does not open for them', async () => {
    const { file } = await aKeyFile()
    const stolen = {
      ...file,
      slots: file.slots.map((s) => (s.kind === 'officer' && s.officerId === first ? { ...s, officerId: anId() } : s)),
    }
    const id = officerSlots(stolen)[0]!.officerId
    await refused(dataKeyByPassphrase(stolen, id, 'passphrase 1'), 'wrong-passphrase')
  })

  test('refuses a disabled officer before any guess', async () => {
    const { file } = await aKeyFile()
    const disabled = { ...file, slots: file.slots.map((s) => (s.kind === 'officer' ? { ...s, disabled: true } : s)) }
    await refused(dataKeyByPassphrase(disabled, first, 'passphrase 1'), 'officer-disabled')
  })

  test('has one slot per officer and one for recovery, however often they are made', async () => {
    const { file } = await aKeyFile()
    const again = withSlot(file, await officerSlot(first, '甲改', keys.data, 'passphrase 3', CHEAP_KDF))
    const code = makeRecoveryCode()
    const renewed = withSlot(again, await recoverySlot(keys, code, CHEAP_KDF))
    expect(renewed.slots).toHaveLength(3)
    await refused(dataKeyByPassphrase(renewed, first, 'passphrase 1'), 'wrong-passphrase')
    expect(await dataKeyByPassphrase(renewed, first, 'passphrase 3')).toEqual(keys.data)
    expect(await dataKeyByRecoveryCode(renewed, code)).toEqual(keys.data)
  })

  test('is read as it was written, and is its owner’s alone', async () => {
    const path = join(temporaryFolder(), 'keys.json')
    const { file } = await aKeyFile()
    expect(readKeyFile(path)).toBeNull()
    writeKeyFile(path, file)
    expect(readKeyFile(path)).toEqual(file)
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0)
  })

  test.each([
    '',
    '{',
    'null',
    '[]',
    '{"v":2,"demo":false,"slots":[]}',
    '{"v":1,"demo":false,"slots":[{"kind":"other"}]}',
  ])('that is not one is damage, never an absent desk: %j', (content) => {
    const path = join(temporaryFolder(), 'keys.json')
    writeFileSync(path, content)
    expect(() => readKeyFile(path)).toThrow(expect.objectContaining({ code: 'profile-damaged' }))
  })

  test('that asks for an absurd amount of memory is damage', async () => {
    const path = join(temporaryFolder(), 'keys.json')
    const { file } = await aKeyFile()
    writeFileSync(path, JSON.stringify(file).replaceAll('"memoryKiB":64', '"memoryKiB":99999999'))
    expect(() => readKeyFile(path)).toThrow(expect.objectContaining({ code: 'profile-damaged' }))
  })
})

describe('writing a small file', () => {
  test('replaces it whole and leaves nothing beside it', () => {
    const path = join(temporaryFolder(), 'file')
    writeFileSafely(path, 'old and long')
    writeFileSafely(path, 'new')
    expect(readFileSync(path, 'utf8')).toBe('new')
    expect(readdirSync(dirname(path))).toEqual(['file'])
  })

  test('goes over what a cut-off writing left', () => {
    const path = join(temporaryFolder(), 'file')
    writeFileSync(`${path}.new`, 'half of something that was much longer')
    writeFileSafely(path, 'new')
    expect(readFileSync(path, 'utf8')).toBe('new')
    expect(existsSync(`${path}.new`)).toBe(false)
  })
})
