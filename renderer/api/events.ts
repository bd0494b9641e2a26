import type { QueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import type { CoreEvent } from '../../shared/contract/index.ts'
import { showNotice } from '../kit/notice.tsx'
import type { Wire } from './transport.ts'
import { refreshAll } from './use-call.ts'

/** A sync of 500 changes tells 500 times; the page asks once. */
const GATHER = 120

/** Keeps the page in step with the core, until the returned function is called. */
export function followEvents(wire: Wire, queries: QueryClient): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const refreshSoon = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      void refreshAll(queries)
    }, GATHER)
  }
  const hear = (event: CoreEvent) => {
    if (event.kind !== 'locked') return refreshSoon()
    // Without a word the officer would wonder who had locked the desk.
    if (event.because === 'crash') showNotice(i18next.t('fault.coreCrashed'), { stays: true, alarm: true })
    void forgetAll(queries)
  }
  const stop = wire.listen(hear)
  return () => {
    clearTimeout(timer)
    stop()
  }
}

const STATUS = 'desk.status'

/** The desk was locked: what the page knows is thrown away, and the state asked anew, which leads to the unlock page. */
export async function forgetAll(queries: QueryClient): Promise<void> {
  queries.setQueryData([STATUS, {}], (status: object | undefined) => (status ? { ...status, state: 'locked' } : status))
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== STATUS })
  await queries.invalidateQueries({ queryKey: [STATUS] })
}
