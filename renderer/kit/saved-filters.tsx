import { Button, CloseButton, Divider, Group, Popover, Stack, TextInput } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconBookmark } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inText } from './icon.ts'

/** Filters this officer's PC remembers by name. The filter is whatever the page keeps in its route's search. */
export function SavedFilters<Filter extends object>({
  id,
  current,
  onApply,
}: {
  /** Where they are remembered: the list's name. */
  readonly id: string
  readonly current: Filter
  readonly onApply: (filter: Filter) => void
}) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const [name, setName] = useState('')
  const [saved, setSaved] = useLocalStorage<readonly { name: string; filter: Filter }[]>({
    key: `zgt.filters.${id}`,
    defaultValue: [],
    getInitialValueInEffect: false,
  })
  const keep = () => {
    const trimmed = name.trim()
    if (trimmed === '') return
    setSaved([...saved.filter((entry) => entry.name !== trimmed), { name: trimmed, filter: current }])
    setName('')
  }
  return (
    <Popover position="bottom-end" trapFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <Button
          size="sm"
          variant="subtle"
          color="gray"
          leftSection={<IconBookmark {...inText} />}
          onClick={() => setOpened(!opened)}
        >
          {t('filter.saved')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('filter.saved')}>
        <Stack gap="xs" w={240}>
          {saved.map((entry) => (
            <Group key={entry.name} gap="xs" wrap="nowrap" justify="space-between">
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() => {
                  onApply(entry.filter)
                  setOpened(false)
                }}
              >
                {entry.name}
              </Button>
              <CloseButton
                size="sm"
                aria-label={t('filter.forget', { name: entry.name })}
                onClick={() => setSaved(saved.filter((other) => other !== entry))}
              />
            </Group>
          ))}
          {saved.length > 0 && <Divider />}
          <TextInput
            size="xs"
            label={t('filter.keepAs')}
            maxLength={20}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && keep()}
          />
          <Button size="xs" variant="default" disabled={name.trim() === ''} onClick={keep}>
            {t('filter.keep')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
