import * as z from 'zod'
import { contract } from '../../../shared/contract/index.ts'
import type { Endpoint } from '../../../shared/contract/define.ts'
import type { Command } from '../command.ts'

/** `contract`: every endpoint, who may call it, and the JSON Schema of what goes in and comes out. */
export const contractCommand: Command = {
  name: 'contract',
  takes: [],
  words: [0, 0],
  run: () => {
    const endpoints = Object.entries(contract as Readonly<Record<string, Endpoint>>).map(([name, endpoint]) => ({
      name,
      kind: endpoint.kind,
      can: endpoint.can,
      passive: endpoint.passive ?? false,
      input: z.toJSONSchema(endpoint.input, { io: 'input', unrepresentable: 'any' }),
      output: z.toJSONSchema(endpoint.output, { io: 'output', unrepresentable: 'any' }),
    }))
    // A person gets the same as a program: a table would leave out what one asks this for.
    return Promise.resolve({ value: endpoints, lines: [JSON.stringify(endpoints, null, 2)] })
  },
}
