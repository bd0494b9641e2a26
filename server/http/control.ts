import { createHmac, timingSafeEqual } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { launchUrl, secret } from './session.ts'

const FILE = 'loopback.json'
const ASK_LIMIT_MS = 3_000

/** What a running host leaves for the next start; without a secret it has ended and only its port is of use. */
const Control = z.object({ port: z.int().min(1).max(65_535), secret: z.string().min(32).optional() })
export type Control = z.infer<typeof Control>

export const LaunchRequest = z.object({ nonce: z.string().min(32).max(64), proof: z.string().max(64) })
const LaunchAnswer = z.object({ code: z.string(), proof: z.string() })

/** Writes the file for this user's eyes only (on Windows the profile folder itself is). */
export function writeControl(dir: string, control: Control): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const file = join(dir, FILE)
  // Renamed into place: a reader never meets half of it, and a link somebody put there is replaced, not followed.
  const draft = `${file}.${secret().slice(0, 8)}`
  writeFileSync(draft, JSON.stringify(control), { mode: 0o600, flag: 'wx' })
  renameSync(draft, file)
}

/** The file, or null when there is none that makes sense. */
export function readControl(dir: string): Control | null {
  try {
    return Control.parse(JSON.parse(readFileSync(join(dir, FILE), 'utf8')))
  } catch {
    return null // absent or damaged: start as if nothing were running, the profile lock decides
  }
}

/** What a later start gets from the host that runs already. */
export interface Launch {
  readonly url: string
  /** Settles when that host has ended. */
  readonly ended: Promise<void>
}

/**
 * Asks the running host for a fresh launch code; null when nobody trustworthy answers.
 *
 * Both sides prove that they know the secret and neither sends it: should the host have died and another user's
 * program have taken its port, that program learns nothing and cannot send our user to a page of its own.
 */
export async function askForLaunch({ port, secret: shared }: Control): Promise<Launch | null> {
  if (shared === undefined) return null
  const nonce = secret()
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), ASK_LIMIT_MS)
  try {
    const response = await fetch(`http://127.0.0.1:${port}/launch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ nonce, proof: proofOf(shared, 'ask', nonce) }),
      redirect: 'error',
      signal: patience.signal,
    })
    const lines = linesOf(response)
    const { code, proof } = LaunchAnswer.parse(JSON.parse((await lines.next()).value ?? ''))
    if (same(proof, proofOf(shared, 'answer', nonce, code))) return { url: launchUrl(port, code), ended: endOf(lines) }
  } catch {
    // nobody there, or somebody who speaks otherwise
  } finally {
    clearTimeout(timer)
  }
  patience.abort()
  return null
}

const LONGEST_LINE = 1_000

async function* linesOf(response: Response): AsyncGenerator<string, undefined> {
  let rest = ''
  for await (const text of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > LONGEST_LINE) return
    yield* lines
  }
}

async function endOf(lines: AsyncGenerator<string>): Promise<void> {
  try {
    for await (const _ of lines); // heartbeats
  } catch {
    // cut off instead of ended: gone all the same
  }
}

/** The host's side of {@link askForLaunch}: a code with its proof, or null for a caller without the secret. */
export function answerLaunch(
  shared: string,
  { nonce, proof }: z.infer<typeof LaunchRequest>,
  newCode: () => string,
): z.infer<typeof LaunchAnswer> | null {
  if (!same(proof, proofOf(shared, 'ask', nonce))) return null
  const code = newCode()
  return { code, proof: proofOf(shared, 'answer', nonce, code) }
}

const proofOf = (shared: string, ...said: readonly string[]): string =>
  createHmac('sha256', shared).update(said.join('\n')).digest('base64url')

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
