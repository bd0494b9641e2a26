import { describe, expect, test } from 'vitest'
import english from '../../shared/i18n/en/rule.json' with { type: 'json' }
import chinese from '../../shared/i18n/zh-CN/rule.json' with { type: 'json' }
import englishErrors from '../../shared/i18n/en/error.json' with { type: 'json' }
import chineseErrors from '../../shared/i18n/zh-CN/error.json' with { type: 'json' }
import { FAULTS, type FaultCode } from '../../shared/errors.ts'
import { Finding, type Finding as FindingType } from '../../shared/rules/finding.ts'
import { identityNumberFindings, identityTakenFinding } from '../../shared/rules/identity-number.ts'
import { POLICY, POLICY_IDS } from '../../shared/rules/policy.ts'
import { resumeOrderFindings } from '../../shared/rules/resume-order.ts'
import { futureTalkFindings, notTalkedFinding } from '../../shared/rules/talk-coverage.ts'
import { aCadre } from '../builders/cadre.ts'
import { aTalk } from '../builders/talk.ts'

const paramsOf = (sentence: string): string[] => [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]!).sort()
const LANGUAGES = [
  ['zh-CN', chinese as Record<string, Record<string, string>>],
  ['en', english as Record<string, Record<string, string>>],
] as const

describe('a talk dated in the future', () => {
  test.each([
    ['2026-11-19', 0],
    ['2026-11-20', 0],
    ['2026-11-21', 1],
  ])('R-5 held on %s, entered on 20 November, has %i findings', (heldOn, count) => {
    expect(futureTalkFindings(aTalk({ heldOn }), '2026-11-20')).toHaveLength(count)
  })

  test('R-5 warns on the date and stops nothing', () => {
    expect(futureTalkFindings(aTalk({ heldOn: '2027-01-01' }), '2026-11-20')).toEqual([
      { rule: 'R-5', outcome: 'in-future', severity: 'warn', field: 'heldOn', params: { today: '2026-11-20' } },
    ])
  })
})

/** One finding of every outcome there is, as the rules make them. */
const SAID: FindingType[] = [
  notTalkedFinding(2026),
  ...identityNumberFindings(aCadre({ identityNumber: '1' })),
  ...identityNumberFindings(aCadre({ identityNumber: '371082199002290014' })),
  ...identityNumberFindings(aCadre({ identityNumber: '110101199001011234' })),
  ...identityNumberFindings(aCadre({ identityNumber: '371002198507120014', birthMonth: '1985-05', sex: 'female' })),
  identityTakenFinding('试一一'),
  ...futureTalkFindings(aTalk({ heldOn: '2027-01-01' }), '2026-11-20'),
  ...resumeOrderFindings({ resume: '2001.09--2005.07  学习\n2006.01--2010.01  工作' }),
  ...resumeOrderFindings({ resume: '2001.09--2005.07  学习\n2005.03--2010.01  工作' }),
  ...resumeOrderFindings({ resume: '2005.07--2001.09  学习' }),
  ...resumeOrderFindings({ resume: '2001.09--         学习\n2005.07--2010.01  工作' }),
]

describe('what the rules say', () => {
  test('every outcome of the policy list is said by a rule, and no other', () => {
    const listed = POLICY_IDS.flatMap((id) => POLICY[id].outcomes.map((outcome) => `${id}.${outcome}`))
    expect(SAID.map((f) => `${f.rule}.${f.outcome}`).sort()).toEqual(listed.sort())
  })

  test.each(SAID.map((f) => [`${f.rule}.${f.outcome}`, f] as const))(
    '%s has a sentence that uses its params',
    (_, said) => {
      expect(Finding.safeParse(said).success).toBe(true)
      for (const [language, words] of LANGUAGES) {
        const sentence = words[said.rule]?.[said.outcome] ?? ''
        expect(paramsOf(sentence), `${language} ${said.rule}.${said.outcome}`).toEqual(Object.keys(said.params).sort())
      }
    },
  )

  test.each(POLICY_IDS)('%s has a one-line summary in both languages', (id) => {
    for (const [, words] of LANGUAGES) {
      expect(words[id]?.['summary']).toMatch(/^.{8,160}$/)
      expect(Object.keys(words[id] ?? {}).sort()).toEqual(['summary', ...POLICY[id].outcomes].sort())
    }
  })

  test('a source is a document with its article, or ours', () => {
    for (const id of POLICY_IDS) expect(POLICY[id].document === null).toBe(POLICY[id].article === null)
  })
})

/** What whoever throws a fault must give for its sentence to be whole; every other sentence needs nothing. */
const FAULT_PARAMS: Partial<Record<FaultCode, readonly string[]>> = {
  'too-many-attempts': ['minutes'],
  'changes-missing': ['missing'],
  'same-day-setting': ['since'],
  'imported-too-much': ['keyLength', 'keys', 'total', 'valueLength'],
  'extras-too-much': ['kilobytes'],
  'change-too-large': ['limit', 'name', 'size'],
  'file-too-large': ['limitMb'],
  'backup-damaged': ['file'],
  'backup-unwritable': ['folder'],
  'unexpected': ['reference'],
}

describe('what a fault says', () => {
  const codes = Object.keys(FAULTS) as FaultCode[]

  test.each([
    ['zh-CN', chineseErrors as Record<string, string>],
    ['en', englishErrors as Record<string, string>],
  ])('in %s every code has a sentence, and no sentence is without a code', (_, words) => {
    expect(Object.keys(words).sort()).toEqual([...codes].sort())
    const used = codes.map((code) => [code, paramsOf(words[code] ?? '')])
    expect(used).toEqual(codes.map((code) => [code, FAULT_PARAMS[code] ?? []]))
  })

  test.each(codes)('%s says what happened, whether the data is safe, and what to do', (code) => {
    expect(chineseErrors[code]).toMatch(/。.+。$/)
    expect(chineseErrors[code]).toMatch(/没有|安全|完好|保留|还在|不会/)
    expect(chineseErrors[code].split('。').at(-2)).toMatch(/请|可以|不用/)
    expect(chineseErrors[code]).not.toContain(code)
  })
})
