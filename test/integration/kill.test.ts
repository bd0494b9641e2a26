import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { profilePaths } from '../../core/profile.ts'
import { connect } from '../../db/open.ts'
import { changesOf, type Told } from '../../db/repo/history.ts'
import { openTestDesk, PASSPHRASE, startDesk } from '../helpers/desk.ts'
import { dataKeyOf } from '../helpers/workspace.ts'

const WRITER = fileURLToPath(new URL('../helpers/kill-writer.ts', import.meta.url))
const KILLS = 100
/** Killed side by side, each on a profile of its own: starting a process takes longer than the saves do. */
const DESKS = 3
const SEED = 20261120

/** Mulberry32: the moments of the kills are random and the same every run, as far as a clock can be. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** What users were told is saved: the last confirmed post of each cadre, the text of each talk. */
interface Confirmed {
  readonly posts: Map<string, string[]>
  readonly talks: Map<string, { cadreId: string; summary: string }>
  count: number
}

/** After how many confirmed saves a writer dies, and how long after the last of them. */
interface Moment {
  readonly saves: number
  readonly ms: number
}

/** Lets a writer work on the profile and kills it; resolves when it is dead. */
async function killAWriter(
  dir: string,
  officerId: string,
  round: string,
  moment: Moment,
  confirmed: Confirmed,
): Promise<void> {
  const child = spawn(process.execPath, [WRITER, dir, officerId, PASSPHRASE, round], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  let trouble = ''
  let timer: NodeJS.Timeout | undefined
  child.stderr.on('data', (chunk) => (trouble += String(chunk)))
  child.stdout.on('data', (chunk) => {
    text += String(chunk)
    const lines = text.split('\n').length - 1 // READY is the first
    if (lines > moment.saves) timer ??= setTimeout(() => child.kill('SIGKILL'), moment.ms)
  })
  const [, signal] = (await once(child, 'close')) as [number | null, string | null]
  clearTimeout(timer)
  if (signal !== 'SIGKILL') throw new Error(`the writer ended by itself in round ${round}: ${trouble}`)
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  for (const line of whole.split('\n').slice(1, -1)) {
    const [kind, id, ...rest] = line.split(' ') as [string, string, string, string?]
    confirmed.count += 1
    if (kind === 'C') confirmed.posts.set(id, [...(confirmed.posts.get(id) ?? []), rest[0]])
    else confirmed.talks.set(id, { cadreId: rest[0], summary: rest[1]! })
  }
}

interface StoredCadre {
  post_title: string
  version: number
}

/** How many confirmed saves are not there: neither as the current value nor, for an overwritten one, in the history. */
async function lostSaves(dir: string, confirmed: Confirmed): Promise<string[]> {
  const sqlite = connect(profilePaths(dir).database, await dataKeyOf(dir), { readonly: true })
  const cadre = sqlite.prepare('select post_title, version from cadre where id = ?')
  const talk = sqlite.prepare('select cadre_id, summary from talk where id = ?')
  const history = sqlite.prepare(
    `select version, bytes, changes from op where register = 'cadre' and record_id = ? order by version`,
  )
  const lost: string[] = []
  for (const [id, posts] of confirmed.posts) {
    const row = cadre.get(id) as StoredCadre | undefined
    const written = (history.all(id) as Told[]).map((op) => changesOf(op)['postTitle']?.[1])
    // A save that was made but not yet confirmed when the kill came may stand behind the last confirmed one.
    const current =
      row && (row.post_title === posts.at(-1) || (row.version > posts.length && written.at(-1) === row.post_title))
    if (!current) lost.push(`${id} ${posts.at(-1)}`)
    for (const post of posts) if (!written.includes(post)) lost.push(`${id} history ${post}`)
  }
  for (const [id, { cadreId, summary }] of confirmed.talks) {
    const row = talk.get(id) as { cadre_id: string; summary: string } | undefined
    if (row?.cadre_id !== cadreId || row.summary !== summary) lost.push(`${id} ${summary}`)
  }
  sqlite.close()
  return lost
}

test(
  'a desk killed at random moments of saving loses no save that it had confirmed',
  { timeout: 300_000 },
  async () => {
    const random = randomFrom(SEED)
    const moments = Array.from({ length: KILLS }, () => ({ saves: Math.floor(random() * 14), ms: random() * 12 }))
    const figures = { kills: 0, confirmed: 0, lost: [] as string[] }
    await Promise.all(
      Array.from({ length: DESKS }, async (_, desk) => {
        const { dir, desk: first, officerId } = await startDesk()
        await first.close()
        const confirmed: Confirmed = { posts: new Map(), talks: new Map(), count: 0 }
        for (const [index, moment] of moments.entries()) {
          if (index % DESKS !== desk) continue
          await killAWriter(dir, officerId, String(index), moment, confirmed)
          figures.kills += 1
        }
        const { desk: last, call } = await openTestDesk(dir)
        await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
        const proof = await call('desk.verify', {})
        expect(proof.checks.filter((check) => !check.ok)).toEqual([])
        await last.close()
        figures.confirmed += confirmed.count
        figures.lost.push(...(await lostSaves(dir, confirmed)))
      }),
    )
    process.stdout.write(`${figures.kills} kills, ${figures.confirmed} confirmed saves, ${figures.lost.length} lost\n`)
    expect(figures.lost).toEqual([])
    expect(figures.kills).toBe(KILLS)
    expect(figures.confirmed).toBeGreaterThan(4 * KILLS)
  },
)
