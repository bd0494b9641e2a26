import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exportLrm } from '../../../core/exchange/lrm-export.ts'
import { parseLrm } from '../../../core/exchange/lrm-parse.ts'
import { exportLrmx } from '../../../core/exchange/lrmx-export.ts'
import { parseLrmx } from '../../../core/exchange/lrmx-parse.ts'
import { isSince4, TEXT_ELEMENTS, versionOf } from '../../../core/exchange/lrmx-person.ts'
import { readXml, type XmlElement } from '../../../core/exchange/xml-read.ts'
import { elementText } from '../../../core/exchange/xml-write.ts'
import { Fault } from '../../../shared/errors.ts'
import { anyForm, anyLrmForm } from '../../builders/form-arbitrary.ts'
import { DIALECTS, formBytes, lrmBytes } from '../../builders/form.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures/lrmx')
const RUNS = { numRuns: 300 }

test.each(DIALECTS)(
  'whatever is read from $name comes back from its export, unknown elements and photo too',
  (dialect) => {
    fc.assert(
      fc.property(anyForm, (form) => {
        const { person } = parseLrmx(formBytes(form, dialect))
        expect(parseLrmx(exportLrmx(person, versionOf(person))).person).toEqual(person)
      }),
      RUNS,
    )
  },
)

test('every dialect of one form reads as the same person', () => {
  fc.assert(
    fc.property(anyForm, fc.constantFrom(...DIALECTS.slice(1)), (form, dialect) => {
      expect(parseLrmx(formBytes(form, dialect)).person).toEqual(parseLrmx(formBytes(form)).person)
    }),
    RUNS,
  )
})

test('what a person wrote is what is read, element for element', () => {
  fc.assert(
    fc.property(anyForm, (form) => {
      const { person } = parseLrmx(formBytes(form))
      expect(person.texts).toEqual(form.texts)
      expect(person.photo).toEqual(form.photo)
      expect(person.family.map(({ unknown: _, ...texts }) => texts)).toEqual(form.family)
    }),
    RUNS,
  )
})

test('a form turned into one of 3.x loses the two elements of 4.0 and nothing else', () => {
  fc.assert(
    fc.property(anyForm, (form) => {
      const { person } = parseLrmx(formBytes(form))
      const three = parseLrmx(exportLrmx(person, 3)).person
      for (const name of TEXT_ELEMENTS) {
        if (isSince4(name)) expect(three.texts[name]).toBe('')
        else if (name !== 'Version') expect(three.texts[name]).toBe(person.texts[name])
      }
      expect({ ...three, texts: null }).toEqual({ ...person, texts: null })
    }),
    RUNS,
  )
})

test('an export is the same bytes when it is exported again', () => {
  fc.assert(
    fc.property(anyForm, fc.constantFrom(3 as const, 4 as const), (form, version) => {
      const once = exportLrmx(parseLrmx(formBytes(form)).person, version)
      expect(exportLrmx(parseLrmx(once).person, version)).toEqual(once)
    }),
    RUNS,
  )
})

test('whatever is read from a .lrm comes back from its export, with the photo beside it', () => {
  fc.assert(
    fc.property(anyLrmForm, (form) => {
      const { person } = parseLrm(lrmBytes(form), form.photo)
      const { record, photo } = exportLrm(person)
      expect(parseLrm(record, photo?.bytes ?? null).person).toEqual(person)
      expect(person.texts).toEqual(form.texts)
    }),
    RUNS,
  )
})

test('quotation marks, lists and what stands in a .lrm field without a meaning survive', () => {
  fc.assert(
    fc.property(anyForm, (form) => {
      const { person } = parseLrmx(formBytes({ ...form, extra: '<lrm.13>备用</lrm.13>' }))
      const { record } = exportLrm(person)
      const read = parseLrm(record).person
      expect(parseLrm(exportLrm(read).record).person).toEqual(read)
      expect(read.unknown).toEqual(person.unknown)
      expect(read.texts.JianLi).toBe(person.texts.JianLi)
    }),
    RUNS,
  )
})

test('the fixture of the editor 2.0 comes back from its own export, and its photo with it', () => {
  const { person } = parseLrm(
    readFileSync(join(FIXTURES, 'editor-2.lrm')),
    readFileSync(join(FIXTURES, 'editor-2.pic')),
  )
  const { record, photo } = exportLrm(person)
  expect(person.texts.XingMing).toBe('试一二')
  expect(photo?.extension).toBe('jpg')
  expect(parseLrm(record, photo!.bytes).person).toEqual(person)
})

test('a cut or damaged file is refused with a Fault, never read as another person and never an accident', () => {
  const files = readdirSync(FIXTURES).filter((name) => /\.lrmx?$/.test(name))
  const damage = fc.tuple(
    fc.constantFrom(...files),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.integer({ min: -1, max: 255 }),
  )
  fc.assert(
    fc.property(damage, ([name, place, byte]) => {
      const bytes = new Uint8Array(readFileSync(join(FIXTURES, name)))
      const at = Math.floor(place * bytes.length)
      const broken = byte < 0 ? bytes.subarray(0, at) : bytes.with(at % bytes.length, byte)
      try {
        if (name.endsWith('.lrm')) parseLrm(broken)
        else parseLrmx(broken)
      } catch (cause) {
        expect(cause).toBeInstanceOf(Fault)
      }
    }),
    { numRuns: 1_000 },
  )
})

test('a truncated form is always refused', () => {
  const bytes = readFileSync(join(FIXTURES, 'editor-3.lrmx'))
  fc.assert(
    fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (length) => {
      expect(() => parseLrmx(bytes.subarray(0, length))).toThrow(Fault)
    }),
    RUNS,
  )
})

const name = fc.constantFrom('a', 'B.1', '名', 'x:y', '_z-')
const letters = fc.string({ unit: fc.constantFrom(...'a<>&"\'\t\n ]]>试😀'), maxLength: 12 })
const { tree } = fc.letrec<{ tree: XmlElement }>((tie) => ({
  tree: fc.record({
    name,
    attributes: fc.dictionary(name, letters, { maxKeys: 2 }).map((made) => ({ ...made })),
    children: fc.array(fc.oneof({ maxDepth: 4 }, letters, tie('tree')), { maxLength: 4 }).map(joined),
  }),
}))

/** Texts next to each other are one text, and an empty one is none. */
function joined(children: (XmlElement | string)[]): (XmlElement | string)[] {
  const made: (XmlElement | string)[] = []
  for (const child of children) {
    const last = made.at(-1)
    if (typeof child === 'string' && typeof last === 'string') made[made.length - 1] = last + child
    else if (child !== '') made.push(child)
  }
  return made
}

test('any tree of elements reads back as it was written', () => {
  fc.assert(
    fc.property(tree, (element) => {
      expect(readXml(elementText(element))).toEqual(element)
    }),
    { numRuns: 500 },
  )
})
