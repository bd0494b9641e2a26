import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './talk-tabs.module.css'

const PLACES = [
  { id: 'list', to: '/talk' },
  { id: 'missing', to: '/talk/missing' },
  { id: 'followUp', to: '/talk/follow-up' },
] as const
/** The link of a page marks itself `aria-current`; `/talk` is also the beginning of the others. */
const EXACT = { exact: true, includeSearch: false }

/** The three views of the register: what was held, who is still to be talked to, what was promised. */
export function TalkTabs() {
  const { t } = useTranslation('talk')
  return (
    <nav aria-label={t('title')} className={classes.tabs}>
      {PLACES.map(({ id, to }) => (
        <Link key={id} to={to} activeOptions={EXACT} className={classes.tab}>
          {t(`tab.${id}`)}
        </Link>
      ))}
    </nav>
  )
}
