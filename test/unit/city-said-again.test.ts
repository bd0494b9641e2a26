import { expect, test } from 'vitest'
import type { RecordState } from '../../server/city/judgement.ts'
import { addOp, openWorkspace, record, type OpState } from '../../server/city/workspace.ts'

const anOp = (seq: number): OpState => ({
  device: 'd', epoch: 'e', seq, ent: 'cadre', recordId: `r${seq}`, bytesHash: '', of: null, line: null, verdict: 'held', rev: null,
  revHash: null, merged: null, fields: null, problem: null, supersededBy: null, waitsFor: null, conceal: false, changed: null,
}) // prettier-ignore

const aRecord = (seq: number, data: Record<string, unknown>): RecordState => ({
  ent: 'cadre', id: `r${seq}`, rev: 2, data, sealed: {}, voided: false, why: null, revHash: '',
}) // prettier-ignore

test('conflicts of one push say the city’s values as long as a desk can read the reply; beyond that, all but those', () => {
  const work = openWorkspace('371002101', 1, () => undefined)
  const text = '字'.repeat(3_000_000)
  for (const seq of [1, 2, 3, 4]) {
    const op = anOp(seq)
    addOp(work, op)
    const losing = [{ field: 'note', value: '本地', sealed: null }]
    record(work, op, {
      outcome: 'effect',
      verdict: 'conflict',
      record: aRecord(seq, { note: text }),
      merged: [],
      losing,
    })
  }
  const said = [...work.ops.values()].map(({ verdict, fields }) => [
    verdict,
    fields?.map(({ f, city }) => [f, city !== undefined]),
  ])
  expect(said).toEqual([
    ['conflict', [['note', true]]],
    ['conflict', [['note', true]]],
    ['conflict', [['note', false]]],
    ['conflict', [['note', false]]],
  ])
})
