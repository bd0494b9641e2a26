import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RosterFile } from '../../../../shared/contract/roster.ts'
import { Fault } from '../../../../shared/errors.ts'
import { useCommand } from '../../../api/use-call.ts'
import { base64Of } from '../../../host/host.ts'
import { ImportFile } from '../../../kit/import/file.tsx'

/** What the contract takes, as base64 of some 48 million characters; said before the file is read. */
const LIMIT_MB = 30

/** 选择文件: click, or drop it. Whatever is chosen is looked at by its content, so .et is answered with what to do. */
export function FileStep({
  cancelled,
  onOpened,
}: {
  readonly cancelled: boolean
  readonly onOpened: (file: RosterFile) => void
}) {
  const { t } = useTranslation(['roster', 'import'])
  const open = useCommand('roster.open')
  const [reading, setReading] = useState<string | null>(null)
  const [fault, setFault] = useState<unknown>(null)
  const take = async (file: File | undefined) => {
    if (file === undefined || reading !== null) return
    setFault(null)
    setReading(file.name)
    try {
      if (file.size > LIMIT_MB * 1024 * 1024) throw new Fault('file-too-large', { limitMb: LIMIT_MB })
      onOpened(await open.run({ fileName: file.name, content: await base64Of(file) }))
    } catch (thrown) {
      setFault(thrown)
    } finally {
      setReading(null)
    }
  }
  return (
    <ImportFile
      cancelled={cancelled}
      fault={fault}
      reading={reading === null ? null : t('file.reading', { fileName: reading })}
      label={t('file.choose')}
      title={t('import:file.drop')}
      hint={t('file.hint')}
      icon={IconFileSpreadsheet}
      accept=".xlsx,.xls,.et,.csv"
      onFiles={([file]) => void take(file)}
    />
  )
}
