import { expect, test } from 'vitest'
import { aForm, aJpeg, aPng, DIALECTS, formBytes, lrmBytes } from '../builders/form.ts'
import { startDesk } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'
import { base64, bytesOf, created, idOf, imported, opened, record, sent, withTexts } from '../helpers/forms.ts'

test('a form is compared with the roll first, then makes a cadre, photo and all', async () => {
  const { call, bugs } = await startDesk()
  const { importId, counts, files } = await opened(call, sent(aForm()))
  expect(counts).toMatchObject({ added: 1, total: 1 })
  expect(files[0]).toMatchObject({ name: '试一二', birthMonth: '1985-07', state: 'added', match: null, kind: 'lrmx' })
  expect((await call('cadre.list', {})).total).toBe(0)
  const result = await call('lrmx.import', { importId })
  expect(result).toMatchObject({ added: 1, updated: 0, skipped: 0 })
  expect(await record(call, idOf(result))).toMatchObject({
    name: '试一二',
    postTitle: '试验镇副镇长',
    rollGroup: 'in-post',
  })
  const photo = await call('cadre.photo', { id: idOf(result) })
  expect([photo.kind, bytesOf(photo.content!)]).toEqual(['image/jpeg', aJpeg()])
  expect(bugs).toEqual([])
})

test('several files of every dialect are one import with one report, and one bad file keeps no other out', async () => {
  const { call } = await startDesk()
  const people = DIALECTS.map((dialect, at) => ({
    fileName: `${at}.lrmx`,
    content: base64(formBytes(withTexts({ XingMing: `试${at}`, ShenFenZheng: '' }), dialect)),
  }))
  const bad = { fileName: '坏.lrmx', content: base64(formBytes(aForm()).subarray(0, 400)) }
  const empty = { fileName: '空.lrmx', content: '' }
  const { importId, counts, files } = await opened(call, ...people, bad, empty)
  expect(counts).toMatchObject({ added: DIALECTS.length, problem: 2, total: DIALECTS.length + 2 })
  expect(files.slice(-2).map(({ problems }) => problems[0]!.code)).toEqual(['file-unreadable', 'file-empty'])
  const result = await call('lrmx.import', { importId })
  expect(result).toMatchObject({ added: DIALECTS.length, skipped: 2 })
  expect((await call('cadre.list', {})).total).toBe(DIALECTS.length)
})

test('a known identity number updates that person, and what the form leaves empty stays', async () => {
  const { call } = await startDesk()
  const id = await created(call, {
    name: '试一二',
    sex: 'female',
    identityNumber: '371002198507150024',
    phone: '13800000000',
    nativePlace: '山东文登',
  })
  const { importId, files } = await opened(call, sent(withTexts({ XingMing: '试 一二', JiGuan: '' })))
  expect(files[0]).toMatchObject({ state: 'changed', match: { id, by: 'identity' } })
  expect(files[0]!.changes.find(({ field }) => field === 'postTitle')).toMatchObject({
    was: '试验镇党建工作办公室科员',
    now: '试验镇副镇长',
  })
  expect(files[0]!.changes.map(({ field }) => field)).not.toContain('name')
  await call('lrmx.import', { importId })
  const { values } = await call('cadre.reveal', { id, fields: ['phone', 'name', 'nativePlace', 'postTitle'] })
  expect(values).toEqual({ phone: '13800000000', name: '试一二', nativePlace: '山东文登', postTitle: '试验镇副镇长' })
})

test('the same form again changes nothing', async () => {
  const { call } = await startDesk()
  await imported(call, aForm())
  const { files } = await opened(call, sent(aForm()))
  expect(files[0]).toMatchObject({ state: 'unchanged', changes: [] })
})

