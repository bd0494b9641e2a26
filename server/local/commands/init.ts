import { ROLES } from '../../../shared/permissions.ts'
import type { Options } from '../arguments.ts'
import type { Command, CommandContext } from '../command.ts'
import { UsageError } from '../complaint.ts'
import { passphraseFrom, withDesk } from '../sign-in.ts'

/** `init`: a new township in an empty folder. The recovery code is shown this once. */
export const initCommand: Command = {
  name: 'init',
  takes: ['unit', 'unit-code', 'officer', 'role', 'passphrase-file'],
  words: [0, 0],
  run: (context) => {
    const { options, dir, t } = context
    const unitName = required(options, 'unit')
    const unitCode = required(options, 'unit-code')
    const officerName = required(options, 'officer')
    const passphrase = passphraseFrom(options)
    const role = roleFrom(options)
    return withDesk(context, async (call) => {
      const made = await call('desk.init', { unitName, unitCode, officerName, passphrase, ...role })
      const { unit, officer } = made.session
      const lines = [
        t('cli:init.done', { unit: unit.name, code: unit.unitCode, officer: officer.name, dir }),
        t('cli:init.recoveryCode', { code: made.recoveryCode }),
        t('cli:init.keep'),
      ]
      return { value: { ...made, dir }, lines }
    })
  },
}

/** `demo`: the made-up township. */
export const demoCommand: Command = {
  name: 'demo',
  takes: [],
  words: [0, 0],
  run: (context) => withDesk(context, async (call) => demoResult(context, await call('desk.demo', {}))),
}

interface Demo {
  readonly session: { readonly unit: { readonly name: string }; readonly officer: { readonly name: string } }
  readonly passphrase: string
  readonly recoveryCode: string
}

function demoResult({ t, dir }: CommandContext, made: Demo) {
  const { unit, officer } = made.session
  const lines = [
    t('cli:demo.done', { unit: unit.name, officer: officer.name, dir }),
    t('cli:demo.passphrase', { passphrase: made.passphrase }),
    t('cli:demo.recoveryCode', { code: made.recoveryCode }),
  ]
  return { value: { ...made, dir }, lines }
}

function required(options: Options, name: 'unit' | 'unit-code' | 'officer'): string {
  const value = options[name]
  if (value === undefined || value === '') throw new UsageError((t) => t('cli:usage.missing', { option: `--${name}` }))
  return value
}

function roleFrom({ role }: Options): { role?: (typeof ROLES)[number] } {
  if (role === undefined) return {}
  const known = ROLES.find((name) => name === role)
  if (known === undefined) throw new UsageError((t) => t('cli:usage.role', { role, roles: ROLES.join(', ') }))
  return { role: known }
}
