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

export interface Coverage {
  readonly year: number
  /** The day the roll is taken at: today, or 31 December of a past year. */
  readonly asOf: LocalDate
  readonly onRoll: number
  readonly talked: number
  /** 0 to 1; null when nobody is on the roll. */
  readonly rate: number | null
  /** Ids of those on the roll without a countable talk, in the order given. */
  readonly missing: readonly string[]
  /** Ids of those on the roll with one. */
  readonly counted: ReadonlySet<string>
}

/**
 * W18-1: at least one heart-to-heart talk with every cadre in a calendar year (威发〔2019〕2号第18条).
 *
 * The clause does not say whether each body counts separately, so any countable talk counts, whoever held it. A future
 * date counts to its year: the form warns of it, the figures do not depend on the PC's clock.
 */
export function talkCoverage(
  cadres: readonly CoverageCadre[],
  talks: readonly CoverageTalk[],
  year: number,
  today: LocalDate,
  basis: CountingBasis,
): Coverage {
  return coverageOf(
    cadres,
    new Set(talks.filter((t) => countsTo(t, year, basis)).map((t) => t.cadreId)),
    year,
    today,
    basis,
  )
}

/** The same for somebody who knows already whom a countable talk of the year was held with ({@link countsTo}). */
export function coverageOf(
  cadres: readonly CoverageCadre[],
  talkedTo: ReadonlySet<string>,
  year: number,
  today: LocalDate,
  basis: CountingBasis,
): Coverage {
  const asOf = asOfDate(year, today)
  const missing: string[] = []
  const counted = new Set<string>()
  for (const cadre of cadres) {
    if (!basis.rollGroups.includes(cadre.rollGroup) || !onRollAt(cadre, asOf)) continue
    if (talkedTo.has(cadre.id)) counted.add(cadre.id)
    else missing.push(cadre.id)
  }
  const talked = counted.size
  const onRoll = talked + missing.length
  return { year, asOf, onRoll, talked, rate: onRoll === 0 ? null : talked / onRoll, missing, counted }
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
