import type { Cadre } from '../../shared/domain/cadre.ts'
import { sameValue } from '../../db/put.ts'
import { ELEMENT_FIELDS, FIELD_ELEMENTS, type FieldElement } from './element-field.ts'
import { readFamily, writeFamily } from './family-list.ts'
import { familyFromMarkup, unknownOf, type FormExtras } from './form-extras.ts'
import { ownVersion } from './lrmx-export.ts'
import { emptyTexts, FAMILY, type LrmxMember, type LrmxPerson, type LrmxVersion } from './lrmx-person.ts'
import { readElement } from './read-element.ts'
import { partyWordOf, writeElement } from './write-element.ts'

/**
 * A cadre's file as a form.
 *
 * A text kept from an imported form goes back word for word as long as the field still says what that text was read as;
 * once somebody has changed the field, the field is what is written.
 */
export function formOf(person: Cadre, photo: Uint8Array | null, version: LrmxVersion): LrmxPerson {
  const extras: FormExtras = person.formExtras ?? {}
  const texts = emptyTexts()
  for (const element of FIELD_ELEMENTS) texts[element] = textOf(element, person, extras)
  if (texts.RuDangShiJian === '') texts.RuDangShiJian = partyWordOf(person.politicalStatus)
  texts.Version = extras['Version'] ?? ownVersion(version)
  return { texts, family: familyOf(person, extras), photo, ...unknownOf(extras) }
}

function textOf(element: FieldElement, person: Cadre, extras: FormExtras): string {
  const kept = extras[element]
  if (kept !== undefined && readElement(element, kept).value === person[ELEMENT_FIELDS[element].field]) return kept
  // 政治面貌 has no place on the usual form; whose form had it gets it back.
  if (element === 'ZhengZhiMianMao' && kept === undefined) return ''
  return writeElement(element, person)
}

function familyOf(person: Cadre, extras: FormExtras): readonly LrmxMember[] {
  const markup = extras[FAMILY]
  if (markup !== undefined) {
    const kept = familyFromMarkup(markup)
    if (sameValue(readFamily(kept), person.family)) return kept
  }
  return writeFamily(person.family ?? [])
}
