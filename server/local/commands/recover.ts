import type { Command } from '../command.ts'
import { chooseOfficer, passphraseFrom, recoveryCodeFrom, withDesk } from '../sign-in.ts'

/** `recover`: a new passphrase by the printed recovery code. */
export const recoverCommand: Command = {
  name: 'recover',
  takes: ['officer', 'passphrase-file', 'recovery-code-file'],
  words: [0, 0],
  run: (context) => {
    const { options, t } = context
    const recoveryCode = recoveryCodeFrom(options)
    const passphrase = passphraseFrom(options)
    return withDesk(context, async (call) => {
      const officerId = await chooseOfficer(call, options.officer)
      const { officer } = await call('desk.recover', { officerId, recoveryCode, passphrase })
      return { value: { officer }, lines: [t('cli:recover.done', { officer: officer.name })] }
    })
  },
}
