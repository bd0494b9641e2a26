import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { tableOf } from '../../shared/domain/register.ts'
import { REGISTERS } from '../../shared/domain/registers.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const TABLES = Object.keys(REGISTERS).map(tableOf)
/** The ledger, too, is written in one place. */
const LEDGER = ['op']

const sources = ['db', 'core'].flatMap((layer) =>
  readdirSync(join(ROOT, layer), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length).replaceAll('\\', '/'))
    // What an earlier program wrote is moved by migrations, each proved by its own test.
    .filter((file) => !file.startsWith('db/migrations/')),
)

/** Statements and query builders that write one of these tables, file by file. */
function writersOf(tables: readonly string[]): string[] {
  const names = tables.join('|')
  const statement = new RegExp(
    `\\b(insert( or \\w+)? into|update|delete from|replace into)\\s+"?(${names})"?[\\s(]`,
    'i',
  )
  const builder = new RegExp(
    `\\.(insertInto|updateTable|deleteFrom|replaceInto|mergeInto)\\(\\s*['"\`](${names})['"\`]`,
  )
  return sources.filter((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8')
    return statement.test(text) || builder.test(text)
  })
}

describe('who writes', () => {
  test('a register: put alone, whose statements name no table', () => {
    expect(writersOf(TABLES)).toEqual([])
  })

  test('the ledger: appending, and the city’s answers', () => {
    expect(writersOf(LEDGER).sort()).toEqual(['core/ledger/append.ts', 'db/repo/sync.ts'])
  })

  test('the scan itself finds a writer', () => {
    expect(writersOf(['draft'])).toEqual(['db/repo/draft.ts'])
  })

  test('the codec’s statements are used by put alone', () => {
    const users = sources.filter((file) => /\bcodec\w*\.(insert|update)\b/.test(readFileSync(join(ROOT, file), 'utf8')))
    expect(users).toEqual(['db/put.ts'])
  })
})
