import * as z from 'zod'
import { action, command, query } from './define.ts'
import {
  importCancel,
  ImportChange,
  ImportCounts,
  ImportId,
  ImportInput,
  ImportMatch,
  ImportProblem,
  importProgress,
  ImportState,
} from './import.ts'
import { entries, FieldName, Page } from './record.ts'

/** Kinds of roster problem; the sentence is `roster:problem.<code>` with the params. */
export const ROSTER_PROBLEMS = [
  'no-name',
  'bad-date',
  'identity-cut',
  'identity-malformed',
  'identity-wrong-check-digit',
  'identity-no-such-date',
  'identity-twice',
  'name-twice',
  'birth-differs',
  'sex-differs',
  'too-long',
  'imported-too-much',
  'unknown-value',
  'cell-error',
  'ambiguous',
  'month-unclear',
  'future-date',
] as const
export type RosterProblemCode = (typeof ROSTER_PROBLEMS)[number]

export const RosterProblem = ImportProblem.extend({
  code: z.enum(ROSTER_PROBLEMS),
  /** Cell address in the sheet, `C14`; null when the row as a whole is meant. */
  cell: z.string().nullable(),
})
export type RosterProblem = z.infer<typeof RosterProblem>

export const RosterRow = z.object({
  /** Row number in the sheet, as Excel shows it. */
  row: z.int(),
  name: z.string().nullable(),
  unitName: z.string().nullable(),
  state: ImportState,
  /**
   * `confirm` rows match by name and birth month, by name alone where one side has neither month nor number, or by a
   * number that stands under another name on the roll.
   */
  match: ImportMatch.nullable(),
  changes: z.array(ImportChange),
  problems: z.array(RosterProblem),
})
export type RosterRow = z.infer<typeof RosterRow>

export const RosterColumn = z.object({
  /** 0-based column of the sheet. */
  index: z.int(),
  letter: z.string(),
  /** Header text, the levels of a two-row header joined with `/`. */
  header: z.string(),
  /** Cadre field it goes to (or `unitName`, `age`, `sequence` which are understood and not stored); null keeps it in `imported`. */
  field: z.string().nullable(),
  /** 0 to 1: how sure the guess is; 1 for an exact alias or a remembered correction. */
  confidence: z.number(),
  samples: z.array(z.string()),
})

/** What a file is like after opening: which sheet, where its header is, how its columns map. */
export const RosterFile = z.object({
  importId: z.uuid(),
  fileName: z.string(),
  sheets: z.array(z.object({ name: z.string(), rows: z.int() })),
  sheet: z.int(),
  /** Excel row numbers of the header. */
  headerRows: z.array(z.int()),
  columns: z.array(RosterColumn),
  dataRows: z.int(),
})
export type RosterFile = z.infer<typeof RosterFile>
export type RosterCounts = ImportCounts

/** As wide as a sheet can be. */
const MOST_COLUMNS = 16_384

/** Roster import: open → (correct columns) → check, a dry run → import, in one transaction → undo by `change.undo`. */
export const rosterContract = {
  'roster.open': action({
    can: 'cadre:import',
    input: z.object({
      fileName: z.string().max(255),
      /** Base64. */ content: z.string().max(48_000_000),
      sheet: z.int().optional(),
    }),
    output: RosterFile,
  }),
  /** Dry run: nothing is written. `mapping` is column index → field, null for "keep in imported". Corrections are remembered. */
  'roster.check': action({
    can: 'cadre:import',
    input: ImportId.extend({
      sheet: z.int().optional(),
      mapping: entries(FieldName.nullable(), MOST_COLUMNS).optional(),
    }),
    output: z.object({ file: RosterFile, counts: ImportCounts }),
  }),
  'roster.rows': query({
    can: 'cadre:import',
    input: ImportId.extend({ state: ImportState.optional(), ...Page }),
    output: z.object({ total: z.int(), rows: z.array(RosterRow) }),
  }),
  /** Corrects one cell before the import, then judges the row again. */
  'roster.fix': action({
    can: 'cadre:import',
    input: ImportId.extend({ row: z.int(), field: FieldName, value: z.string().max(20_000) }),
    output: z.object({ row: RosterRow, counts: ImportCounts }),
  }),
  'roster.import': command({
    can: 'cadre:import',
    /** Confirmations by Excel row. */
    input: ImportInput,
    output: z.object({ txn: z.uuid(), added: z.int(), updated: z.int(), skipped: z.int(), unitsAdded: z.int() }),
  }),
  'roster.progress': importProgress,
  'roster.cancel': importCancel,
  /** The dry run as .xlsx: every row with its state, cell addresses and sentences. Base64. */
  'roster.export': action({
    can: 'cadre:import',
    input: ImportId.extend({ language: z.enum(['zh-CN', 'en']).default('zh-CN') }),
    output: z.object({ fileName: z.string(), content: z.string() }),
  }),
}
