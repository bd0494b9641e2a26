import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconCopy, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../../shared/contract/desk.ts'
import { copyText, printPage } from '../../host/host.ts'
import { inText } from '../../kit/icon.ts'
import { showNotice } from '../../kit/notice.tsx'
import classes from './entry.module.css'

const bare = (text: string): string => text.replaceAll(/[^0-9A-Za-z]/g, '').toUpperCase()

/** The 24 characters, shown this once. One goes on only after typing its end and saying that it is kept. */
export function RecoverySheet({
  code,
  session,
  by,
  done,
  onDone,
}: {
  readonly code: string
  readonly session: Session
  /** What the officer did who is named on the printed sheet: 建立人, 换发人. */
  readonly by: string
  /** Text of the button that goes on. */
  readonly done: string
  readonly onDone: () => void
}) {
  const { t } = useTranslation('desk')
  const [typed, setTyped] = useState('')
  const [kept, setKept] = useState(false)
  const end = bare(code).slice(-4)
  const right = bare(typed) === end
  const copy = async () => {
    const copied = await copyText(code)
    showNotice(copied ? t('recovery.copied') : t('recovery.notCopied'), { id: 'recovery-copy', alarm: !copied })
  }
  return (
    <>
      <div className={classes.printed}>
        <h2>{t('recovery.printed')}</h2>
        <p>
          {t('recovery.unit')} {session.unit.name} ({session.unit.unitCode}) · {by} {session.officer.name}
        </p>
        <p>{t('recovery.printedOn', { today: session.today })}</p>
      </div>
      <Stack gap="md">
        <Text size="sm">{t('recovery.why')}</Text>
        <div className={classes.code} aria-label={t('recovery.code')} role="group" data-testid="desk.recovery-code">
          {code}
        </div>
        <Text size="sm">{t('recovery.how')}</Text>
        <Stack gap="md" className={classes.screen}>
          <Group gap="sm">
            <Button variant="default" leftSection={<IconPrinter {...inText} />} onClick={printPage}>
              {t('recovery.print')}
            </Button>
            <Button variant="default" leftSection={<IconCopy {...inText} />} onClick={() => void copy()}>
              {t('recovery.copy')}
            </Button>
          </Group>
          <TextInput
            label={t('recovery.check')}
            w={320}
            maxLength={8}
            autoComplete="off"
            error={bare(typed).length >= 4 && !right ? t('recovery.wrong') : null}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Checkbox
            label={t('recovery.confirm')}
            checked={kept}
            onChange={(event) => setKept(event.currentTarget.checked)}
          />
          <Group justify="flex-end">
            <Button disabled={!right || !kept} onClick={onDone}>
              {done}
            </Button>
          </Group>
        </Stack>
      </Stack>
    </>
  )
}
