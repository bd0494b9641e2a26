import { Link } from '@tanstack/react-router'
import {
  IconAddressBook,
  IconCloudUpload,
  IconLayoutDashboard,
  IconMessages,
  IconSettings,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../api/use-call.ts'
import classes from './frame.module.css'
import { alone } from './icon.ts'
import { useCan } from './session.ts'

const ENTRIES = [
  { to: '/', name: 'workbench', icon: IconLayoutDashboard },
  { to: '/cadre', name: 'cadre', icon: IconAddressBook, can: 'cadre:read' },
  { to: '/talk', name: 'talk', icon: IconMessages, can: 'talk:read' },
  { to: '/sync', name: 'sync', icon: IconCloudUpload, can: 'sync:read' },
  { to: '/settings', name: 'settings', icon: IconSettings },
] as const

/** The pages one may open, each with the number of things to do there, never a total. */
export function Navigation() {
  const can = useCan()
  const numbers = useNumbers()
  const entries = ENTRIES.filter((entry) => !('can' in entry) || can(entry.can))
  return (
    <div className={classes.navigation}>
      {entries.map((entry) => (
        <NavigationLink key={entry.to} entry={entry} number={numbers[entry.name] ?? 0} />
      ))}
    </div>
  )
}

function NavigationLink({ entry, number }: { readonly entry: (typeof ENTRIES)[number]; readonly number: number }) {
  const { t } = useTranslation(['common'])
  const Mark: Icon = entry.icon
  return (
    <Link
      to={entry.to}
      className={classes.link}
      title={t(`common:navigation.${entry.name}`)}
      activeOptions={{ exact: entry.to === '/', includeSearch: false }}
    >
      <Mark {...alone} />
      <span className={classes.label}>{t(`common:navigation.${entry.name}`)}</span>
      {number > 0 && (
        <span className={classes.number} aria-label={t('navigation.toDo', { count: number })} role="img">
          {number}
        </span>
      )}
    </Link>
  )
}

function useNumbers(): Readonly<Partial<Record<(typeof ENTRIES)[number]['name'], number>>> {
  const can = useCan()
  const overdue = useCall('talk.list', { followUp: 'overdue', limit: 1 }, { enabled: can('talk:read') })
  const sync = useCall('sync.status', {}, { enabled: can('sync:read') })
  const late = overdue.data?.total ?? 0
  const attention = sync.data?.attention ?? 0
  return { workbench: late + attention, talk: late, sync: attention }
}
