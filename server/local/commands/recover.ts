import type { Command } from '../command.ts'
import { chooseOfficer, passphraseFrom, recoveryCodeFrom, withDesk } from '../sign-in.ts'
import { accepted, countFrom, missingChanges, refuseOther } from './accept-missing.ts'

/** `recover`: a new passphrase by the printed recovery code. */
export const recoverCommand: Command = {
  name: 'recover',
  takes: ['officer', 'passphrase-file', 'recovery-code-file', 'accept-missing'],
  words: [0, 0],
  run: (context) => {
    const { options, t } = context
    const recoveryCode = recoveryCodeFrom(options)
    const passphrase = passphraseFrom(options)
    const accept = options['accept-missing'] === undefined ? null : countFrom(options['accept-missing'])
    return withDesk(context, async (call) => {
      const officerId = await chooseOfficer(call, options.officer)
      const recover = (acceptMissing: boolean) =>
        call('desk.recover', { officerId, recoveryCode, passphrase, acceptMissing })
      const missing = await missingChanges(() => recover(false))
      if (missing > 0) {
        refuseOther(missing, accept)
        await recover(true)
      }
      const { officer } = await call('session.get', {})
      if (missing === 0) return { value: { officer }, lines: [t('cli:recover.done', { officer: officer.name })] }
      const { value, lines } = await accepted(context, call, missing)
      return { value: { officer, ...value }, lines: [t('cli:recover.passphrase', { officer: officer.name }), ...lines] }
    })
  },
}
