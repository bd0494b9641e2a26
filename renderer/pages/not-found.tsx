import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../kit/empty-state.tsx'
import { Page } from '../kit/page.tsx'

export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('notFound.title')}>
      <EmptyState
        title={t('notFound.hint')}
        action={
          <Button component={Link} to="/">
            {t('notFound.action')}
          </Button>
        }
      />
    </Page>
  )
}
