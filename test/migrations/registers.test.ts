import type Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { connect } from '../../db/open.ts'
import { codecOf } from '../../db/codec.ts'
import { OP_STATES } from '../../db/schema.ts'
import { columnOf, tableOf, type Register } from '../../shared/domain/register.ts'
import { REGISTERS } from '../../shared/domain/registers.ts'
import { anEmptyStore } from '../helpers/workspace.ts'
import { byText } from '../helpers/by-text.ts'

interface Column {
  name: string
  type: string
  notnull: 0 | 1
  pk: number
}
const ALL = Object.values(REGISTERS) as Register[]
const META = ['id', 'version', 'voided', 'void_reason', 'created_at', 'updated_at', 'unknown']
const STORED = { text: 'TEXT', integer: 'INTEGER', flag: 'INTEGER', json: 'TEXT' } as const

function aMigratedDatabase(): Database.Database {
  const { file, key } = anEmptyStore()
  const sqlite = connect(file, key)
  onTestFinished(() => void sqlite.close())
  return sqlite
}
const columnsOf = (sqlite: Database.Database, table: string): Column[] =>
  sqlite.pragma(`table_info("${table}")`) as Column[]

describe.each(ALL)('the table of $name', (register) => {
  test('has exactly the register’s fields and what every record has', () => {
    const columns = columnsOf(aMigratedDatabase(), tableOf(register.name)).map((column) => column.name)
    expect(columns.sort(byText)).toEqual([...META, ...Object.keys(register.fields).map(columnOf)].sort(byText))
  })

  test('stores each field as declared, and as NOT NULL exactly where null is no value', () => {
    const columns = new Map(
      columnsOf(aMigratedDatabase(), tableOf(register.name)).map((column) => [column.name, column]),
    )
    for (const [name, field] of Object.entries(register.fields)) {
      const column = columns.get(columnOf(name))
      expect([name, column?.type, column?.notnull]).toEqual([name, STORED[field.storage], field.required ? 1 : 0])
    }
  })

  test('refers to the registers it says it refers to', () => {
    const sqlite = aMigratedDatabase()
    const keys = sqlite.pragma(`foreign_key_list("${tableOf(register.name)}")`) as { from: string; table: string }[]
    const declared = Object.entries(register.references).map(([field, target]) => [
      columnOf(field),
      tableOf(target as string),
    ])
    expect(keys.map((key) => [key.from, key.table]).sort(byText)).toEqual(declared.sort(byText))
  })

  test('takes what the codec writes', () => {
    const sqlite = aMigratedDatabase()
    expect(() => sqlite.prepare(codecOf(register).insert)).not.toThrow()
    expect(() => sqlite.prepare(codecOf(register).update)).not.toThrow()
  })
})

describe('every table', () => {
  test('is STRICT', () => {
    const sqlite = aMigratedDatabase()
    const tables = sqlite.prepare(
      `select name, strict from pragma_table_list where schema = 'main' and name not like 'sqlite_%'`,
    )
    const loose = (tables.all() as { name: string; strict: number }[]).filter((table) => table.strict !== 1)
    expect(loose).toEqual([])
  })

  test('that is indexed for a reference can be searched by it', () => {
    const sqlite = aMigratedDatabase()
    const plan = (query: string): string =>
      (sqlite.prepare(`explain query plan ${query}`).all() as { detail: string }[]).map((row) => row.detail).join(' ')
    expect(plan(`select * from talk where cadre_id = 'x' and voided = 0`)).toContain('SEARCH')
    expect(plan(`select * from op where register = 'cadre' and record_id = 'x'`)).toContain('SEARCH')
    expect(plan(`select * from op where txn = 'x'`)).toContain('SEARCH')
  })
})

describe('the database itself refuses', () => {
  test.each([
    [
      'a second root unit',
      `insert into unit (id, version, voided, created_at, updated_at, name, kind) values ('a', 1, 0, '', '', 'x', 'township'), ('b', 1, 0, '', '', 'y', 'township')`,
      'UNIQUE constraint failed: index',
    ],
    [
      'a state no officer has',
      `insert into officer (id, version, voided, created_at, updated_at, name, role, state) values ('a', 1, 0, '', '', 'x', 'viewer', 'asleep')`,
      'CHECK constraint failed: state in',
    ],
    [
      'a version below one',
      `insert into officer (id, version, voided, created_at, updated_at, name, role, state) values ('a', 0, 0, '', '', 'x', 'viewer', 'active')`,
      'CHECK constraint failed: version > 0',
    ],
    [
      'a voiding that is neither yes nor no',
      `insert into officer (id, version, voided, created_at, updated_at, name, role, state) values ('a', 1, 2, '', '', 'x', 'viewer', 'active')`,
      'CHECK constraint failed: voided in',
    ],
    [
      'text in the place of JSON',
      `insert into local_setting (key, value) values ('a', 'not json')`,
      'CHECK constraint failed: json_valid(value)',
    ],
    ['text in the place of a number', `insert into receipt (n, at, bytes) values ('one', '', '')`, 'datatype mismatch'],
    [
      'an op in a state there is not',
      `insert into op (epoch, register, record_id, kind, txn, by_officer, at, bytes_hash, hash, state) values ('', '', '', '', '', '', '', '', '', 'lost')`,
      'CHECK constraint failed: state in',
    ],
    [
      'two ops that leave one record at one version',
      `insert into op (epoch, register, record_id, kind, txn, by_officer, at, bytes_hash, hash) values ('', 'cadre', 'a', '', '', '', '', '', ''), ('', 'cadre', 'a', '', '', '', '', '', '')`,
      'UNIQUE constraint failed: op.record_id, op.version, op.register',
    ],
  ])('%s', (_what, statement, reason) => {
    expect(() => aMigratedDatabase().exec(statement)).toThrow(reason)
  })

  test.each(OP_STATES)('not the state %s, which an op can have', (state) => {
    const sqlite = aMigratedDatabase()
    sqlite.exec(`insert into op (epoch, register, record_id, kind, txn, by_officer, at, bytes_hash, hash, state)
      values ('', '', '', '', '', '', '', '', '', '${state}')`)
    expect(sqlite.prepare('select state from op').pluck().get()).toBe(state)
  })
})
