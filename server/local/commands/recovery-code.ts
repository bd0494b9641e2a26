import type { Command } from '../command.ts'
import { passphraseFrom, withOfficer } from '../sign-in.ts'

/** `recovery-code`: another printed code instead of a lost one. Shown this once; the one before opens nothing any more. */
export const recoveryCodeCommand: Command = {
  name: 'recovery-code',
  takes: ['officer', 'passphrase-file'],
  words: [0, 0],
  run: (context) =>
    withOfficer(context, async (call) => {
      const { t, options } = context
      const made = await call('recovery.renew', { passphrase: passphraseFrom(options) })
      const lines = [t('cli:init.recoveryCode', { code: made.recoveryCode }), t('cli:recoveryCode.keep')]
      return { value: made, lines }
    }),
}
