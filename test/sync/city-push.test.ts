import { expect, test } from 'vitest'
import { startCity } from '../helpers/city.ts'
import { enrolDevice, makeDevice, push, write, writeFounding } from '../helpers/device.ts'

test('the first push of a desk is applied, op by op, and signed', async () => {
  const city = await startCity()
  const device = makeDevice()
  const { unit } = writeFounding(device)
  const cadre = write(device, { ent: 'cadre', set: { name: '王某', rollGroup: 'in-post', unitId: unit.id } })
  await enrolDevice(device, city)
  const reply = await push(device, city)
  expect(reply.verdicts.map(({ seq, verdict, rev }) => [seq, verdict, rev])).toEqual([
    [1, 'applied', 1],
    [2, 'applied', 1],
    [3, 'applied', 1],
  ])
  expect(reply.header).toMatchObject({ receipt: 1, accepted: { through: 3, head: device.lines.at(-1)?.chain } })
  const record = await city.db.selectFrom('record').selectAll().where('id', '=', cadre.id).executeTakeFirstOrThrow()
  expect(record).toMatchObject({ ent: 'cadre', rev: 1, data: cadre.set })
})
