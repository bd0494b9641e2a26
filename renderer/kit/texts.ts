import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import type { FaultCode, FaultParams } from '../../shared/errors.ts'
import type { Finding } from '../../shared/rules/finding.ts'
import { POLICY, type PolicyId } from '../../shared/rules/policy.ts'

/**
 * The two computed families of texts, `error:<code>` and `rule:<rule>.<outcome>`, and field names by register.
 *
 * They are enumerable (the fault catalogue, the policy table, the registers) and checked by the build, so the keys may be
 * put together here and nowhere else.
 */
const loose = (key: string, params: object): string =>
  (i18next.t as (key: string, params: object) => string)(key, params)
const known = (key: string): boolean => i18next.exists(key)

export const faultSentence = (code: FaultCode, params: FaultParams): string => loose(`error:${code}`, params)
export const findingSentence = (finding: Finding): string =>
  loose(`rule:${finding.rule}.${finding.outcome}`, finding.params)

/** `cadre`, `identityNumber` → 身份证号; an unknown field of a newer desk keeps its name. */
export function fieldLabel(register: string, field: string): string {
  // What every record has besides its own fields is named once for all registers.
  const key = [`${register}:field.${field}`, `common:field.${field}`].find(known)
  return key === undefined ? field : loose(key, {})
}

/** `cadre` → 干部. */
export const registerLabel = (register: string): string =>
  known(`common:register.${register}`) ? loose(`common:register.${register}`, {}) : register

/** A citation written out: 威发〔2019〕2号第18条, or 本软件设定. */
export function citationText(rule: PolicyId, ownChoice: string): string {
  const { document, article } = POLICY[rule]
  return document === null ? ownChoice : `${document}${article ?? ''}`
}

/** The same, in the language of the page. */
export function useCitation(): (rule: PolicyId) => string {
  const { t } = useTranslation()
  return (rule) => citationText(rule, t('citation.own'))
}
