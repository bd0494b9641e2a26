import type { Output } from '../../../shared/contract/index.ts'
import { Fault, isFaultCode, type FaultParams } from '../../../shared/errors.ts'
import type { Command, CommandContext, Result } from '../command.ts'
import { UsageError } from '../complaint.ts'
import { withOfficer } from '../sign-in.ts'

type Status = Output<'sync.status'>

/** `enrol`: registers this PC at the city by the one-time code that its administrator gave out. */
export const enrolCommand: Command = {
  name: 'enrol',
  takes: ['city', 'code', 'allow-http', 'officer', 'passphrase-file'],
  words: [0, 0],
  run: (context) => {
    const { options, t } = context
    const city = options.city
    const code = options.code
    if (city === undefined || !URL.canParse(city)) throw new UsageError((translate) => translate('cli:usage.city'))
    if (code === undefined) throw new UsageError((translate) => translate('cli:usage.missing', { option: '--code' }))
    return withOfficer(context, async (call) => {
      const status = await call('sync.enrol', { city, code, allowHttp: options['allow-http'] })
      return { value: status, lines: [t('cli:enrol.done', { city }), pendingLine(context, status)] }
    })
  },
}

/**
 * `sync`: sends what is due and waits for the answers.
 *
 * Changes that need a person are no failure of the run: they were answered, and a schedule must not raise an alarm for
 * them every hour. That the city could not be reached is one.
 */
export const syncCommand: Command = {
  name: 'sync',
  takes: ['officer', 'passphrase-file'],
  words: [0, 0],
  run: (context) => withOfficer(context, async (call) => syncResult(context, await call('sync.run', {}))),
}

function syncResult(context: CommandContext, status: Status): Result {
  const { t } = context
  const { failure } = status
  if (failure !== null) {
    throw new Fault(isFaultCode(failure.code) ? failure.code : 'unexpected', failure.params as FaultParams)
  }
  const lines = [
    pendingLine(context, status),
    ...(status.attention > 0 ? [t('cli:sync.attention', { count: status.attention })] : []),
    ...(status.lastReceiptAt === null ? [] : [t('cli:sync.receipt', { at: status.lastReceiptAt })]),
  ]
  return { value: status, lines }
}

const pendingLine = ({ t }: CommandContext, { pending, answered }: Status): string =>
  pending === 0 ? t('cli:sync.drained', { answered }) : t('cli:sync.pending', { pending, answered })
