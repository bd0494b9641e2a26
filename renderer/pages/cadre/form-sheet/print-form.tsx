import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../../api/use-call.ts'
import { FaultAlert } from '../../../kit/fault-alert.tsx'
import { inText } from '../../../kit/icon.ts'
import { usePrint } from '../../../kit/use-print.ts'
import { FormSheet } from './form-sheet.tsx'

/** 打印: the 任免审批表, which is what offices keep of a person on paper. */
export function PrintForm({ recordId }: { readonly recordId: string }) {
  const { t } = useTranslation(['cadre', 'common'])
  const call = useClient()
  const { sheet, print, pending, fault } = usePrint({ gather: () => call('print.cadreForm', { recordId }) })
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconPrinter {...inText} />}
        title={t('detail.printForm')}
        loading={pending}
        onClick={print}
      >
        {t('common:action.print')}
      </Button>
      <FaultAlert fault={fault} />
      {sheet && <FormSheet form={sheet} />}
    </>
  )
}
