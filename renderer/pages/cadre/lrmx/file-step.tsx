import { Button, Group } from '@mantine/core'
import { IconFileText } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LrmxOpened } from '../../../../shared/contract/lrmx.ts'
import { useCommand } from '../../../api/use-call.ts'
import { base64Of } from '../../../host/host.ts'
import { ImportFile } from '../../../kit/import/file.tsx'
import { StatusWord } from '../../../kit/status-word.tsx'
import { partsOf } from './parts.ts'

/** What the core refuses anyway, said before a large file is read and sent. */
const LIMIT_MB = 8

/** 选择文件: as many as one likes; they are read and compared in portions, so that the window stays alive. */
export function LrmxFileStep({
  cancelled,
  joins,
  onOpened,
}: {
  readonly cancelled: boolean
  /** The import further files join. */
  readonly joins: LrmxOpened | null
  readonly onOpened: (opened: LrmxOpened) => void
}) {
  const { t } = useTranslation(['lrmx', 'import', 'common'])
  const open = useCommand('lrmx.open')
  // As the core has it now: of several portions the first may have joined and the second failed.
  const [joined, setJoined] = useState(joins)
  const [reading, setReading] = useState<{ done: number; total: number } | null>(null)
  const [tooLarge, setTooLarge] = useState<readonly string[]>([])
  const [fault, setFault] = useState<unknown>(null)
  const take = async (chosen: readonly File[]) => {
    const fits = chosen.filter((file) => file.size <= LIMIT_MB * 1024 * 1024)
    setTooLarge(chosen.filter((file) => !fits.includes(file)).map((file) => file.name))
    setFault(null)
    if (fits.length === 0) return
    setReading({ done: 0, total: fits.length })
    try {
      let opened = joins
      let done = 0
      for (const part of partsOf(fits)) {
        const files = await Promise.all(
          part.map(async (file) => ({ fileName: file.name, content: await base64Of(file) })),
        )
        opened = await open.run({ files, ...(opened ? { importId: opened.importId } : {}) })
        if (joins) setJoined(opened)
        done += part.length
        setReading({ done, total: fits.length })
      }
      if (opened) onOpened(opened)
    } catch (thrown) {
      setFault(thrown)
    } finally {
      setReading(null)
    }
  }
  return (
    <>
      <ImportFile
        cancelled={cancelled}
        fault={fault}
        reading={reading === null ? null : t('file.reading', reading)}
        label={t('file.choose')}
        title={t('import:file.drop')}
        hint={t('file.hint')}
        icon={IconFileText}
        accept=".lrmx,.lrm,.xml,.pic,.jpg,.jpeg,.png"
        multiple
        onFiles={(files) => void take(files)}
      >
        {tooLarge.length > 0 && (
          <StatusWord tone="alarm">
            {t('file.tooLarge', { names: tooLarge.join(t('common:separator')), limitMb: LIMIT_MB })}
          </StatusWord>
        )}
      </ImportFile>
      {joined !== null && reading === null && (
        <Group>
          <Button variant="default" onClick={() => onOpened(joined)}>
            {t('import:run.back')}
          </Button>
        </Group>
      )}
    </>
  )
}
