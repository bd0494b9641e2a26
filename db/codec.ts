import { columnOf, tableOf, type Field, type Register } from '../shared/domain/register.ts'

/** What SQLite can bind. Booleans and dates are refused by the driver, `undefined` would become NULL unseen. */
export type SqlValue = string | number | null

/** How one register's records become rows and back, compiled once. */
export interface Codec {
  readonly table: string
  readonly fields: readonly { readonly name: string; readonly column: string; readonly field: Field }[]
  readonly insert: string
  readonly update: string
}

const META = ['version', 'voided', 'void_reason', 'updated_at'] as const

const codecs = new WeakMap<Register, Codec>()

/** The codec of a register; a pure function of it, remembered. */
export function codecOf(register: Register): Codec {
  const known = codecs.get(register)
  if (known) return known
  const table = tableOf(register.name)
  const fields = Object.entries(register.fields).map(([name, field]) => ({ name, column: columnOf(name), field }))
  const columns = ['id', 'created_at', ...META, ...fields.map((f) => f.column)]
  const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`)
  const updated = [...META, ...fields.map((f) => f.column)]
  const codec: Codec = {
    table,
    fields,
    insert: `insert into "${table}" (${quoted(columns).join(', ')}) values (${columns.map(() => '?').join(', ')})`,
    update: `update "${table}" set ${quoted(updated)
      .map((c) => `${c} = ?`)
      .join(', ')} where id = ? and version = ?`,
  }
  codecs.set(register, codec)
  return codec
}

export function encode(field: Field, value: unknown): SqlValue {
  if (value === null || value === undefined) return null
  if (field.storage === 'json') return JSON.stringify(value)
  if (field.storage === 'flag') return value === true ? 1 : 0
  return value as SqlValue
}

export function decode(field: Field, value: SqlValue): unknown {
  if (value === null) return null
  if (field.storage === 'json') return JSON.parse(value as string)
  if (field.storage === 'flag') return value === 1
  return value
}
