import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/contract/index.ts'
import type { Role } from '../../../shared/permissions.ts'
import { useClient } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { Entry } from './entry.tsx'
import { PassphrasePair } from './passphrase-pair.tsx'

/** Who sets a desk up: the one who will lead it, or the one who works on it. Others are added in the settings. */
const FOUNDERS = ['orgCommissioner', 'operator'] as const satisfies readonly Role[]
const CODE = /^\d{6,12}$/

/** Unit, officer, passphrase; the answer carries the recovery code, so it is not asked for twice. */
export function NewTownship({ onBack, onMade }: {
  readonly onBack: () => void
  readonly onMade: (made: Output<'desk.init'>) => void
}) {
  const { t } = useTranslation(['desk', 'officer', 'common'])
  const call = useClient()
  const [unitName, setUnitName] = useState('')
  const [unitCode, setUnitCode] = useState('')
  const [officerName, setOfficerName] = useState('')
  const [role, setRole] = useState<(typeof FOUNDERS)[number]>('orgCommissioner')
  const [passphrase, setPassphrase] = useState<string | null>(null)
  const [pending, setPending] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const ready = unitName.trim() !== '' && CODE.test(unitCode) && officerName.trim() !== '' && passphrase !== null
  const create = async () => {
    if (!ready || pending) return
    setPending(true)
    setFault(null)
    try {
      onMade(await call('desk.init', { unitName, unitCode, officerName, role, passphrase }))
    } catch (thrown) {
      setFault(thrown)
      setPending(false)
    }
  }
  return (
    <Entry title={t('new.title')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void create()
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('new.unitName')}
            description={t('new.unitNameHint')}
            inputWrapperOrder={['label', 'input', 'description']}
            required
            data-autofocus
            autoFocus
            maxLength={60}
            value={unitName}
            onChange={(event) => setUnitName(event.currentTarget.value)}
          />
          <TextInput
            label={t('new.unitCode')}
            description={t('new.unitCodeHint')}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            required
            inputMode="numeric"
            maxLength={12}
            error={unitCode !== '' && !/^\d*$/.test(unitCode) ? t('new.unitCodeInvalid') : null}
            value={unitCode}
            onChange={(event) => setUnitCode(event.currentTarget.value.normalize('NFKC').trim())}
          />
          <Group grow align="flex-start">
            <TextInput
              label={t('new.officerName')}
              required
              maxLength={30}
              value={officerName}
              onChange={(event) => setOfficerName(event.currentTarget.value)}
            />
            <Select
              label={t('new.role')}
              data={FOUNDERS.map((value) => ({ value, label: t(`officer:role.${value}`) }))}
              allowDeselect={false}
              value={role}
              onChange={(value) => setRole(value as typeof role)}
            />
          </Group>
          <PassphrasePair label={t('new.passphrase')} onChange={setPassphrase} />
          <FaultAlert fault={fault} />
          <Group justify="space-between">
            <Button variant="subtle" color="gray" onClick={onBack} disabled={pending}>
              {t('common:action.back')}
            </Button>
            <Button type="submit" disabled={!ready} loading={pending}>
              {t('new.create')}
            </Button>
          </Group>
          {pending && (
            <Text size="sm" c="dimmed" role="status">
              {t('new.creating')}
            </Text>
          )}
        </Stack>
      </form>
    </Entry>
  )
}
