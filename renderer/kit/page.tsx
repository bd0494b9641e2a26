import { Group, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './page.module.css'

interface PageProps {
  /** The one h1; also the window's title. */
  readonly title: string
  /** One line under it: where one is, or what is counted. */
  readonly note?: ReactNode
  /** Before the title: a photo, a back arrow. */
  readonly lead?: ReactNode
  /** Chips after the title: {@link StatusWord}s. */
  readonly chips?: ReactNode
  /** The one primary action, with at most a few quiet ones before it. */
  readonly action?: ReactNode
  /** The page fills the window and one part of it scrolls (a RegisterTable); otherwise the whole page scrolls. */
  readonly filling?: boolean
  readonly children: ReactNode
}

/** The body of every page: title and one primary action, then the content. */
export function Page({ filling = false, children, ...header }: PageProps) {
  return (
    <div className={filling ? `${classes.page} ${classes.filling}` : classes.page}>
      <PageHeader {...header} />
      {children}
    </div>
  )
}

export function PageHeader({ title, note, lead, chips, action }: Omit<PageProps, 'filling' | 'children'>) {
  const { t } = useTranslation()
  useDocumentTitle(`${title} · ${t('product')}`)
  return (
    <header className={classes.header}>
      {lead}
      <div className={classes.titles}>
        <Group gap="sm">
          <Title order={1}>{title}</Title>
          {chips}
        </Group>
        {note !== undefined && <div className={classes.note}>{note}</div>}
      </div>
      {action !== undefined && <Group gap="sm">{action}</Group>}
    </header>
  )
}

/** Content left, 336 px of context right (findings, last changes, cards); one column when the window is narrow. */
export function TwoColumns({ main, side }: { readonly main: ReactNode; readonly side: ReactNode }) {
  return (
    <div className={classes.columns}>
      <div>{main}</div>
      <aside>{side}</aside>
    </div>
  )
}

/** The one card style: a border, a small title, something to do at its right. */
export function Card({
  title,
  action,
  children,
}: {
  readonly title: string
  readonly action?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <section className={classes.card}>
      <div className={classes.cardTitle}>
        <Title order={2}>{title}</Title>
        {action !== undefined && (
          <Text component="div" size="sm">
            {action}
          </Text>
        )}
      </div>
      {children}
    </section>
  )
}
