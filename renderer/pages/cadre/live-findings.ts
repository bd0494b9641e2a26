import { Month } from '../../../shared/domain/dates.ts'
import type { Finding } from '../../../shared/rules/finding.ts'
import { resumeOrderFindings } from '../../../shared/rules/resume-order.ts'
import { identityNumberFindings } from '../../../shared/rules/identity-number.ts'
import type { CadreValues } from './cadre-form.tsx'

/** A number this short is still being typed; a short one that is left is refused by the field itself. */
const WORTH_JUDGING = 15

/** What the rules say while typing. A hidden number is not judged here: the core judges the real one. */
export const liveFindings = (values: CadreValues, hidden: ReadonlySet<string>): Finding[] => [
  ...numberFindings(values, hidden.has('identityNumber')),
  ...resumeOrderFindings(values),
]

function numberFindings({ identityNumber, birthMonth, sex }: CadreValues, isHidden: boolean): Finding[] {
  if (isHidden || (identityNumber?.length ?? 0) < WORTH_JUDGING) return []
  const archive = Month.safeParse(birthMonth).success ? birthMonth : null
  return identityNumberFindings({ identityNumber, birthMonth: archive, sex })
}
