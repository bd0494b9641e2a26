import { createHash } from 'node:crypto'
import type { Cadre, CadreField } from '../../shared/domain/cadre.ts'
import { sameValue } from '../../db/put.ts'
import { nameKey } from '../roster/known.ts'
import { politicalStatusOf } from '../roster/words.ts'
import { mergedExtras } from './form-extras.ts'
import type { CadreValues, FormReading } from './form-to-cadre.ts'
import type { LrmxPerson } from './lrmx-person.ts'
import { photoKindOf } from './photo-kind.ts'

/** A photo we can keep, by its content; null where the form has none, or one that is neither JPEG nor PNG. */
export function photoOf({ photo }: LrmxPerson): { bytes: Uint8Array; sha256: string } | null {
  if (photo === null || photoKindOf(photo) === null) return null
  return { bytes: photo, sha256: createHash('sha256').update(photo).digest('hex') }
}

/**
 * What a form would change on a record, or what a new record starts with: the fields that differ, with their new values.
 *
 * The dry run shows exactly this and the import writes exactly this. A form never empties a field.
 */
export function patchOf(person: LrmxPerson, reading: FormReading, before: Cadre | null): Partial<CadreValues> {
  const said: Partial<CadreValues> = { ...reading.set }
  if (before && said.name !== undefined && nameKey(said.name) === nameKey(before.name)) delete said.name
  if (before?.partyJoined === null && saysTheSame(said.partyJoined, before)) delete said.partyJoined
  if (
    said.politicalStatus === undefined &&
    reading.impliedStatus !== null &&
    (before?.politicalStatus ?? null) === null
  ) {
    said.politicalStatus = reading.impliedStatus
  }
  const photo = photoOf(person)
  if (photo) said.photo = photo.sha256
  said.formExtras = mergedExtras(before?.formExtras ?? null, before ? withoutVersion(reading.said) : reading.said)
  const differing = Object.entries(said).filter(
    ([field, value]) => !sameValue(value, before?.[field as CadreField] ?? null),
  )
  return Object.fromEntries(differing)
}

/** Which editor wrote the latest file is no news about the person. */
function withoutVersion(said: FormReading['said']): FormReading['said'] {
  return new Map([...said].filter(([key]) => key !== 'Version'))
}

/** 入党时间 `民建` beside 政治面貌 民建会员: the form has no other place to say it, and the record says it already. */
const saysTheSame = (joined: string | null | undefined, { politicalStatus }: Cadre): boolean =>
  typeof joined === 'string' && politicalStatus !== null && politicalStatusOf(joined) === politicalStatus
