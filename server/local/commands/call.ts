import { text } from 'node:stream/consumers'
import { contract, type Input, type Name } from '../../../shared/contract/index.ts'
import type { Command } from '../command.ts'
import { UsageError } from '../complaint.ts'
import { withDesk, withOfficer } from '../sign-in.ts'

/** `call NAME [JSON|-]`: any endpoint of the contract; `-` reads the input from stdin. */
export const callCommand: Command = {
  name: 'call',
  takes: ['officer', 'passphrase-file'],
  words: [1, 2],
  run: async (context) => {
    const [name = '', json = '{}'] = context.words
    if (!isName(name)) throw new UsageError((t) => t('cli:usage.endpoint', { name }))
    const input = parsed(json === '-' ? await text(process.stdin) : json)
    const withCall = contract[name].can === 'anyone' ? withDesk : withOfficer
    // The router parses the input and says what is wrong with it, as it does for a page.
    const value = await withCall(context, (call) => call(name, input as Input<Name>))
    return { value, lines: [JSON.stringify(value, null, 2)] }
  },
}

const isName = (name: string): name is Name => Object.hasOwn(contract, name)

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new UsageError((t) => t('cli:usage.json', { reason: (cause as Error).message }), { cause })
  }
}
