import { Fault } from '../../shared/errors.ts'
import type { Options } from './arguments.ts'
import { callOver, type Call } from '../../shared/contract/call.ts'
import type { CommandContext } from './command.ts'
import { UsageError } from './complaint.ts'
import { secretIn } from './files.ts'

/** Opens the desk for the length of `work`, and closes it whatever happens. */
export async function withDesk<T>({ dir, version }: CommandContext, work: (call: Call) => Promise<T>): Promise<T> {
  // Only now: a command line that is wrong should say so at once, without loading a database.
  const { openDesk } = await import('../../core/desk.ts')
  const bugs: string[] = []
  const log = (reference: string, error: unknown) => void bugs.push(`${reference} ${String(error)}`)
  const desk = await openDesk({ dir, version, log })
  try {
    return await work(callOver(desk.call))
  } catch (cause) {
    // At a terminal there is no log to look into, so the one line that helps goes with the sentence.
    const [bug] = bugs
    if (bug !== undefined) throw new Fault('unexpected', { reference: bug }, { cause })
    throw cause
  } finally {
    await desk.close()
  }
}

/** The same, signed in as `--officer`, or as the only one there is. */
export const withOfficer = <T>(context: CommandContext, work: (call: Call) => Promise<T>): Promise<T> =>
  withDesk(context, async (call) => {
    const officerId = await chooseOfficer(call, context.options.officer)
    await call('desk.unlock', { officerId, passphrase: passphraseFrom(context.options) })
    return work(call)
  })

/** Whose slot is to be opened; the names are those that the unlock page shows as well. */
export async function chooseOfficer(call: Call, name: string | undefined): Promise<string> {
  const { state, officers } = await call('desk.status', {})
  if (state === 'absent') throw new Fault('profile-missing')
  // With names to choose from, unlocking may still work, or says better what is wrong.
  if (state === 'damaged' && officers.length === 0) throw new Fault('profile-damaged')
  const chosen = name === undefined ? officers : officers.filter((officer) => officer.name === name)
  const [only] = chosen
  if (only !== undefined && chosen.length === 1) return only.id
  const names = officers.map((officer) => officer.name).join(', ')
  throw new UsageError((t) =>
    name === undefined ? t('cli:usage.officer', { names }) : t('cli:usage.officerUnknown', { name, names }),
  )
}

/** Never an argument: arguments are shown to every user of the PC. */
export function passphraseFrom(options: Options): string {
  return secretFrom(options['passphrase-file'], 'ZGT_PASSPHRASE', '--passphrase-file')
}

export function recoveryCodeFrom(options: Options): string {
  return secretFrom(options['recovery-code-file'], 'ZGT_RECOVERY_CODE', '--recovery-code-file')
}

function secretFrom(file: string | undefined, variable: string, option: string): string {
  const secret = file === undefined ? (process.env[variable] ?? '') : secretIn(file)
  if (secret === '') throw new UsageError((t) => t('cli:usage.secret', { variable, option }))
  return secret
}
