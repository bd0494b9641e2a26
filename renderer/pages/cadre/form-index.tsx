import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { GROUPS, type GroupId } from './fields.ts'
import classes from './form.module.css'

export const groupAnchor = (id: GroupId): string => `group-${id}`

/** The groups of a long form, to jump to. */
export function FormIndex({ onOpen }: { readonly onOpen: (id: GroupId) => void }) {
  const { t } = useTranslation('cadre')
  const jump = (id: GroupId) => {
    onOpen(id)
    const group = document.getElementById(groupAnchor(id))
    group?.scrollIntoView({ block: 'start' })
    group?.querySelector<HTMLElement>('input, textarea, button')?.focus({ preventScroll: true })
  }
  return (
    <nav aria-label={t('form.groups')} className={classes.index}>
      {GROUPS.map((id) => (
        <Anchor key={id} component="button" type="button" className={classes.jump} onClick={() => jump(id)}>
          {t(`group.${id}`)}
        </Anchor>
      ))}
    </nav>
  )
}
