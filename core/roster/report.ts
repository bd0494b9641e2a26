import { setImmediate } from 'node:timers/promises'
import { writeXlsx } from 'hucre'
import type { RosterRow } from '../../shared/contract/roster.ts'
import { mask } from '../../shared/domain/register.ts'
import { createTranslator, type Language, type Translator } from '../../shared/i18n/index.ts'
import { rowView, type DryRun } from './dry-run.ts'

const COLUMNS = ['row', 'name', 'identityNumber', 'unit', 'state', 'match', 'cells', 'problems', 'changes'] as const
const WIDTHS: Readonly<Record<(typeof COLUMNS)[number], number>> = {
  row: 6,
  name: 12,
  identityNumber: 21,
  unit: 18,
  state: 9,
  match: 12,
  cells: 10,
  problems: 60,
  changes: 60,
}
/** Rows between two pauses. */
const SLICE = 500

/** The dry run as a workbook: one line for each row of the file, with what happens to it and why. */
export async function writeReport(
  run: DryRun,
  sourceName: string,
  language: Language,
): Promise<{ fileName: string; bytes: Uint8Array }> {
  const t = createTranslator(language)
  const lines: (string | number | null)[][] = [COLUMNS.map((column) => t(`roster:report.${column}`))]
  for (let at = 0; at < run.rows.length; at += 1) {
    if (at % SLICE === 0) await setImmediate()
    lines.push(lineOf(rowView(run, at), run.rows[at]!.set.identityNumber ?? null, t))
  }
  const sheet = {
    name: t('roster:report.sheet'),
    columns: COLUMNS.map((column) => ({ width: WIDTHS[column] })),
    rows: lines,
    freezePane: { rows: 1 },
    autoFilter: { range: `A1:I${lines.length}` },
  }
  const bytes = await writeXlsx({ sheets: [sheet], stringMode: 'shared' })
  return { fileName: t('roster:report.fileName', { name: sourceName.replace(/\.[^.]*$/, '') }), bytes }
}

function lineOf(row: RosterRow, identityNumber: string | null, t: Translator): (string | number | null)[] {
  return [
    row.row,
    row.name,
    identityNumber === null ? null : mask(identityNumber),
    row.unitName,
    t(`roster:state.${row.state}`),
    row.match?.name ?? null,
    unique(row.problems.flatMap(({ cell }) => (cell === null ? [] : [cell]))).join(' ') || null,
    row.problems.map((problem) => t(`roster:problem.${problem.code}`, problem.params)).join('\n') || null,
    row.state === 'changed' || row.state === 'confirm' ? changesText(row.changes, t) : null,
  ]
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)]

const changesText = (changes: RosterRow['changes'], t: Translator): string | null =>
  changes
    .filter(({ field }) => field !== 'imported')
    .map(
      ({ field, was, now }) =>
        `${t(`cadre:field.${field}`)}: ${valueText(field, was, t)} → ${valueText(field, now, t)}`,
    )
    .join('\n') || null

function valueText(field: string, value: unknown, t: Translator): string {
  if (typeof value !== 'string' || value === '') return t('roster:report.empty')
  if (field === 'sex') return t(`cadre:sex.${value}`)
  if (field === 'rollGroup') return t(`cadre:rollGroup.${value}`)
  return /^\d{4}-\d{2}$/.test(value) ? value.replace('-', '.') : value
}
