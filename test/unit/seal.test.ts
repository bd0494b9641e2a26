import fc from 'fast-check'
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { sealerFor } from '../../core/keys/seal.ts'

const sealer = sealerFor('371002101', Buffer.alloc(32, 1))
const place = { register: 'talk', id: '0199b7aa-0000-7000-8000-000000000001', field: 'summary' }

describe('a sealed value', () => {
  test('opens to what was sealed, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(sealer.unseal(place, sealer.seal(place, value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test('shows equality by its HMAC and nothing by its ciphertext', () => {
    const [a, b, c] = [sealer.seal(place, '甲'), sealer.seal(place, '甲'), sealer.seal(place, '乙')]
    expect(a.m).toBe(b.m)
    expect(a.c).not.toBe(b.c)
    expect(a.m).not.toBe(c.m)
  })

  test('is equal however the keys of an object were ordered', () => {
    expect(sealer.seal(place, { b: 1, a: [2] }).m).toBe(sealer.seal(place, { a: [2], b: 1 }).m)
  })

  test('does not show that two records or fields hold the same', () => {
    const elsewhere = [
      { ...place, id: '0199b7aa-0000-7000-8000-000000000002' },
      { ...place, field: 'needs' },
      { ...place, register: 'cadre' },
    ]
    for (const other of elsewhere) expect(sealer.seal(other, '甲').m).not.toBe(sealer.seal(place, '甲').m)
    expect(sealerFor('371002102', Buffer.alloc(32, 1)).seal(place, '甲').m).not.toBe(sealer.seal(place, '甲').m)
    expect(sealerFor('371002101', Buffer.alloc(32, 2)).seal(place, '甲').m).not.toBe(sealer.seal(place, '甲').m)
  })

  test('does not open elsewhere, with another key, bent or cut', () => {
    const sealed = sealer.seal(place, '谈话')
    expect(sealer.unseal({ ...place, field: 'needs' }, sealed)).toBeUndefined()
    expect(sealerFor('371002101', randomBytes(32)).unseal(place, sealed)).toBeUndefined()
    for (const c of ['', 'AAAA', sealed.c.slice(4), `${sealed.c.slice(0, -8)}AAAAAAA=`]) {
      expect(sealer.unseal(place, { ...sealed, c })).toBeUndefined()
    }
  })
})
