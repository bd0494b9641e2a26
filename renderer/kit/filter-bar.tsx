import { Button, Group, TextInput } from '@mantine/core'
import { useDebouncedCallback, useHotkeys } from '@mantine/hooks'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { inText } from './icon.ts'

/**
 * Search box and selects above a table. Ctrl F goes to the box; 清除筛选 appears when something is set.
 *
 * Keep the filter in the route's search, so that going back finds the list as it was left.
 */
export function FilterBar({
  text,
  onText,
  placeholder,
  active,
  onClear,
  saved,
  children,
}: {
  readonly text: string
  readonly onText: (text: string) => void
  readonly placeholder: string
  /** Something is filtered. */
  readonly active: boolean
  readonly onClear: () => void
  /** {@link SavedFilters}, where the page keeps some. */
  readonly saved?: ReactNode
  /** Selects and switches, `size="sm"`. */
  readonly children?: ReactNode
}) {
  const { t } = useTranslation()
  const box = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(text)
  const tell = useDebouncedCallback(onText, 120)
  useEffect(() => setTyped(text), [text])
  useHotkeys([['mod+F', () => box.current?.select()]], [])
  return (
    <Group gap="sm" role="search">
      <TextInput
        ref={box}
        size="sm"
        w={260}
        type="search"
        aria-label={placeholder}
        placeholder={placeholder}
        leftSection={<IconSearch {...inText} />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          tell(event.currentTarget.value)
        }}
      />
      {children}
      {active && (
        <Button size="sm" variant="subtle" color="gray" leftSection={<IconX {...inText} />} onClick={onClear}>
          {t('filter.clear')}
        </Button>
      )}
      {saved}
    </Group>
  )
}
