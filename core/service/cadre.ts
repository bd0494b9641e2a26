import { sql } from 'kysely'
import { cadre, onRollAt, type Cadre } from '../../shared/domain/cadre.ts'
import { ageAt, asOfDate, yearOf } from '../../shared/domain/dates.ts'
import { FORM_EXTRAS_LIMIT, formExtrasBytes, isFormExtrasFull } from '../../shared/domain/form-extras.ts'
import { IMPORTED_LIMITS, importedExcess } from '../../shared/domain/imported-texts.ts'
import { mask } from '../../shared/domain/register.ts'
import { setting } from '../../shared/domain/setting.ts'
import { Fault } from '../../shared/errors.ts'
import type { Finding } from '../../shared/rules/finding.ts'
import { identityNumberFindings, identityTakenFinding } from '../../shared/rules/identity-number.ts'
import { resumeOrderFindings } from '../../shared/rules/resume-order.ts'
import { notTalkedFinding } from '../../shared/rules/talk-coverage.ts'
import { allRecords, fromRow, getRecord } from '../../db/repo/record.ts'
import { lastTalkDays, lastTalkDaysOf, talkedTo } from '../../db/repo/talk.ts'
import { unreportedRecords, reportOf } from '../../db/repo/op.ts'
import type { Db } from '../../db/schema.ts'
import type { HandlersOf, QueryCtx } from '../handler.ts'
import { isHere, type PlacedCadre } from '../search/cadre-index.ts'
import { searchKey } from '../search/find-cadres.ts'
import { cadrePhotoService } from './cadre-photo.ts'
import { revealFields, saved, saveRecord, viewRecord, voidRecord } from './save.ts'
import { countingBasis } from './setting.ts'
import { unitsBelow } from '../../db/repo/unit.ts'

type ListInput = Parameters<HandlersOf<'cadre'>['cadre.list']>[1]

export const cadreService: HandlersOf<'cadre'> = {
  ...cadrePhotoService,
  'cadre.list': async (ctx, input) => {
    const found = await filtered(ctx, input)
    const page = found.slice(input.offset, input.offset + input.limit)
    return { total: found.length, rows: await rowsOf(ctx, page) }
  },

  'cadre.get': async (ctx, { id }) => {
    const { db, today } = ctx
    const record = await getRecord(db, cadre, id)
    const basis = countingBasis(await allRecords(db, setting), today)
    const year = yearOf(today)
    const talked = (await talkedTo(db, year, basis, [id])).has(id)
    const countable = basis.rollGroups.includes(record.rollGroup) && onRollAt(record, asOfDate(year, today))
    const unit =
      record.unitId && (await db.selectFrom('unit').select('name').where('id', '=', record.unitId).executeTakeFirst())
    return {
      record: await viewRecord(db, cadre, id),
      unitName: unit ? unit.name : null,
      age: record.birthMonth === null ? null : ageAt(record.birthMonth, today),
      onRoll: onRollAt(record, today),
      talkedThisYear: talked,
      lastTalkOn: (await lastTalkDaysOf(db, [id]))[0] ?? null,
      findings: [...(await findingsOf(db, record)), ...(countable && !talked ? [notTalkedFinding(year)] : [])],
      report: await reportOf(db, cadre.name, id),
    }
  },

  'cadre.save': async (ctx, input) => {
    refuseTooMuchKept(input.set)
    const record = await saveRecord(ctx, cadre, input, { rollGroup: 'in-post' })
    return saved(record, await findingsOf(ctx.tx.db, record))
  },
  'cadre.void': (ctx, input) => voidRecord(ctx, cadre, input),
  'cadre.reveal': (ctx, input) => revealFields(ctx, cadre, input),
}

/** Not on the fields themselves: records that hold more already must stay readable and go on being saved. */
function refuseTooMuchKept({ imported, formExtras }: Partial<Cadre>): void {
  if (imported && importedExcess(imported) !== null) throw new Fault('imported-too-much', IMPORTED_LIMITS)
  if (formExtras && isFormExtrasFull(formExtrasBytes(formExtras))) throw new Fault('extras-too-much', FORM_EXTRAS_LIMIT)
}

