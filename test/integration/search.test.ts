import { describe, expect, test } from 'vitest'
import { anIdentityNumber } from '../builders/identity-number.ts'
import { startDesk, type Call } from '../helpers/desk.ts'

async function aDeskOf(names: readonly string[]) {
  const started = await startDesk({ now: () => new Date('2026-11-20T01:00:00Z') })
  const ids = new Map<string, string>()
  for (const name of names) ids.set(name, (await started.call('cadre.save', { set: { name } })).id)
  return { ...started, ids }
}
const find = async (call: Call, text: string): Promise<string[]> =>
  (await call('cadre.list', { text })).rows.map((row) => row.name).sort()

describe('a name is found', () => {
  test.each([
    ['单雄信', ['shanxiongxin', 'sxx', 'shanx', 'xiongxin', 'xx', 'sx']],
    ['曾国强', ['zengguoqiang', 'zgq', 'zeng']],
    ['仇和', ['qiuhe', 'qh']],
    ['解晓东', ['xiexiaodong', 'xxd']],
    ['查良', ['zhaliang', 'zl', 'zha']],
    ['尉迟敬德', ['yuchijingde', 'ycjd', 'jingde', 'yuchi']],
    ['欧阳修', ['ouyangxiu', 'oyx', 'xiu']],
    ['区海伦', ['ouhailun', 'ohl']],
    ['朴槿', ['piaojin', 'pj']],
    ['盖中华', ['gezhonghua', 'gzh']],
    ['任仲平', ['renzhongping', 'rzp']],
    ['乐嘉', ['yuejia', 'yj']],
    ['覃勇', ['qinyong', 'qy']],
    ['缪瑞', ['miaorui', 'mr']],
    ['万俟卨', ['moqi']],
    ['吕布', ['lvbu', 'lb', 'lübu', 'LÜBU']],
    ['张聂', ['zhangnie', 'zn']],
    ['女娲', ['nvwa', 'nüwa']],
  ])('%s by how it is said: %j', async (name, typed) => {
    const { call } = await aDeskOf([name, '甲乙丙'])
    for (const text of typed) expect([text, await find(call, text)]).toEqual([text, [name]])
  })

  test('by any part of it in Chinese, in any width and case, with spaces anywhere', async () => {
    const { call } = await aDeskOf(['张晓明', '李晓', '阿不都热依木·买买提', '𠮷田', 'John Wu'])
    expect(await find(call, '晓')).toEqual(['张晓明', '李晓'])
    expect(await find(call, '晓 明')).toEqual(['张晓明'])
    expect(await find(call, ' ＺＸＭ ')).toEqual(['张晓明'])
    expect(await find(call, 'Zhang Xiao')).toEqual(['张晓明'])
    expect(await find(call, '买买提')).toEqual(['阿不都热依木·买买提'])
    expect(await find(call, 'maimaiti')).toEqual(['阿不都热依木·买买提'])
    expect(await find(call, '𠮷')).toEqual(['𠮷田'])
    expect(await find(call, 'tian')).toEqual(['𠮷田'])
    expect(await find(call, 'John')).toEqual(['John Wu'])
    expect(await find(call, 'johnwu')).toEqual(['John Wu'])
  })

  test.each(['%', '_', '*', '"', "'", '\\', '(', '[a-z]', '.*', ';'])('not by the sign %s', async (sign) => {
    const { call, bugs } = await aDeskOf(['张晓明'])
    expect(await find(call, sign)).toEqual([])
    expect(bugs).toEqual([])
  })

  test('not by a piece from the middle of a syllable', async () => {
    const { call } = await aDeskOf(['张晓明'])
    for (const text of ['hang', 'iao', 'ing']) expect(await find(call, text)).toEqual([])
  })

  test('by its new spelling after a change, and no longer by the old one', async () => {
    const { call, ids } = await aDeskOf(['张晓明'])
    await call('cadre.save', { id: ids.get('张晓明')!, version: 1, set: { name: '单晓明' } })
    expect(await find(call, 'sxm')).toEqual(['单晓明'])
    expect(await find(call, 'zxm')).toEqual([])
    expect(await find(call, '张')).toEqual([])
  })
})

describe('an identity number is found', () => {
  test('by its first or last digits, three or more, and by the whole of it', async () => {
    const { call, ids } = await aDeskOf(['甲', '乙'])
    const number = anIdentityNumber({ area: '371083', birth: '1979-11-23', sequence: 7 })
    await call('cadre.save', { id: ids.get('甲')!, version: 1, set: { identityNumber: number } })
    for (const text of [
      number,
      number.slice(0, 3),
      number.slice(0, 10),
      number.slice(-3),
      number.slice(-4),
      number.toLowerCase(),
    ]) {
      expect([text, await find(call, text)]).toEqual([text, ['甲']])
    }
    for (const text of [number.slice(6, 14), number.slice(0, 2), number.slice(-2)])
      expect(await find(call, text)).toEqual([])
  })

  test('ending in X by either case', async () => {
    const { call, ids } = await aDeskOf(['甲'])
    await call('cadre.save', { id: ids.get('甲')!, version: 1, set: { identityNumber: '37100219850712001X' } })
    expect(await find(call, '01x')).toEqual(['甲'])
    expect(await find(call, '01X')).toEqual(['甲'])
  })
})

