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
  inPage = false,
}: {
  readonly id: string
  readonly name: string
  readonly onNext: () => void
  /** Above a form that stays open, where it must not take the focus. */
  readonly inPage?: boolean
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
        <Button size="sm" variant={inPage ? 'default' : 'filled'} autoFocus={!inPage} onClick={onNext}>
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
