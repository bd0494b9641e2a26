import { parseArgs } from 'node:util'
import { LANGUAGES, type Language } from '../../shared/i18n/index.ts'
import { UsageError } from './complaint.ts'

/** Every option there is; which of them a command takes, the command says. */
const OPTIONS = {
  'data': { type: 'string' },
  'officer': { type: 'string' },
  'passphrase-file': { type: 'string' },
  'recovery-code-file': { type: 'string' },
  'lang': { type: 'string', default: 'zh-CN' },
  'json': { type: 'boolean', default: false },
  'help': { type: 'boolean', default: false, short: 'h' },
  'unit': { type: 'string' },
  'unit-code': { type: 'string' },
  'role': { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  'confirm': { type: 'string' },
  'sheet': { type: 'string' },
  'cadre': { type: 'string', multiple: true },
  'version': { type: 'string' },
  'purpose': { type: 'string' },
  'city': { type: 'string' },
  'code': { type: 'string' },
  'allow-http': { type: 'boolean', default: false },
  'to': { type: 'string' },
  'accept-missing': { type: 'string' },
  'replace-damaged': { type: 'boolean', default: false },
} as const

export type Options = ReturnType<typeof parse>['values']
export type OptionName = keyof typeof OPTIONS
const EVERYWHERE: ReadonlySet<string> = new Set<OptionName>(['data', 'lang', 'json', 'help'])

const parse = (args: readonly string[]) => parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })

export interface Arguments {
  readonly options: Options
  readonly words: readonly string[]
  /** Options that were really written, in order. */
  readonly given: readonly string[]
}

/** Reads the command line; what no command knows is a {@link UsageError}. */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals, given } = parsed(args)
  if (!isLanguage(values.lang))
    throw new UsageError((t) => t('cli:usage.language', { languages: LANGUAGES.join(', ') }))
  return { options: values, words: positionals, given }
}

function parsed(args: readonly string[]) {
  try {
    const { tokens } = parseArgs({
      args: [...args],
      options: OPTIONS,
      allowPositionals: true,
      strict: false,
      tokens: true,
    })
    return { ...parse(args), given: tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : [])) }
  } catch (cause) {
    const reason = firstSentence((cause as Error).message)
    throw new UsageError((t) => t('cli:usage.option', { reason }), { cause })
  }
}

/** Node's own reason, without the advice on dashes that follows it. */
export const firstSentence = (message: string): string => message.split(/\.\s|\.?\n|\.$/, 1)[0] ?? ''

/** Refuses options that the command does not take, rather than letting somebody believe they did something. */
export function refuseOthers(given: readonly string[], taken: readonly OptionName[]): void {
  const other = given.find((name) => !EVERYWHERE.has(name) && !taken.some((option) => option === name))
  if (other !== undefined) throw new UsageError((t) => t('cli:usage.notHere', { option: `--${other}` }))
}

/** What `--lang` asks for, even on a command line that is wrong otherwise. */
export function languageOf(args: readonly string[]): Language {
  const asked = args.flatMap((arg, at) => (arg === '--lang' ? [args[at + 1]] : [/^--lang=(.*)$/.exec(arg)?.[1]]))
  return asked.find(isLanguage) ?? 'zh-CN'
}

const isLanguage = (value: string | undefined): value is Language => LANGUAGES.some((language) => language === value)
