import { Button, Checkbox, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/contract/index.ts'
import { isFaultCode } from '../../../shared/errors.ts'
import { useCommand } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { formatMoment } from '../../kit/format.ts'
import { announce } from '../../kit/live.tsx'
import { Card } from '../../kit/page.tsx'
import { StatusWord } from '../../kit/status-word.tsx'
import { faultSentence } from '../../kit/texts.ts'

type Place = Output<'backup.list'>

/** Where the daily backups go and how many stay; says when the place is no good. */
export function BackupPlaceCard({ place }: { readonly place: Place }) {
  const { t } = useTranslation(['setting', 'common'])
  const save = useCommand('backup.schedule')
  const [folder, setFolder] = useState(place.folder)
  const [keep, setKeep] = useState(place.keep)
  const [daily, setDaily] = useState(place.daily)
  const submit = () =>
    save.run({ folder: folder.trim() === '' ? null : folder.trim(), keep, daily }).then(
      () => announce(t('common:form.saved')),
      () => undefined,
    )
  return (
    <Card title={t('backup.where')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack gap="md">
          <PlaceSaid place={place} />
          <TextInput
            label={t('backup.folder')}
            description={t('backup.folderHint')}
            inputWrapperOrder={['label', 'input', 'description']}
            maxLength={1_000}
            value={folder}
            onChange={(event) => setFolder(event.currentTarget.value)}
          />
          <NumberInput
            label={t('backup.keep')}
            w={120}
            min={1}
            max={365}
            allowDecimal={false}
            value={keep}
            onChange={(value) => typeof value === 'number' && setKeep(value)}
          />
          <Checkbox
            label={t('backup.daily')}
            checked={daily}
            onChange={(event) => setDaily(event.currentTarget.checked)}
          />
          <FaultAlert fault={save.fault} />
          <Button type="submit" variant="default" loading={save.pending}>
            {t('backup.save')}
          </Button>
        </Stack>
      </form>
    </Card>
  )
}

function PlaceSaid({ place }: { readonly place: Place }) {
  const { t } = useTranslation('setting')
  const { reachable, sameDisk, failure } = place
  const said = [
    ...(reachable ? [] : [t('backup.unreachable')]),
    ...(sameDisk === true ? [t('backup.sameDisk')] : []),
    ...(failure !== null && isFaultCode(failure.code)
      ? [
          t('backup.failure', {
            at: formatMoment(failure.at),
            sentence: faultSentence(failure.code, { folder: place.folder }),
          }),
        ]
      : []),
  ]
  return (
    <>
      {said.map((sentence) => (
        <Text key={sentence} size="sm">
          <StatusWord tone="soon">{t('backup.mind')}</StatusWord> {sentence}
        </Text>
      ))}
    </>
  )
}
