import { gunzip } from 'node:zlib'
import { promisify } from 'node:util'
import * as z from 'zod'
import { chainHash, hashBytes } from '../../core/ledger/chain.ts'
import {
  MAX_BATCH_BYTES,
  MAX_BATCH_OPS,
  MAX_OP_BYTES,
  OpLine,
  PushHeader,
  type Problem,
} from '../../shared/sync/protocol.ts'
import { Refused, rejectionProblem } from './problem.ts'
import { isStorable } from './storable.ts'

const unzip = promisify(gunzip)

/** One op of a batch: its exact bytes, where it stands in the chain, and what it says if that could be read. */
export interface ReadOp {
  readonly seq: number
  readonly bytes: Buffer
  readonly bytesHash: string
  readonly chainHash: string
  readonly ent: string | null
  readonly recordId: string | null
  readonly kind: string | null
  readonly line: OpLine | null
  /** Why there is no `line`; null there means that a newer protocol wrote it. */
  readonly problem: Problem | null
}

export interface Batch {
  readonly header: PushHeader
  readonly ops: readonly ReadOp[]
  /** Hash of everything before the signature line. */
  readonly bodyHash: string
}

/**
 * The text of a request body.
 *
 * Unpacking stops at the limit, so that a small body cannot fill the memory. Throws Refused `too-large` or `malformed`.
 */
export async function readBody(raw: Buffer, encoding: string | undefined): Promise<string> {
  const bytes = encoding === undefined || encoding === 'identity' ? raw : await unpack(raw, encoding)
  if (bytes.length > MAX_BATCH_BYTES) throw new Refused('too-large')
  try {
    // ignoreBOM keeps a byte order mark in the text, as the signature covers it.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new Refused('malformed', {}, { cause })
  }
}

async function unpack(raw: Buffer, encoding: string): Promise<Buffer> {
  if (encoding !== 'gzip') throw new Refused('malformed', { reason: 'content-encoding' })
  try {
    return await unzip(raw, { maxOutputLength: MAX_BATCH_BYTES + 1 })
  } catch (cause) {
    const tooLarge = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    throw new Refused(tooLarge ? 'too-large' : 'malformed', {}, { cause })
  }
}

/** The first line of a push. Nothing in it can be believed before the signature was checked. */
export function readHeader(text: string): PushHeader {
  const line = text.slice(0, Math.max(0, text.indexOf('\n')))
  const parsed = PushHeader.safeParse(json(line))
  if (!parsed.success || !isStorable(parsed.data)) throw malformed('header')
  return parsed.data
}

/** Reads the lines whose signature was checked; the chain must lead from the header's `prev` to its `head`. */
export function readBatch(header: PushHeader, lines: string): Batch {
  const [, ...texts] = lines.split('\n').slice(0, -1)
  if (texts.length > MAX_BATCH_OPS) throw new Refused('too-large')
  if (header.to - header.from + 1 !== texts.length) throw malformed('count')
  let head = header.prev
  const ops = texts.map((text, index) => {
    const op = readOp(header, header.from + index, text, head)
    head = op.chainHash
    return op
  })
  if (head !== header.head) throw malformed('chain')
  return { header, ops, bodyHash: hashBytes(lines) }
}

/** What an op must have to have a place in the ledger at all. */
const Place = z.looseObject({ v: z.int(), scope: z.string(), dev: z.string(), epoch: z.string(), seq: z.int() })

function readOp(header: PushHeader, seq: number, text: string, previous: string): ReadOp {
  const place = Place.safeParse(json(text)).data
  const ours = place?.scope === header.scope && place.dev === header.dev && place.epoch === header.epoch
  if (!ours || place.seq !== seq) throw malformed('op')
  const bytes = Buffer.from(text)
  const bytesHash = hashBytes(bytes)
  const name = (value: unknown) => (typeof value === 'string' && value.length <= 60 && isStorable(value) ? value : null)
  return {
    seq,
    bytes,
    bytesHash,
    chainHash: chainHash(previous, bytesHash),
    ent: name(place['ent']),
    recordId: name(place['id']),
    kind: name(place['k']),
    ...content(place, bytes.length),
  }
}

function content(place: z.infer<typeof Place>, size: number): Pick<ReadOp, 'line' | 'problem'> {
  if (size > MAX_OP_BYTES) return { line: null, problem: rejectionProblem('too-large') }
  if (place.v > 1) return { line: null, problem: null }
  if (!isStorable(place)) return { line: null, problem: rejectionProblem('schema-invalid') }
  const parsed = OpLine.safeParse(place)
  if (parsed.success) return { line: parsed.data, problem: null }
  const path = parsed.error.issues[0]?.path ?? []
  return { line: null, problem: rejectionProblem('schema-invalid', `/${path.join('/')}`) }
}

/** The parsed line of a stored op; it was readable when it came. */
export const storedLine = (bytes: Buffer): OpLine => OpLine.parse(JSON.parse(bytes.toString('utf8')))

const malformed = (reason: string) => new Refused('malformed', { reason })

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Refused('malformed', { reason: 'json' }, { cause })
  }
}
