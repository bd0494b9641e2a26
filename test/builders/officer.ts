import type { Officer } from '../../shared/domain/officer.ts'
import { aNumber } from './id.ts'
import { someMeta } from './record.ts'

/** An active 组织干事. */
export const anOfficer = (over: Partial<Officer> = {}): Officer => ({
  ...someMeta(),
  name: `试验员${aNumber()}`,
  role: 'operator',
  state: 'active',
  ...over,
})
