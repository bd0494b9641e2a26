import { keepPreviousData, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { createContext, use } from 'react'
import type { Contract, Input, Name, Output } from '../../shared/contract/index.ts'
import type { Call } from './client.ts'

export type QueryName = { [N in Name]: Contract[N]['kind'] extends 'query' ? N : never }[Name]
export type CommandName = Exclude<Name, QueryName>

export const CallContext = createContext<Call | null>(null)

/** The bare call, for the few places that are neither a view of something nor a button: drafts, search while typing. */
export function useClient(): Call {
  const call = use(CallContext)
  if (call === null) throw new Error('CallContext is missing')
  return call
}

interface CallOptions<N extends QueryName> {
  readonly enabled?: boolean
  /** Milliseconds between repeats, for endpoints declared `passive` only: others would put off the idle lock. */
  readonly every?: (latest: Output<N> | undefined) => number
  /** What to show while a different input loads; the old answer, unless the page shows another record meanwhile. */
  readonly keepPrevious?: boolean
}

/**
 * What the core answers to a query, kept fresh by the core's events.
 *
 * While another input is loading the previous answer stays (`stale` is true: dim it), so no list ever goes blank.
 */
export function useCall<N extends QueryName>(name: N, input: Input<N>, options: CallOptions<N> = {}) {
  const call = useClient()
  const { every } = options
  const query = useQuery<Output<N>>({
    queryKey: [name, input],
    queryFn: () => call(name, input),
    enabled: options.enabled ?? true,
    ...(every === undefined ? {} : { refetchInterval: ({ state }) => every(state.data) }),
    ...((options.keepPrevious ?? true) ? { placeholderData: keepPreviousData as never } : {}),
  })
  return {
    data: query.data,
    fault: query.error,
    /** Nothing to show yet. */
    loading: query.isPending,
    /** What is shown belongs to the previous input. */
    stale: query.isPlaceholderData,
    again: query.refetch,
  }
}

/** A command or action behind a button. `run` rejects with the Fault; `fault` keeps it for {@link FaultAlert}. */
export function useCommand<N extends CommandName>(name: N) {
  const call = useClient()
  const queries = useQueryClient()
  const mutation = useMutation<Output<N>, Error, Input<N>>({
    mutationFn: (input) => call(name, input),
    onSuccess: () => refreshAll(queries),
  })
  return {
    run: mutation.mutateAsync,
    /** For event handlers: the failure is shown from `fault`, nobody waits. */
    start: (input: Input<N>) => mutation.mutate(input),
    pending: mutation.isPending,
    fault: mutation.error,
    data: mutation.data,
    reset: mutation.reset,
  }
}

/**
 * Asks again for everything on screen.
 *
 * Registers hang together (a talk changes a cadre's row, the coverage and the queue), the core is on the same machine, and
 * only what is mounted is asked: naming every dependency here would cost more than it saves.
 */
export const refreshAll = (queries: QueryClient): Promise<void> => queries.invalidateQueries()
