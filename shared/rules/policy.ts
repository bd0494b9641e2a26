/**
 * Where each rule comes from. Findings name an entry; pages and prints write the citation out.
 *
 * W = 威发〔2019〕2号 (Weihai, 2019-02-01), S = the provincial opinion of 2018-07-21. `document: null` prints as 本软件设定.
 * `outcomes` are the sentences a rule can say: `rule:<id>.<outcome>` exists for each (checked).
 */
export const POLICY = {
  'W18-1': { document: '威发〔2019〕2号', article: '第18条', since: '2019-02-01', outcomes: ['not-talked'] },
  'R-1': {
    document: 'GB 11643-1999',
    article: '公民身份号码',
    since: '1999-07-01',
    outcomes: ['malformed', 'no-such-date', 'wrong-check-digit'],
  },
  'R-2': { document: null, article: null, since: '2026-11-21', outcomes: ['birth-differs'] },
  'R-3': { document: 'GB 11643-1999', article: '公民身份号码', since: '1999-07-01', outcomes: ['sex-differs'] },
  'R-4': { document: null, article: null, since: '2026-11-21', outcomes: ['identity-taken'] },
  'R-5': { document: null, article: null, since: '2026-11-21', outcomes: ['in-future'] },
  'R-6': {
    document: null,
    article: null,
    since: '2026-11-21',
    outcomes: ['gap', 'overlap', 'backwards', 'open-inside'],
  },
} as const satisfies Record<
  string,
  { document: string | null; article: string | null; since: string; outcomes: readonly string[] }
>
export type PolicyId = keyof typeof POLICY
export const POLICY_IDS = Object.keys(POLICY) as [PolicyId, ...PolicyId[]]
