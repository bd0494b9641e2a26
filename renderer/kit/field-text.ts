import i18next from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { dotted } from '../../shared/domain/dates.ts'
import type { TalkPerson } from '../../shared/domain/talk.ts'
import { useCall } from '../api/use-call.ts'
import { formatMoment, formatValue, NOTHING } from './format.ts'
import { useUnitName } from './unit-select.tsx'

/** Fields whose values are a closed set with words of their own, `cadre:sex.male`; enumerable, so the keys may be computed. */
const WORDED: Readonly<Record<string, readonly string[]>> = {
  cadre: ['sex', 'rollGroup'],
  talk: ['talkType', 'reason', 'direction', 'format'],
  unit: ['kind'],
  officer: ['role', 'state'],
}
const UNITS = ['unitId', 'parentId']
const PEOPLE = ['talker', 'principal', 'recorder']
/** Header → text, of files with more columns than we have fields. */
const NAMED_TEXTS = ['imported', 'formExtras']
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i

/** The value of a field as a person reads it: 女, 1990.01, the name of a unit. For histories and comparisons. */
export function useFieldText(): (register: string, field: string, value: unknown) => string {
  const { t } = useTranslation()
  const unitName = useUnitName()
  const personName = usePersonName()
  return useCallback(
    (register, field, value) => {
      if (value === null || value === undefined || value === '') return NOTHING
      if (typeof value === 'boolean') return value ? t('yes') : t('no')
      // A roster's dry run names a unit that has no id yet.
      if (UNITS.includes(field)) return unitName(String(value)) ?? (UUID.test(String(value)) ? NOTHING : String(value))
      if (NAMED_TEXTS.includes(field)) return namedTexts(value as Readonly<Record<string, string>>)
      if (PEOPLE.includes(field)) return personName(value as TalkPerson)
      const key = `${register}:${field}.${String(value)}`
      if (WORDED[register]?.includes(field) && i18next.exists(key)) return (i18next.t as (key: string) => string)(key)
      if (typeof value === 'string' && /^\d{4}-\d{2}$/.test(value)) return dotted(value)
      if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value)) return formatMoment(value)
      return formatValue(value)
    },
    [t, unitName, personName],
  )
}

const namedTexts = (texts: Readonly<Record<string, string>>): string =>
  Object.entries(texts)
    .map(([name, text]) => `${name}：${text}`)
    .join('；')

/** Name of a talker, principal or recorder. A cadre's name is not looked up here; {@link PersonName} does. */
export function usePersonName(): (person: TalkPerson | null) => string {
  const { data } = useCall('officer.list', {})
  return useCallback(
    (person) => {
      if (person === null) return NOTHING
      if ('name' in person) return person.name
      if ('cadreId' in person) return NOTHING
      return data?.rows.find(({ record }) => record.id === person.officerId)?.record.name ?? NOTHING
    },
    [data],
  )
}
