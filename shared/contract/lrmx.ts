import * as z from 'zod'
import { Finding } from '../rules/finding.ts'
import { action, command } from './define.ts'
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

/** What can be wrong with a form or its file; the sentence is `lrmx:problem.<code>` with the params. */
export const LRMX_PROBLEMS = [
  'file-empty',
  'file-kind',
  'file-too-large',
  'file-unreadable',
  'photo-alone',
  'photo-unreadable',
  'photo-kind',
  'photo-too-large',
  'repeated',
  'stray-text',
  'list-shape',
  'no-name',
  'twice',
  'ambiguous',
  'too-long',
  'not-kept',
  'extras-too-much',
  'bad-date',
  'identity-malformed',
  'unknown-value',
] as const
export type LrmxProblemCode = (typeof LRMX_PROBLEMS)[number]

/** `field` is the one of the cadre file that the element goes to. */
export const LrmxProblem = ImportProblem.extend({
  code: z.enum(LRMX_PROBLEMS),
  /** Element of the form it is about; null when the file as a whole is meant. */
  element: z.string().nullable(),
})
export type LrmxProblem = z.infer<typeof LrmxProblem>

/** One form as the dry run sees it. Nothing is written by looking. */
export const LrmxFile = z.object({
  /** Its number in this import, from 0; confirmations name it. */
  index: z.int().nonnegative(),
  fileName: z.string(),
  kind: z.enum(['lrmx', 'lrm']).nullable(),
  /** As the file says it; empty where it says nothing. */
  version: z.string(),
  name: z.string().nullable(),
  birthMonth: z.string().nullable(),
  state: ImportState,
  /**
   * `confirm` files match by name and birth month, by name alone where one side has no month, or by a number that stands
   * under another name on the roll.
   */
  match: ImportMatch.extend({ birthMonth: z.string().nullable() }).nullable(),
  /** Masked values are masked, restricted ones of the record left out (`was` null, `hidden`). Photos are their SHA-256. */
  changes: z.array(ImportChange.extend({ hidden: z.boolean() })),
  /** Elements we have no field for; kept and written again on export. */
  kept: z.array(z.string()),
  problems: z.array(LrmxProblem),
  /** What the rules say of the form's own facts: identity number, birth month, sex, résumé. */
  findings: z.array(Finding),
})
export type LrmxFile = z.infer<typeof LrmxFile>

export const LrmxOpened = ImportId.extend({ counts: ImportCounts, files: z.array(LrmxFile) })
export type LrmxOpened = z.infer<typeof LrmxOpened>

/** Editor 3.x and 4.0 write .lrmx; 2.0 means .lrm, which has no identity number and no unknown elements. */
export const LRMX_VERSIONS = [3, 4, 2] as const
export type LrmxTarget = (typeof LRMX_VERSIONS)[number]

/** 任免审批表 files: open, a dry run of several → import, in one transaction → undo by `change.undo`; and export. */
export const lrmxContract = {
  /**
   * Reads .lrmx and .lrm files (and the .pic, .jpg or .png beside a .lrm) and compares them with the roll.
   *
   * With the `importId` of an earlier call the files join that import, so that many large ones need not cross at once; with
   * no files at all the import is only compared anew, after the roll has moved.
   */
  'lrmx.open': action({
    can: 'cadre:import',
    input: z.object({
      importId: z.uuid().optional(),
      files: z
        .array(z.object({ fileName: z.string().min(1).max(255), /** Base64. */ content: z.string().max(24_000_000) }))
        .max(600),
    }),
    output: LrmxOpened,
  }),
  'lrmx.import': command({
    can: 'cadre:import',
    /** Confirmations by file index. */
    input: ImportInput,
    output: z.object({
      txn: z.uuid(),
      added: z.int(),
      updated: z.int(),
      unchanged: z.int(),
      skipped: z.int(),
      people: z.array(
        z.object({
          index: z.int(),
          fileName: z.string(),
          id: z.uuid().nullable(),
          name: z.string().nullable(),
          outcome: z.enum(['added', 'updated', 'unchanged', 'skipped']),
        }),
      ),
    }),
  }),
  'lrmx.progress': importProgress,
  'lrmx.cancel': importCancel,
  /** One person as .lrmx, several as .zip. Full identity numbers leave the desk: the purpose goes to the access log. */
  'lrmx.export': command({
    can: 'cadre:export',
    input: z.object({
      cadreIds: z.array(z.uuid()).min(1).max(500),
      version: z.union([z.literal(3), z.literal(4), z.literal(2)]).default(3),
      purpose: z.string().trim().min(2).max(200),
    }),
    output: z.object({
      fileName: z.string(),
      mediaType: z.string(),
      /** Base64. */ content: z.string(),
      people: z.int(),
    }),
  }),
}
