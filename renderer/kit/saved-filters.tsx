import { Button, CloseButton, Divider, Group, Popover, Stack, TextInput } from '@mantine/core'
import { IconBookmark } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useCommand } from '../api/use-call.ts'
import { inText } from './icon.ts'

interface Kept<Filter> {
  readonly name: string
  readonly filter: Filter
}

/** They may hold names, so they lie encrypted among the officer's drafts, not in the browser's own store. */
function useKept<Filter>(id: string): [readonly Kept<Filter>[], (next: readonly Kept<Filter>[]) => void] {
  const key = `filters:${id}`
  const { data } = useCall('draft.list', {})
  const save = useCommand('draft.save')
  const kept = data?.rows.find((row) => row.key === key)?.content as readonly Kept<Filter>[] | undefined
  return [kept ?? [], (next) => void save.run({ key, content: next.length === 0 ? null : next }).catch(() => undefined)]
}

/** Filters this officer remembers by name. The filter is whatever the page keeps in its route's search. */
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
  const [saved, setSaved] = useKept<Filter>(id)
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
