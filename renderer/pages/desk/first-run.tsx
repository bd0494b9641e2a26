import { Button, Group, Loader, Stack, Text } from '@mantine/core'
import { IconBuildingCommunity, IconHistory, IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/contract/index.ts'
import { useClient } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { alone } from '../../kit/icon.ts'
import { Entry } from './entry.tsx'
import classes from './entry.module.css'
import { NewTownship } from './new-township.tsx'
import { RecoveryCode } from './recovery-code.tsx'
import { RestoreForm } from './restore-form.tsx'
import { Restored } from './restored.tsx'

type Step =
  | { readonly at: 'choice' }
  | { readonly at: 'form' }
  | { readonly at: 'code'; readonly made: Output<'desk.init'> }
  | { readonly at: 'demo'; readonly passphrase: string }
  | { readonly at: 'restore' }

/** No data on this PC yet: make the township, or look at the made-up one. Stays until its last page is left. */
export function FirstRun({ onDone }: { readonly onDone: () => void }) {
  const [step, setStep] = useState<Step>({ at: 'choice' })
  const back = () => setStep({ at: 'choice' })
  switch (step.at) {
    case 'form':
      return <NewTownship onBack={back} onMade={(made) => setStep({ at: 'code', made })} />
    case 'code':
      return <RecoveryCode code={step.made.recoveryCode} session={step.made.session} onDone={onDone} />
    case 'demo':
      return <DemoReady passphrase={step.passphrase} onDone={onDone} />
    case 'restore':
      return <RestoreFirst onBack={back} onDone={onDone} />
    case 'choice':
      return (
        <Choice
          onNew={() => setStep({ at: 'form' })}
          onDemo={(passphrase) => setStep({ at: 'demo', passphrase })}
          onRestore={() => setStep({ at: 'restore' })}
        />
      )
  }
}

interface ChoiceProps {
  readonly onNew: () => void
  readonly onDemo: (passphrase: string) => void
  readonly onRestore: () => void
}

function Choice({ onNew, onDemo, onRestore }: ChoiceProps) {
  const { t } = useTranslation('desk')
  const call = useClient()
  const [pending, setPending] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const demo = async () => {
    setPending(true)
    setFault(null)
    try {
      onDemo((await call('desk.demo', {})).passphrase)
    } catch (thrown) {
      setFault(thrown)
      setPending(false)
    }
  }
  return (
    <Entry title={t('first.title')} note={t('first.note')} wide>
      <Stack gap="md">
        <button type="button" className={classes.choice} disabled={pending} onClick={onNew}>
          <span className={classes.choiceTitle}>
            <IconBuildingCommunity {...alone} />
            {t('first.new')}
          </span>
          <Text component="span" size="sm" c="dimmed">
            {t('first.newHint')}
          </Text>
        </button>
        <button type="button" className={classes.choice} disabled={pending} onClick={() => void demo()}>
          <span className={classes.choiceTitle}>
            {pending ? <Loader size={18} /> : <IconPlayerPlay {...alone} />}
            {pending ? t('first.demoPending') : t('first.demo')}
          </span>
          <Text component="span" size="sm" c="dimmed">
            {t('first.demoHint')}
          </Text>
        </button>
        <button type="button" className={classes.choice} disabled={pending} onClick={onRestore}>
          <span className={classes.choiceTitle}>
            <IconHistory {...alone} />
            {t('restore.fromFirst')}
          </span>
          <Text component="span" size="sm" c="dimmed">
            {t('restore.fromFirstHint')}
          </Text>
        </button>
        <FaultAlert fault={fault} />
        <Text size="sm" c="dimmed">
          <Text span fw={600} c="var(--mantine-color-text)">
            {t('first.enrol')}
          </Text>{' '}
          {t('first.enrolHint')}
        </Text>
      </Stack>
    </Entry>
  )
}

/** A new PC, or a system set up anew: the backup brings its own keys, so one goes on to unlock. */
function RestoreFirst({ onBack, onDone }: { readonly onBack: () => void; readonly onDone: () => void }) {
  const { t } = useTranslation('desk')
  const [restored, setRestored] = useState<Output<'desk.restore'> | null>(null)
  if (restored !== null) return <Restored done={restored} onDone={onDone} />
  return (
    <Entry title={t('restore.fromFirst')} note={t('restore.fromFirstHint')} wide>
      <Stack gap="md">
        <RestoreForm replaceDamaged={false} onRestored={setRestored} />
        <Group>
          <Button variant="subtle" color="gray" onClick={onBack}>
            {t('restore.back')}
          </Button>
        </Group>
      </Stack>
    </Entry>
  )
}

function DemoReady({ passphrase, onDone }: { readonly passphrase: string; readonly onDone: () => void }) {
  const { t } = useTranslation('desk')
  return (
    <Entry title={t('demo.title')}>
      <Stack gap="md">
        <Text size="sm">{t('demo.text')}</Text>
        <div className={classes.code}>{passphrase}</div>
        <Button onClick={onDone}>{t('demo.continue')}</Button>
      </Stack>
    </Entry>
  )
}
