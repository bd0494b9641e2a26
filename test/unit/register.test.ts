import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { cadre } from '../../shared/domain/cadre.ts'
import {
  columnOf,
  emptyValues,
  mask,
  patchSchema,
  register,
  tableOf,
  text,
  toView,
  valuesSchema,
  viewSchema,
  type Register,
} from '../../shared/domain/register.ts'
import { REGISTERS, registerNamed } from '../../shared/domain/registers.ts'
import { talk } from '../../shared/domain/talk.ts'
import { aCadre, aFamilyMember } from '../builders/cadre.ts'
import { anOfficer } from '../builders/officer.ts'
import { valuesOf } from '../builders/record.ts'
import { aSetting } from '../builders/setting.ts'
import { aTalk, aTalkAssignment } from '../builders/talk.ts'
import { aTownship, aUnit } from '../builders/unit.ts'

const ALL = Object.values(REGISTERS) as Register[]

describe('masking', () => {
  test.each([
    ['371002198507120014', '371002********0014'],
    ['13900000014', '*******0014'],
    ['0631-0990014', '********0014'],
    ['1234567', '***4567'],
    ['123456', '******'],
    ['', ''],
  ])('%s is shown as %s', (value, shown) => {
    expect(mask(value)).toBe(shown)
  })

  test('keeps the length and shows at most ten characters', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9X]{0,40}$/), (value) => {
        const shown = mask(value)
        expect(shown).toHaveLength(value.length)
        expect(shown.replaceAll('*', '').length).toBeLessThanOrEqual(10)
      }),
    )
  })

  test('never shows the day of birth of an identity number', () => {
    expect(mask('371002198507120014')).not.toMatch(/1985|0712/)
  })
})

describe('a record as pages see it', () => {
  const person = aCadre({
    identityNumber: '371002198507120014',
    phone: '0631-0990014',
    address: '试验镇一路1号',
    healthStatus: '健康',
    family: [aFamilyMember()],
  })

  test('masked values are masked, restricted ones gone, and both are named', () => {
    const view = toView(cadre, person)
    expect(view).toMatchObject({
      identityNumber: '371002********0014',
      phone: '********0014',
      address: null,
      healthStatus: null,
    })
    expect([...view.hidden].sort()).toEqual(['address', 'healthStatus', 'identityNumber', 'phone'])
    expect(view.family).toEqual(person.family)
  })

  test('what is empty is not called hidden', () => {
    expect(toView(cadre, aCadre({ identityNumber: null })).hidden).toEqual([])
  })

  test('no word of what was said in a talk is in it', () => {
    const secrets = {
      summary: '密一',
      stateOfMind: '密二',
      needs: '密三',
      measures: '密四',
      privateLine: '密五',
      followUpReply: '密六',
    }
    const view = toView(talk, aTalk({ ...secrets, reason: 'hardship' }))
    expect(JSON.stringify(view)).not.toMatch(/密|hardship/)
    expect([...view.hidden].sort()).toEqual([...Object.keys(secrets), 'reason'].sort())
  })

  test('it leaves the record as it was and fits its own schema', () => {
    const before = structuredClone(person)
    expect(viewSchema(cadre).safeParse(toView(cadre, person)).success).toBe(true)
    expect(person).toEqual(before)
  })
})

describe('schemas of a register', () => {
  test.each(ALL.map((reg) => [reg.name, reg] as const))('%s: a patch of an unknown field is refused', (_, reg) => {
    expect(patchSchema(reg).safeParse({ noSuchField: 1 }).success).toBe(false)
    expect(patchSchema(reg).safeParse({}).success).toBe(true)
    expect(patchSchema(reg).safeParse({ id: '00000000-0000-7000-8000-000000000001' }).success).toBe(false)
  })

  test('a patch is judged field by field', () => {
    expect(patchSchema(cadre).safeParse({ rank: '一级科员' }).success).toBe(true)
    expect(patchSchema(cadre).safeParse({ rank: null }).success).toBe(true)
    expect(patchSchema(cadre).safeParse({ name: null }).success).toBe(false)
    expect(patchSchema(cadre).safeParse({ name: '   ' }).success).toBe(false)
    expect(patchSchema(cadre).safeParse({ identityNumber: '371002850712001' }).success).toBe(false)
    expect(patchSchema(cadre).safeParse({ family: [{ ...aFamilyMember(), age: 40 }] }).success).toBe(false)
  })

  test('a whole record must have every field', () => {
    const { rank: _rank, ...rest } = valuesOf(cadre, aCadre())
    expect(valuesSchema(cadre).safeParse(rest).success).toBe(false)
  })

  test.each([
    ['unit', aUnit()],
    ['unit', aTownship()],
    ['officer', anOfficer()],
    ['setting', aSetting()],
    ['cadre', aCadre()],
    ['cadre', aCadre({ sex: 'female', birthMonth: null })],
    ['talk-assignment', aTalkAssignment()],
    ['talk', aTalk()],
  ] as const)('what the builders make of %s is valid', (name, record) => {
    const reg = registerNamed(name)!
    const values = valuesOf(reg, record as never)
    expect(valuesSchema(reg).safeParse(values).error).toBeUndefined()
  })
})

describe('what a register declares', () => {
  test.each(ALL.map((reg) => [reg.name, reg] as const))(
    '%s: references and required fields are what they say',
    (name, reg) => {
      for (const [field, target] of Object.entries(reg.references)) {
        expect(Object.keys(reg.fields)).toContain(field)
        expect(registerNamed(target as string)).toBeDefined()
      }
      for (const field of Object.values(reg.fields)) {
        expect(field.required).toBe(!field.schema.safeParse(null).success)
        if (field.merge === 'C') expect(field.group).toBeDefined()
      }
      expect(registerNamed(name)).toBe(reg)
    },
  )

  test('what was said in a talk stays in the township', () => {
    const leaving = Object.entries(talk.fields).filter(([, f]) => f.reach === 'city')
    expect(leaving.map(([name]) => name)).toEqual([
      'actId',
      'cadreId',
      'talkType',
      'format',
      'direction',
      'heldOn',
      'talker',
      'principal',
      'recorder',
      'recordedAt',
    ])
    const restricted = Object.values(talk.fields).filter((f) => f.sensitivity === 'restricted')
    expect(restricted.every((f) => f.reach === 'township')).toBe(true)
  })

  test('an unknown register of a newer desk is unknown, even by an inherited name', () => {
    expect([registerNamed('training-record'), registerNamed('constructor')]).toEqual([undefined, undefined])
  })

  test('names become tables and columns, and a new record starts empty', () => {
    const reg = register('training-record', {
      schemaVersion: 1,
      reasonReach: 'city',
      references: {},
      fields: { heldOnDay: text(z.string().nullable(), { merge: 'B', sensitivity: 'plain', reach: 'city' }) },
    })
    expect([tableOf(reg.name), columnOf('heldOnDay'), emptyValues(reg)]).toEqual([
      'training_record',
      'held_on_day',
      { heldOnDay: null },
    ])
  })
})
