import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { parseLrm } from '../../core/exchange/lrm-parse.ts'
import { parseLrmx } from '../../core/exchange/lrmx-parse.ts'
import { aForm, aJpeg, aPng, formBytes } from '../builders/form.ts'
import { startDesk } from '../helpers/desk.ts'
import { base64, bytesOf, created, idOf, imported, record, sent } from '../helpers/forms.ts'

test('an export gives back the imported form, unknown elements and photo included', async () => {
  const { call } = await startDesk()
  const form = { ...aForm(), extra: '<BeiZhu>甲</BeiZhu><FuJian a="1"><Ming/></FuJian>' }
  const id = idOf(await imported(call, form))
  const { fileName, content, people } = await call('lrmx.export', { cadreIds: [id], version: 3, purpose: '任前审核' })
  expect([fileName, people]).toEqual(['试一二.lrmx', 1])
  expect(parseLrmx(bytesOf(content)).person).toEqual(parseLrmx(formBytes(form)).person)
})

test('several people are one archive, namesakes beside each other', async () => {
  const { call } = await startDesk()
  const ids = [
    await created(call, { name: '试一' }),
    await created(call, { name: '试一' }),
    await created(call, { name: '试/二' }),
  ]
  const { fileName, content } = await call('lrmx.export', { cadreIds: ids, version: 4, purpose: '任前审核' })
  expect(fileName).toMatch(/^任免审批表-\d{8}\.zip$/)
  const files = unzipSync(bytesOf(content))
  expect(Object.keys(files)).toEqual(['试一.lrmx', '试一(2).lrmx', '试二.lrmx'])
  expect(parseLrmx(files['试一.lrmx']!).person.texts).toMatchObject({ XingMing: '试一', Version: '4.0' })
})

test('a .lrm comes with its photo beside it', async () => {
  const { call } = await startDesk()
  const id = idOf(await imported(call, aForm()))
  const { content } = await call('lrmx.export', { cadreIds: [id], version: 2, purpose: '任前审核' })
  const files = unzipSync(bytesOf(content))
  expect(Object.keys(files)).toEqual(['试一二.lrm', '试一二.jpg'])
  expect(parseLrm(files['试一二.lrm']!, files['试一二.jpg']!).person).toMatchObject({
    photo: aJpeg(),
    texts: { XingMing: '试一二' },
  })
})

test('who took in or gave out what, and for what purpose, is in the access log', async () => {
  const { call } = await startDesk()
  const id = idOf(await imported(call, aForm()))
  await call('lrmx.export', { cadreIds: [id], purpose: '区委组织部备案' })
  const { rows } = await call('access-log.list', {})
  expect(rows.find(({ action }) => action === 'import')).toMatchObject({
    byName: '王组委',
    register: 'cadre',
    detail: 'lrmx 1 +1 ~0 -0',
  })
  expect(rows.find(({ action }) => action === 'export')).toMatchObject({
    recordId: id,
    detail: 'lrmx 3: 区委组织部备案',
  })
})

test('an export without a purpose, or of somebody voided, is refused and not logged', async () => {
  const { call } = await startDesk()
  const id = await created(call)
  await expect(call('lrmx.export', { cadreIds: [id], purpose: ' ' })).rejects.toMatchObject({ code: 'invalid-input' })
  await call('cadre.void', { id, version: 1, reason: '重复' })
  await expect(call('lrmx.export', { cadreIds: [id], purpose: '任前审核' })).rejects.toMatchObject({ code: 'voided' })
  expect((await call('access-log.list', {})).rows.filter(({ action }) => action === 'export')).toEqual([])
})

test('who may only read may neither import nor export forms', async () => {
  const { call, desk } = await startDesk()
  const officer = await call('officer.save', { set: { name: '李书记', role: 'viewer', state: 'active' } })
  await call('officer.setPassphrase', { officerId: officer.id, passphrase: 'correct horse 2' })
  await call('desk.lock', {})
  await call('desk.unlock', { officerId: officer.id, passphrase: 'correct horse 2' })
  for (const [name, input] of [
    ['lrmx.open', { files: [sent(aForm())] }],
    ['lrmx.export', { cadreIds: [officer.id], purpose: '任前审核' }],
    ['cadre.setPhoto', { id: officer.id, version: 1, content: null }],
  ] as const) {
    expect(await desk.call(name, input)).toMatchObject({ ok: false, code: 'not-allowed' })
  }
})

test('a photo is set, replaced, taken away, and found again by an undo', async () => {
  const { call } = await startDesk()
  const id = await created(call)
  const first = await call('cadre.setPhoto', { id, version: 1, content: base64(aJpeg()) })
  const second = await call('cadre.setPhoto', { id, version: first.version, content: base64(aPng()) })
  expect(await call('cadre.photo', { id })).toEqual({ kind: 'image/png', content: base64(aPng()) })
  await call('cadre.setPhoto', { id, version: second.version, content: null })
  expect(await call('cadre.photo', { id })).toEqual({ kind: null, content: null })
  const { rows } = await call('change.list', { register: 'cadre', recordId: id, limit: 1 })
  await call('change.undo', { txn: rows[0]!.txn })
  expect((await call('cadre.photo', { id })).kind).toBe('image/png')
})

test.each([
  ['another kind of file', Uint8Array.from([0x25, 0x50, 0x44, 0x46]), 'photo-kind'],
  ['nothing', new Uint8Array(0), 'file-empty'],
  ['more than 1 MB', aJpeg(1024 * 1024 + 1), 'file-too-large'],
])('a photo that is %s is refused and the record unchanged', async (_, bytes, code) => {
  const { call } = await startDesk()
  const id = await created(call)
  await expect(call('cadre.setPhoto', { id, version: 1, content: base64(bytes) })).rejects.toMatchObject({ code })
  expect(await record(call, id)).toMatchObject({ version: 1, photo: null })
})

test('a photo over a version somebody else has changed is refused', async () => {
  const { call } = await startDesk()
  const id = await created(call)
  await call('cadre.save', { id, version: 1, set: { note: '改过' } })
  await expect(call('cadre.setPhoto', { id, version: 1, content: base64(aJpeg()) })).rejects.toMatchObject({
    code: 'stale',
  })
})

test('the database proves itself after forms and photos', async () => {
  const { call } = await startDesk()
  await imported(call, aForm())
  expect((await call('desk.verify', {})).ok).toBe(true)
})
