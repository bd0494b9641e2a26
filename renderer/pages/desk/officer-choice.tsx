import { Group, Radio, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/contract/index.ts'

const FEW = 6

/** A handful of names are all in sight; more go into a list. */
export function OfficerChoice({
  officers,
  value,
  onChange,
}: {
  readonly officers: Output<'desk.status'>['officers']
  readonly value: string | null
  readonly onChange: (id: string | null) => void
}) {
  const { t } = useTranslation('desk')
  const options = officers.map(({ id, name }) => ({ value: id, label: name }))
  if (officers.length > FEW) {
    return (
      <Select
        label={t('unlock.officer')}
        searchable
        data={options}
        value={value}
        onChange={onChange}
        placeholder={t('unlock.choose')}
      />
    )
  }
  return (
    <Radio.Group label={t('unlock.officer')} value={value ?? ''} onChange={onChange}>
      <Group gap="md" mt="xs">
        {options.map((option) => (
          <Radio key={option.value} size="sm" value={option.value} label={option.label} />
        ))}
      </Group>
    </Radio.Group>
  )
}
