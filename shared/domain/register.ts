import * as z from 'zod'

/**
 * How two versions of a field become one (SYNC §5.2-3).
 *
 * A append-only · B per field, three-way · C its group counts as one · D owned by a level above · E set (add/remove).
 */
export type MergeClass = 'A' | 'B' | 'C' | 'D' | 'E'

/**
 * Who sees the value on the desk.
 *
 * `plain` anyone · `personal` whoever may read the register · `masked` shown masked until revealed, the reveal is logged ·
 * `restricted` never in a list or record, only by a logged reveal with the register's own permission.
 */
export type Sensitivity = 'plain' | 'personal' | 'masked' | 'restricted'

/** `city` travels readable, `township` travels sealed under the township key (PRODUCT, Always true 4). */
export type Reach = 'city' | 'township'

/** How SQLite keeps the value; months, dates and enums are text. */
export type Storage = 'text' | 'integer' | 'flag' | 'json'

/** What a field must say about itself. There is no default: a field that leaves one out does not compile. */
export interface Declaration {
  readonly merge: MergeClass
  readonly sensitivity: Sensitivity
  readonly reach: Reach
  /** Fields of merge class C with the same group are judged together. */
  readonly group?: string
}

export interface Field<S extends z.ZodType = z.ZodType, T extends Storage = Storage> extends Declaration {
  readonly storage: T
  readonly schema: S
  /** False when null is a legal value. */
  readonly required: boolean
}

const field =
  <T extends Storage>(storage: T) =>
  <S extends z.ZodType>(schema: S, declaration: Declaration): Field<S, T> => ({
    ...declaration,
    storage,
    schema,
    required: !schema.safeParse(null).success,
  })

/** A text field; also for dates, months and enums. */
export const text = field('text')
/** A whole number. */
export const whole = field('integer')
/** Yes or no, kept as 0 or 1. */
export const flag = field('flag')
/** A list or an object, kept as JSON. */
export const json = field('json')

export type Fields = Readonly<Record<string, Field>>

/** A kind of record: its name everywhere (contract, permission, route, i18n namespace) and its declared fields. */
export interface Register<N extends string = string, F extends Fields = Fields> {
  readonly name: N
  /** Number of this register's shape, travels as `sch` (SYNC §5.2-9). */
  readonly schemaVersion: number
  readonly fields: F
  /** How far the reasons travel that officers write for a change or a void: they may say what a field would not. */
  readonly reasonReach: Reach
  /** Fields that hold the id of another record, and of which register. */
  readonly references: Readonly<Partial<Record<keyof F & string, string>>>
}

/** Names a register. Its table is the name in snake_case. */
export const register = <const N extends string, F extends Fields>(
  name: N,
  spec: Omit<Register<N, F>, 'name'>,
): Register<N, F> => ({ name, ...spec })

/** The values of a register's fields. */
export type ValuesOf<R extends Register> = { -readonly [K in keyof R['fields']]: z.output<R['fields'][K]['schema']> }

/** What every record has besides its fields. `version` counts saves on this desk and never travels. */
export interface Meta {
  id: string
  version: number
  /** True after a void; a voided record stays readable and counts nowhere. */
  voided: boolean
  voidReason: string | null
  createdAt: string
  updatedAt: string
}

export type RecordOf<R extends Register> = ValuesOf<R> & Meta

/** `cadre` → `cadre`, `talk-assignment` → `talk_assignment`. */
export const tableOf = (registerName: string): string => registerName.replaceAll('-', '_')
/** `birthMonth` → `birth_month`. */
export const columnOf = (fieldName: string): string =>
  fieldName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

type Shape<R extends Register> = { [K in keyof R['fields']]: R['fields'][K]['schema'] }

const valuesSchemas = new WeakMap<Register, z.ZodObject>()

/** Schema of all fields, nothing optional: what a whole record must satisfy. Made once per register: zod compiles it. */
export function valuesSchema<R extends Register>(reg: R): z.ZodObject<Shape<R>> {
  const known = valuesSchemas.get(reg)
  if (known) return known as unknown as z.ZodObject<Shape<R>>
  const schema = z.strictObject(Object.fromEntries(Object.entries(reg.fields).map(([name, f]) => [name, f.schema])))
  valuesSchemas.set(reg, schema)
  return schema as unknown as z.ZodObject<Shape<R>>
}

/** Schema of a patch: any of the fields, unknown names refused. */
export function patchSchema<R extends Register>(reg: R): z.ZodType<Partial<ValuesOf<R>>> {
  return valuesSchema(reg).partial() as unknown as z.ZodType<Partial<ValuesOf<R>>>
}

/** A record as pages see it: masked values are text, restricted ones null and named in `hidden`. */
export type ViewOf<R extends Register> = RecordOf<R> & { hidden: string[] }

/** Schema of {@link ViewOf}. Masking keeps the type: identity numbers and phones are text before and after. */
export function viewSchema<R extends Register>(reg: R): z.ZodType<ViewOf<R>> {
  const shape = Object.fromEntries(
    Object.entries(reg.fields).map(([name, f]) => [
      name,
      f.sensitivity === 'masked' ? z.string().nullable() : f.schema,
    ]),
  )
  return z.object({
    id: z.uuid(),
    version: z.int().nonnegative(),
    voided: z.boolean(),
    voidReason: z.string().nullable(),
    createdAt: z.string(),
    updatedAt: z.string(),
    hidden: z.array(z.string()),
    ...shape,
  }) as unknown as z.ZodType<ViewOf<R>>
}

/** A record with every field null: where a create starts from. */
export const emptyValues = (reg: Register): Record<string, unknown> =>
  Object.fromEntries(Object.keys(reg.fields).map((name) => [name, null]))

/**
 * Masks a value for lists: the first six and last four characters of a long one stay, as offices print it.
 *
 * Short values keep their last four only; what is shorter still is hidden whole.
 */
export function mask(value: string): string {
  if (value.length >= 15) return `${value.slice(0, 6)}${'*'.repeat(value.length - 10)}${value.slice(-4)}`
  if (value.length >= 7) return `${'*'.repeat(value.length - 4)}${value.slice(-4)}`
  return '*'.repeat(value.length)
}

/** What a page may be given of a record before anything is revealed. */
export function toView<R extends Register>(reg: R, record: RecordOf<R>): ViewOf<R> {
  const view: Record<string, unknown> = { ...record }
  const hidden: string[] = []
  for (const [name, f] of Object.entries(reg.fields)) {
    const value = view[name]
    if (value === null || value === undefined) continue
    if (f.sensitivity === 'masked') view[name] = mask(String(value))
    if (f.sensitivity === 'restricted') view[name] = null
    if (f.sensitivity === 'masked' || f.sensitivity === 'restricted') hidden.push(name)
  }
  return { ...view, hidden } as ViewOf<R>
}
