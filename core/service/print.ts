import { PRINTED_FIELDS } from '../../shared/contract/print.ts'
import { cadre } from '../../shared/domain/cadre.ts'
import { talk } from '../../shared/domain/talk.ts'
import { Fault } from '../../shared/errors.ts'
import { appendAccess } from '../../db/repo/access-log.ts'
import { findBlob } from '../../db/repo/blob.ts'
import { getRecord } from '../../db/repo/record.ts'
import { partyWordOf } from '../exchange/write-element.ts'
import type { CommandCtx, HandlersOf } from '../handler.ts'

/** The restricted fields that the form has. */
const OPENED = PRINTED_FIELDS.filter((field) => cadre.fields[field].sensitivity === 'restricted')

export const printService: HandlersOf<'print'> = {
  'print.cadreList': (ctx, { rows }) => log(ctx, { register: 'cadre', detail: `rows=${rows}` }),
  'print.talkList': (ctx, { rows }) => log(ctx, { register: 'talk', detail: `rows=${rows}` }),
  'print.talk': async (ctx, { recordId, fields }) => {
    await refuseUnseen(ctx, recordId, fields)
    return log(ctx, { register: 'talk', recordId, ...(fields.length === 0 ? {} : { detail: fields.join(',') }) })
  },
  'print.cadreForm': async (ctx, { recordId }) => {
    const person = await getRecord(ctx.tx.db, cadre, recordId)
    if (person.voided) throw new Fault('voided', { register: cadre.name })
    await log(ctx, { register: 'cadre', recordId, detail: OPENED.join(',') })
    const blob = person.photo === null ? null : await findBlob(ctx.tx.db, person.photo)
    return {
      values: { ...person, partyJoined: person.partyJoined ?? (partyWordOf(person.politicalStatus) || null) },
      agesOn: person.ageCalculatedOn ?? person.formFilledOn ?? ctx.today,
      photo: blob && { kind: blob.kind, content: blob.bytes.toString('base64') },
    }
  },
}

async function log(
  { tx, at, actor }: CommandCtx,
  printed: { register: 'cadre' | 'talk'; recordId?: string; detail?: string },
): Promise<Record<string, never>> {
  await appendAccess(tx, { at, byOfficer: actor.id, byName: actor.name, action: 'print', ...printed })
  return {}
}

/** The log says only what can have been on paper: a talk there is, with fields it has, for somebody who may see them. */
async function refuseUnseen({ tx, actor }: CommandCtx, recordId: string, opened: readonly string[]): Promise<void> {
  if (opened.length > 0 && !actor.can.has('talk:content')) throw new Fault('not-allowed', { can: 'talk:content' })
  const unknown = opened.find((field) => !Object.hasOwn(talk.fields, field))
  if (unknown !== undefined) throw new Fault('invalid-input', { issues: unknown })
  await getRecord(tx.db, talk, recordId)
}
