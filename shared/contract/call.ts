import { contract, type Input, type Name, type Output, type Transport } from './index.ts'
import { Fault, isFaultCode, type FaultParams } from '../errors.ts'

export type Call = <N extends Name>(name: N, input: Input<N>) => Promise<Output<N>>

/** The contract as a typed function; what comes back as a failure is thrown. */
export const callOver = (transport: Transport): Call =>
  async function call<N extends Name>(name: N, input: Input<N>): Promise<Output<N>> {
    const reply = await transport(name, input)
    if (!reply.ok) throw new Fault(isFaultCode(reply.code) ? reply.code : 'unexpected', reply.params as FaultParams)
    return contract[name].output.parse(reply.data) as Output<N>
  }
