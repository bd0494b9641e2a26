import type { Cadre } from '../../shared/domain/cadre.ts'
import { ELEMENT_FIELDS, type FieldElement, type Meaning } from './element-field.ts'
import { formDates } from './form-date.ts'

const compact = (value: string): string => value.replaceAll('-', '')

const WRITERS: Readonly<Record<Meaning, (value: string) => string>> = {
  line: (value) => value,
  month: compact,
  day: compact,
  name: (value) => value,
  sex: (value) => (value === 'male' ? '男' : '女'),
  ethnicity: (value) => value,
  identity: (value) => value,
  party: formDates,
  political: (value) => value,
}

/** The element's text for a cadre's value, in the form's own spelling; empty where the field is. */
export function writeElement(element: FieldElement, person: Cadre): string {
  const { field, meaning } = ELEMENT_FIELDS[element]
  const value = person[field]
  return typeof value === 'string' ? WRITERS[meaning](value) : ''
}

/** 入党时间 of who is in another party or in none is that party's short name (DOMAIN §1.1); of party members a month. */
const PARTY_WORDS: Readonly<Record<string, string>> = {
  民革党员: '民革',
  民盟盟员: '民盟',
  民建会员: '民建',
  民进会员: '民进',
  农工党党员: '农工党',
  致公党党员: '致公党',
  九三学社社员: '九三',
  台盟盟员: '台盟',
  无党派人士: '无党派',
}
export const partyWordOf = (politicalStatus: string | null): string => PARTY_WORDS[politicalStatus ?? ''] ?? ''
