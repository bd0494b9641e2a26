import * as z from 'zod'
import { LocalDate } from './dates.ts'
import { register, text, whole, type RecordOf } from './register.ts'

export const UNIT_KINDS = ['township', 'office', 'institution', 'village', 'team', 'other'] as const

const open = { merge: 'B', sensitivity: 'plain', reach: 'city' } as const

/** 单位: the township is the root; offices, institutions and villages hang below. Past figures keep the old tree by validity. */
export const unit = register('unit', {
  schemaVersion: 1,
  reasonReach: 'city',
  references: { parentId: 'unit' },
  fields: {
    name: text(z.string().trim().min(1).max(60), open),
    shortName: text(z.string().max(30).nullable(), open),
    kind: text(z.enum(UNIT_KINDS), open),
    /** Administrative code (GB/T 2260 and 统计用区划代码); only the root has one for certain. */
    unitCode: text(
      z
        .string()
        .regex(/^\d{6,12}$/)
        .nullable(),
      open,
    ),
    parentId: text(z.uuid().nullable(), open),
    sortOrder: whole(z.int().nonnegative().nullable(), open),
    validFrom: text(LocalDate.nullable(), open),
    validTo: text(LocalDate.nullable(), open),
  },
})
export type Unit = RecordOf<typeof unit>
