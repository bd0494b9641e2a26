import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Input, Output } from '../../../shared/contract/index.ts'
import type { Role } from '../../../shared/permissions.ts'
import { useClient } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { Entry } from './entry.tsx'
import { PassphrasePair } from './passphrase-pair.tsx'

/** Who sets a desk up: the one who will lead it, or the one who works on it. Others are added in the settings. */
const FOUNDERS = ['orgCommissioner', 'operator'] as const satisfies readonly Role[]
const CODE = /^\d{6,12}$/

interface Township {
  readonly unitName: string
  readonly unitCode: string
  readonly officerName: string
  readonly role: (typeof FOUNDERS)[number]
}
const EMPTY: Township = { unitName: '', unitCode: '', officerName: '', role: 'orgCommissioner' }

/** Unit, officer, passphrase; the answer carries the recovery code, so it is not asked for twice. */
export function NewTownship({
  onBack,
  onMade,
}: {
  readonly onBack: () => void
  readonly onMade: (made: Output<'desk.init'>) => void
}) {
  const { t } = useTranslation(['desk', 'common'])
  const call = useClient()
  const [town, setTown] = useState(EMPTY)
  const [passphrase, setPassphrase] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const [pending, setPending] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const create = async (input: Input<'desk.init'>) => {
    setPending(true)
    setFault(null)
    try {
      onMade(await call('desk.init', input))
    } catch (thrown) {
      setFault(thrown)
      setPending(false)
    }
  }
  const submit = () => {
    setTried(true)
    const complete = town.unitName.trim() !== '' && CODE.test(town.unitCode) && town.officerName.trim() !== ''
    if (complete && passphrase !== null && !pending) void create({ ...town, passphrase })
  }
  return (
    <Entry title={t('new.title')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Stack gap="md">
          <TownshipFields town={town} tried={tried} onChange={(change) => setTown({ ...town, ...change })} />
          <PassphrasePair label={t('new.passphrase')} tried={tried} onChange={setPassphrase} />
          <FaultAlert fault={fault} />
          <Group justify="space-between">
            <Button variant="subtle" color="gray" onClick={onBack} disabled={pending}>
              {t('common:action.back')}
            </Button>
            <Button type="submit" loading={pending}>
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

function TownshipFields({
  town,
  tried,
  onChange,
}: {
  readonly town: Township
  readonly tried: boolean
  readonly onChange: (change: Partial<Township>) => void
}) {
  const { t } = useTranslation(['desk', 'officer', 'common'])
  const missing = (value: string) => (tried && value.trim() === '' ? t('common:form.required') : null)
  const wrongCode = town.unitCode !== '' && (tried ? !CODE.test(town.unitCode) : /\D/.test(town.unitCode))
  return (
    <>
      <TextInput
        label={t('new.unitName')}
        description={t('new.unitNameHint')}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        required
        autoFocus
        maxLength={60}
        error={missing(town.unitName)}
        value={town.unitName}
        onChange={(event) => onChange({ unitName: event.currentTarget.value })}
      />
      <TextInput
        label={t('new.unitCode')}
        description={t('new.unitCodeHint')}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        required
        inputMode="numeric"
        maxLength={12}
        error={wrongCode ? t('new.unitCodeInvalid') : missing(town.unitCode)}
        value={town.unitCode}
        onChange={(event) => onChange({ unitCode: event.currentTarget.value.normalize('NFKC').trim() })}
      />
      <Group grow align="flex-start">
        <TextInput
          label={t('new.officerName')}
          required
          maxLength={30}
          error={missing(town.officerName)}
          value={town.officerName}
          onChange={(event) => onChange({ officerName: event.currentTarget.value })}
        />
        <Select
          label={t('new.role')}
          data={FOUNDERS.map((value) => ({ value, label: t(`officer:role.${value}`) }))}
          allowDeselect={false}
          value={town.role}
          onChange={(value) => onChange({ role: value as Township['role'] })}
        />
      </Group>
    </>
  )
}
