import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { chainHash, GENESIS, hashBytes } from '../../core/ledger/chain.ts'
import {
  deviceIdOf,
  makeKeyPair,
  privateKeyOf,
  publicKeyOf,
  signLines,
  verifiedLines,
} from '../../core/ledger/signature.ts'
import {
  NDJSON,
  problemCode,
  PUSH_DOMAIN,
  REPLY_DOMAIN,
  ReplyHeader,
  Verdict,
  type EnrolReply,
  type OpLine,
  type Problem,
  type PushHeader,
} from '../../shared/sync/protocol.ts'

/** What the city said to a request. */
export interface Heard {
  readonly status: number
  /** Code of the problem, null after a success. */
  readonly code: string | null
  readonly problem: (Problem & Record<string, unknown>) | null
  readonly body: string
  readonly headers: Headers
}
export interface HeardPush extends Heard {
  readonly header: ReplyHeader
  readonly verdicts: readonly Verdict[]
  /** The verdict of one op; throws when the reply has none. */
  verdict(seq: number): Verdict
}

export type OpParts = Partial<OpLine> & Pick<OpLine, 'ent'>

interface Line {
  readonly text: string
  readonly chain: string
}

/** A desk reduced to its wire: a ledger in memory, a key, and the numbers it has heard from the city. */
export interface TestDevice {
  readonly scope: string
  readonly dev: string
  readonly publicKey: string
  readonly privateKey: string
  readonly lines: Line[]
  epoch: string
  serverEpoch: string
  cityKey: string
  lastReceipt: number
  /** The officer its ops name. */
  by: string
}

export function makeDevice(scope = '371002101', keys = makeKeyPair()): TestDevice {
  return {
    scope,
    dev: deviceIdOf(keys.publicKey),
    ...keys,
    lines: [],
    epoch: randomUUID(),
    serverEpoch: '',
    cityKey: '',
    lastReceipt: 0,
    by: randomUUID(),
  }
}

/** The same PC after a restore: same key, a new install, an empty ledger. */
export const restored = (device: TestDevice): TestDevice => ({ ...device, lines: [], epoch: randomUUID() })

/** The next op of the ledger; `parts` override anything. Returns it with its seq. */
export function write(device: TestDevice, parts: OpParts): OpLine {
  const op: OpLine = {
    v: 1,
    scope: device.scope,
    dev: device.dev,
    epoch: device.epoch,
    seq: device.lines.length + 1,
    id: randomUUID(),
    k: 'create',
    base: 0,
    after: null,
    set: {},
    was: {},
    sealed: {},
    txn: randomUUID(),
    by: device.by,
    at: '2026-11-20T09:14:03+08:00',
    hlc: '01a0-0001',
    sch: 1,
    why: null,
    blobs: [],
    ...parts,
  }
  writeText(device, JSON.stringify(op))
  return op
}

/** Puts a line of any text at the end of the ledger. */
export function writeText(device: TestDevice, text: string): void {
  const previous = device.lines.at(-1)?.chain ?? GENESIS
  device.lines.push({ text, chain: chainHash(previous, hashBytes(text)) })
}

/** The root unit and the first officer, as `init` writes them: one transaction, the officer makes both. */
export function writeFounding(device: TestDevice, role = 'orgCommissioner'): { unit: OpLine; officer: OpLine } {
  const txn = randomUUID()
  const unit = write(device, { ent: 'unit', txn, set: { name: '某某街道', kind: 'township', unitCode: device.scope } })
  const set = { name: '张某', role, state: 'active' }
  return { unit, officer: write(device, { ent: 'officer', id: device.by, txn, set }) }
}

/** The exact bytes of a push. Without a range: everything, or with `to: from - 1` nothing. */
export function batchText(device: TestDevice, header: Partial<PushHeader> = {}): string {
  const from = header.from ?? 1
  const to = header.to ?? device.lines.length
  const lines = device.lines.slice(from - 1, Math.max(to, from - 1))
  const first: PushHeader = {
    v: 1,
    batch: randomUUID(),
    scope: device.scope,
    dev: device.dev,
    epoch: device.epoch,
    from,
    to,
    prev: device.lines[from - 2]?.chain ?? GENESIS,
    head: device.lines[to - 1]?.chain ?? GENESIS,
    serverEpoch: device.serverEpoch,
    lastReceipt: device.lastReceipt,
    app: '0.1.0',
    stats: { pending: lines.length, oldest: lines.length > 0 ? '2026-11-20' : null, attention: 0 },
    clock: '2026-11-20T09:15:00+08:00',
    ...header,
  }
  const text = [JSON.stringify(first), ...lines.map((line) => line.text)].map((line) => `${line}\n`).join('')
  return signLines(PUSH_DOMAIN, text, privateKeyOf(device.privateKey))
}

