import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FORM_EXTRAS_LIMIT, formExtrasBytes } from '../../shared/domain/form-extras.ts'
import { MAX_OP_BYTES } from '../../shared/sync/protocol.ts'
import { aForm, formBytes } from '../builders/form.ts'
import { startDesk, type Call } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'
import { databaseOf, rowsIn } from '../helpers/workspace.ts'

const LIMIT = FORM_EXTRAS_LIMIT.kilobytes * 1_000
const ENVELOPE = JSON.stringify({ BeiZhu: '' }).length
const most = { BeiZhu: '备'.repeat((LIMIT - ENVELOPE) / 3) }
const more = { BeiZhu: `${most.BeiZhu}abc` }
const longest = async (dir: string): Promise<number> => {
  const [row] = await rowsIn(dir, 'select max(length(cast(bytes as blob))) as length from op')
  return (row as { length: number }).length
}

test('bytes are counted as UTF-8 has them', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string({ unit: 'binary' })), (extras) => {
      expect(formExtrasBytes(extras)).toBe(Buffer.byteLength(JSON.stringify(extras)))
    }),
  )
})

describe('texts kept from forms', () => {
  test('are bounded when a cadre is saved, and what is just within is kept whole', async () => {
    const { call, bugs } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一', formExtras: most } })
    expect((await call('cadre.reveal', { id, fields: ['formExtras'] })).values).toEqual({ formExtras: most })
    await refused(call('cadre.save', { set: { name: '试二', formExtras: more } }), 'extras-too-much', FORM_EXTRAS_LIMIT)
    const change = { id, version: 1, set: { formExtras: more } }
    await refused(call('cadre.save', change), 'extras-too-much', FORM_EXTRAS_LIMIT)
    expect(await call('cadre.list', {})).toMatchObject({ total: 1 })
    expect(bugs).toEqual([])
  })

  test('as many as are let in, beside the longest résumé, still make a change the city takes', async () => {
    const { dir, call } = await startDesk()
    await call('cadre.save', { set: { name: '试一', formExtras: most, resume: '历'.repeat(20_000) } })
    expect(await longest(dir)).toBeLessThan(MAX_OP_BYTES)
  })

  test('of a record that held more before it was bounded stay, and the record can be read and saved', async () => {
    const { dir, call } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一', formExtras: most } })
    const sqlite = await databaseOf(dir)
    sqlite.prepare('update cadre set form_extras = ? where id = ?').run(JSON.stringify(more), id)
    await call('cadre.save', { id, version: 1, set: { postTitle: '副镇长' } })
    expect((await call('cadre.get', { id })).record).toMatchObject({ postTitle: '副镇长', formExtras: null })
    expect((await call('cadre.reveal', { id, fields: ['formExtras'] })).values).toEqual({ formExtras: more })
  })
})

describe('forms of one person imported one after the other', () => {
  /** A form that says 25,000 bytes for which there is no field, under a name of its own. */
  const opened = async (call: Call, element: string) => {
    const extra = `<${element}>${'a'.repeat(25_000)}</${element}>`
    const content = Buffer.from(formBytes(aForm({ extra, photo: null }))).toString('base64')
    return call('lrmx.open', { files: [{ fileName: `${element}.lrmx`, content }] })
  }
  const imported = async (call: Call, element: string) =>
    call('lrmx.import', { importId: (await opened(call, element)).importId })

  test('leave no more on the record than it may hold: the one too many is a problem and stays out', async () => {
    const { dir, call, bugs } = await startDesk()
    const id = (await imported(call, 'FuJian1')).people[0]!.id!
    await imported(call, 'FuJian2')
    const { importId, counts, files } = await opened(call, 'FuJian3')
    expect(counts).toMatchObject({ problem: 1, changed: 0 })
    expect(files[0]!.problems).toEqual([
      { code: 'extras-too-much', severity: 'error', element: null, field: null, params: FORM_EXTRAS_LIMIT },
    ])
    expect(await call('lrmx.import', { importId })).toMatchObject({ updated: 0, skipped: 1 })
    const { values } = await call('cadre.reveal', { id, fields: ['formExtras'] })
    expect(Object.keys(values['formExtras'] as object)).toEqual(['Version', 'FuJian1', 'FuJian2'])
    expect(await longest(dir)).toBeLessThan(MAX_OP_BYTES)
    expect(bugs).toEqual([])
  })

  test('may be imported again: what is there already is no more than before', async () => {
    const { call } = await startDesk()
    await imported(call, 'FuJian1')
    await imported(call, 'FuJian2')
    expect((await opened(call, 'FuJian1')).counts).toMatchObject({ unchanged: 1 })
  })
})
