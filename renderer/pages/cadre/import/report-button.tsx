import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { LANGUAGES } from '../../../../shared/i18n/index.ts'
import { useCommand } from '../../../api/use-call.ts'
import { saveBase64 } from '../../../host/host.ts'
import { FaultAlert } from '../../../kit/fault-alert.tsx'

/** Every row with its state, cell addresses and sentences, as .xlsx. */
export function ReportButton({ importId, label }: { readonly importId: string; readonly label: string }) {
  const { i18n } = useTranslation()
  const command = useCommand('roster.export')
  const language = LANGUAGES.find((one) => one === i18n.language) ?? 'zh-CN'
  const save = async () => {
    const { fileName, content } = await command.run({ importId, language })
    saveBase64(fileName, content, 'xlsx')
  }
  return (
    <>
      <Button variant="default" loading={command.pending} onClick={() => void save().catch(() => undefined)}>
        {label}
      </Button>
      <FaultAlert fault={command.fault} />
    </>
  )
}
