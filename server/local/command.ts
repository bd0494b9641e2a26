import type { FaultCode } from '../../shared/errors.ts'
import type { Language, Translator } from '../../shared/i18n/index.ts'
import type { OptionName, Options } from './arguments.ts'

/** What a command is given. */
export interface CommandContext {
  readonly options: Options
  /** The words after the command's own name. */
  readonly words: readonly string[]
  readonly dir: string
  readonly version: string
  readonly language: Language
  readonly t: Translator
}

/** What it has to say: one value for `--json`, lines for a person. */
export interface Result {
  readonly value: unknown
  readonly lines: readonly string[]
  /** It ran and found something wrong: exit code 1, with the answer still on stdout. */
  readonly fault?: FaultCode
}

export interface Command {
  /** `import roster` */
  readonly name: string
  readonly takes: readonly OptionName[]
  /** How many words may follow, at least and at most. */
  readonly words: readonly [number, number]
  readonly run: (context: CommandContext) => Promise<Result>
}
