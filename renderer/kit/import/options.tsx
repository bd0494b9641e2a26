import { Button, Popover, Radio, Select, Stack, Text } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ROLL_GROUPS, type RollGroup } from '../../../shared/domain/cadre.ts'
import { inText } from '../icon.ts'
import { UnitSelect } from '../unit-select.tsx'
import type { Choices } from './choices.ts'

export interface DefaultWords {
  /** Label of the unit that people without one get; the same for the roll group. */
  readonly unit: string
  readonly rollGroup: string
  readonly note?: string
}

/** What happens to people found already, and where people without unit or roll group go. */
export function ImportOptions({
  choices,
  onChange,
  words,
}: {
  readonly choices: Choices
  readonly onChange: (choices: Choices) => void
  readonly words: DefaultWords
}) {
  const { t } = useTranslation('import')
  return (
    <Popover width={380} position="bottom-end" trapFocus withinPortal>
      <Popover.Target>
        <Button size="compact-sm" variant="default" leftSection={<IconAdjustmentsHorizontal {...inText} />}>
          {t('existing.options')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('existing.options')}>
        <Stack gap="md">
          <Radio.Group
            label={t('existing.label')}
            value={choices.existing}
            onChange={(value) => onChange({ ...choices, existing: value as Choices['existing'] })}
          >
            <Stack gap="xs" mt="xs">
              <Radio size="sm" value="update" label={t('existing.update')} />
              <Radio size="sm" value="skip" label={t('existing.skip')} />
            </Stack>
          </Radio.Group>
          <Defaults choices={choices} onChange={onChange} words={words} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function Defaults({ choices, onChange, words }: Parameters<typeof ImportOptions>[0]) {
  const { t } = useTranslation(['import', 'cadre'])
  const { defaults } = choices
  const put = (next: Choices['defaults']) => onChange({ ...choices, defaults: { ...defaults, ...next } })
  return (
    <>
      <div>
        <Text size="sm" fw={600} mb={4}>
          {words.unit}
        </Text>
        <UnitSelect
          label={words.unit}
          placeholder={t('existing.noUnit')}
          value={defaults.unitId ?? null}
          onChange={(unitId) => put({ unitId: unitId ?? undefined })}
        />
      </div>
      <Select
        size="sm"
        label={words.rollGroup}
        data={ROLL_GROUPS.map((value) => ({ value, label: t(`cadre:rollGroup.${value}`) }))}
        value={defaults.rollGroup ?? 'in-post'}
        allowDeselect={false}
        onChange={(group) => put({ rollGroup: (group as RollGroup | null) ?? undefined })}
      />
      {words.note !== undefined && (
        <Text size="sm" c="dimmed">
          {words.note}
        </Text>
      )}
    </>
  )
}
