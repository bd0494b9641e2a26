import { setImmediate } from 'node:timers/promises'
import { cadre, type Cadre, type RollGroup } from '../../shared/domain/cadre.ts'
import { patchSchema } from '../../shared/domain/register.ts'
import { unit } from '../../shared/domain/unit.ts'
import { Fault } from '../../shared/errors.ts'
import { appendAccess } from '../../db/repo/access-log.ts'
import { findBlob, putBlob } from '../../db/repo/blob.ts'
import { getRecord } from '../../db/repo/record.ts'
import { recordsById } from '../../db/repo/records-by-id.ts'
import type { Db } from '../../db/schema.ts'
import { exportFiles, type Exported } from '../exchange/export-files.ts'
import type { FormSession } from '../exchange/form-session.ts'
import { readFormFiles, type ChosenFile, type FormFile } from '../exchange/form-file.ts'
import { patchOf, photoOf } from '../exchange/form-patch.ts'
import { countsOf, fileView, judgeForms, type FormVerdict } from '../exchange/judge-forms.ts'
import { photoKindOf } from '../exchange/photo-kind.ts'
import type { CommandCtx, Ctx, HandlersOf } from '../handler.ts'
import { newImport } from '../import-sessions.ts'
import { knownOf, nameKey, type Known } from '../roster/known.ts'
import { saveRecord } from './save.ts'

/** Forms read or written between two pauses, so that screens stay alive. */
const SLICE = 8
/** A form is read to fit its fields; this is where that would show if it were not so. */
const checked = patchSchema(cadre)

type ImportInput = Parameters<HandlersOf<'lrmx'>['lrmx.import']>[1]
type Imported = Awaited<ReturnType<HandlersOf<'lrmx'>['lrmx.import']>>['people'][number]
type Outcome = Imported['outcome']

export const lrmxService: HandlersOf<'lrmx'> = {
  'lrmx.open': async (ctx, { importId, files }) => {
    const { forms } = ctx.workspace
    const session = importId === undefined ? forms.start(startOf(ctx)) : underWay(ctx, importId)
    const before = session.verdicts.map(({ file }) => file)
    const chosen = files.map(({ fileName, content }) => ({
      fileName,
      bytes: new Uint8Array(Buffer.from(content, 'base64')),
    }))
    const all = [...before, ...(await read(chosen, before.length))]
    session.verdicts = judgeForms(all, await knownLike(ctx, ctx.db, all))
    session.total = all.length
    return { importId: session.id, counts: countsOf(session.verdicts), files: session.verdicts.map(fileView) }
  },

  'lrmx.import': async (ctx, input) => {
    const session = underWay(ctx, input.importId)
    session.stage = 'importing'
    ctx.afterwards((committed) => {
      session.stage = committed ? 'done' : 'ready'
      if (committed) session.verdicts = []
    })
    const people = await written(ctx, session, input)
    const count = (outcome: Outcome): number => people.filter((person) => person.outcome === outcome).length
    const counts = {
      added: count('added'),
      updated: count('updated'),
      unchanged: count('unchanged'),
      skipped: count('skipped'),
    }
    ctx.annotate({ why: `导入任免审批表 ${people.length} 份` })
    await log(ctx, 'import', null, `lrmx ${people.length} +${counts.added} ~${counts.updated} -${counts.skipped}`)
    return { txn: ctx.txn, ...counts, people }
  },

  'lrmx.progress': async ({ workspace, actor }, { importId }) => {
    const { stage, done, total } = workspace.forms.get(importId, actor.id)
    return { stage, done, total }
  },

  'lrmx.cancel': async ({ workspace, actor }, { importId }) => {
    workspace.forms.drop(workspace.forms.get(importId, actor.id).id)
    return {}
  },

  'lrmx.export': async (ctx, { cadreIds, version, purpose }) => {
    const ids = [...new Set(cadreIds)]
    const people: Exported[] = []
    for (const [at, id] of ids.entries()) {
      await pauseAt(at)
      const person = await getRecord(ctx.tx.db, cadre, id)
      if (person.voided) throw new Fault('voided', { register: cadre.name })
      const blob = person.photo === null ? null : await findBlob(ctx.tx.db, person.photo)
      people.push({ person, photo: blob?.bytes ?? null })
      await log(ctx, 'export', id, `lrmx ${version}: ${purpose}`)
    }
    const { fileName, mediaType, bytes } = exportFiles(people, version, ctx.today)
    return { fileName, mediaType, content: Buffer.from(bytes).toString('base64'), people: people.length }
  },
}

const startOf = ({ newId, actor }: Ctx): FormSession => ({
  ...newImport(newId(), actor.id),
  stage: 'ready',
  verdicts: [],
})

/** What an import has read is gone with it. */
function underWay({ workspace, actor }: Ctx, importId: string): FormSession {
  const session = workspace.forms.get(importId, actor.id)
  if (session.stage === 'done') throw new Fault('import-missing')
  // What was added now would be gone with the end of it.
  if (session.stage === 'importing') throw new Fault('import-running')
  return session
}

