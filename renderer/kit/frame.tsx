import { useHotkeys } from '@mantine/hooks'
import { Outlet } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useReadyMark } from '../api/ready.ts'
import { AccountMenu } from './account-menu.tsx'
import { CadreSearch } from './cadre-search.tsx'
import classes from './frame.module.css'
import { KeyHelp } from './key-help.tsx'
import { LiveRegion } from './live.tsx'
import { Navigation } from './navigation.tsx'
import { ProductMark } from './product-mark.tsx'
import { useSession } from './session.ts'
import { StatusWord } from './status-word.tsx'
import { SyncBadge } from './sync-badge.tsx'
import { usePrintedMargin } from './use-printed-margin.ts'

/** What stands around every page of an open desk: navigation, search, sync, who is signed in. */
export function Frame() {
  const { t } = useTranslation()
  const { unit, demo } = useSession()
  const [help, setHelp] = useState(false)
  useHotkeys([['F1', () => setHelp((shown) => !shown)]], [])
  useReadyMark()
  usePrintedMargin()
  return (
    <div className={classes.frame}>
      <a href="#main" className={classes.skip} onClick={skipToMain}>
        {t('navigation.skip')}
      </a>
      <nav className={classes.side} aria-label={t('navigation.label')}>
        <div className={classes.product}>
          <ProductMark />
          <span>{t('product')}</span>
        </div>
        <div className={classes.unit} title={unit.name}>
          {unit.name}
        </div>
        <Navigation />
        <AccountMenu onHelp={() => setHelp(true)} />
      </nav>
      <section className={classes.top} aria-label={t('navigation.top')}>
        <CadreSearch />
        <span className={classes.state}>
          {demo && (
            <StatusWord chip tone="info">
              {t('account.demo')}
            </StatusWord>
          )}
          <SyncBadge />
        </span>
      </section>
      <main id="main" tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      <KeyHelp opened={help} onClose={() => setHelp(false)} />
      <LiveRegion />
    </div>
  )
}

/** The fragment is the router's; the link moves the focus and leaves the address alone. */
function skipToMain(event: React.MouseEvent): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
