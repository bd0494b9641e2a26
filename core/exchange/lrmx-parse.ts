import type { LrmxProblemCode } from '../../shared/contract/lrmx.ts'
import { Fault } from '../../shared/errors.ts'
import { formDate, formDates } from './form-date.ts'
import {
  contentOf,
  emptyTexts,
  FAMILY,
  isTextElement,
  MEMBER_ELEMENTS,
  PHOTO,
  type FormProblem,
  type LrmxMember,
  type MemberElement,
  type ParsedForm,
  type TextElement,
} from './lrmx-person.ts'
import { MAX_PHOTO_BYTES, photoKindOf } from './photo-kind.ts'
import { decodeText } from './text-encoding.ts'
import { plainText, readXml, type XmlElement } from './xml-read.ts'

/** Larger than any form with a photo in it. */
export const MAX_FORM_BYTES = 8 * 1024 * 1024
const MB = 1024 * 1024
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

/**
 * The text of a form's bytes, for .lrmx and .lrm alike.
 *
 * @throws Fault `file-empty`, `file-too-large`, `file-kind`, or `file-unreadable` when its bytes are no text
 */
export function formText(bytes: Uint8Array): string {
  if (bytes.length > MAX_FORM_BYTES) throw new Fault('file-too-large', { limitMb: MAX_FORM_BYTES / MB })
  const text = bytes.length === 0 ? '' : decodeText(bytes)
  // A form cut inside a character is text in no encoding either, but a form all the same.
  if (text === null) throw new Fault(formKindOf(bytes) ? 'file-unreadable' : 'file-kind', { reason: 'encoding' })
  if (text.replaceAll('\0', '').trim() === '') throw new Fault('file-empty', {})
  return text.replace(/^\ufeff+/, '')
}

/**
 * Reads a .lrmx of any editor and dialect (DOMAIN §1.1).
 *
 * The order of the elements does not matter, a missing one is empty, an unknown one is kept as it is. Nothing is judged
 * here but the photo: whether a date or an identity number makes sense is said by the rules when the form meets the roll.
 *
 * @throws Fault `file-empty`, `file-too-large`, `file-kind` or `file-unreadable`
 */
export function parseLrmx(bytes: Uint8Array): ParsedForm {
  const text = formText(bytes)
  if (!text.trimStart().startsWith('<')) throw new Fault('file-kind', {})
  const root = readXml(text)
  if (root.name !== 'Person') throw new Fault('file-kind', {})
  const form = new Form()
  for (const child of root.children) {
    if (typeof child === 'string') form.stray(child)
    else form.take(child)
  }
  return form.parsed(root.attributes)
}

/** By content: extensions lie. Null for what is neither; the parser then says what is wrong with it. */
export function formKindOf(bytes: Uint8Array): 'lrmx' | 'lrm' | null {
  // Marks, white space and the zeros of UTF-16 aside, the first sign is ASCII in every encoding.
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 64)).replace(/[^!-~]/g, '')
  if (head.startsWith('<')) return 'lrmx'
  return head.startsWith('"') ? 'lrm' : null
}

/** White space of XML; an ideographic space is a character somebody typed. */
export const trimmed = (text: string): string => text.replace(/^[ \t\r\n]+/, '').replace(/[ \t\r\n]+$/, '')

/** The spelling a text element's content has inside the program. */
export function settled(name: TextElement, text: string): string {
  const content = contentOf(name)
  if (content === 'text') return trimmed(text)
  return content === 'date' ? formDate(trimmed(text)) : formDates(trimmed(text))
}

class Form {
  readonly #texts = emptyTexts()
  #family: readonly LrmxMember[] = []
  #photo: Uint8Array | null = null
  readonly #unknown: XmlElement[] = []
  readonly #problems: FormProblem[] = []
  readonly #seen = new Set<string>()

  take(element: XmlElement): void {
    const { name } = element
    const text = plainText(element)
    if (this.#seen.has(name) && (isTextElement(name) || name === FAMILY || name === PHOTO)) {
      this.#problem('repeated', name)
      this.#unknown.push(element)
    } else if (isTextElement(name) && text !== null) this.#texts[name] = settled(name, text)
    else if (name === FAMILY) this.#takeFamily(element)
    else if (name === PHOTO && text !== null) this.#takePhoto(text)
    // A text with elements in it is none that we know, and neither is anything else.
    else this.#unknown.push(settledUnknown(element))
    this.#seen.add(name)
  }

  stray(text: string): void {
    if (text.trim() !== '') this.#problem('stray-text', null, { text: text.trim().slice(0, 40) })
  }

  #takeFamily(element: XmlElement): void {
    const { family, others, stray } = parseFamily(element)
    this.#family = family
    // A second family element is how they are written again.
    for (const other of others) this.#unknown.push({ name: FAMILY, attributes: {}, children: [other] })
    for (const text of stray) this.stray(text)
  }

  #takePhoto(text: string): void {
    const base64 = text.replace(/^data:[\w/+.-]*;base64,/, '').replace(/\s+/g, '')
    if (base64 === '') return
    const bytes = new Uint8Array(BASE64.test(base64) ? Buffer.from(base64, 'base64') : [])
    if (bytes.length === 0) return this.#problem('photo-unreadable', PHOTO)
    if (bytes.length > MAX_PHOTO_BYTES)
      return this.#problem('photo-too-large', PHOTO, { limitMb: MAX_PHOTO_BYTES / MB })
    if (photoKindOf(bytes) === null) this.#problem('photo-kind', PHOTO)
    this.#photo = bytes
  }

  #problem(code: LrmxProblemCode, element: string | null, params: FormProblem['params'] = {}): void {
    this.#problems.push({ code, element, params })
  }

  parsed(attributes: Readonly<Record<string, string>>): ParsedForm {
    const person = { texts: this.#texts, family: this.#family, photo: this.#photo, unknown: this.#unknown, attributes }
    return { person, problems: this.#problems }
  }
}

/** The members of a family element, in the order of the form; rows that only fill the paper are left out. */
export function parseFamily(element: XmlElement): { family: LrmxMember[]; others: XmlElement[]; stray: string[] } {
  const inside = element.children.filter((child) => typeof child !== 'string')
  const members = inside.filter((child) => child.name === 'Item').map(memberOf)
  return {
    family: members.filter(
      (member) => member.unknown.length > 0 || MEMBER_ELEMENTS.some((name) => member[name] !== ''),
    ),
    others: inside.filter((child) => child.name !== 'Item'),
    stray: element.children.filter((child) => typeof child === 'string'),
  }
}

/** A text is trimmed like every other; what has elements in it is kept to the space. */
function settledUnknown(element: XmlElement): XmlElement {
  const text = plainText(element)
  if (text === null) return element
  return { ...element, children: trimmed(text) === '' ? [] : [trimmed(text)] }
}

function memberOf(item: XmlElement): LrmxMember {
  const texts = Object.fromEntries(MEMBER_ELEMENTS.map((name) => [name, ''])) as Record<MemberElement, string>
  const unknown: XmlElement[] = []
  const seen = new Set<string>()
  for (const child of item.children) {
    if (typeof child === 'string') continue
    const text = plainText(child)
    const known = MEMBER_ELEMENTS.find((name) => name === child.name && !seen.has(name))
    if (known === undefined || text === null) {
      unknown.push(settledUnknown(child))
    } else {
      texts[known] = known === 'ChuShengRiQi' ? formDate(trimmed(text)) : trimmed(text)
      seen.add(known)
    }
  }
  return { ...texts, unknown }
}
