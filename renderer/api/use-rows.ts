import { useQueries, type Query } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { Input, Output } from '../../shared/contract/index.ts'
import { useClient, type QueryName } from './use-call.ts'

interface Answer<Row> {
  readonly total: number
  readonly rows: readonly Row[]
}

/** Rows of a table that may be far more than are loaded. `at` is undefined for a row that is still on its way. */
export interface RowSource<Row> {
  readonly total: number
  readonly at: (index: number) => Row | undefined
  /** The rows that are here now, for 全选. */
  readonly loaded: () => readonly Row[]
  /** All of them in order, `most` at most: for paper, which has no screen to wait for. */
  readonly all: (most: number) => Promise<Answer<Row>>
  /** Tells which rows are on screen; the pages around them are fetched. */
  readonly need: (first: number, last: number) => void
  /** First answer not there yet. */
  readonly loading: boolean
  /** Rows of the previous filter are shown; dim them. */
  readonly stale: boolean
  readonly fault: Error | null
}

/** Endpoints that answer `{ total, rows }` by pages. */
type PagedName = {
  [N in QueryName]: Output<N> extends { total: number; rows: readonly unknown[] } ? N : never
}[QueryName]
export type RowOf<N extends PagedName> = Output<N> extends { rows: readonly (infer Row)[] } ? Row : never
type Filter<N extends PagedName> = Omit<Input<N>, 'limit' | 'offset'>

const PAGE_SIZE = 200

/** The rows of a paged query as one long table: 50 000 cadres cost the pages that are looked at. */
export function useRows<N extends PagedName>(name: N, filter: Filter<N>): RowSource<RowOf<N>> {
  const call = useClient()
  const [pages, setPages] = useState<readonly number[]>([0])
  const answers = useQueries({
    queries: pages.map((page) => ({
      queryKey: [name, filter, page],
      queryFn: () => call(name, { ...filter, limit: PAGE_SIZE, offset: page * PAGE_SIZE } as Input<N>),
      placeholderData: previousAnswerOf(page),
    })),
  })
  const answerOf = (page: number) => answers[pages.indexOf(page)]?.data as Answer<RowOf<N>> | undefined

  const need = useCallback((first: number, last: number) => {
    const wanted = pagesBetween(first, last)
    setPages((now) => (sameNumbers(now, wanted) ? now : wanted))
  }, [])
  const known = pages.map(answerOf).find((answer) => answer !== undefined)
  // A jump far down asks for pages nothing of which is there yet. The length must not fall to 0 meanwhile: the table would
  // be at its top again and ask for the first page, and so on for ever.
  const total = useRef(0)
  if (known !== undefined) total.current = known.total
  return {
    total: total.current,
    at: (index) => answerOf(Math.floor(index / PAGE_SIZE))?.rows[index % PAGE_SIZE],
    loaded: () => pages.flatMap((page) => answerOf(page)?.rows ?? []),
    all: (most) =>
      allRows(async (limit, offset) => {
        const answer = await call(name, { ...filter, limit, offset } as Input<N>)
        return answer as unknown as Answer<RowOf<N>>
      }, most),
    need,
    loading: known === undefined && answers.some((answer) => answer.isPending),
    stale: answers.some((answer) => answer.isPlaceholderData),
    fault: answers.find((answer) => answer.error !== null)?.error ?? null,
  }
}

/** A list that is wholly there already, for {@link RegisterTable}. */
export const rowsOf = <Row>(
  rows: readonly Row[] | undefined,
  state: { stale?: boolean; fault?: Error | null } = {},
): RowSource<Row> => ({
  total: rows?.length ?? 0,
  at: (index) => rows?.[index],
  loaded: () => rows ?? [],
  all: async (most) => ({ total: rows?.length ?? 0, rows: rows?.slice(0, most) ?? [] }),
  need: () => undefined,
  loading: rows === undefined && !state.fault,
  stale: state.stale ?? false,
  fault: state.fault ?? null,
})

/** As many rows as one question may ask for. */
const MOST_AT_ONCE = 500

/** The first `most` rows of a paged query; it is asked again only while there are more. */
export async function allRows<Row>(
  ask: (limit: number, offset: number) => Promise<Answer<Row>>,
  most: number,
): Promise<Answer<Row>> {
  const rows: Row[] = []
  for (;;) {
    const page = await ask(Math.min(MOST_AT_ONCE, most - rows.length), rows.length)
    rows.push(...page.rows)
    const wanted = Math.min(most, page.total)
    if (page.rows.length === 0 || rows.length >= wanted) return { total: page.total, rows }
  }
}

/** Keeps what the same page showed under another filter; rows of another page would stand at the wrong place. */
const previousAnswerOf = (page: number) => (data: unknown, query: Query | undefined) =>
  (query?.queryKey[2] === page ? data : undefined) as never

function pagesBetween(first: number, last: number): number[] {
  const from = Math.max(0, Math.floor(first / PAGE_SIZE))
  const to = Math.max(from, Math.floor(last / PAGE_SIZE))
  return Array.from({ length: to - from + 1 }, (_, step) => from + step)
}

const sameNumbers = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index])
