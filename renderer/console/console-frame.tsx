import { Button, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconLogout } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ConsoleAccount } from '../../shared/contract/city.ts'
import { useReadyMark } from '../api/ready.ts'
import { EmptyState } from '../kit/empty-state.tsx'
import { AppearanceChoice, LanguageChoice } from '../kit/look-choice.tsx'
import { inText } from '../kit/icon.ts'
import { LiveRegion } from '../kit/live.tsx'
import { Page } from '../kit/page.tsx'
import { ProductMark } from '../kit/product-mark.tsx'
import { signOut } from './city-call.ts'
import classes from './console.module.css'
import { TownshipPage } from './township-page.tsx'

/** One page, so no navigation: product, account, sign out, and the townships. */
export function ConsoleFrame({ account }: { readonly account: ConsoleAccount }) {
  const { t } = useTranslation(['console', 'officer'])
  const queries = useQueryClient()
  const leave = useMutation({
    mutationFn: signOut,
    networkMode: 'always',
    onSettled: () => {
      queries.removeQueries({ queryKey: ['townships'] })
      return queries.resetQueries({ queryKey: ['me'] })
    },
  })
  useReadyMark()
  return (
    <div className={classes.frame}>
      <header className={classes.top}>
        <span className={classes.product}>
          <ProductMark />
          {t('product')}
        </span>
        <AppearanceChoice />
        <LanguageChoice />
        <Text size="sm">
          {t('account', { name: account.name, role: t(`officer:role.${account.role}`), node: account.node.name })}
        </Text>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconLogout {...inText} />}
          loading={leave.isPending}
          onClick={() => leave.mutate()}
        >
          {t('signOut')}
        </Button>
      </header>
      <main className={classes.main}>
        {account.sees.length === 0 ? <NothingToSee /> : <TownshipPage account={account} />}
      </main>
      <LiveRegion />
    </div>
  )
}

/** An account whose role has no part of the console: said in words, because an empty table would look like a fault. */
function NothingToSee() {
  const { t } = useTranslation('console')
  return (
    <Page title={t('townships.title')}>
      <EmptyState title={t('nothing.title')} hint={t('nothing.hint')} />
    </Page>
  )
}
