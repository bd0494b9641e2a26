import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { monthOf } from '../../shared/domain/month-text.ts'
import { formatResume, parseResume, resumeBreaks, type ResumePeriod } from '../../shared/domain/resume.ts'

const period = (
  from: string,
  to: string | null,
  text: string,
  notes: ResumePeriod['notes'] = [],
  line = 1,
): ResumePeriod => ({
  kind: 'period',
  line,
  from,
  to,
  text,
  notes,
})

describe('a month as an officer types it', () => {
  test.each([
    '1990.01',
    '1990.1',
    '199001',
    '1990-1',
    '1990-01',
    '1990/01',
    '1990年1月',
    '1990年01月',
    '１９９０．０１',
    '19900105',
    '1990.01.05',
  ])('%s is January 1990', (typed) => expect(monthOf(typed)).toBe('1990-01'))
  test.each(['1990', '1990.13', '1990.00', '90.01', '1990.01和', '199013', '', '1890.01'])(
    '%s is not a month',
    (typed) => expect(monthOf(typed)).toBeNull(),
  )
})

describe('the periods of a résumé', () => {
  test('the editor writes two hyphens and two spaces, and nine spaces for an open end', () => {
    expect(parseResume('1991.01--2000.01  文登市张家产镇科员\n2000.01--         环翠区孙家疃街道办事处主任')).toEqual([
      period('1991-01', '2000-01', '文登市张家产镇科员'),
      period('2000-01', null, '环翠区孙家疃街道办事处主任', [], 2),
    ])
  })

  test.each(['--', '—', '——', '-', '～', '~', '至', '–', '－', '到', '---', ' -- '])(
    'accepts %s between two months',
    (dash) => expect(parseResume(`1991.01${dash}2000.01 科员`)).toEqual([period('1991-01', '2000-01', '科员')]),
  )

  test.each([
    '199101-200001 科员',
    '1991年01月至2000年1月 科员',
    '1991-01-2000-01 科员',
    '1991.01.05--2000.01.31 科员',
    '１９９１．０１－２０００．０１　科员',
    '19910105-20000131科员',
    '  1991/1 - 2000/1 科员',
  ])('reads %s', (line) => expect(parseResume(line)).toEqual([period('1991-01', '2000-01', '科员')]))

  test.each(['2012.09至今 主任', '2012.09--今  主任', '2012.09- 主任', '2012年9月——现在，主任', '2012.09--主任'])(
    '%s goes on',
    (line) => {
      const [entry] = parseResume(line)
      expect(entry).toMatchObject({ from: '2012-09', to: null })
    },
  )

  test('an open end is told by its spaces even if the words begin with a date', () => {
    expect(parseResume('2012.09--         2013.01换届后任主任')).toMatchObject([
      { to: null, text: '2013.01换届后任主任' },
    ])
  })

  test('a line that does not begin with a digit continues the one before', () => {
    expect(parseResume('1991.01--2000.01  文登市张家产镇\n                  科员、团委书记')).toEqual([
      period('1991-01', '2000-01', '文登市张家产镇科员、团委书记'),
    ])
  })

  test('其间 is a note of its period, on its own line or at the end, brackets inside included', () => {
    const note = { from: '2001-09', to: '2004-06', text: '山东大学（函授）行政管理专业学习' }
    const own = '2000.01--2005.03  科员\n                  （其间：2001.09--2004.06  山东大学（函授）行政管理专业学习）'
    expect(parseResume(own)).toEqual([period('2000-01', '2005-03', '科员', [note])])
    expect(parseResume('2000.01--2005.03  科员(其间:2001.09-2004.06山东大学（函授）行政管理专业学习)')).toEqual([
      period('2000-01', '2005-03', '科员', [note]),
    ])
  })

  test('several notes in one bracket come apart, and an unclosed bracket loses nothing', () => {
    expect(
      parseResume('2000.01--2010.03  科员（其间：2001.09--2004.06  学习；2005.03--2005.09  在区委组织部挂职'),
    ).toMatchObject([
      {
        text: '科员',
        notes: [
          { from: '2001-09', to: '2004-06', text: '学习' },
          { from: '2005-03', to: '2005-09', text: '在区委组织部挂职' },
        ],
      },
    ])
  })

  test('what cannot be read comes back as written', () => {
    expect(parseResume('毕业后参加工作\n1991-2000 科员')).toEqual([
      { kind: 'unread', line: 1, text: '毕业后参加工作' },
      { kind: 'unread', line: 2, text: '1991-2000 科员' },
    ])
    expect(parseResume(' \n\n')).toEqual([])
  })
})