test('a name and birth month alone wait for a person, who may say same, new or skip', async () => {
  const { call } = await startDesk()
  const id = await created(call, { name: '试一二', identityNumber: null, birthMonth: '1985-07', sex: 'female' })
  const form = withTexts({ ShenFenZheng: '' })
  const { importId, files } = await opened(call, sent(form))
  expect(files[0]).toMatchObject({ state: 'confirm', match: { id, by: 'name-birth' } })
  expect(await call('lrmx.import', { importId })).toMatchObject({ added: 0, updated: 0, skipped: 1 })
  const again = await opened(call, sent(form))
  expect(await call('lrmx.import', { importId: again.importId, confirmations: { 0: 'new' } })).toMatchObject({
    added: 1,
  })
  const both = await opened(call, sent(form))
  expect(both.files[0]).toMatchObject({ state: 'problem', problems: [{ code: 'ambiguous', params: { count: 2 } }] })
})

test('a .lrm has no identity number, so its person is always confirmed; its photo lies beside it', async () => {
  const { call } = await startDesk()
  const id = idOf(await imported(call, withTexts({ Version: '' })))
  const lrm = { fileName: '试一二.LRM', content: base64(lrmBytes(withTexts({ XianRenZhiWu: '试验镇镇长' }))) }
  const photo = { fileName: '试一二.pic', content: base64(aPng()) }
  const { importId, files } = await opened(call, photo, lrm)
  expect(files).toHaveLength(1)
  expect(files[0]).toMatchObject({ kind: 'lrm', state: 'confirm', match: { id, by: 'name-birth' } })
  await call('lrmx.import', { importId, confirmations: { 0: 'same' } })
  expect(await record(call, id)).toMatchObject({ postTitle: '试验镇镇长' })
  expect((await call('cadre.photo', { id })).kind).toBe('image/png')
})

test('a number that stands under another name waits for a person', async () => {
  const { call } = await startDesk()
  await created(call, { name: '别的人', identityNumber: '371002198507150024' })
  const { files } = await opened(call, sent(aForm()))
  expect(files[0]).toMatchObject({ state: 'confirm', match: { name: '别的人', by: 'identity' } })
})

test('two files of one person are not both imported', async () => {
  const { call } = await startDesk()
  const { files } = await opened(
    call,
    sent(aForm(), '甲.lrmx'),
    sent(withTexts({ XianRenZhiWu: '另一职务' }), '乙.lrmx'),
  )
  expect(files.map(({ state }) => state)).toEqual(['added', 'problem'])
  expect(files[1]!.problems).toMatchObject([{ code: 'twice', params: { other: '甲.lrmx' } }])
})

test('files chosen in several goes are one import', async () => {
  const { call } = await startDesk()
  const first = await opened(call, sent(aForm(), '甲.lrmx'))
  const { importId, files } = await call('lrmx.open', {
    importId: first.importId,
    files: [sent(withTexts({ XingMing: '试九', ShenFenZheng: '' }), '乙.lrmx')],
  })
  expect(importId).toBe(first.importId)
  expect(files.map(({ index, state }) => [index, state])).toEqual([
    [0, 'added'],
    [1, 'added'],
  ])
  expect(await call('lrmx.import', { importId })).toMatchObject({ added: 2 })
})

test('a photo without its .lrm is said, not lost in silence', async () => {
  const { call } = await startDesk()
  const { files } = await opened(call, { fileName: '试.jpg', content: base64(aJpeg()) })
  expect(files[0]).toMatchObject({ state: 'problem', problems: [{ code: 'photo-alone' }] })
})

test('R-1 a wrong check digit warns and lets the form in, as do gaps in the résumé', async () => {
  const { call } = await startDesk()
  const { importId, files } = await opened(
    call,
    sent(withTexts({ ShenFenZheng: '110101199001011234', JianLi: '2001.09--2005.07  学习\n2006.01--  工作' })),
  )
  expect(files[0]!.state).toBe('added')
  expect(files[0]!.findings.map(({ rule, outcome }) => [rule, outcome])).toEqual(
    expect.arrayContaining([
      ['R-1', 'wrong-check-digit'],
      ['R-6', 'gap'],
    ]),
  )
  const id = idOf(await call('lrmx.import', { importId }))
  const { findings } = await call('cadre.get', { id })
  expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['R-1', 'R-6']))
})

