import { Fault } from '../../shared/errors.ts'
import { formDate } from './form-date.ts'
import { FAMILY_LISTS, LRM_FIELDS, QUARTERED, SINGLE, spareName } from './lrm-form.ts'
import { formText, settled, trimmed } from './lrmx-parse.ts'
import {
  emptyTexts,
  MEMBER_ELEMENTS,
  PHOTO,
  type FormProblem,
  type LrmxMember,
  type MemberElement,
  type ParsedForm,
  type TextElement,
} from './lrmx-person.ts'
import { MAX_PHOTO_BYTES, photoKindOf } from './photo-kind.ts'
import { legalText } from './xml-read.ts'

const MB = 1024 * 1024

/**
 * Reads a .lrm of the editor 2.0 (DOMAIN §1.4) into the same form as a .lrmx; the photo lies beside it in a file of its own.
 *
 * @throws Fault `file-empty`, `file-too-large`, `file-kind` or `file-unreadable`
 */
export function parseLrm(bytes: Uint8Array, photo: Uint8Array | null = null): ParsedForm {
  const text = trimmed(legalText(formText(bytes)))
  if (!text.startsWith('"')) throw new Fault('file-kind', {})
  const fields = fieldsOf(text)
  const texts = emptyTexts()
  for (const [index, name] of SINGLE) texts[name] = settled(name, fields[index]!)
  const problems = QUARTERED.flatMap(([index, names]) => takeQuarters(fields[index]!, names, texts))
  if (fields.length > LRM_FIELDS) problems.push({ code: 'list-shape', element: null, params: {} })
  const used = new Set([...SINGLE, ...QUARTERED, ...FAMILY_LISTS].map(([index]) => index))
  const unknown = fields.flatMap((field, index) => {
    const kept = trimmed(field)
    return used.has(index) || kept === '' ? [] : [{ name: spareName(index), attributes: {}, children: [kept] }]
  })
  const beside = photoBeside(photo)
  const person = { texts, family: familyOf(fields), photo: beside.photo, unknown, attributes: {} }
  return { person, problems: [...problems, ...beside.problems] }
}

/**
 * The quoted fields of the record.
 *
 * Writers differ in what they do with a quotation mark inside a text. Doubling is tried first; where that does not give a
 * whole record, the marks around the commas alone part the fields.
 */
function fieldsOf(text: string): string[] {
  const proper = properFields(text)
  if (proper !== null && proper.length >= LRM_FIELDS) return proper
  if (text.length < 2 || !text.endsWith('"')) throw new Fault('file-unreadable', { reason: 'truncated' })
  const plain = text.slice(1, -1).split(/"[ \t]*,[ \t\n]*"/)
  if (plain.length < LRM_FIELDS) throw new Fault('file-unreadable', { reason: 'truncated' })
  return plain
}

/** Fields with doubled quotation marks; a lone one that ends no field is part of the text. Null when the last stays open. */
function properFields(text: string): string[] | null {
  const fields: string[] = []
  let at = 0
  while (at < text.length) {
    if (text[at] !== '"') return null
    const end = closingMark(text, at + 1)
    if (end < 0) return null
    fields.push(text.slice(at + 1, end).replaceAll('""', '"'))
    const next = /[ \t]*(?:,[ \t\n]*|$)/y
    next.lastIndex = end + 1
    next.test(text)
    at = next.lastIndex
  }
  return fields
}

function closingMark(text: string, from: number): number {
  const end = /[ \t]*(?:,[ \t\n]*"|$)/y
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    if (text[at + 1] === '"') {
      at += 1
      continue
    }
    end.lastIndex = at + 1
    if (end.test(text)) return at
  }
  return -1
}

function takeQuarters(field: string, names: readonly TextElement[], texts: Record<TextElement, string>): FormProblem[] {
  const halves = field.split('@')
  const quarters = [halves[0] ?? '', halves.slice(1).join('＠')].flatMap((half) => {
    const [first = '', ...rest] = half.split('#')
    return [first, rest.join('＃')]
  })
  names.forEach((name, index) => (texts[name] = settled(name, quarters[index] ?? '')))
  const odd = halves.length > 2 || halves.some((half) => half.split('#').length > 2)
  return odd ? [{ code: 'list-shape', element: names[0]!, params: {} }] : []
}

function familyOf(fields: readonly string[]): LrmxMember[] {
  const lists = FAMILY_LISTS.map(([index, name]) => [name, fields[index]!.split('@')] as const)
  const rows = Math.max(...lists.map(([, list]) => list.length))
  return Array.from({ length: rows }, (_, row): LrmxMember => {
    const texts = Object.fromEntries(lists.map(([name, list]) => [name, trimmed(list[row] ?? '')]))
    const member = texts as Record<MemberElement, string>
    return { ...member, ChuShengRiQi: formDate(member.ChuShengRiQi), unknown: [] }
  }).filter((member) => MEMBER_ELEMENTS.some((name) => member[name] !== ''))
}

function photoBeside(photo: Uint8Array | null): { photo: Uint8Array | null; problems: FormProblem[] } {
  if (photo === null || photo.length === 0) return { photo: null, problems: [] }
  if (photo.length > MAX_PHOTO_BYTES) {
    return {
      photo: null,
      problems: [{ code: 'photo-too-large', element: PHOTO, params: { limitMb: MAX_PHOTO_BYTES / MB } }],
    }
  }
  return { photo, problems: photoKindOf(photo) === null ? [{ code: 'photo-kind', element: PHOTO, params: {} }] : [] }
}
