import { fork, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { utils, write } from '@e965/xlsx'
import { expect, onTestFinished, test } from 'vitest'
import type { FromCore } from '../../electron/core-message.ts'
import { PASSPHRASE, temporaryFolder } from '../helpers/command-line.ts'

const BUILT = fileURLToPath(new URL('../../dist/electron', import.meta.url))

/** Gives the bundle Electron's parent port over Node's own channel; what it then runs on is Node, not Electron. */
const PARENT_PORT = `data:text/javascript,
process.parentPort = {
  on: (_, listener) => process.on('message', (data) => listener({ data })),
  postMessage: (message) => process.send(message),
}`

test('the built preload requires electron and nothing else', () => {
  const source = readFileSync(join(BUILT, 'preload.cjs'), 'utf8')
  expect([...source.matchAll(/\brequire\(\s*["'`]([^"'`]+)["'`]\s*\)/g)].map(([, name]) => name)).toEqual(['electron'])
  expect(source).not.toMatch(/^\s*import\b/m)
})

test('the built core opens a township, reads a workbook in its worker, and ends when it is told to', async () => {
  const core = startBuiltCore()
  const township = { unitName: '测试镇', unitCode: '371002101', officerName: '张三', passphrase: PASSPHRASE }
  expect(await core.call('desk.init', township)).toMatchObject({ ok: true })
  const rows = [
    ['姓名', '性别', '出生年月'],
    ['赵一', '男', '1990.01'],
  ]
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), '花名册')
  const content = write(book, { type: 'base64', bookType: 'xlsx' }) as string
  expect(await core.call('roster.open', { fileName: 'a.xlsx', content })).toMatchObject({
    ok: true,
    data: { dataRows: 1 },
  })
  // The key store is the main process's; the answer goes all the way through the bundle and back.
  core.child.on('message', ({ kind, ...asked }: FromCore & { id: number }) => {
    if (kind === 'keystore') core.child.send({ kind, id: asked.id, answer: 'no-keyring' })
  })
  expect(await core.call('keystore.state', {})).toEqual({ ok: true, data: { enabled: false, obstacle: 'no-keyring' } })
  core.child.send({ kind: 'close' })
  expect(await core.ended).toBe(0)
})

function startBuiltCore() {
  const folder = temporaryFolder()
  const child: ChildProcess = fork(join(BUILT, 'core-process.js'), [], { execArgv: ['--import', PARENT_PORT] })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
    folder.remove()
  })
  let calls = 0
  const call = (name: string, input: unknown) => {
    const id = ++calls
    return new Promise((resolve, reject) => {
      child.on(
        'message',
        (message: FromCore) => message.kind === 'reply' && message.id === id && resolve(message.reply),
      )
      void ended.then((code) => reject(new Error(`the core ended with ${code}`)))
      child.send({ kind: 'call', id, name, input })
    })
  }
  child.send({ kind: 'open', dir: folder.dir, version: '0.1.0', demo: false, demoCity: null })
  return { child, call, ended }
}
