import { expect, test } from 'vitest'
import * as z from 'zod'
import type { Endpoint } from '../../shared/contract/define.ts'
import { contract } from '../../shared/contract/index.ts'

/** As much of a JSON Schema as says how large a value may be. */
interface Shape {
  readonly type?: string
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly enum?: unknown
  readonly const?: unknown
  readonly format?: string
  readonly pattern?: string
  readonly maxLength?: number
  readonly maxItems?: number
  readonly maxProperties?: number
  readonly maximum?: number
  readonly items?: Shape
  readonly propertyNames?: Shape
  readonly additionalProperties?: Shape | boolean
  readonly properties?: Readonly<Record<string, Shape>>
}

/** Where a value of that shape may be as large as it likes. */
function unbounded(shape: Shape, at: string): string[] {
  const either = shape.anyOf ?? shape.oneOf
  if (either) return either.flatMap((one) => unbounded(one, at))
  if (shape.enum !== undefined || 'const' in shape) return []
  switch (shape.type) {
    case 'string':
      return isBounded(shape) ? [] : [at]
    case 'integer':
      return shape.maximum === undefined ? [at] : []
    case 'array':
      return [...(shape.maxItems === undefined ? [at] : []), ...unbounded(shape.items ?? {}, `${at}[]`)]
    case 'object':
      return [
        ...Object.entries(shape.properties ?? {}).flatMap(([name, inner]) => unbounded(inner, `${at}.${name}`)),
        ...unboundedEntries(shape, at),
      ]
    default:
      return shape.type === 'boolean' || shape.type === 'null' ? [] : [at]
  }
}

/** A length, a format that has one, or a pattern from end to end in which nothing repeats for ever. */
const isBounded = ({ maxLength, format = '', pattern = '' }: Shape): boolean =>
  maxLength !== undefined || ['uuid', 'date', 'date-time'].includes(format) || /^\^[^*+]*\$$/.test(pattern)

function unboundedEntries(shape: Shape, at: string): string[] {
  const { additionalProperties: inner, propertyNames = {}, maxProperties } = shape
  if (typeof inner !== 'object') return []
  return [...unbounded(propertyNames, at), ...(maxProperties === undefined ? [at] : []), ...unbounded(inner, `${at}.*`)]
}

/** What has its bound elsewhere: the save of the register, its own schema, or the disk. */
const ELSEWHERE = [
  'setting.save.set.value',
  'setting.save.set.value[]',
  'cadre.save.set.formExtras',
  'cadre.save.set.formExtras.*',
  'cadre.save.set.imported',
  'cadre.save.set.imported.*',
  'draft.save.content',
  'sync.settle.choose.*.value',
]

test('every text, list and number that may be sent to the core has an end', () => {
  const found = Object.entries(contract as Readonly<Record<string, Endpoint>>).flatMap(([name, { input }]) =>
    unbounded(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Shape, name),
  )
  expect([...new Set(found)]).toEqual(ELSEWHERE)
})

test('and so has the number of entries of an object without names of its own', () => {
  const { input } = contract['roster.check']
  const asked = (count: number) => ({
    importId: '0199a0c2-0000-7000-8000-000000000000',
    mapping: Object.fromEntries(Array.from({ length: count }, (_, at) => [String(at), null])),
  })
  expect([16_384, 16_385].map((count) => input.safeParse(asked(count)).success)).toEqual([true, false])
})
