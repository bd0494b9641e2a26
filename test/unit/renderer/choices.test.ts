import { describe, expect, test } from 'vitest'
import { allSame, NO_CHOICES, peopleToImport, undecided } from '../../../renderer/kit/import/choices.ts'
import { FIELDS_OF, GROUPS } from '../../../renderer/pages/cadre/fields.ts'
import { cadre } from '../../../shared/domain/cadre.ts'

const counts = { added: 10, changed: 4, unchanged: 2, problem: 1, confirm: 3, total: 20 }

describe('the number on the import button', () => {
  test('is what would be added and changed', () => expect(peopleToImport(counts, NO_CHOICES)).toBe(14))
  test('leaves out who is there already when only new people are wanted', () =>
    expect(peopleToImport(counts, { ...NO_CHOICES, existing: 'skip' })).toBe(10))
  test('counts the decisions of a person', () => {
    const confirmations = { 5: 'same', 6: 'new', 7: 'skip' } as const
    expect(peopleToImport(counts, { ...NO_CHOICES, confirmations })).toBe(16)
    expect(peopleToImport(counts, { ...NO_CHOICES, existing: 'skip', confirmations })).toBe(11)
  })
  test('and beside it how many still wait', () => {
    expect(undecided(counts, NO_CHOICES)).toBe(3)
    expect(undecided(counts, { ...NO_CHOICES, confirmations: { 5: 'same', 6: 'skip' } })).toBe(1)
  })
  test('deciding all leaves alone who was decided by hand', () =>
    expect(allSame({ ...NO_CHOICES, confirmations: { 6: 'new' } }, [5, 6, 7]).confirmations).toEqual({
      5: 'same',
      6: 'new',
      7: 'same',
    }))
})

test('every field of the cadre file is in exactly one group of the form, but those a form does not type', () => {
  const shown = GROUPS.flatMap((group) => FIELDS_OF[group])
  expect(new Set(shown).size).toBe(shown.length)
  const missing = Object.keys(cadre.fields).filter((field) => !shown.some((one) => one === field))
  expect(missing.toSorted()).toEqual(['formExtras', 'imported', 'photo'])
})
