import type { Command } from '../command.ts'
import { withOfficer } from '../sign-in.ts'

/** `verify`: database, chains and the parity of records, history and ledger. */
export const verifyCommand: Command = {
  name: 'verify',
  takes: ['officer', 'passphrase-file'],
  words: [0, 0],
  run: (context) =>
    withOfficer(context, async (call) => {
      const { t } = context
      const result = await call('desk.verify', {})
      const lines = result.checks.map(({ name, ok, detail }) =>
        [ok ? 'ok    ' : 'FAILED', name, ...(detail === null ? [] : [detail])].join('  '),
      )
      if (result.ok) return { value: result, lines: [...lines, t('cli:verify.ok')] }
      return { value: result, lines: [...lines, t('cli:verify.failed')], fault: 'profile-damaged' }
    }),
}