describe('where periods do not follow each other', () => {
  const breaks = (text: string) => resumeBreaks(parseResume(text))

  test('the end month is the next start month', () => {
    expect(breaks('1991.01--2000.01  甲\n2000.01--2003.05  乙\n2003.05--         丙')).toEqual([])
  })
  test('gap, overlap, backwards and an open end inside are named with their months', () => {
    expect(breaks('1991.01--2000.01  甲\n2000.09--2003.05  乙')).toEqual([
      { line: 2, kind: 'gap', from: '2000-01', to: '2000-09' },
    ])
    expect(breaks('1991.01--2000.09  甲\n2000.01--2003.05  乙')).toEqual([
      { line: 2, kind: 'overlap', from: '2000-01', to: '2000-09' },
    ])
    expect(breaks('1991.01--1990.09  甲')).toEqual([{ line: 1, kind: 'backwards', from: '1991-01', to: '1990-09' }])
    expect(breaks('1991.01--         甲\n2000.01--2003.05  乙')).toEqual([
      { line: 2, kind: 'open-inside', from: '1991-01', to: '2000-01' },
    ])
  })
})

const month = fc
  .tuple(fc.integer({ min: 1949, max: 2049 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, number]) => `${year}-${String(number).padStart(2, '0')}`)
const words = fc
  .array(fc.constantFrom('文登市', '环翠区', '镇', '科员', '（主持工作）', '、', '党委委员', '第2', '2013.01', '-'), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => `任${parts.join('')}`)
const note = fc.record({ from: month, to: fc.option(month), text: words })
const entry = fc.record({
  kind: fc.constant('period' as const),
  line: fc.constant(1),
  from: month,
  to: fc.option(month),
  text: words,
  notes: fc.array(note, { maxLength: 3 }),
})
const withoutLines = (text: string) => parseResume(text).map((found) => ({ ...found, line: 1 }))

describe('for any résumé', () => {
  test('what is written in the standard spelling is read back as it was', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
        expect(withoutLines(formatResume(entries))).toEqual(entries)
      }),
    )
  })

  test('the dash, the month spelling and the line end make no difference', () => {
    const spelling = fc.constantFrom(
      (value: string) => value.replace('-', '.'),
      (value: string) => value.replace('-', ''),
      (value: string) => `${value.replace('-', '年')}月`,
      (value: string) => value.replace('-', '/'),
    )
    const dash = fc.constantFrom('--', '—', '——', '-', '～', '~', '至', ' - ')
    fc.assert(
      fc.property(
        fc.array(fc.record({ from: month, to: month, text: words }), { minLength: 1, maxLength: 6 }),
        spelling,
        dash,
        fc.constantFrom('\n', '\r\n'),
        (list, spell, sign, end) => {
          const text = list.map(({ from, to, text: said }) => `${spell(from)}${sign}${spell(to)}  ${said}`).join(end)
          expect(withoutLines(text)).toEqual(list.map(({ from, to, text: said }) => period(from, to, said)))
        },
      ),
    )
  })

  test('no text makes it fail', () => {
    const anything = fc
      .array(fc.oneof(fc.string(), fc.constantFrom('1991.01--2000.01', '--', '（其间：', '）', '；', '\n', '  ')), {
        maxLength: 12,
      })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(anything, (text) => {
        const entries = parseResume(text)
        expect(entries.length).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length)
        expect(() => resumeBreaks(entries)).not.toThrow()
      }),
    )
  })
})
