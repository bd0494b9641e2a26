import { Modal, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../api/use-call.ts'
import { announce } from '../../kit/live.tsx'
import { useSession } from '../../kit/session.ts'
import { RecoverySheet } from '../desk/recovery-sheet.tsx'
import { AskPassphrase } from './ask-passphrase.tsx'
import classes from './settings.module.css'

/** Another recovery code instead of a lost one: one's passphrase again, then the sheet, as at the first run. */
export function RecoveryForm() {
  const { t } = useTranslation('officer')
  const session = useSession()
  const [code, setCode] = useState<string | null>(null)
  const finish = () => {
    setCode(null)
    announce(t('recovery.isDone'))
  }
  return (
    <section className={classes.form} aria-label={t('recovery.title')}>
      <Title order={2}>{t('recovery.title')}</Title>
      <Stack gap="md" mt="md">
        <Text size="sm">{t('recovery.hint')}</Text>
        <Text size="sm" c="dimmed">
          {t('recovery.oldBackups')}
        </Text>
        <MakeCode onMade={setCode} />
      </Stack>
      {/* No way out but the button: the code is shown this once. `print-alone`: the sheet is the whole printed page. */}
      <Modal
        opened={code !== null}
        onClose={() => undefined}
        title={t('recovery.dialog')}
        size={640}
        withCloseButton={false}
        closeOnEscape={false}
        closeOnClickOutside={false}
        classNames={{
          overlay: classes.screenOnly ?? '',
          header: classes.screenOnly ?? '',
          inner: classes.sheetInner ?? '',
          content: classes.sheet ?? '',
        }}
      >
        {code !== null && (
          <div className="print-alone">
            <RecoverySheet
              code={code}
              session={session}
              by={t('recovery.by')}
              done={t('recovery.done')}
              onDone={finish}
            />
          </div>
        )}
      </Modal>
    </section>
  )
}

/** Not a `useCommand`: its answer would stay in the page's memory after the sheet is closed. */
function MakeCode({ onMade }: { readonly onMade: (code: string) => void }) {
  const { t } = useTranslation('officer')
  const call = useClient()
  const [pending, setPending] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const make = async (passphrase: string) => {
    setPending(true)
    setFault(null)
    try {
      const { recoveryCode } = await call('recovery.renew', { passphrase })
      onMade(recoveryCode)
    } catch (thrown) {
      setFault(thrown)
      throw thrown
    } finally {
      setPending(false)
    }
  }
  return <AskPassphrase action={t('recovery.make')} pending={pending} fault={fault} onGiven={make} />
}
