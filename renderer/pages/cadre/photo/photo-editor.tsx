import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconPhoto } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommand } from '../../../api/use-call.ts'
import { base64Of } from '../../../host/host.ts'
import { FaultAlert } from '../../../kit/fault-alert.tsx'
import { FileDrop } from '../../../kit/file-drop.tsx'
import { StatusWord } from '../../../kit/status-word.tsx'
import { useUndoToast } from '../../../kit/undo-toast.tsx'
import type { CadreView } from '../cadre-detail.ts'
import { firstCrop, type Crop } from './crop.ts'
import { CropArea } from './crop-area.tsx'
import { jpegOf } from './draw.ts'

interface Chosen {
  readonly picture: ImageBitmap
  readonly crop: Crop
}

/** 设置照片: choose, cut to 4:5, save as JPEG. Taking a photo away is undone like any other change. */
export function PhotoEditor({
  record,
  version,
  onChanged,
  onClose,
}: {
  readonly record: CadreView
  readonly version: () => number
  readonly onChanged?: (version: number) => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation(['lrmx', 'common'])
  const command = useCommand('cadre.setPhoto')
  const offerUndo = useUndoToast()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [unreadable, setUnreadable] = useState(false)
  const picture = chosen?.picture
  useEffect(() => () => picture?.close(), [picture])
  const take = async ([file]: readonly File[]) => {
    if (!file) return
    try {
      const read = await createImageBitmap(file)
      setUnreadable(false)
      setChosen({ picture: read, crop: firstCrop(read) })
    } catch {
      // The browser gives no reason; whatever it is, this picture cannot be shown.
      setUnreadable(true)
    }
  }
  const set = async (content: string | null) => {
    const saved = await command.run({ id: record.id, version: version(), content })
    onChanged?.(saved.version)
    offerUndo(content === null ? t('photo.removed') : t('photo.saved'), { register: 'cadre', recordId: record.id })
    onClose()
  }
  const save = async ({ picture: whole, crop }: Chosen) => set(await base64Of(await jpegOf(whole, crop)))
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('photo.title')}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <Stack gap="md">
        {unreadable && <StatusWord tone="alarm">{t('photo.unreadable')}</StatusWord>}
        {chosen ? (
          <CropArea picture={chosen.picture} crop={chosen.crop} onCrop={(crop) => setChosen({ ...chosen, crop })} />
        ) : (
          <FileDrop
            label={t('photo.choose')}
            title={t('photo.choose')}
            hint={t('photo.hint')}
            icon={IconPhoto}
            accept=".jpg,.jpeg,.png,.pic"
            onFiles={(files) => void take(files)}
          />
        )}
        {chosen && (
          <Text size="sm" c="dimmed">
            {t('photo.hint')}
          </Text>
        )}
        <FaultAlert fault={command.fault} />
        <Group justify="flex-end" gap="sm">
          {record.photo !== null && !chosen && (
            <Button
              variant="subtle"
              color="gray"
              loading={command.pending}
              onClick={() => void set(null).catch(() => undefined)}
            >
              {t('photo.remove')}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button
            disabled={!chosen}
            loading={command.pending}
            onClick={() => chosen && void save(chosen).catch(() => undefined)}
          >
            {t('photo.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
