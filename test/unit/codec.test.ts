import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { codecOf, decode, encode } from '../../db/codec.ts'
import { flag, json, register, text, whole, type Register } from '../../shared/domain/register.ts'
import { REGISTERS } from '../../shared/domain/registers.ts'

const declared = { merge: 'B', sensitivity: 'plain', reach: 'city' } as const
const madeUp = register('made-up-thing', {
  schemaVersion: 1,
  reasonReach: 'city',
  references: {},
  fields: {
    fullName: text(z.string(), declared),
    number: whole(z.int().nullable(), declared),
    isDone: flag(z.boolean().nullable(), declared),
    parts: json(z.array(z.string()).nullable(), declared),
  },
})

describe('the codec of a register', () => {
  test('names its table and columns in snake case and binds every value', () => {
    const codec = codecOf(madeUp)
    expect(codec.table).toBe('made_up_thing')
    expect(codec.fields.map((field) => field.column)).toEqual(['full_name', 'number', 'is_done', 'parts'])
    expect(codec.insert).toContain('insert into "made_up_thing" ("id", "created_at", "version"')
    expect(codec.insert.match(/\?/g)).toHaveLength(10)
    expect(codec.update).toMatch(/where id = \? and version = \?$/)
    expect(codec.update).not.toContain('created_at')
  })

  test('is made once', () => {
    expect(codecOf(madeUp)).toBe(codecOf(madeUp))
  })

  test.each(Object.values(REGISTERS) as Register[])('of $name binds as many values as it has columns', (own) => {
    const { insert, fields } = codecOf(own)
    expect(insert.match(/\?/g)).toHaveLength(fields.length + 6)
  })
})

describe('a value and its column', () => {
  const { fullName, number, isDone, parts } = madeUp.fields
  test.each([
    [fullName, '欧阳', '欧阳'],
    [fullName, '', ''],
    [number, 0, 0],
    [isDone, true, 1],
    [isDone, false, 0],
    [parts, ['甲', '乙'], '["甲","乙"]'],
    [parts, [], '[]'],
  ])('%# round trip: %j is stored as %j', (field, value, column) => {
    expect(encode(field, value)).toBe(column)
    expect(decode(field, column)).toEqual(value)
  })

  test.each([fullName, number, isDone, parts])('%# empty is NULL and nothing else is', (field) => {
    expect(encode(field, null)).toBeNull()
    expect(encode(field, undefined)).toBeNull()
    expect(decode(field, null)).toBeNull()
  })
})
