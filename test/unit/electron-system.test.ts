import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { answerKeystore } from '../../electron/core-keystore.ts'
import { mayOpenOutside, openOutside } from '../../electron/external.ts'
import { menuTemplate } from '../../electron/menu.ts'
import { keystoreIn } from '../../electron/secrets.ts'
import { createTranslator } from '../../shared/i18n/index.ts'
import type { StandIn } from '../helpers/electron-stand-in.ts'

const holder = vi.hoisted(() => ({ standIn: null as unknown }))
vi.mock('electron', async () => {
  const { makeStandIn } = await import('../helpers/electron-stand-in.ts')
  holder.standIn = makeStandIn()
  return (holder.standIn as StandIn).electron
})
const standIn = () => holder.standIn as StandIn

describe('the browser of the PC', () => {
  const LISTED = ['https://www.example.gov.cn']

  test('is opened on listed origins only, and the list is empty', () => {
    expect(mayOpenOutside('https://www.example.gov.cn/a?b=c', LISTED)).toBe(true)
    expect(mayOpenOutside('https://www.example.gov.cn/a')).toBe(false)
  })

  test.each([
    'http://www.example.gov.cn/',
    'https://www.example.gov.cn.evil.example/',
    'https://evil.example/?https://www.example.gov.cn',
    'https://www.example.gov.cn@evil.example/',
    'https://somebody:secret@www.example.gov.cn/',
    'https://www.example.gov.cn:8443/',
    'file:///etc/passwd',
    'ms-msdt:/id',
    '',
  ])('is not opened on %s', (url) => {
    expect(mayOpenOutside(url, LISTED)).toBe(false)
  })

  test('a refusal is logged without what may tell of a person', () => {
    const log = vi.fn<(line: string) => void>()
    standIn().shell.openExternal.mockClear()
    openOutside('https://evil.example/search?name=王组委', log, LISTED)
    openOutside('https://www.example.gov.cn/a', log, LISTED)
    expect(log.mock.calls).toEqual([['refused to open https://evil.example outside']])
    expect(standIn().shell.openExternal.mock.calls).toEqual([['https://www.example.gov.cn/a']])
  })
})

describe('the key store of the operating system', () => {
  const OFFICER = '0198c0de-0000-7000-8000-000000000001'
  const kept = () => {
    const folder = mkdtempSync(join(tmpdir(), 'zgt-slot-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const place = join(folder, 'keystore')
    return { file: join(place, OFFICER), keystore: keystoreIn(place) }
  }

  test('keeps a secret that only it can read, for this user only', async () => {
    const { file, keystore } = kept()
    expect(await keystore.obstacle()).toBeNull()
    expect(await keystore.keep(OFFICER, 'the secret')).toBe(true)
    expect(readFileSync(file, 'utf8')).not.toContain('the secret')
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(await keystore.read(OFFICER)).toBe('the secret')
    await keystore.forget(OFFICER)
    expect(await keystore.read(OFFICER)).toBeNull()
    expect(() => statSync(file)).toThrow(/ENOENT/)
  })

  test('is not used where there is none: nothing is ever kept in the open', async () => {
    const { file, keystore } = kept()
    standIn().safeStorage.isAsyncEncryptionAvailable.mockResolvedValue(false)
    expect([await keystore.obstacle(), await keystore.keep(OFFICER, 'the secret')]).toEqual(['unavailable', false])
    standIn().safeStorage.isAsyncEncryptionAvailable.mockResolvedValue(true)
    if (process.platform === 'linux') {
      for (const backend of ['basic_text', 'unknown'] as const) {
        standIn().safeStorage.getSelectedStorageBackend.mockReturnValue(backend)
        expect([await keystore.obstacle(), await keystore.keep(OFFICER, 'the secret')]).toEqual(['no-keyring', false])
        expect(await keystore.read(OFFICER)).toBeNull()
      }
      standIn().safeStorage.getSelectedStorageBackend.mockReturnValue('gnome_libsecret')
    }
    expect(() => statSync(file)).toThrow(/ENOENT/)
  })

  test('that can no longer open its secret is as good as none', async () => {
    const { keystore } = kept()
    await keystore.keep(OFFICER, 'the secret')
    standIn().safeStorage.decryptStringAsync.mockRejectedValueOnce(new Error('another user'))
    expect(await keystore.read(OFFICER)).toBeNull()
  })

  test('is written anew when the system has a newer key', async () => {
    const { file, keystore } = kept()
    await keystore.keep(OFFICER, 'the secret')
    standIn().safeStorage.decryptStringAsync.mockResolvedValueOnce({ result: 'the secret', shouldReEncrypt: true })
    standIn().safeStorage.encryptStringAsync.mockResolvedValueOnce(Buffer.from('under the newer key'))
    expect(await keystore.read(OFFICER)).toBe('the secret')
    expect(readFileSync(file, 'utf8')).toBe('under the newer key')
  })

  test('makes no path of anything but an officer’s id', async () => {
    const { keystore } = kept()
    for (const id of ['../../secret', '', 'C:\\windows', `${OFFICER}/..`]) {
      expect(await answerKeystore(keystore, { ask: 'keep', officerId: id, secret: 'x' })).toBeNull()
      expect(await answerKeystore(keystore, { ask: 'read', officerId: id })).toBeNull()
    }
  })

  test('that throws is one that does not work', async () => {
    const { keystore } = kept()
    standIn().safeStorage.isAsyncEncryptionAvailable.mockRejectedValueOnce(new Error('no bus'))
    expect(await answerKeystore(keystore, { ask: 'obstacle' })).toBe('unavailable')
  })
})

describe('the menu', () => {
  const entries = (language: 'zh-CN' | 'en') =>
    menuTemplate(createTranslator(language)).flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))

  test('has no developer tools, and leaves Ctrl N, Ctrl S and Ctrl F to the page', () => {
    expect(entries('zh-CN').map(({ role }) => role)).not.toContain('toggleDevTools')
    expect(entries('zh-CN').flatMap(({ accelerator }) => accelerator ?? [])).toEqual(['CmdOrCtrl+P'])
  })

  test.each(['zh-CN', 'en'] as const)('is worded in %s', (language) => {
    const labels = entries(language).flatMap(({ label }) => label ?? [])
    expect(labels).toHaveLength(entries(language).filter(({ type }) => type !== 'separator').length)
    expect(labels.filter((label) => /\p{Script=Han}/u.test(label))).toEqual(language === 'en' ? [] : labels)
    expect(labels.filter((label) => label.includes('shell:') || label === '')).toEqual([])
  })
})
