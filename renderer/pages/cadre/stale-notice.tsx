import { Alert, Button, Table, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { cadre, type CadreField } from '../../../shared/domain/cadre.ts'
import { mask } from '../../../shared/domain/register.ts'
import { Fault } from '../../../shared/errors.ts'
import { useCall } from '../../api/use-call.ts'
import { useFieldText } from '../../kit/field-text.ts'
import type { RecordFormState } from '../../kit/use-record-form.ts'
import type { CadreView } from './cadre-detail.ts'
import type { CadreValues } from './cadre-form.tsx'
import classes from './form.module.css'

interface StaleNoticeProps {
  readonly form: RecordFormState<CadreValues>
  readonly record: CadreView
  readonly base: CadreValues
  readonly onReload: (fresh: CadreView) => void
}

/** Somebody saved this record meanwhile: what they changed, beside what was typed here. Nothing is chosen for anybody. */
export function StaleNotice(props: StaleNoticeProps) {
  const { form, record } = props
  const stale = form.fault instanceof Fault && form.fault.code === 'stale'
  const { data } = useCall('cadre.get', { id: record.id }, { enabled: stale })
  return stale && data ? <Changes {...props} fresh={data.record} /> : null
}

function Changes({ form, base, fresh, onReload }: StaleNoticeProps & { readonly fresh: CadreView }) {
  const { t } = useTranslation('cadre')
  const fieldText = useFieldText()
  const elsewhere = (Object.keys(cadre.fields) as CadreField[]).filter((field) => differs(field, base, fresh))
  const notice = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // In braces: newer Chromium answers with a promise, which React would take for a clean-up.
    notice.current?.scrollIntoView({ block: 'center' })
  }, [])
  return (
    <Alert ref={notice} role="alert" color="blue" variant="light" title={t('stale.title')}>
      <Text size="sm">{elsewhere.length > 0 ? t('stale.changed') : t('stale.hidden')}</Text>
      {elsewhere.length > 0 && (
        <Table className={classes.changes} horizontalSpacing="sm" verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('stale.field')}</Table.Th>
              <Table.Th scope="col">{t('stale.theirs')}</Table.Th>
              <Table.Th scope="col">{t('stale.mine')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {elsewhere.map((field) => (
              <Table.Tr key={field}>
                <Table.Th scope="row">{t(`field.${field}`)}</Table.Th>
                <Table.Td>{fieldText('cadre', field, fresh[field])}</Table.Td>
                <Table.Td>
                  {field in form.changed ? fieldText('cadre', field, form.values[field]) : t('stale.untouched')}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Button size="sm" variant="default" mt="sm" onClick={() => onReload(fresh)}>
        {t('stale.reload')}
      </Button>
    </Alert>
  )
}

/** A value that was revealed here is compared under its mask, because the fresh view has it masked. */
function differs(field: CadreField, base: CadreValues, fresh: CadreView): boolean {
  const was = base[field]
  if (fresh.hidden.includes(field))
    return typeof was === 'string' && fresh[field] !== null && was !== fresh[field] && mask(was) !== fresh[field]
  return JSON.stringify(was) !== JSON.stringify(fresh[field])
}
