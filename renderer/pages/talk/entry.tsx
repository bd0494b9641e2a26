import { Button, Group, Kbd } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { useNewKey } from '../../kit/keys.ts'
import { Page } from '../../kit/page.tsx'
import { Permitted } from '../../kit/permitted.tsx'
import { DraftNotice, openedAbove } from '../../kit/record-form.tsx'
import { StatusWord } from '../../kit/status-word.tsx'
import { useGoBack } from '../../kit/use-go-back.ts'
import { useEntryTexts } from './entry/entry-texts.ts'
import { EntryGrid } from './entry/entry-grid.tsx'
import classes from './entry/entry.module.css'
import { hasGaps, withoutGaps } from './entry/paste.ts'
import { isEmpty, signatureOf } from './entry/rows.ts'
import { useEntry, type Entry } from './entry/use-entry.ts'

/** 批量补录: the year's talks from a table in WPS, or typed row by row, saved together. */
export function TalkEntryPage() {
  const { t } = useTranslation('talk')
  return (
    <Permitted capability="talk:write" title={t('entry.title')}>
      <EntryTable />
    </Permitted>
  )
}

function EntryTable() {
  const { t } = useTranslation(['talk', 'common'])
  const entry = useEntry()
  const back = useGoBack('/talk')
  const { ready, table, dispatch } = entry
  useHotkeys([['mod+S', () => void entry.save()]], [])
  // No question on leaving: the table is a draft and is there again.
  useHotkeys([['Escape', (event) => !event.isComposing && !openedAbove() && back()]], [])
  useNewKey(() => dispatch({ kind: 'go', to: { row: table.rows.length - 1, column: 'cadre' } }))
  const action = (
    <>
      <Button variant="subtle" color="gray" onClick={back} title={t('common:keys.back')}>
        {t('common:action.back')}
      </Button>
      <Button
        disabled={ready === 0}
        loading={entry.saving}
        title={t('common:keys.save')}
        onClick={() => void entry.save()}
      >
        {ready === 0 ? t('entry.save') : t('entry.saveMany', { count: ready })}
      </Button>
    </>
  )
  return (
    <Page filling title={t('entry.title')} note={t('entry.note')} action={action}>
      <DraftNotice draft={entry.draft} />
      {entry.faultRow !== null && <StatusWord tone="alarm">{t('entry.faultRow', { n: entry.faultRow })}</StatusWord>}
      <FaultAlert fault={entry.fault} />
      <Above entry={entry} />
      <EntryGrid entry={entry} />
      <Keys />
    </Page>
  )
}

/** How far one is, and what can be done with the whole table. */
function Above({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation('talk')
  const { table, dispatch, ready, attention, filled, readings } = entry
  const { rows, at } = table
  const { problems } = useEntryTexts()
  const toNext = () => {
    const wrong = rows.flatMap((row, index) => {
      const [first] = isEmpty(row) ? [] : problems(row, readings.get(signatureOf(row)))
      return first === undefined ? [] : [{ row: index, column: first.column }]
    })
    const to = wrong.find(({ row }) => row > at.row) ?? wrong[0]
    if (to !== undefined) dispatch({ kind: 'go', to })
  }
  return (
    <div className={classes.above}>
      <Group gap="md" className={classes.counts}>
        <span>{t('entry.count', { count: filled })}</span>
        {ready > 0 && <StatusWord tone="done">{t('entry.readyCount', { count: ready })}</StatusWord>}
        {attention > 0 && <StatusWord tone="alarm">{t('entry.attentionCount', { count: attention })}</StatusWord>}
      </Group>
      <Group gap="sm">
        {attention > 0 && (
          <Button size="compact-sm" variant="default" onClick={toNext}>
            {t('entry.next')}
          </Button>
        )}
        {hasGaps(rows) && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => dispatch({ kind: 'put', rows: withoutGaps(rows) })}
            title={t('entry.fillHint')}
          >
            {t('entry.fill')}
          </Button>
        )}
        {table.past.length > 0 && (
          <Button size="compact-sm" variant="default" onClick={() => dispatch({ kind: 'undo' })} title="Ctrl Z">
            {t('entry.undo')}
          </Button>
        )}
        {filled > 0 && (
          <Button size="compact-sm" variant="default" onClick={() => dispatch({ kind: 'put', rows: [] })}>
            {t('entry.empty')}
          </Button>
        )}
      </Group>
    </div>
  )
}

const KEYS = [
  ['Ctrl V', 'paste'],
  ['Alt ↓', 'choose'],
  ['F2', 'edit'],
  ['Ctrl D', 'same'],
  ['Delete', 'clear'],
  ['Ctrl Delete', 'remove'],
  ['Ctrl Z', 'undo'],
  ['Ctrl S', 'save'],
] as const

function Keys() {
  const { t } = useTranslation('talk')
  return (
    <p className={classes.keys}>
      {KEYS.map(([key, name]) => (
        <span key={key} className={classes.key}>
          <Kbd size="xs">{key}</Kbd> {t(`entry.key.${name}`)}
        </span>
      ))}
    </p>
  )
}
