import { Center, Loader } from '@mantine/core'
import { QueryCache, QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Look } from '../kit/look.tsx'
import { CityProblem, me } from './city-call.ts'
import { ConsoleFrame } from './console-frame.tsx'
import { SignIn } from './sign-in.tsx'

const ACCOUNT = ['me']

/** A session that ended anywhere leads back to signing in. */
function createQueries(): QueryClient {
  const queries = new QueryClient({
    queryCache: new QueryCache({
      onError: (fault, { queryKey }) => {
        const ended = fault instanceof CityProblem && fault.code === 'not-signed-in'
        if (ended && queryKey[0] !== ACCOUNT[0]) void queries.resetQueries({ queryKey: ACCOUNT })
      },
    }),
    defaultOptions: { queries: { networkMode: 'always', retry: false, refetchOnWindowFocus: false } },
  })
  return queries
}

/** The city's console: who reports, what is stuck, how far the talks are. */
export function Console() {
  const [queries] = useState(createQueries)
  return (
    <Look>
      <QueryClientProvider client={queries}>
        <ConsoleGate />
      </QueryClientProvider>
    </Look>
  )
}

function ConsoleGate() {
  const { t } = useTranslation()
  const { data, isPending } = useQuery({ queryKey: ACCOUNT, queryFn: me })
  if (isPending) {
    return (
      <Center h="100dvh" role="status" aria-label={t('loading')}>
        <Loader />
      </Center>
    )
  }
  return data === undefined ? <SignIn /> : <ConsoleFrame account={data} />
}
