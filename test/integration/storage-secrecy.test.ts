import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { connect } from '../../db/open.ts'
import { profilePaths } from '../../core/profile.ts'
import { PASSPHRASE, startDesk, temporaryFolder } from '../helpers/desk.ts'
import { anEmptyStore, dataKeyOf, startWorkspace } from '../helpers/workspace.ts'
import { aCadre } from '../builders/cadre.ts'
import { anIdentityNumber } from '../builders/identity-number.ts'
import { put } from '../../db/put.ts'
import { cadre } from '../../shared/domain/cadre.ts'

/** Texts that occur nowhere by chance; whoever finds one of them on the disk has read a person's file. */
const SECRETS = {
  name: '欧阳璀璨',
  post: '绝密岗位甲乙丙丁戊',
  identityNumber: anIdentityNumber({ birth: '1979-11-23', sequence: 417 }),
  phone: '13912345670987',
  talk: '谈话内容独此一份QX7',
  draft: '草稿内容独此一份QX8',
  imported: '导入列独此一份QX9',
  resume: '履历独此一份QX10',
  officer: '上官秘密',
  cityReason: '作废原因独此一份QX11',
} as const

/** A text as any program could have written it. */
const spellings = (text: string): Buffer[] => {
  const utf16 = Buffer.from(text, 'utf16le')
  return [Buffer.from(text), utf16, Buffer.from(utf16).swap16(), Buffer.from(JSON.stringify(text).slice(1, -1))]
}

const filesIn = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

function secretsIn(files: readonly string[]): string[] {
  const found: string[] = []
  for (const file of files) {
    const bytes = readFileSync(file)
    for (const [what, text] of Object.entries(SECRETS)) {
      if (spellings(text).some((spelling) => bytes.includes(spelling))) found.push(`${what} in ${file}`)
    }
  }
  return found
}

/** A desk that holds every secret: in records, history, ledger, draft, access log and a migration copy. */
async function deskWithSecrets() {
  const made = await startDesk()
  const { call } = made
  const { id } = await call('cadre.save', {
    set: {
      name: SECRETS.name,
      postTitle: SECRETS.post,
      identityNumber: SECRETS.identityNumber,
      phone: SECRETS.phone,
      resume: SECRETS.resume,
      imported: { [SECRETS.imported]: SECRETS.imported },
    },
  })
  const talk = await call('talk.save', {
    set: { cadreId: id, heldOn: '2026-03-18', talker: { name: SECRETS.name }, summary: SECRETS.talk },
  })
  await call('talk.reveal', { id: talk.id, fields: ['summary'] })
  await call('talk.void', { id: talk.id, version: 1, reason: SECRETS.cityReason })
  await call('draft.save', { key: 'talk', content: { summary: SECRETS.draft } })
  await call('cadre.list', { text: 'ouyang' })
  return made
}

describe('nothing about a person can be read from the disk', () => {
  test('while the desk is open, with its write-ahead log and its temporary files', async () => {
    const before = new Set(readdirSync(tmpdir()))
    const { dir } = await deskWithSecrets()
    expect(statSync(`${profilePaths(dir).database}-wal`).size).toBeGreaterThan(0)
    expect(secretsIn(filesIn(dir))).toEqual([])
    // Other programs and tests write to the temporary folder too: only what is new and readable is looked at.
    const others = readdirSync(tmpdir()).filter((name) => !before.has(name))
    const files = others.flatMap((name) => {
      const path = join(tmpdir(), name)
      const stat = statSync(path, { throwIfNoEntry: false })
      return stat?.isFile() && stat.size < 50_000_000 ? [path] : []
    })
    expect(secretsIn(files)).toEqual([])
  })

  test('when it is locked, when it is closed, and in an encrypted copy', async () => {
    const { dir, desk, call } = await deskWithSecrets()
    await call('desk.lock', {})
    expect(secretsIn(filesIn(dir))).toEqual([])
    await desk.close()
    expect(secretsIn(filesIn(dir))).toEqual([])
    const sqlite = connect(profilePaths(dir).database, await dataKeyOf(dir))
    sqlite.prepare('vacuum into ?').run(join(dir, 'copy.db'))
    sqlite.close()
    expect(filesIn(dir)).toContain(join(dir, 'copy.db'))
    expect(secretsIn(filesIn(dir))).toEqual([])
  })

  test('nor a passphrase, a recovery code or the data key itself', async () => {
    const { dir, recoveryCode } = await deskWithSecrets()
    const key = await dataKeyOf(dir)
    const forbidden = [
      Buffer.from(PASSPHRASE),
      Buffer.from(recoveryCode),
      Buffer.from(recoveryCode.replaceAll('-', '')),
      key,
      Buffer.from(key.toString('hex')),
      Buffer.from(key.toString('base64')),
    ]
    for (const file of filesIn(dir)) {
      const bytes = readFileSync(file)
      expect([file, forbidden.some((text) => bytes.includes(text))]).toEqual([file, false])
    }
  })

  test('the scan itself finds a secret in an unencrypted database', () => {
    const file = join(temporaryFolder(), 'plain.db')
    const plain = new Database(file)
    plain.pragma('encoding = "UTF-16le"')
    plain.exec('create table cadre (name text)')
    plain.prepare('insert into cadre values (?)').run(SECRETS.name)
    plain.close()
    expect(secretsIn([file])).toEqual([`name in ${file}`])
  })
})

/** Files this process holds open: names of what SQLite has made and already unlinked among them. */
const openFiles = (): string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)]
    } catch {
      return [] // the handle of this very listing
    }
  })

describe.runIf(process.platform === 'linux')('a sort too large for its cache', () => {
  const ROWS = 60_000
  const SORT = `select key, value from local_setting order by substr(value, 3), key`

  function sorting(sqlite: Database.Database): string[] {
    const known = new Set(openFiles())
    const rows = sqlite.prepare(SORT).iterate()
    rows.next()
    const opened = openFiles().filter((name) => !known.has(name))
    rows.return?.()
    return opened
  }

  function filled(): Database.Database {
    const { store, file, key } = anEmptyStore()
    void store
    const sqlite = connect(file, key)
    onTestFinished(() => void sqlite.close())
    const insert = sqlite.prepare('insert into local_setting (key, value) values (?, ?)')
    sqlite.transaction(() => {
      for (let n = 0; n < ROWS; n += 1)
        insert.run(`key ${n}`, JSON.stringify(`${(n * 7919) % ROWS} ${'明文'.repeat(150)}`))
    })()
    return sqlite
  }

  test('spills into memory, never into a temporary file', () => {
    const sqlite = filled()
    expect(sorting(sqlite)).toEqual([])
  })

  test('would spill into a temporary file without our setting, so that the test above can fail', () => {
    const sqlite = filled()
    sqlite.pragma('temp_store = FILE')
    expect(sorting(sqlite).length).toBeGreaterThan(0)
  })
})

test('the working set of an import is not spilled either while its transaction is open', async () => {
  const { command } = await startWorkspace()
  const known = new Set(openFiles())
  await command(async (ctx) => {
    for (let n = 0; n < 3_000; n += 1) {
      put(ctx.tx, cadre, null, aCadre({ id: ctx.newId(), resume: '履历'.repeat(500) }), ctx.at)
    }
    // The database's own files may grow; a rollback or statement journal in a temporary folder may not appear.
    const opened = openFiles().filter((name) => !known.has(name) && !name.includes('desk.db'))
    expect(opened.filter((name) => name.includes(tmpdir()) || name.includes('etilqs'))).toEqual([])
  })
})
