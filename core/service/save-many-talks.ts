import { setImmediate } from 'node:timers/promises'
import { Fault } from '../../shared/errors.ts'
import type { HandlersOf } from '../handler.ts'
import { saveTalk } from './save-talk.ts'

/** Talks between two pauses, so that screens stay alive meanwhile. */
const SLICE = 100

/** 批量补录: each row saved as `talk.save` would, all in the command's one transaction. */
export const saveManyTalks: HandlersOf<'talk'>['talk.saveMany'] = async (ctx, { rows }) => {
  const ids: string[] = []
  for (const [row, { set }] of rows.entries()) {
    if (row % SLICE === SLICE - 1) {
      await ctx.settle()
      await setImmediate()
    }
    try {
      ids.push((await saveTalk(ctx, { set })).id)
    } catch (cause) {
      // Which of the rows it was; without it nobody could find one wrong row among hundreds.
      throw cause instanceof Fault ? new Fault(cause.code, { ...cause.params, row }, { cause }) : cause
    }
  }
  return { txn: ctx.txn, ids }
}
