import { Fault } from '../../shared/errors.ts'
import { isSecureAddress } from '../../shared/sync/address.ts'
import { EnrolReply, type EnrolRequest } from '../../shared/sync/protocol.ts'
import type { SyncState } from '../../db/repo/sync.ts'
import { faultOf, post, Refused } from './wire.ts'

/** Refuses a city address that would send files over the network unencrypted. */
export function assertSecure(address: string, allowHttp: boolean): void {
  const url = new URL(address)
  if (!isSecureAddress(url) && !(allowHttp && url.protocol === 'http:'))
    throw new Fault('insecure-address', { url: address })
}

/** Registers this PC at the city by its one-time code; the answer's key is pinned from then on. */
export async function enrolAt(url: string, request: EnrolRequest): Promise<SyncState> {
  const reply = EnrolReply.safeParse(JSON.parse(await askCity(url, request)))
  if (!reply.success || reply.data.dev !== request.dev) throw new Fault('city-impostor', { status: 200 })
  const { serverId, serverEpoch, cityKey, nodeName } = reply.data
  return {
    cityUrl: url,
    serverId,
    serverEpoch,
    cityKey,
    nodeName,
    acceptedThrough: 0,
    lastReceipt: 0,
    lastReceiptAt: null,
    attempt: 0,
    nextAttemptAt: null,
    failure: null,
  }
}

async function askCity(url: string, request: EnrolRequest): Promise<string> {
  try {
    return await post(new URL('/v1/enrol', url).href, JSON.stringify(request), 'application/json')
  } catch (error) {
    throw error instanceof Refused ? faultOf(error) : error
  }
}
