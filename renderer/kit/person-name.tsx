import type { TalkPerson } from '../../shared/domain/talk.ts'
import { useCall } from '../api/use-call.ts'
import { usePersonName } from './field-text.ts'
import { NOTHING } from './format.ts'

/** Name of a talker, principal or recorder, whichever way the record names the person. */
export function PersonName({ person }: { readonly person: TalkPerson | null }) {
  const nameOf = usePersonName()
  if (person !== null && 'cadreId' in person) return <CadreName id={person.cadreId} />
  return <>{nameOf(person)}</>
}

function CadreName({ id }: { readonly id: string }) {
  const { data } = useCall('cadre.get', { id })
  return <>{data?.record.name ?? NOTHING}</>
}
