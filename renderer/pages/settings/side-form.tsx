import { CloseButton, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './settings.module.css'

/** A form beside its list, with its own title and a cross. */
export function SideForm({
  title,
  onClose,
  children,
}: {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const { t } = useTranslation()
  return (
    <section className={classes.form}>
      <div className={classes.formTitle}>
        <Title order={2}>{title}</Title>
        <CloseButton aria-label={t('action.close')} onClick={onClose} />
      </div>
      {children}
    </section>
  )
}
