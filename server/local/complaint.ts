import { Fault, type FaultCode, type FaultParams } from '../../shared/errors.ts'
import type { Translator } from '../../shared/i18n/index.ts'

/** The command line was written wrongly: exit code 2, and the short help. */
export class UsageError extends Error {
  readonly sentence: (t: Translator) => string
  constructor(sentence: (t: Translator) => string, options?: ErrorOptions) {
    super('usage', options)
    this.name = 'UsageError'
    this.sentence = sentence
  }
}

/** A fault whose general sentence would leave out what the person at a terminal needs: which file, which port. */
export class LocalFault extends Fault {
  readonly sentence: (t: Translator) => string
  constructor(code: FaultCode, params: FaultParams, sentence: (t: Translator) => string, options?: ErrorOptions) {
    super(code, params, options)
    this.sentence = sentence
  }
}

export interface Complaint {
  readonly code: string
  readonly sentence: string
  readonly params: Readonly<Record<string, unknown>>
}

/** Any failure as what goes to stderr. What was not foreseen keeps its message, for whoever is asked for help. */
export function complaintOf(cause: unknown, t: Translator): Complaint {
  if (cause instanceof UsageError) return { code: 'usage', sentence: cause.sentence(t), params: {} }
  if (cause instanceof LocalFault) return { code: cause.code, sentence: cause.sentence(t), params: cause.params }
  if (cause instanceof Fault)
    return { code: cause.code, sentence: t(`error:${cause.code}`, cause.params), params: cause.params }
  const reference = cause instanceof Error ? cause.message : String(cause)
  return { code: 'unexpected', sentence: t('error:unexpected', { reference }), params: { reference } }
}
