import { talk, talkAssignment } from '../../shared/domain/talk.ts'
import { toView } from '../../shared/domain/register.ts'
import { allRecords } from '../../db/repo/record.ts'
import type { HandlersOf } from '../handler.ts'
import { namesOf } from './people.ts'
import { readTalkRows } from './read-talk-rows.ts'
import { revealFields, saved, saveRecord, viewRecord, voidRecord } from './save.ts'
import { saveManyTalks } from './save-many-talks.ts'
import { saveTalk } from './save-talk.ts'
import { coverage } from './talk-coverage.ts'
import { listTalks } from './talk-list.ts'

export const talkService: HandlersOf<'talk'> = {
  'talk.list': listTalks,
  'talk.get': async ({ db }, { id }) => ({ record: await viewRecord(db, talk, id) }),
  'talk.coverage': coverage,
  'talk.void': (ctx, input) => voidRecord(ctx, talk, input),
  'talk.reveal': (ctx, input) => revealFields(ctx, talk, input),
  'talk.save': saveTalk,
  'talk.readRows': readTalkRows,
  'talk.saveMany': saveManyTalks,
}

export const talkAssignmentService: HandlersOf<'talk-assignment'> = {
  'talk-assignment.list': async ({ db, workspace }, { cadreId }) => {
    const records = (await allRecords(db, talkAssignment)).filter(
      (a) => !a.voided && (!cadreId || a.cadreId === cadreId),
    )
    records.sort((a, b) => b.since.localeCompare(a.since))
    const nameOf = await namesOf(
      db,
      records.map((a) => a.talker),
    )
    const rows = []
    for (const record of records) {
      const cadreName = (await workspace.index.byId(db, record.cadreId))?.name ?? '—'
      rows.push({ record: toView(talkAssignment, record), cadreName, talkerName: nameOf(record.talker) ?? '—' })
    }
    return { rows }
  },
  'talk-assignment.save': async (ctx, input) =>
    saved(await saveRecord(ctx, talkAssignment, input, { since: ctx.today }), []),
  'talk-assignment.void': (ctx, input) => voidRecord(ctx, talkAssignment, input),
}
