import { getRouteApi, useCanGoBack, useNavigate, useRouter } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conflict } from '../../../shared/contract/sync.ts'
import { Fault } from '../../../shared/errors.ts'
import { useClient } from '../../api/use-call.ts'
import { BackButton } from '../../kit/back-button.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { Page } from '../../kit/page.tsx'
import { registerLabel } from '../../kit/texts.ts'
import { ConflictForm } from './conflict-form.tsx'

const route = getRouteApi('/sync/conflict/$seq')

/** 镇街值 | 市里值, side by side, until a person has chosen for every field. */
export function ConflictPage() {
  const { t } = useTranslation('sync')
  const { seq } = route.useParams()
  const leave = useLeave()
  const { data, fault } = useConflict(Number(seq))
  // Decided meanwhile, here or by a save in the form: nothing is left to do, and nothing has failed.
  const isGone = fault instanceof Fault && ['stale', 'not-found'].includes(fault.code)
  return (
    <Page
      title={data ? t('conflict.titleOf', { label: data.label }) : t('conflict.title')}
      note={data && registerLabel(data.register)}
      lead={<BackButton onBack={leave} />}
    >
      {isGone && <EmptyState title={t('conflict.gone')} hint={t('conflict.goneHint')} />}
      {!isGone && <FaultAlert fault={fault} />}
      {data !== undefined && <ConflictForm key={data.seq} conflict={data} onLeave={leave} />}
    </Page>
  )
}

/**
 * Asked once, not kept fresh: a choice is about the values that were seen, and a record changed since is refused as stale
 * when it is saved.
 */
function useConflict(seq: number): { data: Conflict | undefined; fault: unknown } {
  const call = useClient()
  const [answer, setAnswer] = useState<{ data?: Conflict; fault?: unknown }>({})
  useEffect(() => {
    let gone = false
    const tell = (next: typeof answer) => !gone && setAnswer(next)
    setAnswer({})
    call('sync.conflict', { seq }).then(
      (data) => tell({ data }),
      (fault: unknown) => tell({ fault }),
    )
    return () => {
      gone = true
    }
  }, [call, seq])
  return { data: answer.data, fault: answer.fault ?? null }
}

/** Back to 需要处理, with the list as it was left. */
function useLeave(): () => void {
  const router = useRouter()
  const canGoBack = useCanGoBack()
  const navigate = useNavigate()
  return useCallback(() => {
    if (canGoBack) router.history.back()
    else void navigate({ to: '/sync', search: { tab: 'attention' } })
  }, [canGoBack, router, navigate])
}
