import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ButtonLink, TextLink } from '../../kit/link.tsx'
import { useCan } from '../../kit/session.ts'
import { StatusWord } from '../../kit/status-word.tsx'
import classes from './form.module.css'

/** Saved on this PC; what one usually does next is one key away. */
export function AfterSave({
  id,
  name,
  onNext,
}: {
  readonly id: string
  readonly name: string
  readonly onNext: () => void
}) {
  const { t } = useTranslation('cadre')
  const can = useCan()
  return (
    <section className={classes.saved} aria-label={t('form.after')}>
      <StatusWord tone="done">{t('form.saved', { name })}</StatusWord>
      <Text size="sm" c="dimmed">
        {t('form.savedHint')}
      </Text>
      <Group gap="sm">
        <Button autoFocus onClick={onNext}>
          {t('action.newNext')}
        </Button>
        {can('talk:write') && (
          <ButtonLink variant="default" to="/talk/new" search={{ cadre: id }}>
            {t('action.logTalk')}
          </ButtonLink>
        )}
        <TextLink to="/cadre/$id" params={{ id }} size="sm">
          {t('action.openFile')}
        </TextLink>
      </Group>
    </section>
  )
}

/** The same beside the button of a form that stays open: seen wherever one has scrolled to, gone with the next change. */
export function SavedHere({ id }: { readonly id: string }) {
  const { t } = useTranslation(['cadre', 'common'])
  const can = useCan()
  return (
    <Group gap="md">
      <StatusWord tone="done">{t('common:form.saved')}</StatusWord>
      {can('talk:write') && (
        <TextLink to="/talk/new" search={{ cadre: id }} size="sm">
          {t('action.logTalk')}
        </TextLink>
      )}
      <TextLink to="/cadre/new" size="sm">
        {t('action.newNext')}
      </TextLink>
    </Group>
  )
}
