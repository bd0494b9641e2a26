import { expect, test } from 'vitest'
import { allRows } from '../../../renderer/api/use-rows.ts'

const list = (total: number) => {
  const asked: [number, number][] = []
  const ask = async (limit: number, offset: number) => {
    asked.push([limit, offset])
    const length = Math.max(0, Math.min(limit, total - offset))
    return { total, rows: Array.from({ length }, (_, at) => offset + at) }
  }
  return { asked, ask }
}

test('a list is fetched whole, five hundred rows at a time', async () => {
  const { asked, ask } = list(1_200)
  const { total, rows } = await allRows(ask, 2_000)
  expect([total, rows.length, rows.at(-1)]).toEqual([1_200, 1_200, 1_199])
  expect(asked).toEqual([[500, 0], [500, 500], [500, 1_000]]) // prettier-ignore
})

test('no more than the most that was asked for, and the total says what is left out', async () => {
  const { asked, ask } = list(1_200)
  const { total, rows } = await allRows(ask, 700)
  expect([total, rows.length]).toEqual([1_200, 700])
  expect(asked).toEqual([[500, 0], [200, 500]]) // prettier-ignore
})

test('nobody is one question', async () => {
  const { asked, ask } = list(0)
  expect(await allRows(ask, 700)).toEqual({ total: 0, rows: [] })
  expect(asked).toHaveLength(1)
})
