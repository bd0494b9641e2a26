import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ButtonLink, TextLink } from '../../kit/link.tsx'
import { StatusWord } from '../../kit/status-word.tsx'
import classes from './form.module.css'
import type { SavedTalk } from './talk-form.tsx'

/** Saved on this PC. Enter goes on with the next person; several people get a link each, to add what is theirs alone. */
export function AfterTalk({ saved, onNext }: { readonly saved: SavedTalk; readonly onNext: () => void }) {
  const { t } = useTranslation('talk')
  const [first] = saved.records
  const names = saved.records.map(({ name }) => name).join(t('form.nameSeparator'))
  return (
    <section className={classes.saved} aria-label={t('form.after')}>
      <StatusWord tone="done">{t('form.saved', { names })}</StatusWord>
      <Text size="sm" c="dimmed">
        {t('form.savedHint')}
      </Text>
      <Group gap="sm">
        <Button autoFocus onClick={onNext}>
          {t('action.next')}
        </Button>
        {saved.records.length === 1 && first && (
          <ButtonLink variant="default" to="/talk/$id" params={{ id: first.id }}>
            {t('action.open')}
          </ButtonLink>
        )}
        <TextLink to="/talk/missing" size="sm">
          {t('action.missing')}
        </TextLink>
      </Group>
      {saved.records.length > 1 && (
        <>
          <Text size="sm">{t('form.each')}</Text>
          <ul className={classes.others}>
            {saved.records.map(({ id, name }) => (
              <li key={id}>
                <TextLink to="/talk/$id/edit" params={{ id }} size="sm">
                  {name}
                </TextLink>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
