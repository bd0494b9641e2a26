import { describe, expect, test } from 'vitest'
import { editorOf, problemOfThird, undecidedFields } from '../../../renderer/pages/sync/third-value.ts'
import { REGISTERS } from '../../../shared/domain/registers.ts'
import { TALK_REASONS } from '../../../shared/domain/talk.ts'
import { ROLES } from '../../../shared/permissions.ts'

describe('a third value is typed in', () => {
  test.each([
    ['cadre', 'name', 'line'],
    ['cadre', 'identityNumber', 'line'],
    ['cadre', 'postTitle', 'area'],
    ['cadre', 'birthMonth', 'month'],
    ['cadre', 'joinedOn', 'day'],
    ['cadre', 'sortOrder', 'whole'],
    ['cadre', 'tags', 'tags'],
    ['cadre', 'unitId', 'unit'],
    ['unit', 'parentId', 'unit'],
    ['talk', 'heldOn', 'day'],
    ['talk', 'summary', 'area'],
  ] as const)('%s %s as a %s', (register, field, kind) => expect(editorOf(register, field)).toEqual({ kind }))

  test('from a list where the values are a closed set', () => {
    expect(editorOf('cadre', 'sex')).toEqual({ kind: 'choice', options: ['male', 'female'] })
    expect(editorOf('talk', 'reason')).toEqual({ kind: 'choice', options: [...TALK_REASONS] })
    expect(editorOf('officer', 'role')).toEqual({ kind: 'choice', options: [...ROLES] })
  })

  test.each([
    ['cadre', 'voided'],
    ['cadre', 'photo'],
    ['cadre', 'family'],
    ['talk', 'cadreId'],
    ['talk', 'actId'],
    ['talk', 'recordedAt'],
    ['talk', 'talker'],
    ['setting', 'value'],
    ['newer', 'name'],
  ])('not at all: %s %s', (register, field) => expect(editorOf(register, field)).toBeNull())

  test('only where an empty one can be saved, or is asked for', () => {
    for (const register of Object.values(REGISTERS))
      for (const [name, field] of Object.entries(register.fields))
        if (editorOf(register.name, name) !== null)
          expect([name, problemOfThird(register.name, name, null)]).toEqual([name, field.required ? 'required' : null])
  })
})

test('a field is undecided until a side is taken, or a value that can be saved', () => {
  const left = (picks: Parameters<typeof undecidedFields>[2]) => undecidedFields('cadre', ['name', 'birthMonth'], picks)
  const ours = { take: 'ours', value: null } as const
  expect(left({})).toEqual(['name', 'birthMonth'])
  expect(left({ name: { take: 'value', value: null }, birthMonth: { take: 'value', value: '1990' } })).toEqual([
    'name',
    'birthMonth',
  ])
  expect(left({ name: ours, birthMonth: { take: 'value', value: undefined } })).toEqual(['birthMonth'])
  expect(left({ name: ours, birthMonth: { take: 'value', value: null } })).toEqual([])
})
