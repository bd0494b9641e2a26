import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import type { Sealed } from '../../shared/sync/protocol.ts'
import { canonicalJson } from '../ledger/chain.ts'
import { decryptBox, encryptBox } from './wrap.ts'

/** Where a sealed value belongs; bound into it, so that it cannot be moved to another record or field. */
export interface Place {
  readonly register: string
  readonly id: string
  readonly field: string
}

/** Seals township-reach values so that the city can carry and compare, but not read them (SYNC §5.2-3). */
export interface Sealer {
  seal(place: Place, value: unknown): Sealed
  /** The value, or undefined when it was sealed by another township or tampered with. */
  unseal(place: Place, sealed: Sealed): unknown
  /** What another thread needs to seal the same way. */
  readonly keys: SealingKeys
}

/** Keys made of the township key, one per purpose. They can be handed to a thread, but not read from JavaScript. */
export interface SealingKeys {
  readonly scope: string
  readonly cipher: KeyObject
  readonly mac: KeyObject
}

export function sealerFor(scope: string, townshipKey: Buffer): Sealer {
  const derive = (purpose: string): KeyObject =>
    createSecretKey(Buffer.from(hkdfSync('sha256', townshipKey, '', `zgt-${purpose}-v1`, 32)))
  return sealerWith({ scope, cipher: derive('seal'), mac: derive('mac') })
}

export function sealerWith(keys: SealingKeys): Sealer {
  const placeText = ({ register, id, field }: Place): string => `${keys.scope}|${register}|${id}|${field}`
  return {
    keys,
    seal: (place, value) => {
      const where = placeText(place)
      const plain = canonicalJson(value)
      return {
        c: encryptBox(keys.cipher, Buffer.from(plain), where).toString('base64'),
        m: createHmac('sha256', keys.mac).update(`${where}\n${plain}`).digest('base64'),
      }
    },
    unseal: (place, sealed) => {
      const plain = decryptBox(keys.cipher, Buffer.from(sealed.c, 'base64'), placeText(place))
      return plain === null ? undefined : (JSON.parse(plain.toString()) as unknown)
    },
  }
}
