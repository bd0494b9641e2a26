import { expect, test } from 'vitest'
import { resumeOrderFindings } from '../../shared/rules/resume-order.ts'

const said = (resume: string | null) =>
  resumeOrderFindings({ resume }).map(({ outcome, params }) => [outcome, params['line'], params['from'], params['to']])

test('R-6 periods that follow each other month by month say nothing', () => {
  expect(said('2001.09--2005.07  大学学习\n2005.07--2012.09  试验镇科员\n2012.09--         试验镇副镇长')).toEqual([])
})

test('R-6 months nobody accounts for are a gap, shown at the later line', () => {
  expect(said('2001.09--2005.07  大学学习\n2006.02--         试验镇科员')).toEqual([['gap', 2, '2005.07', '2006.02']])
})

test('R-6 a period that begins before the last one ended overlaps it', () => {
  expect(said('2001.09--2005.07  大学学习\n2005.03--         试验镇科员')).toEqual([
    ['overlap', 2, '2005.03', '2005.07'],
  ])
})

test('R-6 an end before its own start is shown', () => {
  expect(said('2005.07--2001.09  大学学习')).toEqual([['backwards', 1, '2005.07', '2001.09']])
})

test('R-6 only the last period may be open', () => {
  expect(said('2001.09--         大学学习\n2005.07--         试验镇科员')).toEqual([
    ['open-inside', 2, '2001.09', '2005.07'],
  ])
})

test('R-6 what ran beside a period is no overlap, and no gap behind it', () => {
  const resume =
    '2001.09--2012.09  试验镇科员\n                  （其间：2003.09--2006.07  省委党校大学学习）\n2012.09--         试验镇副镇长'
  expect(said(resume)).toEqual([])
})

test('R-6 an empty résumé and one without months are nobody’s mistake', () => {
  expect(said(null)).toEqual([])
  expect(said('')).toEqual([])
  expect(said('一直在试验镇工作')).toEqual([])
})

test('R-6 every finding warns, at the résumé', () => {
  const [found] = resumeOrderFindings({ resume: '2001.09--2005.07  大学学习\n2006.02--  试验镇科员' })
  expect(found).toMatchObject({ rule: 'R-6', severity: 'warn', field: 'resume' })
})
