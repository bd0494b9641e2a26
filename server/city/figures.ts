import { sql } from 'kysely'
import type { Township, TownshipCoverage } from '../../shared/contract/city.ts'
import type { RollGroup } from '../../shared/domain/cadre.ts'
import { asOfDate, type LocalDate } from '../../shared/domain/dates.ts'
import { settingAt, type Setting } from '../../shared/domain/setting.ts'
import type { Talk } from '../../shared/domain/talk.ts'
import { talkCoverage, type CoverageCadre, type CoverageTalk } from '../../shared/rules/talk-coverage.ts'
import type { Db, StoredVerdict } from './schema.ts'

export interface Figures {
  readonly coverage: TownshipCoverage
  readonly ops: NonNullable<Township['ops']>
}

export interface FiguresReader {
  /** Figures of each scope that has any; the others are {@link noFigures}. */
  of(scopes: readonly string[], year: number, today: LocalDate): Promise<ReadonlyMap<string, Figures>>
}

/**
 * Counts what the townships' records say, and keeps the counts.
 *
 * Whatever changes a scope gives it a new receipt number, so figures taken at the same number on the same day are
 * still right: a glance at a province's townships counts only those that reported since.
 */
export function createFigures(db: Db): FiguresReader {
  const kept = new Map<string, { counter: number; day: string; figures: Figures }>()
  return {
    async of(scopes, year, today) {
      if (scopes.length === 0) return new Map()
      const counters = await db.selectFrom('scope').select(['scope', 'counter']).where('scope', 'in', scopes).execute()
      const keyOf = (scope: string) => `${scope}/${year}`
      const old = counters.filter(({ scope, counter }) => {
        const known = kept.get(keyOf(scope))
        return known?.counter !== counter || known.day !== today
      })
      const fresh = await count(
        db,
        old.map(({ scope }) => scope),
        year,
        today,
      )
      for (const { scope, counter } of old) {
        kept.set(keyOf(scope), { counter, day: today, figures: fresh.get(scope) ?? noFigures(year, today) })
      }
      return new Map(
        counters.flatMap(({ scope }) => {
          const known = kept.get(keyOf(scope))
          return known === undefined ? [] : [[scope, known.figures] as const]
        }),
      )
    },
  }
}

/** Of a township that never reported. */
export const noFigures = (year: number, today: LocalDate): Figures => ({
  coverage: coverageOf([], [], [], year, today),
  ops: { applied: 0, merged: 0, conflict: 0, held: 0, rejected: 0 },
})

async function count(db: Db, scopes: readonly string[], year: number, today: LocalDate): Promise<Map<string, Figures>> {
  if (scopes.length === 0) return new Map()
  const [cadres, talks, settings, ops] = await Promise.all([
    cadresOf(db, scopes),
    talksOf(db, scopes, year),
    settingsOf(db, scopes),
    opsOf(db, scopes),
  ])
  return new Map(
    scopes.map((scope) => {
      const coverage = coverageOf(
        cadres.get(scope) ?? [],
        talks.get(scope) ?? [],
        settings.get(scope) ?? [],
        year,
        today,
      )
      const counts = Object.fromEntries((ops.get(scope) ?? []).map(({ verdict, ops: n }) => [verdict, n]))
      return [scope, { coverage, ops: { ...noFigures(year, today).ops, ...counts } }]
    }),
  )
}

type CountedSetting = Pick<Setting, 'id' | 'key' | 'value' | 'since' | 'basis' | 'voided'>

function coverageOf(
  cadres: readonly CoverageCadre[],
  talks: readonly CoverageTalk[],
  settings: readonly CountedSetting[],
  year: number,
  today: LocalDate,
): TownshipCoverage {
  const day = asOfDate(year, today)
  const basis = {
    rollGroups: settingAt(settings, 'countable-roll-groups', day),
    talkTypes: settingAt(settings, 'countable-talk-types', day),
    talkFormats: settingAt(settings, 'countable-talk-formats', day),
  }
  const counted = talkCoverage(cadres, talks, year, today, {
    rollGroups: basis.rollGroups.value,
    talkTypes: basis.talkTypes.value,
    talkFormats: basis.talkFormats.value,
  })
  const { onRoll, talked, rate, asOf } = counted
  return { year, onRoll, talked, rate, asOf, basis }
}

const field = (name: string) => sql<string | null>`data->>${sql.lit(name)}`

async function cadresOf(db: Db, scopes: readonly string[]): Promise<Map<string, CoverageCadre[]>> {
  const rows = await countable(db, scopes, 'cadre')
    .select([
      'scope',
      'id',
      field('rollGroup').as('rollGroup'),
      field('joinedOn').as('joinedOn'),
      field('leftOn').as('leftOn'),
    ])
    .execute()
  return byScope(rows.map((row) => ({ ...row, rollGroup: row.rollGroup as RollGroup, voided: false })))
}

async function talksOf(db: Db, scopes: readonly string[], year: number): Promise<Map<string, CoverageTalk[]>> {
  const rows = await countable(db, scopes, 'talk')
    .select([
      'scope',
      field('cadreId').as('cadreId'),
      field('talkType').as('talkType'),
      field('format').as('format'),
      field('heldOn').as('heldOn'),
    ])
    .where(sql<boolean>`data->>'heldOn' like ${`${year}-%`}`)
    .execute()
  return byScope(rows.map((row) => ({ ...(row as typeof row & Talk), voided: false })))
}

async function settingsOf(db: Db, scopes: readonly string[]): Promise<Map<string, CountedSetting[]>> {
  const rows = await countable(db, scopes, 'setting').select(['scope', 'id', 'data']).execute()
  return byScope(
    rows
      .map(({ scope, id, data }) => ({
        scope,
        basis: null,
        ...(data as Pick<Setting, 'key' | 'value' | 'since'>),
        id,
        voided: false,
      }))
      .filter(({ since }) => typeof since === 'string'),
  )
}

async function opsOf(
  db: Db,
  scopes: readonly string[],
): Promise<Map<string, { verdict: StoredVerdict; ops: number }[]>> {
  const rows = await db
    .selectFrom('op')
    .select(['scope', 'verdict', ({ fn }) => fn.countAll<number>().as('ops')])
    .where('scope', 'in', scopes)
    .where('superseded_by', 'is', null)
    .groupBy(['scope', 'verdict'])
    .execute()
  return byScope(rows)
}

const countable = (db: Db, scopes: readonly string[], ent: string) =>
  db.selectFrom('record').where('scope', 'in', scopes).where('ent', '=', ent).where('voided', '=', false)

const byScope = <T extends { scope: string }>(rows: readonly T[]): Map<string, T[]> =>
  Map.groupBy(rows, ({ scope }) => scope)
