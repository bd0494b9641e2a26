import { onRollAt, type Cadre, type RollGroup } from '../domain/cadre.ts'
import { asOfDate, yearOf, type LocalDate } from '../domain/dates.ts'
import type { Talk } from '../domain/talk.ts'
import { finding, type Finding } from './finding.ts'

/** What counts: the dated settings in force at the day the figures are taken. */
export interface CountingBasis {
  readonly rollGroups: readonly RollGroup[]
  readonly talkTypes: readonly Talk['talkType'][]
  readonly talkFormats: readonly Talk['format'][]
}
export type CoverageCadre = Pick<Cadre, 'id' | 'rollGroup' | 'joinedOn' | 'leftOn' | 'voided'>
export type CoverageTalk = Pick<Talk, 'cadreId' | 'talkType' | 'format' | 'heldOn' | 'voided'>

export interface Coverage<C extends CoverageCadre = CoverageCadre> {
  readonly year: number
  /** The day the roll is taken at: today, or 31 December of a past year. */
  readonly asOf: LocalDate
  readonly onRoll: number
  readonly talked: number
  /** 0 to 1; null when nobody is on the roll. */
  readonly rate: number | null
  /** Those on the roll, in the order given, and whether a countable talk was held with them. */
  readonly roll: readonly { readonly cadre: C; readonly talked: boolean }[]
  /** Those of them without one. */
  readonly missing: readonly C[]
}

/**
 * W18-1: at least one heart-to-heart talk with every cadre in a calendar year (威发〔2019〕2号第18条).
 *
 * The clause does not say whether each body counts separately, so any countable talk counts, whoever held it. A future
 * date counts to its year: the form warns of it, the figures do not depend on the PC's clock.
 */
export function talkCoverage<C extends CoverageCadre>(
  cadres: readonly C[],
  talks: readonly CoverageTalk[],
  year: number,
  today: LocalDate,
  basis: CountingBasis,
): Coverage<C> {
  return coverageOf(
    cadres,
    new Set(talks.filter((t) => countsTo(t, year, basis)).map((t) => t.cadreId)),
    year,
    today,
    basis,
  )
}

/** The same for somebody who knows already whom a countable talk of the year was held with ({@link countsTo}). */
export function coverageOf<C extends CoverageCadre>(
  cadres: readonly C[],
  talkedTo: ReadonlySet<string>,
  year: number,
  today: LocalDate,
  basis: CountingBasis,
): Coverage<C> {
  const asOf = asOfDate(year, today)
  const roll: { cadre: C; talked: boolean }[] = []
  const missing: C[] = []
  for (const cadre of cadres) {
    if (!basis.rollGroups.includes(cadre.rollGroup) || !onRollAt(cadre, asOf)) continue
    const talked = talkedTo.has(cadre.id)
    roll.push({ cadre, talked })
    if (!talked) missing.push(cadre)
  }
  const onRoll = roll.length
  const talked = onRoll - missing.length
  return { year, asOf, onRoll, talked, rate: onRoll === 0 ? null : talked / onRoll, roll, missing }
}

/** True when the talk counts to that year's coverage. */
export const countsTo = (talk: CoverageTalk, year: number, basis: CountingBasis): boolean =>
  !talk.voided &&
  yearOf(talk.heldOn) === year &&
  basis.talkTypes.includes(talk.talkType) &&
  basis.talkFormats.includes(talk.format)

/** The finding shown on a person: no countable talk yet this year. */
export const notTalkedFinding = (year: number): Finding => finding('W18-1', 'not-talked', 'warn', null, { year })

/** a talk dated after today. Warns, never blocks (the clock may be what is wrong). */
export const futureTalkFindings = (talk: Pick<Talk, 'heldOn'>, today: LocalDate): Finding[] =>
  talk.heldOn > today ? [finding('R-5', 'in-future', 'warn', 'heldOn', { today })] : []
