import { contract, type Input, type Name, type Output, type Transport } from '../../shared/contract/index.ts'
import { Fault, isFaultCode, type FaultParams } from '../../shared/errors.ts'

/** The one function pages call. Which wire it runs over was settled before the first page rendered. */
export type Call = <N extends Name>(name: N, input: Input<N>) => Promise<Output<N>>

export function createClient(transport: Transport): Call {
  return async function call<N extends Name>(name: N, input: Input<N>): Promise<Output<N>> {
    const reply = await transport(name, input)
    if (!reply.ok) {
      // A newer core may know a failure that this page does not; it still is a failure and keeps its code for support.
      if (isFaultCode(reply.code)) throw new Fault(reply.code, reply.params as FaultParams)
      throw new Fault('unexpected', { ...(reply.params as FaultParams), code: reply.code })
    }
    return contract[name].output.parse(reply.data) as Output<N>
  }
}
