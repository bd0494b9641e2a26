import { resolve } from 'node:path'
import type { Output } from '../../../shared/contract/index.ts'
import { Fault } from '../../../shared/errors.ts'
import type { Call } from '../../../shared/contract/call.ts'
import type { Command, CommandContext, Result } from '../command.ts'
import { LocalFault } from '../complaint.ts'
import { withDesk } from '../sign-in.ts'

/**
 * `restore FOLDER`: a backup into a data folder that has no desk, or with `--replace-damaged` a damaged one.
 *
 * Needs no passphrase: what is restored is as locked as it was. Over a healthy desk it is refused, flag or not.
 */
export const restoreCommand: Command = {
  name: 'restore',
  takes: ['replace-damaged'],
  words: [1, 1],
  run: (context) => {
    const folder = resolve(context.words[0] ?? '')
    const replaceDamaged = context.options['replace-damaged']
    return withDesk(context, async (call) => {
      try {
        const done = await call('desk.restore', { folder, replaceDamaged })
        return restoreResult(context, { ...done, folder, dir: context.dir })
      } catch (cause) {
        throw cause instanceof Fault ? await clearer(call, cause, folder, replaceDamaged) : cause
      }
    })
  },
}

type Done = Output<'desk.restore'> & { readonly folder: string; readonly dir: string }

function restoreResult({ t }: CommandContext, done: Done): Result {
  const { at, dir, unreported, lost, kept } = done
  const lines = [
    t('cli:restore.done', { at, dir }),
    t('cli:restore.unreported', { count: unreported }),
    lost === null ? t('cli:restore.lostUnknown') : t('cli:restore.lost', { count: lost }),
    ...(kept === null ? [] : [t('cli:restore.kept', { kept })]),
    t('cli:restore.next'),
  ]
  return { value: done, lines }
}

/** The same faults, with what somebody at a terminal can do about them. */
async function clearer(call: Call, fault: Fault, folder: string, replaceDamaged: boolean): Promise<Fault> {
  const { code, params } = fault
  if (code === 'profile-damaged' && !replaceDamaged)
    return new LocalFault(code, params, (t) => t('cli:restore.damaged'))
  if (code === 'profile-exists' && replaceDamaged) return new LocalFault(code, params, (t) => t('cli:restore.healthy'))
  if (code !== 'backup-missing') return fault
  const inside = await call('desk.backups', { folder }).catch(() => ({ rows: [] }))
  if (inside.rows.length === 0) return fault
  const list = inside.rows.map((row) => `  ${row.at}  ${row.folder}`).join('\n')
  return new LocalFault(code, params, (t) => t('cli:restore.choose', { list }))
}