/** Sends bytes as they are. `null` when the connection broke before an answer. */
export async function post(
  url: string,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): Promise<Heard | null> {
  try {
    const type = url.endsWith('/push') ? NDJSON : 'application/json'
    const init = { method: 'POST', body: body as string, headers: { 'content-type': type, ...headers } }
    return await heard(await fetch(url, init))
  } catch {
    return null
  }
}

export async function heard(response: Response): Promise<Heard> {
  const body = await response.text()
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false
  const problem = isProblem ? (JSON.parse(body) as Problem & Record<string, unknown>) : null
  return {
    status: response.status,
    code: problem && problemCode(problem.type),
    problem,
    body,
    headers: response.headers,
  }
}

/** Enrols and keeps what the city said. Throws when it refuses. */
export async function enrolDevice(
  device: TestDevice,
  city: { url: string; enrolCode(scope: string): Promise<string> },
) {
  const answer = await tryEnrol(device, city.url, await city.enrolCode(device.scope))
  if (answer.status !== 200) throw new Error(answer.body)
  const reply = JSON.parse(answer.body) as EnrolReply
  device.serverEpoch = reply.serverEpoch
  device.cityKey = reply.cityKey
  return reply
}

export async function tryEnrol(device: TestDevice, url: string, code: string, parts: object = {}): Promise<Heard> {
  const { scope, dev, publicKey, epoch } = device
  const request = { code, scope, dev, publicKey, epoch, unitName: '某某街道', app: '0.1.0', ...parts }
  const answer = await post(`${url}/v1/enrol`, JSON.stringify(request))
  if (answer === null) throw new Error('no answer')
  return answer
}

/** Pushes a range (default: everything) and reads the reply, whose signature must be the pinned city's. */
export async function push(
  device: TestDevice,
  city: { url: string },
  header: Partial<PushHeader> = {},
  { zip = false }: { zip?: boolean } = {},
): Promise<HeardPush> {
  const text = batchText(device, header)
  const answer = await pushText(device, city, zip ? gzipSync(text) : text, zip ? { 'content-encoding': 'gzip' } : {})
  if (answer === null) throw new Error('no answer')
  if (answer.code === null) device.lastReceipt = answer.header.receipt
  return answer
}

export async function pushText(
  device: TestDevice,
  city: { url: string },
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): Promise<HeardPush | null> {
  const answer = await post(`${city.url}/v1/sync/push`, body, headers)
  return answer && readReply(device, answer)
}

export function readReply(device: TestDevice, answer: Heard): HeardPush {
  const fail = (): never => {
    throw new Error(`no reply but ${answer.status} ${answer.body}`)
  }
  if (answer.code !== null)
    return {
      ...answer,
      get header() {
        return fail()
      },
      verdicts: [],
      verdict: fail,
    }
  const lines = verifiedLines(REPLY_DOMAIN, answer.body, publicKeyOf(device.cityKey))
  if (lines === null) throw new Error('the reply is not signed by the city')
  const [first, ...rest] = lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)
  const verdicts = rest.map((line) => Verdict.parse(line))
  const verdict = (seq: number) => verdicts.find((one) => one.seq === seq) ?? fail()
  return { ...answer, header: ReplyHeader.parse(first), verdicts, verdict }
}

/** Pushes a device whose ledger is founded and answered: the usual start of a test. */
export async function startDevice(
  city: { url: string; enrolCode(scope: string): Promise<string> },
  scope = '371002101',
): Promise<TestDevice> {
  const device = makeDevice(scope)
  writeFounding(device)
  await enrolDevice(device, city)
  await push(device, city)
  return device
}

/** Pushes what has not been sent yet, from that op on. */
export const pushFrom = (device: TestDevice, city: { url: string }, from: number) =>
  push(device, city, { from, to: device.lines.length })
