import { Anchor, Button, Group, Radio, Stack, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/contract/index.ts'
import { useCall, useClient } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { formatMoment } from '../../kit/format.ts'
import { ConfirmRestore } from './confirm-restore.tsx'
import classes from './entry.module.css'

type Backup = Output<'desk.backups'>['rows'][number]
/** Shown at first; the newest is what one wants, so the others can wait. */
const FEW = 4

/** Backups this PC knows of, or those of a folder one names; what is there now is kept aside, never deleted. */
export function RestoreForm({
  replaceDamaged,
  onRestored,
}: {
  readonly replaceDamaged: boolean
  readonly onRestored: (done: Output<'desk.restore'>) => void
}) {
  const { t } = useTranslation('desk')
  const call = useClient()
  const [typed, setTyped] = useState('')
  const [where, setWhere] = useState<string | undefined>(undefined)
  const [chosen, setChosen] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const [all, setAll] = useState(false)
  const [pending, setPending] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const found = useCall('desk.backups', where === undefined ? {} : { folder: where })
  // The bare call: refreshing everything at once would take this page away before it has said what was restored.
  const restore = async (folder: string) => {
    setPending(true)
    setFault(null)
    try {
      onRestored(await call('desk.restore', { folder, replaceDamaged }))
    } catch (thrown) {
      setFault(thrown)
    } finally {
      setPending(false)
      setAsking(false)
    }
  }
  const rows = found.data?.rows ?? []
  // The last good one is offered; another is a click away.
  const row = rows.find(({ folder }) => folder === chosen) ?? rows.find(({ state }) => state === 'whole')
  const shown = all ? rows : rows.slice(0, FEW)
  return (
    <Stack gap="md" className={classes.part}>
      <Title order={2}>{t('restore.title')}</Title>
      <FaultAlert fault={found.fault} />
      {found.data !== undefined && rows.length === 0 && <Text size="sm">{t('restore.none')}</Text>}
      {rows.length > 0 && (
        <Radio.Group label={t('restore.choose')} value={row?.folder ?? ''} onChange={setChosen}>
          <Stack gap="sm" mt="xs">
            {shown.map((one) => (
              <BackupChoice key={one.folder} row={one} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {shown.length < rows.length && (
        <Anchor component="button" type="button" size="sm" ta="start" onClick={() => setAll(true)}>
          {t('restore.more', { count: rows.length - shown.length })}
        </Anchor>
      )}
      <Group align="flex-end" gap="sm">
        <TextInput
          flex={1}
          label={t('restore.folder')}
          description={t('restore.folderHint')}
          inputWrapperOrder={['label', 'description', 'input']}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button variant="default" disabled={typed.trim() === ''} onClick={() => setWhere(typed.trim())}>
          {t('restore.look')}
        </Button>
      </Group>
      <FaultAlert fault={fault} />
      <Group gap="md">
        <Button disabled={row === undefined} loading={pending} onClick={() => setAsking(true)}>
          {t('restore.action')}
        </Button>
        {replaceDamaged && (
          <Text size="sm" c="dimmed">
            {t('restore.kept')}
          </Text>
        )}
      </Group>
      {asking && row !== undefined && (
        <ConfirmRestore
          row={row}
          replaceDamaged={replaceDamaged}
          pending={pending}
          onClose={() => setAsking(false)}
          onConfirm={() => void restore(row.folder)}
        />
      )}
    </Stack>
  )
}

function BackupChoice({ row }: { readonly row: Backup }) {
  const { t } = useTranslation(['desk'])
  const { folder, at, ops, unreported, since, state } = row
  const facts = [t('restore.facts', { ops, unreported }), t(`desk:restore.${state}`)]
  if (since !== null && since > 0) facts.splice(1, 0, t('restore.since', { count: since }))
  return (
    <Radio
      size="sm"
      value={folder}
      disabled={state === 'damaged'}
      label={t('restore.at', { at: formatMoment(at) })}
      description={
        <>
          {facts.join(' · ')}
          <br />
          {folder}
        </>
      }
    />
  )
}