/** Every form into the transaction, unless the roll has moved or somebody cancels. */
async function written(ctx: CommandCtx, session: FormSession, input: ImportInput): Promise<Imported[]> {
  await refuseUnknownUnit(ctx.tx.db, input.defaults.unitId)
  const files = session.verdicts.map(({ file }) => file)
  const fresh = judgeForms(files, await knownLike(ctx, ctx.tx.db, files))
  const people: Imported[] = []
  for (const [at, verdict] of fresh.entries()) {
    session.done = at
    await pauseAt(at)
    if (session.abort.signal.aborted) throw new Fault('cancelled')
    refuseStale(session.verdicts[at]!, verdict)
    const { index, fileName, form } = verdict.file
    const { outcome, id } = await carryOut(ctx, verdict, input)
    people.push({ index, fileName, id, name: form?.reading.set.name ?? null, outcome })
  }
  session.done = fresh.length
  return people
}

/** Between some and the next: answers of the database alone never let a click through. */
async function pauseAt(at: number): Promise<void> {
  if (at % SLICE === 0) await setImmediate()
}

/** Slices keep a form and the photo beside it together: both are sorted under one name. */
async function read(chosen: readonly ChosenFile[], first: number): Promise<FormFile[]> {
  const files: FormFile[] = []
  for (const group of slices(chosen)) {
    files.push(...readFormFiles(group, first + files.length))
    await setImmediate()
  }
  return files
}

function slices(chosen: readonly ChosenFile[]): ChosenFile[][] {
  const groups = [...Map.groupBy(chosen, ({ fileName }) => fileName.replace(/\.[^.]*$/, '').toLowerCase()).values()]
  const made: ChosenFile[][] = []
  for (let at = 0; at < groups.length; at += SLICE) made.push(groups.slice(at, at + SLICE).flat())
  return made
}

/** The full records of everybody who shares a number or a name with one of the forms. */
async function knownLike({ workspace }: Ctx, db: Db, files: readonly FormFile[]): Promise<Known> {
  const sets = files.flatMap(({ form }) => (form ? [form.reading.set] : []))
  const numbers = new Set(sets.map((set) => set.identityNumber ?? null))
  const names = new Set(sets.flatMap((set) => (set.name === undefined ? [] : [nameKey(set.name)])))
  const meant = (await workspace.index.all(workspace.store.db)).filter(
    ({ voided, identityNumber, name }) =>
      !voided && ((identityNumber !== null && numbers.has(identityNumber)) || names.has(nameKey(name))),
  )
  return knownOf(
    await recordsById(
      db,
      cadre,
      meant.map(({ id }) => id),
    ),
    [],
  )
}

/** What is written must be what was shown: if the roll has moved under the dry run, it is shown anew first. */
function refuseStale(seen: FormVerdict, fresh: FormVerdict): void {
  const same =
    seen.state === fresh.state &&
    seen.match?.cadre.id === fresh.match?.cadre.id &&
    seen.match?.cadre.version === fresh.match?.cadre.version
  if (!same) throw new Fault('stale', { register: cadre.name, fileName: fresh.file.fileName })
}

async function refuseUnknownUnit(db: Db, id: string | undefined): Promise<void> {
  if (id !== undefined && (await getRecord(db, unit, id)).voided) throw new Fault('voided', { register: unit.name })
}

/** A new person, whom to update, or nothing to do. */
function targetOf(
  { file, state, match }: FormVerdict,
  { existing, confirmations }: ImportInput,
): Cadre | 'new' | Outcome {
  if (state === 'added') return 'new'
  if (state === 'problem' || match === null) return 'skipped'
  if (state === 'unchanged') return 'unchanged'
  const said = state === 'confirm' ? (confirmations[String(file.index)] ?? 'skip') : 'same'
  if (said === 'new') return 'new'
  return said === 'same' && existing === 'update' ? match.cadre : 'skipped'
}

async function carryOut(
  ctx: CommandCtx,
  verdict: FormVerdict,
  input: ImportInput,
): Promise<{ outcome: Outcome; id: string | null }> {
  const target = targetOf(verdict, input)
  const match = verdict.match?.cadre.id ?? null
  if (target === 'unchanged' || target === 'skipped' || verdict.file.form === null) {
    return { outcome: target === 'unchanged' ? 'unchanged' : 'skipped', id: match }
  }
  const { person, reading } = verdict.file.form
  const photo = photoOf(person)
  if (photo) await putBlob(ctx.tx, photo.bytes, photoKindOf(photo.bytes)!, ctx.at)
  if (target === 'new') {
    const { unitId = null, rollGroup = 'in-post' satisfies RollGroup } = input.defaults
    const made = await saveRecord(ctx, cadre, {
      set: { ...checked.parse(patchOf(person, reading, null)), unitId, rollGroup },
    })
    return { outcome: 'added', id: made.id }
  }
  const { id, version } = target as Cadre
  const kept = await saveRecord(ctx, cadre, {
    id,
    version,
    set: checked.parse(patchOf(person, reading, target as Cadre)),
  })
  return { outcome: kept.version === version ? 'unchanged' : 'updated', id }
}

const log = (
  { tx, at, actor }: CommandCtx,
  action: 'import' | 'export',
  id: string | null,
  detail: string,
): Promise<void> =>
  appendAccess(tx, {
    at,
    byOfficer: actor.id,
    byName: actor.name,
    action,
    register: cadre.name,
    ...(id === null ? {} : { recordId: id }),
    detail,
  })
