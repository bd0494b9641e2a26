import { setImmediate } from 'node:timers/promises'
import { cadre, type Cadre } from '../../shared/domain/cadre.ts'
import { unit } from '../../shared/domain/unit.ts'
import { Fault } from '../../shared/errors.ts'
import { appendAccess } from '../../db/repo/access-log.ts'
import { getLocal, setLocal } from '../../db/repo/local-setting.ts'
import { allRecords } from '../../db/repo/record.ts'
import { recordsById } from '../../db/repo/records-by-id.ts'
import type { Db } from '../../db/schema.ts'
import type { ActionCtx, CommandCtx, Ctx, HandlersOf } from '../handler.ts'
import { newImport } from '../import-sessions.ts'
import { correctionKey, type Corrections } from '../roster/columns.ts'
import {
  countsOf,
  fileOf,
  fixCell,
  judgeRows,
  layoutOf,
  readRows,
  remapped,
  rosterSheet,
  rowsView,
  startDryRun,
  type DryRun,
  type Layout,
} from '../roster/dry-run.ts'
import { knownOf, nameKey } from '../roster/known.ts'
import { readWorkbook } from '../roster/read.ts'
import { writeReport } from '../roster/report.ts'
import type { RosterSession } from '../roster/session.ts'
import { writeRows } from '../roster/write-rows.ts'

/** Rows between two pauses of a dry run: some ten milliseconds. */
const SLICE = 500
/** Corrections of headings, of this PC alone. */
const CORRECTIONS = 'roster-corrections'
const MOST_CORRECTIONS = 1_000

export const rosterService: HandlersOf<'roster'> = {
  'roster.open': async (ctx, { fileName, content, sheet }) => {
    const { rosters } = ctx.workspace
    const session = rosters.start({
      ...newImport(ctx.newId(), ctx.actor.id),
      fileName,
      sheets: [],
      layout: null,
      run: null,
    })
    try {
      session.sheets = await readWorkbook(Buffer.from(content, 'base64'), fileName, session.abort.signal)
      session.layout = layoutOf(session.sheets, sheet ?? rosterSheet(session.sheets), await correctionsOf(ctx.db))
      session.stage = 'ready'
      return fileOf(session.id, fileName, session.sheets, session.layout)
    } catch (error) {
      rosters.drop(session.id)
      throw error
    }
  },

  'roster.check': async (ctx, { importId, sheet, mapping }) => {
    const session = idle(ctx, importId)
    if (sheet !== undefined && sheet !== session.layout?.sheetIndex) {
      session.layout = layoutOf(session.sheets, sheet, await correctionsOf(ctx.db))
    }
    if (mapping !== undefined) {
      const before = layoutIn(session)
      session.layout = remapped(before, mapping)
      await remember(ctx, before, session.layout)
    }
    const run = await checked(ctx, session)
    return { file: fileOf(session.id, session.fileName, session.sheets, run.layout), counts: countsOf(run) }
  },

  'roster.rows': async (ctx, { importId, state, offset, limit }) =>
    rowsView(runIn(ctx.workspace.rosters.get(importId, ctx.actor.id)), { state, offset, limit }),

  'roster.fix': async (ctx, { importId, row, field, value }) => {
    const run = runIn(idle(ctx, importId))
    const read = (people: DryRun['rows']) => recordsLike(ctx, people)
    // Read twice: the corrected number may belong to somebody nobody had asked for yet.
    fixCell(run, row, field, value)
    run.known.add(await read(run.rows.filter((parsed) => parsed.row === row)))
    return { row: fixCell(run, row, field, value), counts: countsOf(run) }
  },

  'roster.import': async (ctx, input) => {
    const session = idle(ctx, input.importId)
    if (session.stage === 'done') throw new Fault('import-missing')
    return imported(ctx, session, runIn(session), input)
  },

  'roster.progress': async (ctx, { importId }) => {
    const { stage, done, total } = ctx.workspace.rosters.get(importId, ctx.actor.id)
    return { stage, done, total }
  },

  'roster.cancel': async (ctx, { importId }) => {
    ctx.workspace.rosters.get(importId, ctx.actor.id)
    ctx.workspace.rosters.drop(importId)
    return {}
  },

  'roster.export': async (ctx, { importId, language }) => {
    const session = ctx.workspace.rosters.get(importId, ctx.actor.id)
    const report = await writeReport(runIn(session), session.fileName, language)
    await ctx.transact((own) => logAccess(own, 'export', session.fileName))
    return { fileName: report.fileName, content: Buffer.from(report.bytes).toString('base64') }
  },
}

