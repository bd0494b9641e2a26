import iconv from 'iconv-lite'

const BOM = '\ufeff'
/** Three bytes of UTF-8 make a Chinese character; GBK text is never a file full of them by chance. */
const THREE_BYTES = /[\u0800-\uffff]/
const GB_DECLARED = /^[^>]{0,120}encoding\s*=\s*["'](?:gbk|gb2312|gb18030|cp936|windows-936)["']/i

/**
 * The text of a file an office program wrote: UTF-8 with or without a mark, UTF-16 with one, GBK, GB 18030.
 *
 * The bytes decide, the declaration only where they leave it open: forms saved again by an editor often declare what they
 * no longer are. GBK text that happens to be valid UTF-8 has two-byte characters only (女 alone is one).
 *
 * @returns null when the bytes are text in none of them
 */
export function decodeText(bytes: Uint8Array): string | null {
  const marked = markedText(bytes)
  if (marked !== undefined) return marked
  const utf8 = strictly('utf-8', bytes)
  const declaredGb = GB_DECLARED.test(iconv.decode(Buffer.from(bytes.subarray(0, 200)), 'latin1'))
  if (utf8 !== null && (THREE_BYTES.test(utf8) || !declaredGb)) return utf8
  const gb = iconv.decode(Buffer.from(bytes), 'gb18030')
  return gb.includes('\ufffd') ? utf8 : gb
}

function markedText(bytes: Uint8Array): string | null | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return strictly('utf-8', bytes.subarray(3))
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return strictly('utf-16le', bytes.subarray(2))
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return strictly('utf-16be', bytes.subarray(2))
  return undefined
}

function strictly(encoding: 'utf-8' | 'utf-16le' | 'utf-16be', bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    // Not a failure: this is how one asks whether bytes are of that encoding.
    return null
  }
}

/** UTF-8 behind its mark, as the 任免审批表 editor writes and expects it. */
export const encodeUtf8 = (text: string): Uint8Array => new TextEncoder().encode(BOM + text)

/** GBK as the editor of 2.0 reads it. What GBK has no place for becomes its GB 18030 spelling, never a question mark. */
export const encodeGbk = (text: string): Uint8Array => new Uint8Array(iconv.encode(text, 'gb18030'))
