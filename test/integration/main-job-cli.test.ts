import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startCityProcess } from '../helpers/city-process.ts'
import { desk, temporaryFolder, valueOf } from '../helpers/command-line.ts'
import { FIRST_IDENTITY, ROSTER_PEOPLE, rosterFile } from '../helpers/roster-file.ts'

const CODE = '371002101'

/** The main job as IT staff would script it: every step a process of its own, the city another. */
test('roster in, talk logged, coverage seen, reported, a rejected change repaired: all by command line', async () => {
  const folder = temporaryFolder()
  onTestFinished(() => folder.remove())
  const data = join(folder.dir, 'desk')
  const run = async <T>(...args: string[]): Promise<T> => {
    const done = await desk([...args, '--data', data, '--json'])
    if (done.code !== 0) throw new Error(`desk ${args.join(' ')} ended with ${done.code}: ${done.stderr}`)
    return valueOf(done) as T
  }
  const call = <T>(name: string, input: object): Promise<T> => run<T>('call', name, JSON.stringify(input))
  const file = join(folder.dir, '花名册.xlsx')
  writeFileSync(file, await rosterFile())

  expect(await run('init', '--unit', '测试镇', '--unit-code', CODE, '--officer', '王组委')).toHaveProperty(
    'recoveryCode',
  )
  expect(await run('import', 'roster', file, '--dry-run')).toMatchObject({ counts: { added: 6, problem: 0 } })
  expect(await call('cadre.list', {})).toMatchObject({ total: 0 })
  await run('import', 'roster', file)
  const list = await call<{ total: number; rows: { id: string; name: string }[] }>('cadre.list', { text: 'sxm' })
  expect(list.rows.map((row) => row.name)).toEqual([ROSTER_PEOPLE[0]])

  const cadreId = list.rows[0]!.id
  const heldOn = '2026-11-18'
  await call('talk.save', { set: { cadreId, heldOn, talker: { name: '李书记' }, summary: '谈到孩子上学' } })
  const coverage = await call<{ missing: { name: string }[] }>('talk.coverage', { year: 2026 })
  expect(coverage).toMatchObject({ onRoll: 6, talked: 1, rate: 1 / 6 })
  expect(coverage.missing.map((row) => row.name).sort()).toEqual(ROSTER_PEOPLE.slice(1).sort())

  const city = await startCityProcess(join(folder.dir, 'city'))
  onTestFinished(() => city.stop())
  await city.run('unit', 'add', CODE, '测试镇')
  const { code } = await city.run<{ code: string }>('enrol-code', CODE)
  await run('enrol', '--city', city.url, '--code', code)
  await run('sync')
  expect(await call('sync.status', {})).toMatchObject({ pending: 0, attention: 0 })

  const twin = await call<{ id: string }>('cadre.save', { set: { name: '卢小满', identityNumber: FIRST_IDENTITY } })
  await run('sync')
  expect(await call('sync.status', {})).toMatchObject({ pending: 0, attention: 1 })
  await call('cadre.save', { id: twin.id, version: 1, set: { identityNumber: null } })
  await run('sync')
  expect(await call('sync.status', {})).toMatchObject({ pending: 0, attention: 0 })
  expect(await run('verify')).toMatchObject({ ok: true })
}, 180_000)
