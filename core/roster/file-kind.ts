import { inflateRawSync } from 'node:zlib'
import { Fault } from '../../shared/errors.ts'

/** Larger than any roster; a scan pasted into a workbook is what usually makes one so big. */
export const MAX_FILE_BYTES = 30 * 1024 * 1024
/** What the parts of a workbook may unpack to by their own declaration: against zip bombs, before anything is unpacked. */
export const MAX_UNPACKED_BYTES = 200 * 1024 * 1024

export type WorkbookKind = 'xlsx' | 'xlsb' | 'ole'

const CENTRAL_ENTRY = 0x02014b50
const END_OF_DIRECTORY = 0x06054b50
const ZIP64_MARK = 0xffffffff

/** Kinds of a zip by a part that only they have. */
const ZIP_PARTS: readonly (readonly [RegExp, string])[] = [
  [/^xl\/workbook\.bin$/i, 'xlsb'],
  [/^xl\/(workbook|worksheets\/)/i, 'xlsx'],
  [/^word\//i, 'docx'],
  [/^ppt\//i, 'pptx'],
  [/^content\.xml$/i, 'ods'],
]

/**
 * What a file is, by its content: extensions lie (web systems save HTML pages as `.xls`).
 *
 * @throws Fault `file-empty`, `file-too-large`, `file-kind` or `file-unreadable`
 */
export function kindOf(bytes: Uint8Array, fileName: string): WorkbookKind {
  if (bytes.length === 0) throw new Fault('file-empty', { fileName })
  if (bytes.length > MAX_FILE_BYTES) throw tooLarge(bytes.length, MAX_FILE_BYTES)
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return 'ole'
  if (startsWith(bytes, [0x50, 0x4b])) return zipKind(bytes, fileName)
  // BIFF2 to BIFF5 streams without a container, as very old programs wrote them.
  if (startsWith(bytes, [0x09, 0x08]) || startsWith(bytes, [0x09, 0x00]) || startsWith(bytes, [0x09, 0x04]))
    return 'ole'
  throw new Fault('file-kind', { kind: otherKind(bytes, fileName), fileName })
}

const startsWith = (bytes: Uint8Array, head: readonly number[]): boolean =>
  head.every((byte, index) => bytes[index] === byte)

const tooLarge = (size: number, limit: number): Fault =>
  new Fault('file-too-large', { megabytes: Math.ceil(size / 1024 / 1024), limitMb: Math.floor(limit / 1024 / 1024) })

function zipKind(bytes: Uint8Array, fileName: string): WorkbookKind {
  const directory = readDirectory(bytes)
  if (directory === null) throw new Fault('file-unreadable', { reason: 'damaged', fileName })
  if (directory.unpacked > MAX_UNPACKED_BYTES) throw tooLarge(directory.unpacked, MAX_UNPACKED_BYTES)
  const kind = ZIP_PARTS.find(([part]) => directory.parts.some(({ name }) => part.test(name)))?.[1] ?? 'zip'
  if (kind === 'xlsx' || kind === 'xlsb') return kind
  throw new Fault('file-kind', { kind, fileName })
}

interface ZipPart {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly unpacked: number
  /** Where its local header lies. */
  readonly at: number
}

/** The zip's own directory; null when it is missing or torn (a truncated download). */
function readDirectory(bytes: Uint8Array): { parts: ZipPart[]; unpacked: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - 22
  const earliest = Math.max(0, end - 65_535)
  while (end >= earliest && view.getUint32(end, true) !== END_OF_DIRECTORY) end -= 1
  if (end < earliest) return null
  const decoder = new TextDecoder()
  const parts: ZipPart[] = []
  let at = view.getUint32(end + 16, true)
  for (let entry = 0; entry < view.getUint16(end + 10, true); entry += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL_ENTRY) return null
    const nameLength = view.getUint16(at + 28, true)
    const size = view.getUint32(at + 24, true)
    parts.push({
      name: decoder.decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      // A part that needs 64 bits for its size is beyond every limit of ours.
      unpacked: size === ZIP64_MARK ? Number.MAX_SAFE_INTEGER : size,
      at: view.getUint32(at + 42, true),
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return { parts, unpacked: parts.reduce((sum, part) => sum + part.unpacked, 0) }
}

/** Deflate cannot do better than this; what stays below the limit even so needs no proof. */
const BEST_RATIO = 1_032

/**
 * Proves that no part unpacks to more than it declares: a bomb lies about its size.
 *
 * Costs one inflation of the large parts, so it runs in the worker and only where the packed size allows a bomb at all.
 */
export function refuseBomb(bytes: Uint8Array): void {
  const directory = readDirectory(bytes)
  if (directory === null) throw new Fault('file-unreadable', { reason: 'damaged' })
  const packed = directory.parts.reduce((sum, part) => sum + part.packed, 0)
  if (packed * BEST_RATIO <= MAX_UNPACKED_BYTES) return
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (const part of directory.parts) {
    if (part.method !== 8 || part.at + 30 > bytes.length) continue
    const start = part.at + 30 + view.getUint16(part.at + 26, true) + view.getUint16(part.at + 28, true)
    try {
      inflateRawSync(bytes.subarray(start, start + part.packed), { maxOutputLength: Math.max(1, part.unpacked) })
    } catch (cause) {
      const grown = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      if (grown) throw tooLarge(MAX_UNPACKED_BYTES + 1, MAX_UNPACKED_BYTES)
      throw new Fault('file-unreadable', { reason: 'damaged' }, { cause })
    }
  }
}

/** The name we give a file that is no workbook, for the sentence that says what to do with it. */
function otherKind(bytes: Uint8Array, fileName: string): string {
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46])) return 'pdf'
  if (startsWith(bytes, [0xff, 0xd8]) || startsWith(bytes, [0x89, 0x50, 0x4e, 0x47])) return 'image'
  if (startsWith(bytes, [0x52, 0x61, 0x72, 0x21])) return 'rar'
  if (startsWith(bytes, [0x37, 0x7a, 0xbc, 0xaf])) return '7z'
  const extension = extensionOf(fileName)
  if (extension === 'et') return 'et'
  const head = new TextDecoder(startsWith(bytes, [0xff, 0xfe]) ? 'utf-16le' : 'utf-8')
    .decode(bytes.subarray(0, 4096))
    .trimStart()
    .toLowerCase()
  if (/^<(!doctype html|html|table|head|meta|style)/.test(head) || head.includes('<table')) return 'html'
  if (head.startsWith('<?xml') || head.startsWith('<person')) return extension === 'lrmx' ? 'lrmx' : 'xml'
  if (['csv', 'txt', 'tsv', 'lrm'].includes(extension)) return extension
  return looksLikeText(bytes) ? 'csv' : 'unknown'
}

/** Lower-case extension without its dot; empty when there is none. */
export const extensionOf = (fileName: string): string => /\.([^.\\/]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? ''

function looksLikeText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 4096)
  return (
    head.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13) &&
    (head.includes(44) || head.includes(9))
  )
}
