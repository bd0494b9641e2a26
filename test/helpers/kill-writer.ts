import { openDesk } from '../../core/desk.ts'
import { anIdentityNumber } from '../builders/identity-number.ts'

/**
 * Opens a desk and saves without end; run as a process of its own by kill.test.ts, which ends it without warning.
 *
 * Every line it prints is a promise to a user: it is written only after the call was answered, and the answer was yes.
 * `C <id> <post>` a cadre as it now stands · `T <id> <cadre id> <text>` a talk.
 */
const [dir, officerId, passphrase, round] = process.argv.slice(2) as [string, string, string, string]
const desk = await openDesk({ dir, version: '0.1.0', kdf: { memoryKiB: 64, iterations: 1, parallelism: 1 } })

interface Saved {
  id: string
  version: number
}
async function call(name: string, input: unknown): Promise<Saved> {
  const reply = await desk.call(name, input)
  if (!reply.ok) throw new Error(`${name}: ${reply.code} ${JSON.stringify(reply.params)}`)
  return reply.data as Saved
}
const confirm = (...words: string[]): boolean => process.stdout.write(`${words.join(' ')}\n`)

await call('desk.unlock', { officerId, passphrase })
confirm('READY')
for (let n = 0; ; n += 1) {
  const post = `第${round}轮第${n}号`
  const identityNumber = anIdentityNumber({ birth: '1988-04' })
  const cadre = await call('cadre.save', {
    set: { name: `试${round}`, birthMonth: '1988-04', postTitle: post, identityNumber },
  })
  confirm('C', cadre.id, post)
  const edited = await call('cadre.save', {
    id: cadre.id,
    version: cadre.version,
    set: { postTitle: `${post}改`, phone: '13900000014' },
  })
  confirm('C', edited.id, `${post}改`)
  const summary = `谈话内容${round}-${n}`
  const talk = await call('talk.save', {
    set: { cadreId: cadre.id, heldOn: '2026-11-18', talker: { name: '试' }, summary },
  })
  confirm('T', talk.id, cadre.id, summary)
}
