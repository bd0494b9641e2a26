import { setImmediate } from 'node:timers/promises'
import { cadre, ROLL_GROUPS, type Cadre, type RollGroup } from '../../shared/domain/cadre.ts'
import { emptyValues } from '../../shared/domain/register.ts'
import { UNIT_KINDS, unit } from '../../shared/domain/unit.ts'
import { Fault } from '../../shared/errors.ts'
import type { Tx } from '../../db/open.ts'
import { put, type Draft } from '../../db/put.ts'
import { fromRow } from '../../db/repo/record.ts'
import type { DryRun } from './dry-run.ts'
import { importedAfter } from './judge.ts'
import { nameKey } from './known.ts'
import type { ParsedRow } from './parse-row.ts'

/** Rows between two pauses: about 20 ms of work, so a click is answered within one frame or two. */
const CHUNK = 200

export interface WriteOptions {
  readonly existing: 'update' | 'skip'
  readonly confirmations: Readonly<Record<string, 'same' | 'new' | 'skip'>>
  readonly defaults: { readonly unitId?: string | undefined; readonly rollGroup?: string | undefined }
}

/** What writing needs besides the rows. */
export interface Writing {
  readonly tx: Tx
  readonly at: string
  readonly newId: () => string
  /** Units hang below it when the file names new ones. */
  readonly rootId: string
  readonly signal: AbortSignal
  /** Sends the chunk on its way to history and ledger. */
  readonly settle: () => Promise<void>
  readonly progress: (done: number) => void
}

export interface Written {
  added: number
  updated: number
  skipped: number
  unitsAdded: number
}

/**
 * Writes a checked roster into one open transaction, pausing between chunks so that screens stay alive.
 *
 * @throws Fault `cancelled` (which undoes all of it) or `stale` when the roll has moved under the dry run
 */
export async function writeRows(run: DryRun, writing: Writing, options: WriteOptions): Promise<Written> {
  const written: Written = { added: 0, updated: 0, skipped: 0, unitsAdded: 0 }
  const units = unitMaker(run, writing, written)
  const addPerson = personMaker(writing, written, rollGroupFrom(options.defaults.rollGroup))
  for (let at = 0; at < run.rows.length; at += 1) {
    if (at % CHUNK === 0) {
      await setImmediate()
      if (writing.signal.aborted) throw new Fault('cancelled')
      await writing.settle()
      writing.progress(at)
    }
    const row = run.rows[at]!
    const target = decide(run, at, options)
    if (target === 'skip') written.skipped += 1
    else if (target === 'new') addPerson(row, units(row) ?? options.defaults.unitId ?? null)
    else if (target !== 'same') updatePerson(row, target, writing, written, units(row))
  }
  writing.progress(run.rows.length)
  return written
}

function rollGroupFrom(given: string | undefined): RollGroup {
  if (given === undefined) return 'in-post'
  const group = ROLL_GROUPS.find((known) => known === given)
  if (!group) throw new Fault('invalid-input', { issues: 'rollGroup' })
  return group
}

/** A new person, nobody, nothing to do, or whom to update. */
function decide(run: DryRun, at: number, options: WriteOptions): 'new' | 'skip' | 'same' | Cadre {
  const { state, match } = run.verdicts[at]!
  if (state === 'problem') return 'skip'
  if (state === 'added') return 'new'
  if (state === 'unchanged') return 'same'
  if (state === 'confirm') {
    const said = options.confirmations[String(run.rows[at]!.row)] ?? 'skip'
    if (said !== 'same') return said
  }
  return options.existing === 'update' && match ? match.cadre : 'skip'
}

/** Makes new people of rows, once what every row needs is at hand. */
function personMaker(
  { tx, at, newId }: Writing,
  written: Written,
  group: RollGroup,
): (row: ParsedRow, unitId: string | null) => void {
  const nothing = { ...emptyValues(cadre), rollGroup: group }
  const numbers = tx
    .prepare('select identity_number as number from cadre where voided = 0 and identity_number is not null')
    .all()
  const taken = new Set((numbers as { number: string }[]).map(({ number }) => number))
  return (row, unitId) => {
    const number = row.set.identityNumber
    // Somebody may have been entered by hand since the dry run; two of one number is what it is there to prevent.
    if (number !== undefined && taken.has(number)) throw new Fault('stale', { register: cadre.name, row: row.row })
    const own = { id: newId(), voided: false, voidReason: null, unitId, imported: importedAfter(row, null) }
    put(tx, cadre, null, { ...nothing, ...row.set, ...own } as unknown as Draft<typeof cadre>, at)
    written.added += 1
  }
}

/** The record is read anew: what changed since the dry run in other fields must not be lost. */
function updatePerson(row: ParsedRow, seen: Cadre, { tx, at }: Writing, written: Written, unitId: string | null): void {
  const found = tx.prepare('select * from cadre where id = ?').get(seen.id)
  const before = found === undefined ? null : (fromRow(cadre, found as object) as Cadre)
  if (before === null || before.voided) throw new Fault('stale', { register: cadre.name, row: row.row })
  const imported = importedAfter(row, before) ?? before.imported
  const after = { ...before, ...row.set, unitId: unitId ?? before.unitId, imported } as Draft<typeof cadre>
  const stored = put(tx, cadre, before, after, at)
  if (stored.version !== before.version) written.updated += 1
}

/** Finds the unit of a row, or makes it below the root once for the whole file. */
function unitMaker(run: DryRun, writing: Writing, written: Written): (row: ParsedRow) => string | null {
  const made = new Map<string, string>()
  return ({ unitName }) => {
    if (unitName === null) return null
    const key = nameKey(unitName)
    const known = made.get(key) ?? run.known.unitIdOf(unitName)
    if (known !== null && known !== undefined) return known
    const id = writing.newId()
    const own = { name: unitName, kind: unitKindOf(unitName), parentId: writing.rootId }
    const values = { ...emptyValues(unit), ...own, id, voided: false, voidReason: null }
    put(writing.tx, unit, null, values as unknown as Draft<typeof unit>, writing.at)
    made.set(key, id)
    written.unitsAdded += 1
    return id
  }
}

function unitKindOf(name: string): (typeof UNIT_KINDS)[number] {
  if (/(?:村|社区|居委会|村委会)$/.test(name)) return 'village'
  return /(?:中心|所|站|园|院|校)$/.test(name) ? 'institution' : 'office'
}
