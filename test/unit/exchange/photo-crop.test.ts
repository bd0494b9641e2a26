import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ASPECT, cutOf, firstCrop, moved, zoomed } from '../../../renderer/pages/cadre/photo/crop.ts'

const size = fc.record({ width: fc.integer({ min: 1, max: 8_000 }), height: fc.integer({ min: 1, max: 8_000 }) })
const share = fc.double({ min: -3, max: 3, noNaN: true })
const act = fc.oneof(
  fc.tuple(fc.constant('move' as const), share, share),
  fc.tuple(fc.constant('zoom' as const), fc.double({ min: -2, max: 50, noNaN: true }), fc.constant(0)),
)

test('whatever is dragged and zoomed, the kept part is 4:5 and inside the picture', () => {
  fc.assert(
    fc.property(size, fc.array(act, { maxLength: 20 }), (picture, acts) => {
      let crop = firstCrop(picture)
      for (const [kind, a, b] of acts) crop = kind === 'move' ? moved(picture, crop, a, b) : zoomed(picture, crop, a)
      const cut = cutOf(picture, crop)
      expect(cut.width / cut.height).toBeCloseTo(ASPECT, 6)
      expect(cut.left).toBeGreaterThanOrEqual(-1e-6)
      expect(cut.top).toBeGreaterThanOrEqual(-1e-6)
      expect(cut.left + cut.width).toBeLessThanOrEqual(picture.width + 1e-6)
      expect(cut.top + cut.height).toBeLessThanOrEqual(picture.height + 1e-6)
    }),
  )
})

test('a picture of the right shape is kept whole at first', () => {
  expect(cutOf({ width: 400, height: 500 }, firstCrop({ width: 400, height: 500 }))).toEqual({
    left: 0,
    top: 0,
    width: 400,
    height: 500,
  })
})

test('a wide picture is cut in its middle, a tall one at its top, where the face is', () => {
  expect(cutOf({ width: 900, height: 500 }, firstCrop({ width: 900, height: 500 }))).toEqual({
    left: 250,
    top: 0,
    width: 400,
    height: 500,
  })
  expect(cutOf({ width: 400, height: 900 }, firstCrop({ width: 400, height: 900 }))).toEqual({
    left: 0,
    top: 0,
    width: 400,
    height: 500,
  })
})
