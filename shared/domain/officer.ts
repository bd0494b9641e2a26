import * as z from 'zod'
import { ROLES } from '../permissions.ts'
import { register, text, type RecordOf } from './register.ts'

const open = { merge: 'B', sensitivity: 'plain', reach: 'city' } as const

export const OFFICER_STATES = ['active', 'disabled'] as const

/** 组工干部: who signs in at a desk. An op names the officer; the device's signature proves the PC. */
export const officer = register('officer', {
  schemaVersion: 1,
  reasonReach: 'city',
  references: {},
  fields: {
    name: text(z.string().trim().min(1).max(30), open),
    role: text(z.enum(ROLES), open),
    state: text(z.enum(OFFICER_STATES), open),
  },
})
export type Officer = RecordOf<typeof officer>
