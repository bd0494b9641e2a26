import { Combobox, Kbd, Text, TextInput, useCombobox } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { IconSearch } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CadreRow } from '../../shared/contract/cadre.ts'
import { useCall } from '../api/use-call.ts'
import classes from './cadre-search.module.css'
import { formatMonth } from './format.ts'
import { inText } from './icon.ts'
import { useCan } from './session.ts'

const SHOWN = 10

/** Ctrl K anywhere: type, ↑↓, Enter opens the person. Nobody is asked for which kind of text it is. */
export function CadreSearch() {
  const can = useCan()
  return can('cadre:read') ? <SearchBox /> : <span />
}

function SearchBox() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const box = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const typed = text.trim()
  const { data } = useCall('cadre.list', { text: typed, limit: SHOWN, presence: 'all' }, { enabled: typed !== '' })
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  useHotkeys([['mod+K', () => box.current?.select()]], [])
  const rows = typed === '' ? [] : (data?.rows ?? [])
  const open = (id: string) => {
    setText('')
    combobox.closeDropdown()
    box.current?.blur()
    void navigate({ to: '/cadre/$id', params: { id } })
  }
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={open}
      width={440}
      position="bottom-start"
      shadow="md"
      withinPortal={false}
    >
      <Combobox.Target>
        <TextInput
          ref={box}
          w={360}
          size="sm"
          aria-label={t('search.label')}
          placeholder={t('search.frame')}
          leftSection={<IconSearch {...inText} />}
          rightSectionWidth={64}
          rightSectionPointerEvents="none"
          rightSection={<Kbd size="xs">Ctrl K</Kbd>}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            combobox.openDropdown()
            combobox.updateSelectedOptionIndex('selected')
          }}
          onFocus={() => typed !== '' && combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              setText('')
              box.current?.blur()
            }
            if (event.key === 'Enter' && combobox.getSelectedOptionIndex() < 0 && rows[0]) open(rows[0].id)
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={typed === '' || data === undefined}>
        <Combobox.Options aria-label={t('search.label')}>
          {rows.map((row) => (
            <Combobox.Option key={row.id} value={row.id}>
              <Found row={row} />
            </Combobox.Option>
          ))}
          {rows.length === 0 && <Combobox.Empty>{t('search.none')}</Combobox.Empty>}
        </Combobox.Options>
        {data !== undefined && data.total > SHOWN && (
          <Combobox.Footer>
            <Text size="xs" c="dimmed">
              {t('search.found', { count: data.total })}
            </Text>
          </Combobox.Footer>
        )}
      </Combobox.Dropdown>
    </Combobox>
  )
}

function Found({ row }: { readonly row: CadreRow }) {
  const { t } = useTranslation()
  return (
    <span className={classes.found}>
      <span className={classes.name}>{row.name}</span>
      <span className={classes.month}>{formatMonth(row.birthMonth)}</span>
      <span className={classes.post}>{[row.unitName, row.postTitle].filter(Boolean).join(' · ')}</span>
      {!row.onRoll && <span className={classes.month}>{t('search.left')}</span>}
    </span>
  )
}
