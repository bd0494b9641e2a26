import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { FaultAlert } from '../kit/fault-alert.tsx'
import { Page } from '../kit/page.tsx'

/** A page that threw: the frame stays, the sentence says that the data is safe. */
export function RouteFault({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  const router = useRouter()
  const again = () => {
    reset()
    void router.invalidate()
  }
  return (
    <Page title={t('product')}>
      <FaultAlert fault={error} again={again} />
    </Page>
  )
}
