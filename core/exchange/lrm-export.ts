import { formDate } from './form-date.ts'
import { FAMILY_LISTS, FAMILY_ROWS, LRM_FIELDS, QUARTERED, SINGLE, SPARE } from './lrm-form.ts'
import { settled } from './lrmx-parse.ts'
import type { LrmxPerson } from './lrmx-person.ts'
import { photoKindOf } from './photo-kind.ts'
import { encodeGbk } from './text-encoding.ts'
import { legalText, plainText } from './xml-read.ts'
import { CRLF } from './xml-write.ts'

/** A form as the editor 2.0 has it: the record, and the photo for a file of the same name beside it. */
export interface LrmFiles {
  readonly record: Uint8Array
  readonly photo: { readonly bytes: Uint8Array; readonly extension: 'jpg' | 'png' | 'pic' } | null
}

/** The signs that part lists cannot stand inside a text; their full-width forms look the same on paper. */
const listed = (text: string): string => legalText(text).replaceAll('@', '＠').replaceAll('#', '＃')
const quoted = (text: string): string => `"${legalText(text).replaceAll('"', '""').replaceAll('\n', CRLF)}"`

/** Writes a .lrm. The identity number, the two elements of 4.0 and unknown elements have no place in it. */
export function exportLrm(person: LrmxPerson): LrmFiles {
  const { texts } = person
  const fields = Array.from({ length: LRM_FIELDS }, () => '')
  for (const element of person.unknown) {
    const index = SPARE.exec(element.name)?.[1]
    if (index !== undefined) fields[Number(index)] = plainText(element) ?? ''
  }
  for (const [index, name] of SINGLE) fields[index] = settled(name, texts[name])
  for (const [index, names] of QUARTERED) {
    const [first, second, third, fourth] = names.map((name) => listed(settled(name, texts[name])))
    fields[index] = `${first}#${second}@${third}#${fourth}`
  }
  const rows = Math.max(FAMILY_ROWS, person.family.length)
  for (const [index, name] of FAMILY_LISTS) {
    const slots = Array.from({ length: rows }, (_, row) => listed(person.family[row]?.[name] ?? ''))
    fields[index] = (name === 'ChuShengRiQi' ? slots.map(formDate) : slots).join('@')
  }
  const record = encodeGbk(Array.from(fields, (field) => quoted(field ?? '')).join(','))
  return { record, photo: photoOf(person.photo) }
}

function photoOf(photo: Uint8Array | null): LrmFiles['photo'] {
  if (photo === null) return null
  const kind = photoKindOf(photo)
  return { bytes: photo, extension: kind === 'image/jpeg' ? 'jpg' : kind === 'image/png' ? 'png' : 'pic' }
}
