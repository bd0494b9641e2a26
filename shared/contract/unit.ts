import * as z from 'zod'
import { viewSchema } from '../domain/register.ts'
import { officer } from '../domain/officer.ts'
import { setting } from '../domain/setting.ts'
import { unit } from '../domain/unit.ts'
import { Passphrase } from './desk.ts'
import { action, query } from './define.ts'
import { saveOf, voidOf } from './record.ts'

/** Units, officers and settings: small registers, listed whole. */
export const unitContract = {
  'unit.list': query({
    can: 'unit:read',
    input: z.object({}),
    /** In tree order. `onRoll` counts people on the roll today, of any roll group, in that unit alone. */
    output: z.object({ rows: z.array(z.object({ record: viewSchema(unit), depth: z.int(), onRoll: z.int() })) }),
  }),
  'unit.save': saveOf(unit, 'unit:write'),
  'unit.void': voidOf('unit:write'),

  'officer.list': query({
    can: 'officer:read',
    input: z.object({}),
    /** `hasSlot` is false until the officer has a passphrase on this PC. */
    output: z.object({ rows: z.array(z.object({ record: viewSchema(officer), hasSlot: z.boolean() })) }),
  }),
  'officer.save': saveOf(officer, 'officer:write'),
  /** Sets the passphrase of an officer: one's own with the current one, another's with `officer:write`. */
  'officer.setPassphrase': action({
    can: 'signed-in',
    input: z.object({ officerId: z.uuid(), current: Passphrase.optional(), passphrase: Passphrase }),
    output: z.object({}),
  }),

  'setting.list': query({
    can: 'setting:read',
    input: z.object({}),
    output: z.object({ rows: z.array(viewSchema(setting)) }),
  }),
  'setting.save': saveOf(setting, 'setting:write'),
  'setting.void': voidOf('setting:write'),
}
