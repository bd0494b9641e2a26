import * as z from 'zod'
import { POLICY_IDS, type PolicyId } from './policy.ts'

/**
 * What a rule has to say about a record: data, not a sentence. Its text is `rule:<rule>.<outcome>`.
 *
 * A `block` finding stops the save, `warn` and `info` never do. `field` is where a form shows it.
 */
export const Finding = z.object({
  rule: z.enum(POLICY_IDS),
  outcome: z.string(),
  severity: z.enum(['block', 'warn', 'info']),
  field: z.string().nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type Finding = z.infer<typeof Finding>

/** Builds a finding; keeps rules to one line per opinion. */
export const finding = (
  rule: PolicyId,
  outcome: string,
  severity: Finding['severity'],
  field: string | null,
  params: Finding['params'] = {},
): Finding => ({ rule, outcome, severity, field, params })
