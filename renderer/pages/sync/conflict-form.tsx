import { Alert, Button, Group, Stack, Table, Text, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conflict } from '../../../shared/contract/sync.ts'
import { useCommand } from '../../api/use-call.ts'
import { enterGoesOn } from '../../kit/enter-key.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { alone } from '../../kit/icon.ts'
import { announce } from '../../kit/live.tsx'
import { LeaveGuard, openedAbove } from '../../kit/record-form.tsx'
import headings from '../../kit/table.module.css'
import { ConflictRow } from './conflict-row.tsx'
import classes from './conflict.module.css'
import { undecidedFields, type Pick, type Picks } from './third-value.ts'

const NO_DRAFT = { kept: false, restoredAt: null, discard: () => undefined, clear: () => Promise.resolve() }

/** The table of both sides, what was chosen, and the one button. */
export function ConflictForm({ conflict, onLeave }: { readonly conflict: Conflict; readonly onLeave: () => void }) {
  const { t } = useTranslation('sync')
  const { picks, pick, why, setWhy, missing, needsWhy, ready, dirty, save, settle } = useChoices(conflict, onLeave)
  useHotkeys([['mod+S', () => void save()]], [])
  useHotkeys([['Escape', () => !openedAbove() && onLeave()]], [])
  return (
    <form
      noValidate
      onKeyDown={enterGoesOn}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Stack gap="md">
        <Sentence conflict={conflict} />
        <div className={classes.scroller}>
          <Table className={`${headings.headed} ${classes.table}`} aria-label={t('conflict.title')}>
            <Head maySettle={conflict.maySettle} />
            <Table.Tbody>
              {conflict.fields.map((row, index) => (
                <ConflictRow
                  key={row.field}
                  conflict={conflict}
                  row={row}
                  first={index === 0}
                  pick={picks[row.field]}
                  onPick={(next) => pick(row.field, next)}
                />
              ))}
            </Table.Tbody>
          </Table>
        </div>
        {conflict.maySettle && (
          <TextInput
            label={t('conflict.why')}
            description={needsWhy ? t('conflict.whyVoid') : t('conflict.whyHint')}
            inputWrapperOrder={['label', 'input', 'description']}
            required={needsWhy}
            maxLength={200}
            maw={560}
            autoComplete="off"
            value={why}
            onChange={(event) => setWhy(event.currentTarget.value)}
          />
        )}
        <FaultAlert fault={settle.fault} />
        <Group gap="md">
          {conflict.maySettle && (
            <Button type="submit" disabled={!ready} loading={settle.pending}>
              {t('conflict.save')}
            </Button>
          )}
          <Text size="sm" c="dimmed" aria-live="polite">
            {conflict.maySettle && missing.length > 0 && t('conflict.left', { count: missing.length })}
          </Text>
        </Group>
      </Stack>
      <LeaveGuard form={{ dirty, draft: NO_DRAFT }} />
    </form>
  )
}

/** What was chosen so far, what is still missing, and the save. */
function useChoices(conflict: Conflict, onLeave: () => void) {
  const { t } = useTranslation('sync')
  const settle = useCommand('sync.settle')
  const [picks, setPicks] = useState<Picks>({})
  const [why, setWhy] = useState('')
  const names = conflict.fields.map(({ field }) => field)
  const missing = undecidedFields(conflict.register, names, picks)
  const needsWhy = !conflict.voided && picks['voided']?.take === 'theirs'
  const ready = conflict.maySettle && missing.length === 0 && (!needsWhy || why.trim() !== '')
  const dirty = Object.keys(picks).length > 0 || why !== ''
  const save = async () => {
    if (!ready || settle.pending) return
    const { seq, version } = conflict
    const reason = why.trim()
    try {
      await settle.run({ seq, version, choose: chosen(picks), ...(reason === '' ? {} : { why: reason }) })
    } catch {
      return // shown above the button
    }
    announce(t('conflict.done'))
    setPicks({})
    setWhy('')
    // After the state above is rendered, so that the guard lets the page go.
    setTimeout(onLeave, 0)
  }
  const pick = (field: string, next: Pick) => setPicks((now) => ({ ...now, [field]: next }))
  return { picks, pick, why, setWhy, missing, needsWhy, ready, dirty, save, settle }
}

const chosen = (picks: Picks) =>
  Object.fromEntries(
    Object.entries(picks).map(([field, { take, value }]) => [
      field,
      take === 'value' ? ({ take, value } as const) : ({ take } as const),
    ]),
  )

/** That nothing is lost, how to choose, or who may. */
function Sentence({ conflict }: { readonly conflict: Conflict }) {
  const { t } = useTranslation(['sync', 'officer', 'common'])
  const roles = conflict.deciders.map((role) => t(`officer:role.${role}`)).join(t('common:separator'))
  return (
    <Alert variant="light" color="gray" icon={<IconShieldCheck {...alone} />}>
      <Text size="md" c="var(--mantine-color-text)">
        {t('sync:conflict.safe')}
        {conflict.maySettle ? t('sync:conflict.how') : t('sync:conflict.deciders', { roles })}
      </Text>
    </Alert>
  )
}

function Head({ maySettle }: { readonly maySettle: boolean }) {
  const { t } = useTranslation('sync')
  return (
    <Table.Thead>
      <Table.Tr>
        <Table.Th scope="col">{t('conflict.field')}</Table.Th>
        <Table.Th scope="col">{t('conflict.ours')}</Table.Th>
        <Table.Th scope="col">{t('conflict.theirs')}</Table.Th>
        {maySettle && <Table.Th scope="col">{t('conflict.choice')}</Table.Th>}
      </Table.Tr>
    </Table.Thead>
  )
}
