import i18next from 'i18next'
import type { RosterProblem } from '../../../../shared/contract/roster.ts'

/** `roster:problem.<code>`, one of the enumerable families of texts: the codes are listed in the contract and checked. */
export const problemSentence = ({ code, params }: RosterProblem): string =>
  (i18next.t as (key: string, params: object) => string)(`roster:problem.${code}`, params)
