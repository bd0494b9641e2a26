import type { cadre } from '../../shared/domain/cadre.ts'
import { yearOf, type LocalDate, type Month } from '../../shared/domain/dates.ts'
import type { ValuesOf } from '../../shared/domain/register.ts'
import { identityNumberProblem } from '../../shared/rules/identity-number.ts'
import { addMonths } from './calendar.ts'
import type { Place } from './places.ts'
import { createRandom, type Random } from './random.ts'
import type { Special } from './special.ts'
import { GIVEN, SURNAMES } from './words/names.ts'

export type CadreValues = ValuesOf<typeof cadre>
export type Sex = 'male' | 'female'

/** Who sits in a place: what the file, the family and the talks are then made for. */
export interface Person {
  readonly place: Place
  readonly special: Special
  readonly name: string
  readonly sex: Sex
  /** As the archive says. */
  readonly birthMonth: Month
  readonly identityNumber: string
}

/** 371099 is a code nobody was ever given, so these numbers cannot be anybody's. */
const AREA = '371099'
const MEN: Readonly<Record<Place['kind'], number>> = {
  leader: 0.6,
  civil: 0.55,
  institution: 0.45,
  technical: 0.6,
  worker: 1,
  village: 0.8,
  auxiliary: 0.4,
}

/** The people of all places, in their order; names and identity numbers differ. */
export function demoPeople(
  places: readonly Place[],
  specials: Readonly<Record<string, Special>>,
  today: LocalDate,
): Person[] {
  const nextName = nameGiver()
  return places.map((place, index) => {
    const random = createRandom(`person:${place.key}`)
    const special = specials[place.key] ?? {}
    const sex = place.sex ?? (random.chance(MEN[place.kind]) ? 'male' : 'female')
    const birthMonth = addMonths(today.slice(0, 7), -12 * random.int(...place.age) - random.int(1, 11))
    const identityNumber = numberOf(addMonths(birthMonth, -(special.birthShift ?? 0)), sex, index, random)
    return { place, special, sex, birthMonth, identityNumber, name: nextName(sex, birthMonth) }
  })
}

/** A right number by GB 11643; the place in the list keeps two people of one birthday apart. */
function numberOf(birth: Month, sex: Sex, index: number, random: Random): string {
  const day = `${birth.replace('-', '')}${String(random.int(1, 28)).padStart(2, '0')}`
  const order = String(index * 2 + (sex === 'male' ? 1 : 0)).padStart(3, '0')
  const body = `${AREA}${day}${order}`
  return [...'0123456789X'].map((check) => body + check).find((number) => identityNumberProblem(number) === null)!
}

/** Gives surnames by turns of chance and uses every given name once before any a second time. */
function nameGiver(): (sex: Sex, birth: Month) => string {
  const random = createRandom('names')
  const waiting = new Map<string, string[]>()
  const used = new Set<string>()
  return (sex, birth) => {
    const age = yearOf(birth) < 1980 ? 'before' : 'after'
    const left = waiting.get(sex + age) ?? []
    const given = left.length > 0 ? left : random.shuffle(GIVEN[sex][age])
    const last = given.pop()!
    waiting.set(sex + age, given)
    let name = random.pick(SURNAMES) + last
    while (used.has(name)) name = random.pick(SURNAMES) + last
    used.add(name)
    return name
  }
}
