import { expect, test } from 'vitest'
import { TEXT_ELEMENTS } from '../../../core/exchange/lrmx-person.ts'
import { FIELD_ELEMENTS } from '../../../core/exchange/element-field.ts'
import { IMPORT_STATES } from '../../../shared/contract/import.ts'
import { LRMX_PROBLEMS } from '../../../shared/contract/lrmx.ts'
import { cadre } from '../../../shared/domain/cadre.ts'
import english from '../../../shared/i18n/en/lrmx.json' with { type: 'json' }
import roster from '../../../shared/i18n/zh-CN/roster.json' with { type: 'json' }
import chinese from '../../../shared/i18n/zh-CN/lrmx.json' with { type: 'json' }

test.each([
  ['Chinese', chinese],
  ['English', english],
])('every problem of a form has its sentence in %s, and no other has one', (_, words) => {
  expect(Object.keys(words.problem).toSorted()).toEqual([...LRMX_PROBLEMS].toSorted())
})

test('every verdict of an import has a word', () => {
  expect(Object.keys(roster.state)).toEqual(expect.arrayContaining([...IMPORT_STATES]))
})

test('every element but the version goes to a field of its own', () => {
  expect(TEXT_ELEMENTS.filter((name) => !FIELD_ELEMENTS.some((element) => element === name))).toEqual(['Version'])
  expect(Object.keys(cadre.fields)).toContain('formExtras')
})
