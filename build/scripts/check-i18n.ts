/**
 * The words: the same keys in every language, a sentence for every fault and rule outcome, none missing, none unused.
 *
 * TypeScript already refuses an unknown literal key in the page; this also sees what no type can: the other language,
 * its placeholders, and texts that nobody asks for any more.
 */
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ROOT } from './install.mjs'
import { reportProblems } from './report.ts'

/**
 * Keys that are put together at run time, so that no literal names them: `namespace:prefix`, `*` for any namespace.
 *
 * A template with a fixed beginning (`cadre:sex.${value}`) is recognised without being listed here.
 */
export const COMPUTED_FAMILIES: readonly string[] = ['error:', 'rule:', '*:field.', '*:hint.', '*:kind.', '*:action.']

/** `namespace:path.to.key` → text. Plural forms of a key are one key with the forms' texts joined. */
export type Texts = ReadonlyMap<string, string>

export interface Source {
  readonly path: string
  readonly text: string
}

export interface Vocabulary {
  readonly languages: Readonly<Record<string, Texts>>
  readonly faults: readonly string[]
  readonly outcomes: Readonly<Record<string, readonly string[]>>
  readonly sources: readonly Source[]
}

const PLURAL = /_(zero|one|two|few|many|other)$/
const PLACEHOLDER = /\{\{\s*([\w-]+)\s*\}\}/g
const LITERAL_CALL = /(?:\bt\(\s*|\bi18nKey=\{?\s*)(['"`])([\w.:-]+)\1/g
const ANY_KEY = /(['"`])([\w-]+:[\w.-]+)\1/g
const TEMPLATE = /`([\w-]+:(?:[\w-]+\.)+)\$\{/g
/** The same inside `t(`…`)`, where the namespace may be that of the file's `useTranslation`. */
const CALLED_TEMPLATE = /\bt\(\s*`((?:[\w-]+:)?(?:[\w-]+\.)+)\$\{/g
const HOOK = /\buseTranslation\(\s*\[?\s*['"]([\w-]+)['"]/
const DEFAULT_NAMESPACE = 'common'

export function i18nProblems(vocabulary: Vocabulary): string[] {
  return [
    ...languageProblems(vocabulary.languages),
    ...Object.entries(vocabulary.languages).flatMap(([language, texts]) =>
      requiredKeys(vocabulary)
        .filter(({ key }) => !texts.has(key))
        .map(({ key, because }) => `${language}: ${key} is missing (${because})`),
    ),
    ...unusedKeys(vocabulary),
  ]
}

function languageProblems(languages: Vocabulary['languages']): string[] {
  const [[first, source], ...others] = Object.entries(languages) as [[string, Texts], ...[string, Texts][]]
  return others.flatMap(([language, texts]) => [
    ...[...source.keys()]
      .filter((key) => !texts.has(key))
      .map((key) => `${language}: ${key} is missing (${first} has it)`),
    ...[...texts.keys()]
      .filter((key) => !source.has(key))
      .map((key) => `${first}: ${key} is missing (${language} has it)`),
    ...[...source]
      .filter(([key, text]) => texts.has(key) && placeholders(text) !== placeholders(texts.get(key) ?? ''))
      .map(([key]) => `${language}: ${key} has other {{placeholders}} than ${first}`),
  ])
}

function requiredKeys({ faults, outcomes, sources }: Vocabulary): { key: string; because: string }[] {
  return [
    ...faults.map((code) => ({ key: `error:${code}`, because: 'a fault of shared/errors.ts' })),
    ...Object.entries(outcomes).flatMap(([rule, names]) =>
      names.map((name) => ({ key: `rule:${rule}.${name}`, because: 'an outcome in shared/rules/policy.ts' })),
    ),
    ...sources.flatMap((source) => calledKeys(source).map((key) => ({ key, because: `asked for in ${source.path}` }))),
  ]
}

function unusedKeys({ languages, faults, outcomes, sources }: Vocabulary): string[] {
  const all = new Set(Object.values(languages).flatMap((texts) => [...texts.keys()]))
  const named = new Set(sources.flatMap((source) => [...calledKeys(source), ...matches(source.text, ANY_KEY, 2)]))
  const begun = sources.flatMap((source) => [...matches(source.text, TEMPLATE, 1), ...calledPrefixes(source)])
  const enumerable = new Set([
    ...faults.map((code) => `error:${code}`),
    ...Object.keys(outcomes).map((id) => `rule:${id}`),
  ])
  return [...all]
    .filter((key) => !named.has(key) && !begun.some((prefix) => key.startsWith(prefix)))
    .filter((key) => (/^(error|rule):/.test(key) ? !enumerable.has(key.split('.', 1)[0] ?? '') : !isComputed(key)))
    .map((key) => `${key} is used nowhere`)
}

const isComputed = (key: string): boolean =>
  COMPUTED_FAMILIES.some((family) => key.startsWith(family.replace(/^\*/, key.split(':', 1)[0] ?? '')))

/** Literal keys of `t('…')`; one without a namespace belongs to the file's `useTranslation('…')`. */
const calledKeys = (source: Source): string[] =>
  matches(source.text, LITERAL_CALL, 2).map((key) => inNamespace(source, key.replace(PLURAL, '')))

/** Beginnings of computed keys: t(`tab.${id}`) may ask for any `tab.` of its namespace. */
const calledPrefixes = (source: Source): string[] =>
  matches(source.text, CALLED_TEMPLATE, 1).map((prefix) => inNamespace(source, prefix))

const inNamespace = ({ text }: Source, key: string): string =>
  key.includes(':') ? key : `${HOOK.exec(text)?.[1] ?? DEFAULT_NAMESPACE}:${key}`

const matches = (text: string, pattern: RegExp, group: number): string[] =>
  [...text.matchAll(pattern)].map((match) => match[group] ?? '')

/** Names only, sorted: word order differs between languages, and a plural form may repeat or leave out its count. */
const placeholders = (text: string): string =>
  [...new Set(matches(text, PLACEHOLDER, 1))]
    .filter((name) => name !== 'count')
    .toSorted()
    .join(' ')

function readLanguage(folder: string): Texts {
  const texts = new Map<string, string>()
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    collect(texts, `${basename(file, '.json')}:`, JSON.parse(readFileSync(join(folder, file), 'utf8')))
  }
  return texts
}

function collect(texts: Map<string, string>, prefix: string, value: unknown): void {
  if (typeof value === 'object' && value !== null) {
    const separator = prefix.endsWith(':') ? '' : '.'
    for (const [name, inner] of Object.entries(value)) collect(texts, `${prefix}${separator}${name}`, inner)
    return
  }
  const key = prefix.replace(PLURAL, '')
  texts.set(key, `${texts.get(key) ?? ''}${String(value)}`)
}

async function readVocabulary(): Promise<Vocabulary> {
  const { FAULTS } = await import('../../shared/errors.ts')
  const { POLICY } = await import('../../shared/rules/policy.ts')
  const i18n = join(ROOT, 'shared/i18n')
  const sources = globSync('{renderer,electron,server,core,db,shared}/**/*.{ts,tsx}', { cwd: ROOT })
  return {
    languages: { 'zh-CN': readLanguage(join(i18n, 'zh-CN')), 'en': readLanguage(join(i18n, 'en')) },
    faults: Object.keys(FAULTS),
    outcomes: Object.fromEntries(Object.entries(POLICY).map(([id, { outcomes }]) => [id, outcomes])),
    sources: sources.map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') })),
  }
}

if (import.meta.main) reportProblems(i18nProblems(await readVocabulary()))
