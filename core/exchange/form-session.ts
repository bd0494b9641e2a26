import type { ImportSession } from '../import-sessions.ts'
import type { FormVerdict } from './judge-forms.ts'

/** An import of forms: everything chosen so far, compared with the roll. */
export interface FormSession extends ImportSession {
  verdicts: readonly FormVerdict[]
}