test('masked and restricted values of the record do not come out by way of a dry run', async () => {
  const { call } = await startDesk()
  await created(call, { name: '试一二', identityNumber: '371002198507150024', healthStatus: '较差' })
  const { files } = await opened(call, sent(withTexts({ BeiZhu: '', JianKangZhuangKuang: '一般' })))
  const text = JSON.stringify(files)
  expect(text).not.toContain('371002198507150024')
  expect(text).not.toContain('较差')
})

test('an import is taken back as a whole by its transaction', async () => {
  const { call } = await startDesk()
  const id = await created(call, { name: '试一二', sex: 'female', identityNumber: '371002198507150024' })
  const result = await imported(call, aForm(), withTexts({ XingMing: '试九', ShenFenZheng: '' }))
  expect(result).toMatchObject({ added: 1, updated: 1 })
  const undone = await call('change.undo', { txn: result.txn })
  expect(undone).toMatchObject({ undone: 2, kept: [] })
  expect(await record(call, id)).toMatchObject({ postTitle: '试验镇党建工作办公室科员', photo: null })
  expect((await call('cadre.list', {})).total).toBe(1)
})

test('if the roll has moved since the dry run nothing is written', async () => {
  const { call } = await startDesk()
  const id = await created(call, { name: '试一二', sex: 'female', identityNumber: '371002198507150024' })
  const { importId } = await opened(
    call,
    sent(aForm()),
    sent(withTexts({ XingMing: '试九', ShenFenZheng: '' }), 'b.lrmx'),
  )
  const { version } = await record(call, id)
  await call('cadre.save', { id, version, set: { postTitle: '改过的职务' } })
  await expect(call('lrmx.import', { importId })).rejects.toMatchObject({ code: 'stale' })
  expect((await call('cadre.list', {})).total).toBe(1)
  expect(await record(call, id)).toMatchObject({ postTitle: '改过的职务' })
})

test('after that the same files are compared anew without being chosen again', async () => {
  const { call } = await startDesk()
  const id = await created(call, { name: '试一二', sex: 'female', identityNumber: '371002198507150024' })
  const { importId } = await opened(call, sent(aForm()))
  await call('cadre.save', { id, version: 1, set: { postTitle: '试验镇副镇长' } })
  const { files } = await call('lrmx.open', { importId, files: [] })
  expect(files[0]!.changes.map(({ field }) => field)).not.toContain('postTitle')
  expect(await call('lrmx.import', { importId })).toMatchObject({ updated: 1 })
})

test('an import that is over or was never opened is missing', async () => {
  const { call } = await startDesk()
  const { importId } = await opened(call, sent(aForm()))
  await call('lrmx.cancel', { importId })
  await expect(call('lrmx.import', { importId })).rejects.toMatchObject({ code: 'import-missing' })
})

test('people who are new go to the unit and the roll group that were chosen', async () => {
  const { call } = await startDesk()
  const unitId = (await call('session.get', {})).unit.id
  const { importId } = await opened(call, sent(aForm()))
  const result = await call('lrmx.import', { importId, defaults: { unitId, rollGroup: 'received' } })
  expect(await record(call, idOf(result))).toMatchObject({ unitId, rollGroup: 'received' })
})

test('an import of forms says how far it is, and a cancelled one writes nothing', async () => {
  const { call } = await startDesk()
  const many = Array.from({ length: 200 }, (_, at) =>
    sent(withTexts({ XingMing: `试${at}`, ShenFenZheng: '' }), `${at}.lrmx`),
  )
  const { importId } = await opened(call, ...many)
  expect(await call('lrmx.progress', { importId })).toEqual({ stage: 'ready', done: 0, total: 200 })
  const importing = call('lrmx.import', { importId }).catch((error: unknown) => error)
  const far = async () => {
    const { stage, done, total } = await call('lrmx.progress', { importId })
    return [stage, done > 0 && done < 200, total]
  }
  await expect.poll(far, { interval: 1 }).toEqual(['importing', true, 200])
  await refused(call('lrmx.open', { importId, files: [sent(aForm())] }), 'import-running')
  await call('lrmx.cancel', { importId })
  expect(await importing).toMatchObject({ code: 'cancelled' })
  expect((await call('cadre.list', {})).total).toBe(0)
})
