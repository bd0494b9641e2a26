import { formDate } from './form-date.ts'
import { settled } from './lrmx-parse.ts'
import {
  FAMILY,
  FAMILY_BEFORE,
  isSince4,
  MEMBER_ELEMENTS,
  PHOTO,
  PHOTO_BEFORE,
  TEXT_ELEMENTS,
  versionOf,
  type LrmxMember,
  type LrmxPerson,
  type LrmxVersion,
  type TextElement,
} from './lrmx-person.ts'
import { encodeUtf8 } from './text-encoding.ts'
import { attributesText, CRLF, elementText, escapedText } from './xml-write.ts'

/** Seen in files of the editor; of 4.0 no genuine file was seen, so this is our word for it. */
const VERSION_TEXTS: Readonly<Record<LrmxVersion, string>> = { 3: '3.2.1.16', 4: '4.0' }
const INDENT = '  '

/**
 * Writes a form as the editor does: UTF-8 behind its mark, CRLF, every element in the exact order.
 *
 * What the 3.x editor does not know is left out of its files; everything else of the person comes back from
 * `parseLrmx` as it was. Unknown elements follow at the end, where readers by position do not meet them.
 */
export function exportLrmx(person: LrmxPerson, version: LrmxVersion): Uint8Array {
  const lines = ['<?xml version="1.0" encoding="utf-8"?>', `<Person${attributesText(person.attributes)}>`]
  for (const name of TEXT_ELEMENTS) {
    if (name === FAMILY_BEFORE) lines.push(familyText(person.family))
    if (name === PHOTO_BEFORE) lines.push(photoText(person.photo))
    if (!isWritten(person, name, version)) continue
    lines.push(`${INDENT}<${name}>${escapedText(textOf(person, name, version))}</${name}>`)
  }
  for (const element of person.unknown) lines.push(INDENT + elementText(element))
  return encodeUtf8([...lines, '</Person>'].join(CRLF))
}

function isWritten({ texts }: LrmxPerson, name: TextElement, version: LrmxVersion): boolean {
  if (name === 'ZhengZhiMianMao') return texts[name] !== ''
  return version === 4 || !isSince4(name)
}

function textOf(person: LrmxPerson, name: TextElement, version: LrmxVersion): string {
  const text = person.texts[name]
  if (name !== 'Version') return settled(name, text)
  // A file that says nothing of its version goes on saying nothing; one that changes editors says so.
  return text === '' || versionOf(person) === version ? text : VERSION_TEXTS[version]
}

/** What a form of ours, which never was a file, says as its version. */
export const ownVersion = (version: LrmxVersion): string => VERSION_TEXTS[version]

/** The family element with its layout, as it stands in the file. */
export function familyText(family: readonly LrmxMember[]): string {
  if (family.length === 0) return `${INDENT}<${FAMILY}></${FAMILY}>`
  return [`${INDENT}<${FAMILY}>`, ...family.map(memberText), `${INDENT}</${FAMILY}>`].join(CRLF)
}

function memberText(member: LrmxMember): string {
  const texts = MEMBER_ELEMENTS.map((name) => {
    const text = name === 'ChuShengRiQi' ? formDate(member[name]) : member[name]
    return `<${name}>${escapedText(text)}</${name}>`
  })
  const lines = [...texts, ...member.unknown.map(elementText)].map((line) => INDENT.repeat(3) + line)
  return [`${INDENT.repeat(2)}<Item>`, ...lines, `${INDENT.repeat(2)}</Item>`].join(CRLF)
}

const photoText = (photo: Uint8Array | null): string =>
  `${INDENT}<${PHOTO}>${photo === null ? '' : Buffer.from(photo).toString('base64')}</${PHOTO}>`
