import { Fault } from '../../shared/errors.ts'

/** An element as a tree. Texts next to each other are one; comments and processing instructions are left out. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (XmlElement | string)[]
}

/** A personal form is three levels deep; what is far deeper or longer is no form but an attack on the reader. */
const DEEPEST = 24
const MOST_ELEMENTS = 20_000

const SPACE = /[ \t\n]*/y
const NAME = /[A-Za-z_:\u00c0-\ud7ff\uf900-\ufffd][\w.:\u00b7-\ud7ff\uf900-\ufffd-]*/y
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const REFERENCE = /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|([\w.:-]*))(;?)/g
/** What XML 1.0 has no place for; office programs leave vertical tabs in pasted text. */
// oxlint-disable-next-line no-control-regex
const ILLEGAL = /[\u0000-\u0008\u000e-\u001f\ufffe\uffff]/g
// oxlint-disable-next-line no-control-regex
const LINE_BREAK = /\r\n?|[\u000b\u000c]/g

/** Text as XML can carry it: line ends are `\n`, odd line breaks too, other control characters go. */
export const legalText = (text: string): string => text.toWellFormed().replace(LINE_BREAK, '\n').replace(ILLEGAL, '')

interface Cursor {
  readonly text: string
  at: number
  elements: number
}
interface Open {
  readonly name: string
  readonly attributes: Record<string, string>
  readonly children: (XmlElement | string)[]
}

/**
 * Reads a whole XML document strictly: well-formed or refused, and nothing in it can reach outside of it.
 *
 * There are no document types and no entities but the five of XML itself, so that a file can neither read another file nor
 * grow when it is read. Our own, because what a form says must come back in order and unknown parts unchanged, which the
 * usual object mappers do not keep; see docs/adr/0012.
 *
 * @throws Fault `file-unreadable` with a reason: `doctype`, `entity`, `truncated`, `malformed` or `too-deep`
 */
export function readXml(source: string): XmlElement {
  const cursor: Cursor = { text: legalText(source), at: 0, elements: 0 }
  skipOutside(cursor)
  if (cursor.text[cursor.at] !== '<') throw unreadable(cursor.at < cursor.text.length ? 'malformed' : 'truncated')
  const root = readTree(cursor)
  skipOutside(cursor)
  if (cursor.at < cursor.text.length) throw unreadable('malformed')
  return root
}

const unreadable = (reason: string): Fault => new Fault('file-unreadable', { reason })

/** White space, comments and processing instructions before and after the root. */
function skipOutside(cursor: Cursor): void {
  for (;;) {
    match(cursor, SPACE)
    if (!skipUnread(cursor)) return
  }
}

/** Passes over a comment, a processing instruction; true when there was one. */
function skipUnread(cursor: Cursor): boolean {
  const { text, at } = cursor
  if (text.startsWith('<!--', at)) cursor.at = after(cursor, '-->', at + 4)
  else if (text.startsWith('<?', at)) cursor.at = after(cursor, '?>', at + 2)
  else if (/^<!DOCTYPE/i.test(text.slice(at, at + 9))) throw unreadable('doctype')
  else return false
  return true
}

function after({ text }: Cursor, end: string, from: number): number {
  const found = text.indexOf(end, from)
  if (found < 0) throw unreadable('truncated')
  return found + end.length
}

function match(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text)?.[0] ?? ''
  cursor.at += found.length
  return found
}

/** Elements by a stack of our own: a file of a million opening tags must not be able to exhaust the program's. */
function readTree(cursor: Cursor): XmlElement {
  const stack: Open[] = []
  for (;;) {
    const opened = readTag(cursor)
    if (opened.kind === 'open') {
      stack.push(opened.element)
      if (stack.length > DEEPEST || ++cursor.elements > MOST_ELEMENTS) throw unreadable('too-deep')
    }
    if (opened.kind === 'empty') stack.at(-1)?.children.push(opened.element)
    if (opened.kind === 'empty' && stack.length === 0) return opened.element
    if (opened.kind === 'close') {
      const done = stack.pop()
      if (done?.name !== opened.name) throw unreadable('malformed')
      if (stack.length === 0) return done
      stack.at(-1)!.children.push(done)
    }
    readContent(cursor, stack.at(-1)!)
  }
}

type Tag = { kind: 'open' | 'empty'; element: Open } | { kind: 'close'; name: string }

function readTag(cursor: Cursor): Tag {
  if (cursor.text.startsWith('</', cursor.at)) {
    cursor.at += 2
    const name = match(cursor, NAME)
    match(cursor, SPACE)
    expect(cursor, '>')
    return { kind: 'close', name }
  }
  expect(cursor, '<')
  const name = match(cursor, NAME)
  if (name === '') throw unreadable(cursor.at < cursor.text.length ? 'malformed' : 'truncated')
  const attributes: Record<string, string> = {}
  for (
    let gap = match(cursor, SPACE);
    gap !== '' && /[^/>]/.test(cursor.text[cursor.at] ?? '>');
    gap = match(cursor, SPACE)
  ) {
    readAttribute(cursor, attributes)
  }
  const empty = cursor.text[cursor.at] === '/'
  if (empty) cursor.at += 1
  expect(cursor, '>')
  return { kind: empty ? 'empty' : 'open', element: { name, attributes, children: [] } }
}

function readAttribute(cursor: Cursor, attributes: Record<string, string>): void {
  const name = match(cursor, NAME)
  match(cursor, SPACE)
  expect(cursor, '=')
  match(cursor, SPACE)
  const quote = cursor.text[cursor.at]
  if (name === '' || Object.hasOwn(attributes, name) || (quote !== '"' && quote !== "'")) throw unreadable('malformed')
  const end = after(cursor, quote, cursor.at + 1)
  const raw = cursor.text.slice(cursor.at + 1, end - 1)
  if (raw.includes('<')) throw unreadable('malformed')
  attributes[name] = resolved(raw)
  cursor.at = end
}

function expect(cursor: Cursor, sign: string): void {
  if (cursor.text[cursor.at] !== sign) throw unreadable(cursor.at < cursor.text.length ? 'malformed' : 'truncated')
  cursor.at += 1
}

/** Texts and CDATA up to the next tag, into the open element. */
function readContent(cursor: Cursor, open: Open): void {
  let text = ''
  for (;;) {
    const next = cursor.text.indexOf('<', cursor.at)
    if (next < 0) throw unreadable('truncated')
    const raw = cursor.text.slice(cursor.at, next)
    if (raw.includes(']]>')) throw unreadable('malformed')
    text += resolved(raw)
    cursor.at = next
    if (cursor.text.startsWith('<![CDATA[', next)) {
      cursor.at = after(cursor, ']]>', next + 9)
      text += cursor.text.slice(next + 9, cursor.at - 3)
    } else if (!skipUnread(cursor)) break
  }
  if (text !== '') open.children.push(text)
}

function resolved(raw: string): string {
  if (!raw.includes('&')) return raw
  const text = raw.replace(REFERENCE, (_, decimal?: string, hex?: string, name?: string, end?: string) => {
    if (end !== ';') throw unreadable('malformed')
    if (name !== undefined) return ENTITIES[name] ?? refuseEntity()
    const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal)
    if (code > 0x10_ffff || (code >= 0xd800 && code < 0xe000)) throw unreadable('malformed')
    return String.fromCodePoint(code)
  })
  return legalText(text)
}

function refuseEntity(): never {
  throw unreadable('entity')
}

/** All text of an element that has no elements in it; null when it has. */
export function plainText(element: XmlElement): string | null {
  if (element.children.some((child) => typeof child !== 'string')) return null
  return element.children.join('')
}
