import type { Register } from '../../shared/domain/register.ts'
import { REGISTERS } from '../../shared/domain/registers.ts'
import { Fault } from '../../shared/errors.ts'
import { appendAccess } from '../../db/repo/access-log.ts'
import { getRecord } from '../../db/repo/record.ts'
import type { CommandCtx, HandlersOf } from '../handler.ts'

type Paper = Parameters<HandlersOf<'print'>['print.cadre']>[1]
type Printed = 'cadre' | 'talk'

export const printService: HandlersOf<'print'> = {
  'print.cadre': (ctx, paper) => log(ctx, 'cadre', paper),
  'print.talk': (ctx, paper) => log(ctx, 'talk', paper),
}

async function log(ctx: CommandCtx, register: Printed, paper: Paper): Promise<Record<string, never>> {
  const { tx, at, actor } = ctx
  if ('recordId' in paper) await refuseUnseen(ctx, register, paper.recordId, paper.fields)
  const said = 'rows' in paper ? `rows=${paper.rows}` : paper.fields.join(',')
  await appendAccess(tx, {
    at,
    byOfficer: actor.id,
    byName: actor.name,
    action: 'print',
    register,
    ...('recordId' in paper ? { recordId: paper.recordId } : {}),
    ...(said === '' ? {} : { detail: said }),
  })
  return {}
}

/** What opens restricted values; the rest of a record is for everybody who may read it. */
const OPENS = { cadre: 'cadre:reveal', talk: 'talk:content' } as const

/** The log says only what can have been on paper: a record there is, with fields it has, for somebody who may see them. */
async function refuseUnseen(
  { tx, actor }: CommandCtx,
  name: Printed,
  recordId: string,
  opened: readonly string[],
): Promise<void> {
  const register: Register = REGISTERS[name]
  if (opened.length > 0 && !actor.can.has(OPENS[name])) throw new Fault('not-allowed', { can: OPENS[name] })
  const unknown = opened.find((field) => !Object.hasOwn(register.fields, field))
  if (unknown !== undefined) throw new Fault('invalid-input', { issues: unknown })
  await getRecord(tx.db, register, recordId)
}
