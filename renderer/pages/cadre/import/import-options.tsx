import { Button, Popover, Radio, Select, Stack, Text } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ROLL_GROUPS } from '../../../../shared/domain/cadre.ts'
import { inText } from '../../../kit/icon.ts'
import { UnitSelect } from '../../../kit/unit-select.tsx'
import type { Choices } from './choices.ts'

/** What happens to people found already, and where rows without unit or roll group go. */
export function ImportOptions({
  choices,
  onChange,
}: {
  readonly choices: Choices
  readonly onChange: (choices: Choices) => void
}) {
  const { t } = useTranslation(['roster', 'cadre'])
  const { existing, defaults } = choices
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
            value={existing}
            onChange={(value) => onChange({ ...choices, existing: value as Choices['existing'] })}
          >
            <Stack gap="xs" mt="xs">
              <Radio size="sm" value="update" label={t('existing.update')} />
              <Radio size="sm" value="skip" label={t('existing.skip')} />
            </Stack>
          </Radio.Group>
          <div>
            <Text size="sm" fw={600} mb={4}>
              {t('defaults.unit')}
            </Text>
            <UnitSelect
              label={t('defaults.unit')}
              placeholder={t('defaults.none')}
              value={defaults.unitId ?? null}
              onChange={(unitId) => onChange({ ...choices, defaults: { ...defaults, unitId: unitId ?? undefined } })}
            />
          </div>
          <Select
            size="sm"
            label={t('defaults.rollGroup')}
            data={ROLL_GROUPS.map((value) => ({ value, label: t(`cadre:rollGroup.${value}`) }))}
            value={defaults.rollGroup ?? 'in-post'}
            allowDeselect={false}
            onChange={(rollGroup) =>
              onChange({ ...choices, defaults: { ...defaults, rollGroup: rollGroup ?? undefined } })
            }
          />
          <Text size="sm" c="dimmed">
            {t('defaults.unitsToAdd')}
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
