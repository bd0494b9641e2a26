import type { TFunction } from 'i18next'
import type { CadreField } from '../../../shared/domain/cadre.ts'

/** Fields with a custom worth a line under the input; the others speak for themselves. */
const HINTED = [
  'name', 'birthMonth', 'identityNumber', 'nativePlace', 'partyJoined', 'unitId', 'rollGroup', 'postTitle', 'sortOrder', 'joinedOn',
  'leftOn', 'tags', 'resume', 'awardsAndPenalties', 'annualAppraisals',
] as const satisfies readonly CadreField[] // prettier-ignore

export function hintOf(t: TFunction<'cadre'>, field: CadreField): string | undefined {
  const hinted = HINTED.find((one) => one === field)
  return hinted && t(`hint.${hinted}`)
}
