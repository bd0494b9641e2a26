import i18next from 'i18next'
import type { LrmxProblem } from '../../../../shared/contract/lrmx.ts'
import { fieldLabel } from '../../../kit/texts.ts'

/** `lrmx:problem.<code>`, one of the enumerable families of texts: the codes are listed in the contract. */
export function problemSentence({ code, params, field, element }: LrmxProblem): string {
  const named = { ...params, element: field === null ? (element ?? '') : fieldLabel('cadre', field) }
  return (i18next.t as (key: string, params: object) => string)(`lrmx:problem.${code}`, named)
}
