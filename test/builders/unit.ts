import type { Unit } from '../../shared/domain/unit.ts'
import { aNumber } from './id.ts'
import { someMeta } from './record.ts'

/** An office with no parent. A township is `aUnit({ kind: 'township', unitCode: '371099101' })`. */
export const aUnit = (over: Partial<Unit> = {}): Unit => ({
  ...someMeta(),
  name: `试验办公室${aNumber()}`,
  shortName: null,
  kind: 'office',
  unitCode: null,
  parentId: null,
  sortOrder: null,
  validFrom: null,
  validTo: null,
  ...over,
})

/** The root of a made-up township. */
export const aTownship = (over: Partial<Unit> = {}): Unit =>
  aUnit({ name: '试验镇', kind: 'township', unitCode: '371099101', ...over })
