import { Month } from '../../../shared/domain/dates.ts'
import type { Finding } from '../../../shared/rules/finding.ts'
import { identityNumberFindings } from '../../../shared/rules/identity-number.ts'
import type { CadreValues } from './cadre-form.tsx'

/** A number this short is still being typed; a short one that is left is refused by the field itself. */
const WORTH_JUDGING = 15

/** What the rules say while typing. A hidden number is not judged here: the core judges the real one. */
export function liveFindings(values: CadreValues, hidden: ReadonlySet<string>): Finding[] {
  const { identityNumber, birthMonth, sex } = values
  if (hidden.has('identityNumber') || (identityNumber?.length ?? 0) < WORTH_JUDGING) return []
  return identityNumberFindings({
    identityNumber,
    birthMonth: Month.safeParse(birthMonth).success ? birthMonth : null,
    sex,
  })
}
