import { describe, expect, test } from 'vitest'
import { changelogProblems } from '../../../build/scripts/check-changelog.ts'
import { i18nProblems } from '../../../build/scripts/check-i18n.ts'
import type { Vocabulary } from '../../../build/scripts/check-i18n.ts'
import { rulesProblems } from '../../../build/scripts/check-rules.ts'

describe('the words', () => {
  const texts = (entries: Record<string, string>) => new Map(Object.entries(entries))
  const vocabulary = (over: Partial<Vocabulary>): Vocabulary => ({
    languages: { 'zh-CN': texts({ 'talk:title': '谈心谈话' }), 'en': texts({ 'talk:title': 'Talks' }) },
    faults: [],
    outcomes: {},
    sources: [{ path: 'renderer/talk.tsx', text: "t('talk:title')" }],
    ...over,
  })
  const asking = (text: string) => vocabulary({ sources: [{ path: 'renderer/talk.tsx', text }] })

  test('are in order when every language has what is asked for', () => {
    expect(i18nProblems(vocabulary({}))).toEqual([])
  })

  test('must exist in both languages, in either direction', () => {
    const languages = { 'zh-CN': texts({ 'talk:title': '谈' }), 'en': texts({ 'talk:title': 'T', 'talk:kind.x': 'X' }) }
    expect(i18nProblems(vocabulary({ languages }))).toEqual(['zh-CN: talk:kind.x is missing (en has it)'])
  })

  test('must name the same placeholders in both languages', () => {
    const languages = { 'zh-CN': texts({ 'talk:title': '{{name}} {{day}}' }), 'en': texts({ 'talk:title': '{{day}}' }) }
    expect(i18nProblems(vocabulary({ languages }))).toEqual(['en: talk:title has other {{placeholders}} than zh-CN'])
  })

  test('must hold a sentence for every fault and every outcome of a rule', () => {
    const problems = i18nProblems(vocabulary({ faults: ['stale'], outcomes: { 'W18-1': ['not-talked'] } }))
    expect(problems.filter((problem) => problem.startsWith('en:'))).toEqual([
      'en: error:stale is missing (a fault of shared/errors.ts)',
      'en: rule:W18-1.not-talked is missing (an outcome in shared/rules/policy.ts)',
    ])
  })

  test('must not be asked for under a name that does not exist', () => {
    expect(i18nProblems(asking("t('talk:title') + t('talk:empty')"))).toEqual([
      'zh-CN: talk:empty is missing (asked for in renderer/talk.tsx)',
      'en: talk:empty is missing (asked for in renderer/talk.tsx)',
    ])
  })

  test('asked for without a namespace belong to the one the file has chosen', () => {
    expect(i18nProblems(asking("useTranslation('talk'); t('title')"))).toEqual([])
  })

  test('that nobody asks for are reported', () => {
    expect(i18nProblems(asking("t('common:title')"))).toContain('talk:title is used nowhere')
  })

  test('are asked for by a constant or by a template with a fixed beginning, too', () => {
    const both = texts({ 'talk:title': 'T', 'talk:sex.female': 'F' })
    const sources = [{ path: 'renderer/talk.tsx', text: "const label = 'talk:title'; t(`talk:sex.${sex}`)" }]
    expect(i18nProblems(vocabulary({ languages: { 'zh-CN': both, 'en': both }, sources }))).toEqual([])
  })

  test('of a template without a namespace belong to the one the file has chosen', () => {
    const both = texts({ 'talk:title': 'T', 'talk:tab.list': 'L', 'cadre:tab.list': 'L' })
    const sources = [{ path: 'renderer/talk.tsx', text: "useTranslation('talk'); t('title'); t(`tab.${tab}`)" }]
    const problems = i18nProblems(vocabulary({ languages: { 'zh-CN': both, 'en': both }, sources }))
    expect(problems).toEqual(['cadre:tab.list is used nowhere'])
  })

  test('of a fault that is gone are reported, although their family is computed', () => {
    const both = texts({ 'talk:title': 'T', 'error:stale': 'S', 'error:retired': 'R' })
    const problems = i18nProblems(vocabulary({ languages: { 'zh-CN': both, 'en': both }, faults: ['stale'] }))
    expect(problems).toEqual(['error:retired is used nowhere'])
  })
})

describe('the rules', () => {
  const rules = '| id | rule |\n|---|---|\n| W18-1 | one talk a year |\n| `R-2` | birth month |\n'

  test('are in order when each has a test and each test a rule', () => {
    const text = `test('${'W18-1'} counts', f)\ntest.each(cases)('${'R-2'} %s', f)`
    expect(rulesProblems(rules, [{ path: 'test/a.test.ts', text }])).toEqual([])
  })

  test('without a test are reported, and tests without a rule', () => {
    const text = `test('${'W18-1'} counts', f)\ntest('${'S3-1'} is gone', f)`
    expect(rulesProblems(rules, [{ path: 'test/a.test.ts', text }])).toEqual([
      'R-2 in docs/RULES.md has no test named "R-2 …"',
      'S3-1 in test/a.test.ts is not in docs/RULES.md',
    ])
  })
})

describe('the changelog', () => {
  test('names the kind of every change', () => {
    const text = '# 更新记录\n\n## 0.1.0\n\n- [新增] 谈心谈话\n  分两行写\n- 修了一些问题\n'
    expect(changelogProblems(text)).toEqual([
      'CHANGELOG.md:7 must start with "- [新增]", "- [改进]" or "- [修复]": - 修了一些问题',
    ])
  })

  test('has at least one version', () => {
    expect(changelogProblems('# 更新记录\n')).toHaveLength(1)
  })
})
