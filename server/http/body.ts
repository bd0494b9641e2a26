import type { IncomingMessage } from 'node:http'
import { Fault } from '../../shared/errors.ts'

const MEGABYTE = 1_000_000

/**
 * Reads a JSON body of at most `megabytes`; anything else is a Fault.
 *
 * What is too large is read on and thrown away, so that the caller, still sending, gets to see the answer.
 */
export async function readJson(request: IncomingMessage, megabytes: number): Promise<unknown> {
  const limit = megabytes * MEGABYTE
  const tooLarge = () => new Fault('file-too-large', { limitMb: megabytes })
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge()
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > limit) throw tooLarge()
      chunks.push(chunk)
    }
  } finally {
    request.resume()
  }
  return parsed(Buffer.concat(chunks))
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (cause) {
    throw new Fault('invalid-input', {}, { cause })
  }
}

/** A form or an image cannot send this type across origins without asking first, and the asking is refused. */
export const isJson = (request: IncomingMessage): boolean =>
  /^application\/json *(; *charset=utf-8)?$/i.test(request.headers['content-type'] ?? '')
