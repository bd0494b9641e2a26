import { expect, test } from 'vitest'
import { openTestDesk, PASSPHRASE, startDesk } from '../helpers/desk.ts'

test('a desk locked or closed in the middle of saves finishes what it took on and leaves no promise behind', async () => {
  const lost: unknown[] = []
  const note = (reason: unknown): void => void lost.push(reason)
  process.on('unhandledRejection', note)
  try {
    const { dir, desk, officerId } = await startDesk()
    await desk.close()
    let saved = 0
    for (let round = 0; round < 12; round += 1) {
      const again = await openTestDesk(dir)
      await again.call('desk.unlock', { officerId, passphrase: PASSPHRASE })
      const calls = Array.from({ length: 8 }, (_, n) => again.call('cadre.save', { set: { name: `试${round}${n}` } }))
      const ended = round % 2 === 0 ? again.call('desk.lock', {}) : again.desk.close()
      const outcomes = await Promise.allSettled(calls)
      await ended
      saved += outcomes.filter((outcome) => outcome.status === 'fulfilled').length
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'locked' })
      await again.desk.close()
      expect(again.bugs).toEqual([])
    }
    const last = await openTestDesk(dir)
    await last.call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    expect((await last.call('cadre.list', {})).total).toBe(saved)
    expect(saved).toBeGreaterThan(0)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(lost).toEqual([])
  } finally {
    process.off('unhandledRejection', note)
  }
})
