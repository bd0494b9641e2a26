import { beforeEach, describe, expect, test } from 'vitest'
import type { Call } from '../../../renderer/api/client.ts'
import { assign } from '../../../renderer/pages/talk/assign.ts'

const TODAY = '2026-11-20'
interface Held {
  id: string
  cadreId: string
  version: number
  talker: { name: string }
  since: string
  until: string | null
}
let held: Held[]
let asked: { name: string; input: unknown }[]

/** Answers the list and writes down the rest. */
const call = ((name: string, input: unknown) => {
  if (name === 'talk-assignment.list') return Promise.resolve({ rows: held.map((record) => ({ record })) })
  asked.push({ name, input })
  return Promise.resolve({})
}) as unknown as Call
const to = (cadreIds: string[], talker: { name: string } | null) =>
  assign(call, cadreIds, talker, { today: TODAY, reason: '取消分工', told: () => undefined })
const anAssignment = (over: Partial<Held> = {}): Held => ({
  id: 'x',
  cadreId: 'a',
  version: 3,
  talker: { name: '王' },
  since: '2026-01-01',
  until: null,
  ...over,
})

beforeEach(() => {
  held = []
  asked = []
})

describe('to assign a talker', () => {
  test('begins today for somebody without one', async () => {
    await to(['a'], { name: '李' })
    expect(asked).toEqual([
      { name: 'talk-assignment.save', input: { set: { cadreId: 'a', talker: { name: '李' }, since: TODAY } } },
    ])
  })

  test('ends the one before with yesterday, so that the record says who it was', async () => {
    held = [anAssignment()]
    await to(['a'], { name: '李' })
    expect(asked).toEqual([
      { name: 'talk-assignment.save', input: { id: 'x', version: 3, set: { until: '2026-11-19' } } },
      { name: 'talk-assignment.save', input: { set: { cadreId: 'a', talker: { name: '李' }, since: TODAY } } },
    ])
  })

  test('corrects one that began today', async () => {
    held = [anAssignment({ since: TODAY })]
    await to(['a'], { name: '李' })
    expect(asked).toEqual([
      { name: 'talk-assignment.save', input: { id: 'x', version: 3, set: { talker: { name: '李' } } } },
    ])
  })

  test('asks for nothing where the talker is the same, so that repeating after a failure is harmless', async () => {
    held = [anAssignment()]
    await to(['a'], { name: '王' })
    expect(asked).toEqual([])
  })

  test('passes over one that has ended', async () => {
    held = [anAssignment({ until: '2026-11-19' })]
    await to(['a'], { name: '王' })
    expect(asked).toHaveLength(1)
  })
})

describe('to take it away', () => {
  test('ends it with yesterday', async () => {
    held = [anAssignment()]
    await to(['a', 'b'], null)
    expect(asked).toEqual([
      { name: 'talk-assignment.save', input: { id: 'x', version: 3, set: { until: '2026-11-19' } } },
    ])
  })
  test('voids one that began today: it never was in force', async () => {
    held = [anAssignment({ since: TODAY })]
    await to(['a'], null)
    expect(asked).toEqual([{ name: 'talk-assignment.void', input: { id: 'x', version: 3, reason: '取消分工' } }])
  })
})
