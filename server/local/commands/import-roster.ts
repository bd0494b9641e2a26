import { basename } from 'node:path'
import type { Output } from '../../../shared/contract/index.ts'
import type { RosterFile, RosterRow } from '../../../shared/contract/roster.ts'
import type { Translator } from '../../../shared/i18n/index.ts'
import type { Options } from '../arguments.ts'
import type { Call } from '../../../shared/contract/call.ts'
import type { Command, CommandContext, Result } from '../command.ts'
import { UsageError } from '../complaint.ts'
import { bytesOf } from '../files.ts'
import { withOfficer } from '../sign-in.ts'

const ROWS_AT_ONCE = 500
/** More than a terminal is read for; the page and `--json` have them all. */
const ROWS_SHOWN = 50

type Decision = 'same' | 'new' | 'skip'
type Counts = Output<'roster.check'>['counts']
type Imported = Output<'roster.import'>

interface Report {
  readonly file: RosterFile
  readonly counts: Counts
  readonly rows: readonly RosterRow[]
  readonly decision: Decision
  /** Null after a dry run. */
  readonly imported: Imported | null
}

/** `import roster FILE`: the dry run with its report, then the import, unless `--dry-run` says to stop there. */
export const importRosterCommand: Command = {
  name: 'import roster',
  takes: ['dry-run', 'confirm', 'sheet', 'officer', 'passphrase-file'],
  words: [1, 1],
  run: async (context) => {
    const [file = ''] = context.words
    const decision = decisionFrom(context.options)
    const sheet = sheetFrom(context.options)
    const content = (await bytesOf(file)).toString('base64')
    return withOfficer(context, async (call) => {
      const { importId } = await call('roster.open', { fileName: basename(file), content, ...sheet })
      const { file: opened, counts } = await call('roster.check', { importId })
      const rows = await rowsWorthSaying(call, importId)
      const imported = context.options['dry-run']
        ? await leave(call, importId)
        : await carryOut(call, importId, rows, decision)
      return resultOf(context, { file: opened, counts, rows, decision, imported })
    })
  },
}

async function leave(call: Call, importId: string): Promise<null> {
  await call('roster.cancel', { importId })
  return null
}

function carryOut(call: Call, importId: string, rows: readonly RosterRow[], decision: Decision): Promise<Imported> {
  const unsure = rows.filter(({ state }) => state === 'confirm')
  const confirmations = Object.fromEntries(unsure.map(({ row }) => [String(row), decision]))
  return call('roster.import', { importId, existing: 'update', confirmations })
}

/** Rows with a problem, and those that wait for a person to say who is meant. */
async function rowsWorthSaying(call: Call, importId: string): Promise<RosterRow[]> {
  const worth: RosterRow[] = []
  for (let offset = 0; ; offset += ROWS_AT_ONCE) {
    const { total, rows } = await call('roster.rows', { importId, limit: ROWS_AT_ONCE, offset })
    worth.push(...rows.filter(({ state, problems }) => state === 'confirm' || problems.length > 0))
    if (offset + rows.length >= total || rows.length === 0) return worth
  }
}

function resultOf(context: CommandContext, report: Report): Result {
  const { t, options } = context
  const { file, counts, rows, imported } = report
  const unmapped = file.columns.filter(({ field }) => field === null).map(({ letter, header }) => ({ letter, header }))
  const problems = rows.flatMap((row) => problemsOf(row, t))
  const confirm = rows.filter(({ state }) => state === 'confirm').map(({ row, name, match }) => ({ row, name, match }))
  const value = { dryRun: options['dry-run'], file: headOf(file), counts, unmapped, problems, confirm, imported }
  return { value, lines: linesOf(t, report, unmapped, problems, confirm) }
}

const headOf = ({ fileName, sheets, sheet, headerRows, dataRows }: RosterFile) => ({
  fileName,
  sheet: sheets[sheet]?.name ?? null,
  headerRows,
  dataRows,
})

const problemsOf = ({ row, name, problems }: RosterRow, t: Translator) =>
  problems.map((problem) => ({ row, name, ...problem, sentence: t(`roster:problem.${problem.code}`, problem.params) }))

function linesOf(
  t: Translator,
  { file, counts, decision, imported }: Report,
  unmapped: readonly { letter: string; header: string }[],
  problems: ReturnType<typeof problemsOf>,
  confirm: readonly { row: number; name: string | null; match: RosterRow['match'] }[],
): string[] {
  const columns = unmapped.map(({ letter, header }) => `${letter} ${header}`).join(', ')
  return [
    t('cli:roster.file', {
      fileName: file.fileName,
      sheet: file.sheets[file.sheet]?.name ?? '',
      rows: file.headerRows.join('-'),
    }),
    t('cli:roster.counts', { ...counts }),
    ...(unmapped.length === 0 ? [] : [t('cli:roster.unmapped', { columns })]),
    ...shown(t, problems, (problem) => {
      const mark = problem.severity === 'error' ? t('cli:roster.error') : t('cli:roster.warn')
      return `  ${problem.cell ?? problem.row}  ${mark}  ${problem.name ?? ''}  ${problem.sentence}`
    }),
    ...shown(
      t,
      confirm,
      ({ row, name, match }) =>
        `  ${row}  ${t(`cli:roster.confirm.${decision}`, { name: name ?? '', match: match?.name ?? '' })}`,
    ),
    imported === null ? t('cli:roster.dryRun') : t('cli:roster.done', { ...imported }),
  ]
}

function shown<T>(t: Translator, items: readonly T[], say: (item: T) => string): string[] {
  const rest = items.length - ROWS_SHOWN
  return [...items.slice(0, ROWS_SHOWN).map(say), ...(rest > 0 ? [`  ${t('cli:roster.more', { count: rest })}`] : [])]
}

function decisionFrom({ confirm }: Options): Decision {
  if (confirm === undefined) return 'skip'
  if (confirm === 'same' || confirm === 'new') return confirm
  throw new UsageError((t) => t('cli:usage.confirm'))
}

function sheetFrom({ sheet }: Options): { sheet?: number } {
  if (sheet === undefined) return {}
  if (/^[1-9]\d{0,3}$/.test(sheet)) return { sheet: Number(sheet) - 1 }
  throw new UsageError((t) => t('cli:usage.sheet'))
}
