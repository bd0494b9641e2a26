import { Center, Loader } from '@mantine/core'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Fault } from '../shared/errors.ts'
import { createClient } from './api/client.ts'
import { followEvents, forgetAll } from './api/events.ts'
import { HostGone, PassExpired, type Wire } from './api/transport.ts'
import { CallContext, refreshAll, useCall } from './api/use-call.ts'
import { Look } from './kit/look.tsx'
import { SessionContext } from './kit/session.ts'
import { NotOpened } from './pages/desk/not-opened.tsx'
import { Reopen } from './pages/desk/reopen.tsx'
import { Unlock } from './pages/desk/unlock.tsx'
import { createDeskRouter } from './routes.tsx'

/** Pages of the first day and of a bad one: nobody else waits for them. */
const FirstRun = lazy(async () => ({ default: (await import('./pages/desk/first-run.tsx')).FirstRun }))
const Damaged = lazy(async () => ({ default: (await import('./pages/desk/damaged.tsx')).Damaged }))

/** Everything is on this machine: no retries to hide a failure, no going "offline", nothing stale by the clock. */
function createQueries(): QueryClient {
  const onError = (fault: Error) => {
    if (fault instanceof Fault && fault.code === 'locked') void forgetAll(queries)
  }
  const queries = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { networkMode: 'always', retry: false, refetchOnWindowFocus: false },
      mutations: { networkMode: 'always', retry: false },
    },
  })
  return queries
}

export function App({ wire }: { readonly wire: Wire | null }) {
  return <Look>{wire === null ? <Reopen /> : <Desk wire={wire} />}</Look>
}

function Desk({ wire }: { readonly wire: Wire }) {
  const [queries] = useState(createQueries)
  const [call] = useState(() => createClient(wire.call))
  useEffect(() => followEvents(wire, queries), [wire, queries])
  return (
    <QueryClientProvider client={queries}>
      <CallContext value={call}>
        <Suspense fallback={<Opening />}>
          <Gate queries={queries} />
        </Suspense>
      </CallContext>
    </QueryClientProvider>
  )
}

/** What to show follows from the desk's state alone: absent, locked, open or damaged. */
function Gate({ queries }: { readonly queries: QueryClient }) {
  const status = useCall('desk.status', {})
  const [settingUp, setSettingUp] = useState(false)
  const state = status.data?.state
  // The last page of the first run shows what is shown only once; it is left by its button, not by the desk opening.
  if (state === 'absent' && !settingUp) setSettingUp(true)

  if (status.fault instanceof HostGone || status.fault instanceof PassExpired) return <Reopen />
  if (settingUp) {
    return <FirstRun onDone={() => void refreshAll(queries).then(() => setSettingUp(false))} />
  }
  if (status.fault !== null) return <NotOpened fault={status.fault} onAgain={() => void status.again()} />
  if (status.data === undefined) return <Opening />
  if (state === 'damaged') return <Damaged status={status.data} onAgain={() => void status.again()} />
  return state === 'open' ? <OpenDesk /> : <Unlock status={status.data} />
}

function OpenDesk() {
  const session = useCall('session.get', {})
  const [router] = useState(createDeskRouter)
  if (session.data === undefined) return <Opening />
  return (
    <SessionContext value={session.data}>
      <RouterProvider router={router} />
    </SessionContext>
  )
}

function Opening() {
  const { t } = useTranslation()
  return (
    <Center h="100dvh" role="status" aria-label={t('loading')}>
      <Loader />
    </Center>
  )
}
