import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'

/** Parts of a filter that name people. */
interface Words {
  readonly text?: string | undefined
  readonly talkerName?: string | undefined
}

/**
 * A list's filter and the way to change it, kept while the desk is open.
 *
 * The address carries what may be read by others; browsers write addresses to the disk. Names that are looked for stay in
 * memory with everything else a page has asked for, and go with it at lock.
 */
export function useListSearch<S extends Words>(
  id: string,
  inAddress: Omit<S, keyof Words>,
  go: (inAddress: Omit<S, keyof Words>) => void,
): [S, (next: S) => void] {
  const queries = useQueryClient()
  const key = ['words', id]
  const { data: words } = useQuery<Words>({
    queryKey: key,
    queryFn: skipToken,
    initialData: {},
    staleTime: Infinity,
    gcTime: Infinity,
  })
  const set = ({ text, talkerName, ...rest }: S): void => {
    queries.setQueryData<Words>(key, { text, talkerName })
    go(rest)
  }
  return [{ ...inAddress, ...words } as S, set]
}
