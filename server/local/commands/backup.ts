import { resolve } from 'node:path'
import type { BackupRow } from '../../../shared/contract/backup.ts'
import type { Command, CommandContext, Result } from '../command.ts'
import { withOfficer } from '../sign-in.ts'

/** `backup [--to FOLDER]`: one backup now, to the planned folder or another; proved by opening it. */
export const backupCommand: Command = {
  name: 'backup',
  takes: ['to', 'officer', 'passphrase-file'],
  words: [0, 0],
  run: (context) => {
    const { to } = context.options
    return withOfficer(context, async (call) => {
      const made = await call('backup.make', to === undefined ? {} : { folder: resolve(to) })
      return backupResult(context, made)
    })
  },
}

function backupResult({ t }: CommandContext, made: BackupRow): Result {
  const megabytes = (made.bytes / 1_048_576).toFixed(1)
  const lines = [
    t('cli:backup.done', { folder: made.folder }),
    t('cli:backup.facts', { megabytes, ops: made.ops, unreported: made.unreported }),
    t('cli:backup.passphrase'),
  ]
  return { value: made, lines }
}
