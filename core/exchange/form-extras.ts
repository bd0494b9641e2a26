import { familyText } from './lrmx-export.ts'
import { parseFamily, trimmed } from './lrmx-parse.ts'
import { isKnownElement, type LrmxMember, type LrmxPerson } from './lrmx-person.ts'
import { plainText, readXml, type XmlElement } from './xml-read.ts'
import { attributesText, elementText } from './xml-write.ts'

/**
 * What a form says beyond the fields of a cadre, as `formExtras` keeps it.
 *
 * `Name` is the text of an element: of one that is unknown, or of a known one whose text says more than its field.
 * `<Name>` is the markup of unknown elements that are more than one text. `<Person>` are the attributes of the root.
 */
export type FormExtras = Readonly<Record<string, string>>

const ROOT = 'Person'
const markupKey = (name: string): string => `<${name}>`
const MARKUP_KEY = /^<(.+)>$/

/** The unknown parts of a form by their keys. */
export function unknownExtras(person: LrmxPerson): Map<string, string> {
  const extras = new Map<string, string>()
  if (Object.keys(person.attributes).length > 0) extras.set(markupKey(ROOT), attributesText(person.attributes))
  for (const [name, elements] of Map.groupBy(person.unknown, (element) => element.name)) {
    const text = plainOf(name, elements)
    if (text === null) extras.set(markupKey(name), elements.map(elementText).join(''))
    else extras.set(name, text)
  }
  return extras
}

/** The text of a single plain element; known names are taken by the texts that did not fit their fields. */
function plainOf(name: string, elements: readonly XmlElement[]): string | null {
  const [only] = elements
  if (elements.length !== 1 || isKnownElement(name) || Object.keys(only!.attributes).length > 0) return null
  return plainText(only!)
}

/** The unknown elements of {@link unknownExtras}, as they were. */
export function unknownOf(extras: FormExtras): Pick<LrmxPerson, 'unknown' | 'attributes'> {
  const unknown = Object.entries(extras).flatMap(([key, text]): readonly XmlElement[] => {
    const name = MARKUP_KEY.exec(key)?.[1]
    if (name === ROOT) return []
    if (name !== undefined) return elementsOf(readXml(`<x>${text}</x>`))
    return isKnownElement(key) ? [] : [{ name: key, attributes: {}, children: text === '' ? [] : [trimmed(text)] }]
  })
  const root = extras[markupKey(ROOT)]
  return { unknown, attributes: root === undefined ? {} : readXml(`<${ROOT}${root}></${ROOT}>`).attributes }
}

const elementsOf = (element: XmlElement): XmlElement[] => element.children.filter((child) => typeof child !== 'string')

/** The names of the elements somebody would miss, for the report of an import. */
export const keptNames = (person: LrmxPerson): string[] => [...new Set(person.unknown.map((element) => element.name))]

/** A family that does not fit its fields, as text and back. */
export const familyMarkup = (family: readonly LrmxMember[]): string => familyText(family).trim()
export const familyFromMarkup = (markup: string): readonly LrmxMember[] => parseFamily(readXml(markup)).family

/** Extras after a form was read: what it says replaces what an earlier one said, the rest stays. Null when nothing is left. */
export function mergedExtras(before: FormExtras | null, said: ReadonlyMap<string, string | null>): FormExtras | null {
  const merged = new Map(Object.entries(before ?? {}))
  for (const [key, text] of said) {
    if (text === null) merged.delete(key)
    else merged.set(key, text)
    // An element is kept in one spelling: a text or markup.
    const name = MARKUP_KEY.exec(key)?.[1]
    if (text !== null && !isKnownElement(name ?? key)) merged.delete(name ?? markupKey(key))
  }
  return merged.size === 0 ? null : Object.fromEntries(merged)
}
