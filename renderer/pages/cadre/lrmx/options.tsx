import { Button, Popover, Radio, Select, Stack, Text } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ROLL_GROUPS } from '../../../../shared/domain/cadre.ts'
import { inText } from '../../../kit/icon.ts'
import { UnitSelect } from '../../../kit/unit-select.tsx'
import type { Choices } from '../import/choices.ts'

/** What happens to people found already, and where new ones go: a form names neither unit nor roll group. */
export function LrmxOptions({
  choices,
  onChange,
}: {
  readonly choices: Choices
  readonly onChange: (choices: Choices) => void
}) {
  const { t } = useTranslation(['lrmx', 'roster', 'cadre'])
  const { existing, defaults } = choices
  return (
    <Popover width={380} position="bottom-end" trapFocus withinPortal>
      <Popover.Target>
        <Button size="compact-sm" variant="default" leftSection={<IconAdjustmentsHorizontal {...inText} />}>
          {t('roster:existing.options')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('roster:existing.options')}>
        <Stack gap="md">
          <Radio.Group
            label={t('roster:existing.label')}
            value={existing}
            onChange={(value) => onChange({ ...choices, existing: value as Choices['existing'] })}
          >
            <Stack gap="xs" mt="xs">
              <Radio size="sm" value="update" label={t('existing.update')} />
              <Radio size="sm" value="skip" label={t('existing.skip')} />
            </Stack>
          </Radio.Group>
          <div>
            <Text size="sm" mb={4}>
              {t('defaults.unit')}
            </Text>
            <UnitSelect
              label={t('defaults.unit')}
              placeholder={t('roster:defaults.none')}
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
            onChange={(group) => onChange({ ...choices, defaults: { ...defaults, rollGroup: group ?? undefined } })}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
