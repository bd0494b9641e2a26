import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { attemptsIn } from '../../core/keys/attempts.ts'
import { temporaryFolder } from '../helpers/desk.ts'

const START = new Date('2026-11-20T01:00:00Z').getTime()

function aCounter() {
  let time = START
  const path = join(temporaryFolder(), 'attempts.json')
  const counter = () => attemptsIn(path, () => new Date(time))
  return { path, counter, pass: (minutes: number) => void (time += minutes * 60_000) }
}

test('counts before a passphrase is tried: a process killed in between has used up its try', () => {
  const { counter } = aCounter()
  for (let n = 1; n <= 4; n += 1) {
    counter().begin()
    expect([counter().failures(), counter().blockedUntil()]).toEqual([n, null])
  }
  counter().begin()
  expect(counter().blockedUntil()).toBe('2026-11-20T01:10:00.000Z')
  expect(() => counter().begin()).toThrow(expect.objectContaining({ code: 'too-many-attempts' }))
  expect(counter().failures()).toBe(5)
})

test('every five failures block for ten minutes, and a success forgets them', () => {
  const { counter, pass } = aCounter()
  for (let round = 0; round < 3; round += 1) {
    for (let n = 0; n < 5; n += 1) counter().begin()
    expect(counter().blockedUntil()).not.toBeNull()
    pass(10)
    expect(counter().blockedUntil()).toBeNull()
  }
  counter().begin()
  counter().succeed()
  expect([counter().failures(), counter().blockedUntil()]).toEqual([0, null])
})

test('a fifth try that succeeds blocks nobody', () => {
  const { counter } = aCounter()
  for (let n = 0; n < 5; n += 1) counter().begin()
  counter().succeed()
  expect(() => counter().begin()).not.toThrow()
})

test('a clock set back by a day ends the wait instead of making it a day long', () => {
  const { counter, pass } = aCounter()
  for (let n = 0; n < 5; n += 1) counter().begin()
  pass(-24 * 60)
  expect(counter().blockedUntil()).toBeNull()
})

test('the file names nobody', () => {
  const { path, counter } = aCounter()
  counter().begin()
  expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')) as object).sort()).toEqual(['blockedUntil', 'failures'])
})
