import type { Call } from '../../../shared/contract/call.ts'
import { Fault } from '../../../shared/errors.ts'
import type { Command, CommandContext } from '../command.ts'
import { UsageError } from '../complaint.ts'
import { chooseOfficer, passphraseFrom, withDesk } from '../sign-in.ts'

/**
 * `accept-missing N`: goes on without the N confirmed changes that the database has lost.
 *
 * The number is asked for, because somebody must have read it: an option that gives up whatever is missing would stay in
 * a nightly script and give up more, the next time, without anybody knowing.
 */
export const acceptMissingCommand: Command = {
  name: 'accept-missing',
  takes: ['officer', 'passphrase-file'],
  words: [1, 1],
  run: (context) => {
    const count = countFrom(context.words[0])
    const passphrase = passphraseFrom(context.options)
    return withDesk(context, async (call) => {
      const officerId = await chooseOfficer(call, context.options.officer)
      const missing = await missingChanges(() => call('desk.unlock', { officerId, passphrase }))
      if (missing === 0) return { value: { missing, kept: null }, lines: [context.t('cli:acceptMissing.none')] }
      refuseOther(missing, count)
      await call('desk.unlock', { officerId, passphrase, acceptMissing: true })
      return accepted(context, call, missing)
    })
  },
}

/** A number of changes, as it was told. */
export function countFrom(word: string | undefined): number {
  if (word === undefined || !/^[1-9]\d{0,8}$/.test(word)) throw new UsageError((t) => t('cli:usage.missingCount'))
  return Number(word)
}

/** How many changes an attempt to unlock found missing; none when it opened. */
export async function missingChanges(unlock: () => Promise<unknown>): Promise<number> {
  try {
    await unlock()
    return 0
  } catch (cause) {
    if (cause instanceof Fault && cause.code === 'changes-missing') return Number(cause.params['missing'])
    throw cause
  }
}

/** Another number than the one that is missing was not read from this desk. */
export function refuseOther(missing: number, accepted: number | null): void {
  if (missing !== accepted) throw new Fault('changes-missing', { missing })
}

/** Where the files of before were copied to; unknown to who may not see backups. */
async function keptFolder(call: Call): Promise<string | null> {
  try {
    return (await call('backup.restored', {})).note?.kept ?? null
  } catch (cause) {
    if (cause instanceof Fault && cause.code === 'not-allowed') return null
    throw cause
  }
}

/** What is gone for good, and where the files of before are. */
export async function accepted({ t }: CommandContext, call: Call, missing: number) {
  const kept = await keptFolder(call)
  const where = kept === null ? [] : [t('cli:restore.kept', { kept })]
  return { value: { missing, kept }, lines: [t('cli:acceptMissing.done', { count: missing }), ...where] }
}