describe('the list', () => {
  async function aTownship() {
    const { call } = await startDesk({ now: () => new Date('2026-11-20T01:00:00Z') })
    const root = (await call('unit.list', {})).rows[0]!.record
    const second = await call('unit.save', { set: { name: '乙办', parentId: root.id, sortOrder: 2 } })
    const first = await call('unit.save', { set: { name: '甲办', parentId: root.id, sortOrder: 1 } })
    const below = await call('unit.save', { set: { name: '甲办一组', parentId: first.id } })
    const add = async (name: string, over: object) => (await call('cadre.save', { set: { name, ...over } })).id
    const people = {
      late: await add('安', { unitId: second.id, birthMonth: '1990-05' }),
      leader: await add('钟', { unitId: first.id, sortOrder: 1, birthMonth: '1970-01', sex: 'male' }),
      plain: await add('白', { unitId: first.id, sex: 'female', birthMonth: '1985-05' }),
      polyphonic: await add('单', { unitId: first.id, rollGroup: 'village' }),
      deep: await add('丁', { unitId: below.id, rollGroup: 'staffed-away' }),
      nowhere: await add('无', {}),
      left: await add('离', { unitId: first.id, leftOn: '2026-05-01' }),
      coming: await add('来', { unitId: first.id, joinedOn: '2027-01-01' }),
    }
    return { call, root, first, second, people }
  }
  const names = async (call: Call, input: object): Promise<string> =>
    (await call('cadre.list', input)).rows.map((row) => row.name).join('')

  test('is in the order of the tree, then of the leaders, then as names are said; without a unit last', async () => {
    const { call } = await aTownship()
    expect(await names(call, {})).toBe('钟白单丁安无')
  })

  test('keeps to what is asked for', async () => {
    const { call, first, second, root, people } = await aTownship()
    expect(await names(call, { unitId: first.id })).toBe('钟白单丁')
    expect(await names(call, { unitId: second.id })).toBe('安')
    expect(await names(call, { unitId: root.id })).toBe('钟白单丁安')
    expect(await names(call, { sex: 'female' })).toBe('白')
    expect(await names(call, { rollGroup: ['village', 'staffed-away'] })).toBe('单丁')
    expect(await names(call, { presence: 'left' })).toBe('来离')
    expect(await names(call, { presence: 'all', unitId: first.id })).toBe('钟白来离单丁')
    expect(await names(call, { text: 'd', unitId: first.id })).toBe('丁')
    await call('talk.save', { set: { cadreId: people.plain, heldOn: '2026-03-18', talker: { name: '甲' } } })
    await call('talk.save', { set: { cadreId: people.polyphonic, heldOn: '2026-03-18', talker: { name: '甲' } } })
    expect(await names(call, { talked: 'yes' })).toBe('白单')
    expect(await names(call, { talked: 'no' })).toBe('钟丁安无')
  })

  test('is sorted as asked, empty ones at the end that makes sense', async () => {
    const { call, people } = await aTownship()
    expect(await names(call, { sort: 'name' })).toBe('安白丁单无钟')
    expect((await names(call, { sort: 'birthMonth' })).slice(0, 3)).toBe('钟白安')
    await call('talk.save', { set: { cadreId: people.plain, heldOn: '2026-03-18', talker: { name: '甲' } } })
    await call('talk.save', { set: { cadreId: people.late, heldOn: '2025-03-18', talker: { name: '甲' } } })
    expect((await names(call, { sort: 'lastTalkOn' })).slice(-2)).toBe('安白')
  })

  test('follows the tree when a unit moves, and a person who moves', async () => {
    const { call, first, people } = await aTownship()
    await names(call, {})
    await call('unit.save', { id: first.id, version: 1, set: { sortOrder: 9 } })
    expect(await names(call, {})).toBe('安钟白单丁无')
    const { record } = await call('cadre.get', { id: people.late })
    await call('cadre.save', { id: people.late, version: record.version, set: { unitId: first.id } })
    expect(await names(call, {})).toBe('钟安白单丁无')
  })
})

test('pages of a list fit together: nobody twice, nobody missing, the same every time, in every order', async () => {
  const { call } = await startDesk()
  const calls = Array.from({ length: 60 }, (_, n) =>
    call('cadre.save', { set: { name: n % 3 ? '同名' : `试${n}`, birthMonth: n % 2 ? '1985-07' : null } }),
  )
  await Promise.all(calls)
  for (const sort of ['order', 'name', 'birthMonth', 'lastTalkOn'] as const) {
    const whole = (await call('cadre.list', { sort, limit: 500 })).rows.map((row) => row.id)
    expect(new Set(whole).size).toBe(60)
    const pages: string[] = []
    for (let offset = 0; offset < 60; offset += 7) {
      const page = await call('cadre.list', { sort, offset, limit: 7 })
      expect(page.total).toBe(60)
      pages.push(...page.rows.map((row) => row.id))
    }
    expect(pages).toEqual(whole)
    expect((await call('cadre.list', { sort, offset: 60 })).rows).toEqual([])
  }
})

test('a search while others save sees each save that was confirmed', async () => {
  const { call } = await startDesk()
  const office = async (name: string) =>
    call('unit.save', { set: { name, parentId: (await call('unit.list', {})).rows[0]!.record.id } })
  for (let round = 0; round < 15; round += 1) {
    const searches = [call('cadre.list', {}), call('cadre.list', { text: 'shi' })]
    const { id } = await call('cadre.save', { set: { name: `试${round}` } })
    const unit = await office(`办${round}`)
    await Promise.all([call('cadre.list', {}), call('cadre.save', { id, version: 1, set: { unitId: unit.id } })])
    const rows = (await call('cadre.list', {})).rows
    expect(rows).toHaveLength(round + 1)
    expect(rows.find((row) => row.id === id)).toMatchObject({ unitName: `办${round}` })
    expect(rows.map((row) => row.unitName)).toEqual(
      rows.map((row) => row.unitName).sort((a, b) => a!.localeCompare(b!, 'zh-CN')),
    )
    await Promise.all(searches)
  }
})
