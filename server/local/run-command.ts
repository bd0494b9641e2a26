import { resolve } from 'node:path'
import { createTranslator, type Translator } from '../../shared/i18n/index.ts'
import { languageOf, readArguments, refuseOthers, type Arguments } from './arguments.ts'
import type { Command, Result } from './command.ts'
import { COMMANDS } from './commands/index.ts'
import { complaintOf, UsageError, type Complaint } from './complaint.ts'
import { defaultFolder, productVersion } from './place.ts'

const DONE = 0
const FAULT = 1
const USAGE = 2

/**
 * Runs one command line and returns its exit code: 0 done, 1 a fault, 2 written wrongly.
 *
 * stdout gets the answer and nothing else, one JSON value under `--json`; stderr gets what went wrong.
 */
export async function runCommand(args: readonly string[]): Promise<number> {
  const t = createTranslator(languageOf(args))
  const json = args.includes('--json')
  try {
    const read = readArguments(args)
    if (read.options.help) return help(process.stdout, t)
    return report(await execute(read, t), json, t)
  } catch (cause) {
    say(json, complaintOf(cause, t))
    if (!(cause instanceof UsageError)) return FAULT
    if (!json) help(process.stderr, t)
    return USAGE
  }
}

function execute(read: Arguments, t: Translator): Promise<Result> {
  const command = commandOf(read.words)
  refuseOthers(read.given, command.takes)
  const words = read.words.slice(command.name.split(' ').length)
  const [least, most] = command.words
  if (words.length < least)
    throw new UsageError((translate) => translate('cli:usage.tooFew', { command: command.name }))
  if (words.length > most)
    throw new UsageError((translate) => translate('cli:usage.tooMany', { word: words[most] ?? '' }))
  const { options } = read
  const dir = options.data === undefined ? defaultFolder(command.name === 'demo') : resolve(options.data)
  const language = languageOf(['--lang', options.lang])
  return command.run({ options, words, dir, language, t, version: productVersion() })
}

function commandOf(words: readonly string[]): Command {
  const command = COMMANDS.find(({ name }) => name.split(' ').every((word, at) => word === words[at]))
  if (command !== undefined) return command
  const name = words.slice(0, 2).join(' ')
  throw new UsageError((t) => (name === '' ? t('cli:usage.noCommand') : t('cli:usage.command', { name })))
}

function report({ value, lines, fault }: Result, json: boolean, t: Translator): number {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : lines.map((line) => `${line}\n`).join(''))
  if (fault === undefined) return DONE
  say(json, { code: fault, sentence: t(`error:${fault}`), params: {} })
  return FAULT
}

function say(json: boolean, complaint: Complaint): void {
  const { code, sentence, params } = complaint
  // What the router found wrong with an input, field by field; a page shows it at the field.
  const issues = typeof params['issues'] === 'string' ? `\n${params['issues']}` : ''
  process.stderr.write(`${json ? JSON.stringify(complaint) : `${code}: ${sentence}${issues}`}\n`)
}

function help(stream: NodeJS.WritableStream, t: Translator): number {
  stream.write(`${t('cli:help')}\n`)
  return DONE
}
