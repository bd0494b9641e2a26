import { Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useReadyMark } from '../../api/ready.ts'
import { LiveRegion } from '../../kit/live.tsx'
import { LanguageChoice } from '../../kit/look-choice.tsx'
import { ProductMark } from '../../kit/product-mark.tsx'
import classes from './entry.module.css'

/** The page before there is a frame: product, one card, the notice of PRODUCT (Always true 5), the language. */
export function Entry({
  title,
  note,
  wide = false,
  footer,
  product,
  children,
}: {
  readonly title: string
  readonly note?: ReactNode
  readonly wide?: boolean
  readonly footer?: ReactNode
  /** Another name than the desk's: the console. */
  readonly product?: string
  readonly children: ReactNode
}) {
  const { t } = useTranslation(['common', 'desk'])
  useDocumentTitle(`${title} · ${product ?? t('product')}`)
  useReadyMark()
  return (
    <div className={classes.entry}>
      <header className={classes.top}>
        <span className={classes.product}>
          <ProductMark />
          {product ?? t('product')}
        </span>
        <LanguageChoice />
      </header>
      <main className={wide ? `${classes.card} ${classes.wide}` : classes.card}>
        <Title order={1}>{title}</Title>
        {note !== undefined && (
          <Text c="dimmed" size="sm" mt="xs">
            {note}
          </Text>
        )}
        <div className={classes.content}>{children}</div>
      </main>
      <footer className={classes.notice}>
        <p>{t('desk:notice')}</p>
        <p>{t('desk:media')}</p>
        {footer}
      </footer>
      <LiveRegion />
    </div>
  )
}
