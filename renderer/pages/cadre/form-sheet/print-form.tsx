import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../../../api/use-call.ts'
import { FaultAlert } from '../../../kit/fault-alert.tsx'
import { inText } from '../../../kit/icon.ts'
import { usePrint } from '../../../kit/use-print.ts'
import { FormSheet, type FormOnPaper } from './form-sheet.tsx'

/** 打印, Ctrl P: one person's 任免审批表, which is what offices keep of a person on paper. */
export function PrintForm({ recordId }: { readonly recordId: string }) {
  const { t } = useTranslation(['cadre', 'common'])
  const { sheet, print, pending, fault } = usePrintedForms([recordId], true)
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
      {sheet && <FormSheet forms={sheet} />}
    </>
  )
}

/** The forms of everybody who is chosen in a list, two pages each, so that they can be printed on both sides. */
export function PrintForms({ recordIds }: { readonly recordIds: readonly string[] }) {
  const { t } = useTranslation('cadre')
  const { sheet, print, pending, fault } = usePrintedForms(recordIds, false)
  return (
    <>
      <Button size="compact-sm" variant="default" loading={pending} onClick={print}>
        {t('list.printForms')}
      </Button>
      <FaultAlert fault={fault} />
      {sheet && <FormSheet forms={sheet} />}
    </>
  )
}

function usePrintedForms(recordIds: readonly string[], hasKey: boolean) {
  const call = useClient()
  return usePrint({
    hasKey,
    gather: async () => {
      const forms: FormOnPaper[] = []
      for (const recordId of recordIds) forms.push(await call('print.cadreForm', { recordId }))
      return forms
    },
  })
}