/** on one record. */
async function findingsOf(db: Db, record: Cadre): Promise<Finding[]> {
  const findings = [...identityNumberFindings(record), ...resumeOrderFindings(record)]
  if (record.identityNumber === null) return findings
  const other = await db
    .selectFrom('cadre')
    .select('name')
    .where('identity_number', '=', record.identityNumber)
    .where('voided', '=', 0)
    .where('id', '!=', record.id)
    .executeTakeFirst()
  return other ? [...findings, identityTakenFinding(other.name)] : findings
}

async function filtered(ctx: QueryCtx, input: ListInput): Promise<PlacedCadre[]> {
  const { db, workspace, today } = ctx
  const units = input.unitId ? await unitsBelow(db, input.unitId) : null
  const groups = input.rollGroup ? new Set<string>(input.rollGroup) : null
  const talked = input.talked ? await talkFilter(ctx, input.talked) : null
  const wanted = (person: PlacedCadre): boolean =>
    !person.voided &&
    (input.presence === 'all' || isHere(person, today) === (input.presence === 'here')) &&
    (!units || (person.unitId !== null && units.has(person.unitId))) &&
    (!groups || groups.has(person.rollGroup)) &&
    (!input.sex || person.sex === input.sex) &&
    (!talked || talked(person))
  const typed = searchKey(input.text ?? '')
  const people = typed === '' ? await workspace.index.placed(db) : await workspace.index.find(db, typed)
  return sorted(ctx, people.filter(wanted), input.sort)
}

/** `no` is the W18 list: countable, on the roll, not yet talked to. */
async function talkFilter({ db, today }: QueryCtx, talked: 'yes' | 'no'): Promise<(person: PlacedCadre) => boolean> {
  const basis = countingBasis(await allRecords(db, setting), today)
  const done = await talkedTo(db, yearOf(today), basis)
  if (talked === 'yes') return (person) => done.has(person.id)
  return (person) => !done.has(person.id) && basis.rollGroups.includes(person.rollGroup) && onRollAt(person, today)
}

async function sorted({ db }: QueryCtx, people: PlacedCadre[], sort: ListInput['sort']): Promise<PlacedCadre[]> {
  if (sort === 'name') return people.sort((a, b) => (a.pinyin < b.pinyin ? -1 : 1))
  if (sort === 'birthMonth') return people.sort((a, b) => (a.birthMonth ?? '9').localeCompare(b.birthMonth ?? '9'))
  if (sort === 'lastTalkOn') {
    const days = await lastTalkDays(db)
    return people.sort((a, b) => (days.get(a.id) ?? '').localeCompare(days.get(b.id) ?? ''))
  }
  return people
}

async function rowsOf({ db, today }: QueryCtx, page: readonly PlacedCadre[]) {
  if (page.length === 0) return []
  const ids = page.map((person) => person.id)
  const { rows } = await sql<{ id: string; unit_name: string | null }>`
    select c.*, u.name as unit_name from cadre c left join unit u on u.id = c.unit_id where c.id in (${sql.join(ids)})`.execute(
    db,
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  const days = await lastTalkDaysOf(db, ids)
  const last = new Map(ids.map((id, at) => [id, days[at] ?? null]))
  const talked = await talkedTo(db, yearOf(today), countingBasis(await allRecords(db, setting), today), ids)
  const unreported = await unreportedRecords(db, cadre.name, ids)
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row ? [listRow(fromRow(cadre, row), row.unit_name, today, { last, talked, unreported })] : []
  })
}

interface RowContext {
  readonly last: ReadonlyMap<string, string | null>
  readonly talked: ReadonlySet<string>
  readonly unreported: ReadonlySet<string>
}

const listRow = (record: Cadre, unitName: string | null, today: string, context: RowContext) => ({
  id: record.id,
  name: record.name,
  sex: record.sex,
  birthMonth: record.birthMonth,
  age: record.birthMonth === null ? null : ageAt(record.birthMonth, today),
  identityNumber: record.identityNumber === null ? null : mask(record.identityNumber),
  unitId: record.unitId,
  unitName,
  postTitle: record.postTitle,
  rank: record.rank,
  rollGroup: record.rollGroup,
  politicalStatus: record.politicalStatus,
  fullTimeEducation: record.fullTimeEducation,
  inServiceEducation: record.inServiceEducation,
  onRoll: onRollAt(record, today),
  talkedThisYear: context.talked.has(record.id),
  lastTalkOn: context.last.get(record.id) ?? null,
  reported: !context.unreported.has(record.id),
  version: record.version,
})
