import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Input, Output } from '../../../shared/contract/index.ts'
import type { LrmxFile, LrmxOpened, LrmxProblem } from '../../../shared/contract/lrmx.ts'
import type { Translator } from '../../../shared/i18n/index.ts'
import type { Options } from '../arguments.ts'
import type { Call } from '../../../shared/contract/call.ts'
import type { Command, CommandContext, Result } from '../command.ts'
import { UsageError } from '../complaint.ts'
import { bytesOf } from '../files.ts'
import { withOfficer } from '../sign-in.ts'

type Decision = 'same' | 'new' | 'skip'
type Sent = Input<'lrmx.open'>['files'][number]

interface Report {
  readonly opened: LrmxOpened
  readonly decision: Decision
  /** Null after a dry run. */
  readonly imported: Output<'lrmx.import'> | null
}

const PHOTO = /\.(?:pic|jpe?g|png)$/i
/** What crosses to the core at once: as much as the page sends. */
const AT_ONCE = 16_000_000

/** `import lrmx FILE…`: .lrmx and .lrm with the photos beside them, one report for all; written unless `--dry-run`. */
export const importLrmxCommand: Command = {
  name: 'import lrmx',
  takes: ['dry-run', 'confirm', 'officer', 'passphrase-file'],
  words: [1, 600],
  run: async (context) => {
    const decision = decisionFrom(context.options)
    const files = await filesOf(context.words)
    return withOfficer(context, async (call) => {
      const opened = await open(call, files)
      const imported = context.options['dry-run'] ? await leave(call, opened) : await carryOut(call, opened, decision)
      return resultOf(context, { opened, decision, imported })
    })
  },
}

function decisionFrom({ confirm }: Options): Decision {
  if (confirm === undefined) return 'skip'
  if (confirm === 'same' || confirm === 'new') return confirm
  throw new UsageError((t) => t('cli:usage.confirm'))
}

/** The named files, and the photos that lie beside a .lrm under its name. */
async function filesOf(words: readonly string[]): Promise<Sent[]> {
  const paths = new Set(words)
  for (const word of words.filter((name) => /\.lrm$/i.test(name))) {
    for (const photo of await photosBeside(word)) paths.add(photo)
  }
  return Promise.all(
    [...paths].map(async (path) => ({ fileName: basename(path), content: (await bytesOf(path)).toString('base64') })),
  )
}

async function photosBeside(path: string): Promise<string[]> {
  const base = basename(path)
    .replace(/\.lrm$/i, '')
    .toLowerCase()
  // A folder that cannot be listed is one whose file cannot be read either, and that is said a moment later.
  const names = await readdir(dirname(path)).catch((): string[] => [])
  return names
    .filter((name) => PHOTO.test(name) && name.replace(PHOTO, '').toLowerCase() === base)
    .map((name) => join(dirname(path), name))
}

async function open(call: Call, files: readonly Sent[]): Promise<LrmxOpened> {
  let opened: LrmxOpened | undefined
  for (const part of parts(files)) {
    opened = await call('lrmx.open', { files: part, ...(opened ? { importId: opened.importId } : {}) })
  }
  return opened!
}

/** Forms and photos of one name stay together. */
function parts(files: readonly Sent[]): Sent[][] {
  const made: Sent[][] = [[]]
  let size = 0
  for (const group of Map.groupBy(files, ({ fileName }) => fileName.replace(/\.[^.]*$/, '').toLowerCase()).values()) {
    const weight = group.reduce((sum, { content }) => sum + content.length, 0)
    if (size > 0 && size + weight > AT_ONCE) {
      made.push([])
      size = 0
    }
    made.at(-1)!.push(...group)
    size += weight
  }
  return made
}

async function leave(call: Call, { importId }: LrmxOpened): Promise<null> {
  await call('lrmx.cancel', { importId })
  return null
}

function carryOut(call: Call, { importId, files }: LrmxOpened, decision: Decision): Promise<Output<'lrmx.import'>> {
  const unsure = files.filter(({ state }) => state === 'confirm')
  const confirmations = Object.fromEntries(unsure.map(({ index }) => [String(index), decision]))
  return call('lrmx.import', { importId, confirmations })
}

function resultOf({ t, options }: CommandContext, { opened, decision, imported }: Report): Result {
  const { counts, files } = opened
  const told = files.map((file) => ({ ...file, problems: file.problems.map((problem) => said(t, problem)) }))
  const value = { dryRun: options['dry-run'], counts, files: told, imported }
  return {
    value,
    lines: [
      t('lrmx:check.summary', { ...counts }),
      ...files.flatMap((file) => linesOf(t, file, decision)),
      imported === null ? t('cli:roster.dryRun') : t('lrmx:result.done', { ...imported }),
    ],
  }
}

function linesOf(t: Translator, file: LrmxFile, decision: Decision): string[] {
  const { fileName, name, state, match } = file
  const asked = { name: name ?? '', match: match?.name ?? '' }
  return [
    `  ${fileName}  ${name ?? ''}  ${t(`roster:state.${state}`)}`,
    ...(state === 'confirm' ? [`    ${t(`cli:roster.confirm.${decision}`, asked)}`] : []),
    ...file.problems.map((problem) => `    ${t(`import:severity.${problem.severity}`)}  ${said(t, problem).sentence}`),
    ...file.findings.map(({ rule, outcome, params }) => `    ${t(`rule:${rule}.${outcome}`, params)}`),
  ]
}

function said(t: Translator, problem: LrmxProblem): LrmxProblem & { sentence: string } {
  const element = problem.field === null ? (problem.element ?? '') : t(`cadre:field.${problem.field}`)
  return { ...problem, sentence: t(`lrmx:problem.${problem.code}`, { ...problem.params, element }) }
}
