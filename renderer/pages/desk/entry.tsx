import { Group, SegmentedControl, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, type Language } from '../../../shared/i18n/language.ts'
import { useReadyMark } from '../../api/ready.ts'
import { chooseLanguage } from '../../i18n.ts'
import { LiveRegion } from '../../kit/live.tsx'
import { ProductMark } from '../../kit/product-mark.tsx'
import classes from './entry.module.css'

/** The page before there is a frame: product, one card, the notice of PRODUCT (Always true 5), the language. */
export function Entry({
  title,
  note,
  wide = false,
  footer,
  children,
}: {
  readonly title: string
  readonly note?: ReactNode
  readonly wide?: boolean
  readonly footer?: ReactNode
  readonly children: ReactNode
}) {
  const { t } = useTranslation(['common', 'desk'])
  useDocumentTitle(`${title} · ${t('product')}`)
  useReadyMark()
  return (
    <div className={classes.entry}>
      <header className={classes.top}>
        <span className={classes.product}>
          <ProductMark />
          {t('product')}
        </span>
        <LanguageSwitch />
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

function LanguageSwitch() {
  const { t, i18n } = useTranslation()
  const names: Readonly<Record<Language, string>> = { 'zh-CN': '中文', 'en': 'English' }
  return (
    <Group gap="xs">
      <SegmentedControl
        size="xs"
        aria-label={t('account.language')}
        data={LANGUAGES.map((value) => ({ value, label: names[value] }))}
        value={i18n.language}
        onChange={(value) => void chooseLanguage(value as Language)}
      />
    </Group>
  )
}
