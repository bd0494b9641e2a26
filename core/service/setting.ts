import { toView } from '../../shared/domain/register.ts'
import { newestFirst, setting, SETTINGS, settingAt, type Setting } from '../../shared/domain/setting.ts'
import { Fault } from '../../shared/errors.ts'
import type { CountingBasis } from '../../shared/rules/talk-coverage.ts'
import { allRecords } from '../../db/repo/record.ts'
import type { Db } from '../../db/schema.ts'
import type { HandlersOf } from '../handler.ts'
import { saved, saveRecord, voidRecord } from './save.ts'

export const settingService: HandlersOf<'setting'> = {
  'setting.list': async ({ db }) => {
    const rows = (await allRecords(db, setting)).filter((s) => !s.voided)
    rows.sort((a, b) => a.key.localeCompare(b.key) || newestFirst(a, b))
    return { rows: rows.map((row) => toView(setting, row)) }
  },
  'setting.save': async (ctx, input) => {
    const record = await saveRecord(ctx, setting, input)
    const value = SETTINGS[record.key].schema.safeParse(record.value)
    const isRepeated = new Set(record.value).size < record.value.length
    if (!value.success || isRepeated) throw new Fault('invalid-input', { issues: 'value' })
    if (input.set.key !== undefined || input.set.since !== undefined) await refuseSameDay(ctx.tx.db, record)
    return saved(record, [])
  },
  'setting.void': (ctx, input) => voidRecord(ctx, setting, input),
}

/** Two values of one key from one day: which of them counted would be nobody's decision. */
async function refuseSameDay(db: Db, { id, key, since }: Setting): Promise<void> {
  const others = (await allRecords(db, setting)).filter((s) => s.id !== id && !s.voided)
  if (others.some((s) => s.key === key && s.since === since)) throw new Fault('same-day-setting', { since })
}

/** 口径 in force on a day, with the newest start date and document among its parts. */
export function countingBasis(
  settings: readonly Setting[],
  day: string,
): CountingBasis & { since: string | null; document: string | null } {
  const groups = settingAt(settings, 'countable-roll-groups', day)
  const types = settingAt(settings, 'countable-talk-types', day)
  const formats = settingAt(settings, 'countable-talk-formats', day)
  const newest = [groups, types, formats].sort((a, b) => (b.since ?? '').localeCompare(a.since ?? ''))[0]
  return {
    rollGroups: groups.value,
    talkTypes: types.value,
    talkFormats: formats.value,
    since: newest?.since ?? null,
    document: newest?.basis ?? null,
  }
}
