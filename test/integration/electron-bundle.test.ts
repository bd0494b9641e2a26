import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { utils, write } from '@e965/xlsx'
import { expect, onTestFinished, test } from 'vitest'
import { BUILT_SHELL, startBuiltCore } from '../helpers/built-core.ts'
import { PASSPHRASE, temporaryFolder } from '../helpers/command-line.ts'
import { aKeystore } from '../helpers/keystore.ts'

test('the built preload requires electron and nothing else', () => {
  const source = readFileSync(join(BUILT_SHELL, 'preload.cjs'), 'utf8')
  expect([...source.matchAll(/\brequire\(\s*["'`]([^"'`]+)["'`]\s*\)/g)].map(([, name]) => name)).toEqual(['electron'])
  expect(source).not.toMatch(/^\s*import\b/m)
})

test('the built core opens a township, reads a workbook in its worker, and ends when it is told to', async () => {
  const { core } = await startTownship()
  expect(await core.call('roster.open', { fileName: 'a.xlsx', content: aWorkbook() })).toMatchObject({
    ok: true,
    data: { dataRows: 1 },
  })
  expect(await core.close()).toBe(0)
})

test('the built core keeps a key by the main process’s key store and unlocks by it', async () => {
  const { core, keystore, officerId } = await startTownship()
  expect(await core.call('keystore.enable', { passphrase: PASSPHRASE })).toEqual({ ok: true, data: {} })
  expect([...keystore.kept.keys()]).toEqual([officerId])
  await core.call('desk.lock', {})
  expect(await core.call('desk.unlockByKeystore', { officerId })).toMatchObject({ ok: true })
  expect(await core.close()).toBe(0)
})

test('the built core makes a backup with the worker that is built beside it', async () => {
  expect(readdirSync(BUILT_SHELL)).toContain('copy-worker.js')
  const { core } = await startTownship()
  expect(await core.call('backup.make', {})).toMatchObject({ ok: true, data: { state: 'whole', ops: 2 } })
  expect(await core.close()).toBe(0)
})

async function startTownship() {
  const folder = temporaryFolder()
  const keystore = aKeystore()
  const core = startBuiltCore(folder.dir, keystore)
  onTestFinished(async () => {
    await core.kill()
    folder.remove()
  })
  const township = { unitName: '测试镇', unitCode: '371002101', officerName: '张三', passphrase: PASSPHRASE }
  const made = await core.call('desk.init', township)
  if (!made.ok) throw new Error(made.code)
  const { session } = made.data as { session: { officer: { id: string } } }
  return { core, keystore, officerId: session.officer.id }
}

function aWorkbook(): string {
  const rows = [
    ['姓名', '性别', '出生年月'],
    ['赵一', '男', '1990.01'],
  ]
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), '花名册')
  return write(book, { type: 'base64', bookType: 'xlsx' }) as string
}