/** The session, unless something of it is under way. */
function idle({ workspace, actor }: Ctx, importId: string): RosterSession {
  const session = workspace.rosters.get(importId, actor.id)
  if (session.stage === 'checking' || session.stage === 'importing') throw new Fault('import-running')
  return session
}

function layoutIn({ layout }: RosterSession): Layout {
  if (!layout) throw new Fault('import-missing')
  return layout
}

function runIn({ run }: RosterSession): DryRun {
  if (!run) throw new Fault('import-missing')
  return run
}

const correctionsOf = async (db: Db): Promise<Corrections> => (await getLocal<Corrections>(db, CORRECTIONS)) ?? {}

/** Keeps what a person decided differently from the guess, for the next file with that heading. */
async function remember({ transact, db }: ActionCtx, before: Layout, after: Layout): Promise<void> {
  const changed = after.columns.filter(
    (column, at) => column.header !== '' && column.field !== before.columns[at]!.field,
  )
  if (changed.length === 0) return
  const held = await correctionsOf(db)
  const fresh = changed.map((column) => [correctionKey(column.header), column.field] as const)
  const all = Object.entries({ ...held, ...Object.fromEntries(fresh) }).slice(-MOST_CORRECTIONS)
  await transact(({ tx }) => setLocal(tx, CORRECTIONS, Object.fromEntries(all)))
}

/** Reads and judges every row in slices; the roll is asked only for people the file may mean. */
async function checked(ctx: ActionCtx, session: RosterSession): Promise<DryRun> {
  const layout = layoutIn(session)
  const before = session.run?.layout.sheetIndex === layout.sheetIndex ? session.run.fixes : undefined
  const run = startDryRun(layout, knownOf([], []), ctx.today, before)
  const pause = async (done: number): Promise<void> => {
    session.done = done
    await setImmediate()
    if (session.abort.signal.aborted) throw new Fault('cancelled')
  }
  session.stage = 'checking'
  session.total = run.layout.people.length
  try {
    while (readRows(run, SLICE)) await pause(run.rows.length / 2)
    run.known = knownOf(await recordsLike(ctx, run.rows), await allRecords(ctx.db, unit))
    while (judgeRows(run, SLICE)) await pause((run.rows.length + run.verdicts.length) / 2)
  } finally {
    session.stage = 'ready'
  }
  session.run = run
  session.done = session.total
  return run
}

/** The full records of everybody who shares a number or a name with one of the rows. */
async function recordsLike({ db, workspace }: Ctx & { db: Db }, rows: DryRun['rows']): Promise<Cadre[]> {
  const numbers = new Set(rows.map((row) => row.set.identityNumber ?? null))
  const names = new Set(rows.map((row) => nameKey(row.set.name ?? '')))
  const meant = (await workspace.index.all(db)).filter(
    (person) =>
      !person.voided &&
      ((person.identityNumber !== null && numbers.has(person.identityNumber)) || names.has(nameKey(person.name))),
  )
  return recordsById(
    db,
    cadre,
    meant.map(({ id }) => id),
  )
}

type ImportInput = Parameters<HandlersOf<'roster'>['roster.import']>[1]

async function imported(ctx: CommandCtx, session: RosterSession, run: DryRun, input: ImportInput) {
  const root = (await allRecords(ctx.tx.db, unit)).find((record) => record.parentId === null && !record.voided)
  if (!root) throw new Fault('not-found', { register: unit.name })
  const { defaults, existing, confirmations } = input
  if (defaults.unitId !== undefined && run.known.unitNameOf(defaults.unitId) === null) {
    throw new Fault('not-found', { register: unit.name })
  }
  session.stage = 'importing'
  ctx.afterwards((committed) => void (session.stage = committed ? 'done' : 'ready'))
  session.total = run.rows.length
  ctx.annotate({ why: `导入花名册 ${session.fileName}`.slice(0, 200) })
  const { tx, at, newId, settle } = ctx
  const progress = (done: number): void => void (session.done = done)
  const writing = { tx, at, newId, settle, rootId: root.id, signal: session.abort.signal, progress }
  const written = await writeRows(run, writing, { existing, confirmations, defaults })
  await logAccess(ctx, 'import', `${session.fileName} +${written.added} ~${written.updated} -${written.skipped}`)
  return { txn: ctx.txn, ...written }
}

const logAccess = ({ tx, at, actor }: CommandCtx, action: 'import' | 'export', detail: string): Promise<void> =>
  appendAccess(tx, { at, byOfficer: actor.id, byName: actor.name, action, register: cadre.name, detail })
