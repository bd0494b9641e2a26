import { writeXlsx } from 'hucre'
import { anIdentityNumber } from '../builders/identity-number.ts'

/** People of the made-up roster, in its order; nobody of them is real. */
export const ROSTER_PEOPLE = ['单晓明', '曾立新', '仇海燕', '欧阳文静', '解大勇', '查玉兰'] as const
/** The identity number of the first of them. */
export const FIRST_IDENTITY = anIdentityNumber({ birth: '1985-07', male: true, sequence: 11 })

/** A roster as offices make them: a title, a two-row header, unit rows between, a total at the end. */
export async function rosterFile(): Promise<Uint8Array> {
  const person = (n: number, birth: string, male: boolean, post: string) => [
    n + 1,
    ROSTER_PEOPLE[n],
    male ? '男' : '女',
    birth.replace('-', '.'),
    n === 0 ? FIRST_IDENTITY : anIdentityNumber({ birth, male, sequence: 21 + 2 * n }),
    '大学',
    '山东某大学',
    post,
    '机关支部',
  ]
  const rows = [
    ['测试镇干部花名册'],
    ['序号', '姓名', '性别', '出生年月', '身份证号', '全日制教育', null, '现任职务', '所在支部'],
    [null, null, null, null, null, '学历', '毕业院校及专业', null, null],
    ['党政办公室'],
    person(0, '1985-07', true, '党政办公室主任'),
    person(1, '1990-10', true, '党政办公室科员'),
    ['经济发展办公室'],
    person(2, '1979-02', false, '经济发展办公室主任'),
    person(3, '1993-11', false, '经济发展办公室科员'),
    person(4, '1982-05', true, '经济发展办公室副主任'),
    person(5, '1988-12', false, '经济发展办公室科员'),
    ['合计', '6人'],
  ]
  const merges = [
    { startRow: 0, startCol: 0, endRow: 0, endCol: 8 },
    { startRow: 1, startCol: 5, endRow: 1, endCol: 6 },
  ]
  return writeXlsx({ sheets: [{ name: '花名册', rows: rows as never, merges }] })
}
