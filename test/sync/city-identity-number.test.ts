import { expect, test } from 'vitest'
import { startCity } from '../helpers/city.ts'
import { pushFrom, startDevice, write } from '../helpers/device.ts'
import { aCadre, recordOf, send } from '../helpers/verdict.ts'

test("a rule's finding is no reason to reject: an identity number with a wrong check digit is applied", async () => {
  const city = await startCity()
  const device = await startDevice(city)
  write(device, { ent: 'cadre', set: { ...aCadre, identityNumber: '371002199001011230' } })
  expect((await send(device, city)).verdicts[0]).toMatchObject({ verdict: 'applied' })
})

test('an identity number counts once among the records of a scope that are not void', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const identityNumber = '371002199001011237'
  const first = write(device, { ent: 'cadre', set: { ...aCadre, identityNumber } })
  const second = write(device, { ent: 'cadre', set: { ...aCadre, identityNumber } })
  const reply = await send(device, city)
  expect(reply.verdict(first.seq).verdict).toBe('applied')
  expect(reply.verdict(second.seq)).toMatchObject({
    verdict: 'rejected',
    problem: { pointer: '/set/identityNumber', fix: 'edit-field' },
  })
  expect(reply.verdict(second.seq).problem?.type).toBe('urn:zugongtai:problem:not-unique')

  const voiding = write(device, { ent: 'cadre', k: 'void', id: first.id, base: 1, why: '重复' })
  const third = write(device, { ent: 'cadre', set: { ...aCadre, identityNumber } })
  const back = write(device, { ent: 'cadre', k: 'unvoid', id: first.id, base: 1, after: voiding.seq })
  const later = await pushFrom(device, city, voiding.seq)
  expect(later.verdicts.map(({ verdict }) => verdict)).toEqual(['applied', 'applied', 'rejected'])
  expect(later.verdict(back.seq).problem?.type).toBe('urn:zugongtai:problem:not-unique')
  expect(later.verdict(third.seq)).toMatchObject({ rev: 1 })
})

test('two records can exchange their identity numbers in one push', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const [one, two] = ['371002199001011237', '371002199002021238']
  const a = write(device, { ent: 'cadre', set: { ...aCadre, identityNumber: one } })
  const b = write(device, { ent: 'cadre', set: { ...aCadre, identityNumber: two } })
  const change = ({ id }: typeof a, after: number, was: string | null, now: string | null) =>
    write(device, { ent: 'cadre', k: 'patch', id, after, set: { identityNumber: now }, was: { identityNumber: was } })
  const freed = change(a, a.seq, one, null)
  change(b, b.seq, two, one)
  change(a, freed.seq, null, two)
  expect((await send(device, city)).verdicts.map(({ verdict }) => verdict)).toEqual(Array(5).fill('applied'))
  expect((await recordOf(city, a.id))?.data['identityNumber']).toBe(two)
})

test('the same identity number in two scopes is nobody else’s business', async () => {
  const city = await startCity()
  const [here, there] = [await startDevice(city, '371002101'), await startDevice(city, '371002102')]
  for (const device of [here, there]) {
    write(device, { ent: 'cadre', set: { ...aCadre, identityNumber: '371002199001011237' } })
    expect((await send(device, city)).verdicts[0]).toMatchObject({ verdict: 'applied' })
  }
})
