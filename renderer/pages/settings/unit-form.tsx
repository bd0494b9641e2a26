import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/contract/index.ts'
import { unit, UNIT_KINDS, type Unit } from '../../../shared/domain/unit.ts'
import { useCommand } from '../../api/use-call.ts'
import { ConfirmReason } from '../../kit/confirm-reason.tsx'
import { FormSelect } from '../../kit/form-choice.tsx'
import { FormDay, FormNumber, FormText } from '../../kit/form-text.tsx'
import { RecordForm } from '../../kit/record-form.tsx'
import { useUndoToast } from '../../kit/undo-toast.tsx'
import { focusField, useRecordForm } from '../../kit/use-record-form.ts'
import { SideForm } from './side-form.tsx'
import { useOpened } from './use-opened.ts'

type Rows = Output<'unit.list'>['rows']
type Values = { [K in keyof typeof unit.fields]: Unit[K] | null }

const NEW: Values = {
  name: null,
  shortName: null,
  kind: 'office',
  unitCode: null,
  parentId: null,
  sortOrder: null,
  validFrom: null,
  validTo: null,
}

const valuesOf = (record: Unit): Values => ({
  name: record.name,
  shortName: record.shortName,
  kind: record.kind,
  unitCode: record.unitCode,
  parentId: record.parentId,
  sortOrder: record.sortOrder,
  validFrom: record.validFrom,
  validTo: record.validTo,
})

/** A unit. The root keeps its kind, code and place: the city knows the township by them. */
export function UnitForm({
  record,
  units,
  onClose,
}: {
  readonly record: Unit | null
  readonly units: Rows
  readonly onClose: () => void
}) {
  const { t } = useTranslation(['unit'])
  const opened = useOpened('unit')
  const save = useCommand('unit.save')
  const root = units[0]?.record.id ?? null
  const isRoot = record !== null && record.parentId === null
  const form = useRecordForm<Values>({
    initial: record ? valuesOf(record) : { ...NEW, parentId: root },
    register: unit,
    required: isRoot ? [] : ['parentId'],
    save: (changed, values) => {
      const set = (record ? changed : values) as Partial<Unit>
      return save.run(record ? { id: record.id, version: record.version, set } : { set })
    },
    onSaved: onClose,
  })
  useEffect(() => focusField(opened.field ?? (record ? null : 'name')), [opened.field, record])
  const parents = units
    .filter((row) => row.record.id !== record?.id)
    .map((row) => ({ value: row.record.id, label: `${'\u3000'.repeat(row.depth)}${row.record.name}` }))
  return (
    <SideForm title={record ? t('form.edit') : t('form.new')} onClose={onClose}>
      <RecordForm
        form={form}
        label={record ? t('form.edit') : t('form.new')}
        saveLabel={t('action.save')}
        onLeave={onClose}
        actions={record !== null && !isRoot && <VoidUnit record={record} onDone={onClose} />}
      >
        <FormText field={form.field('name')} label={t('field.name')} maxLength={60} />
        <FormText field={form.field('shortName')} label={t('field.shortName')} maxLength={30} />
        {!isRoot && (
          <>
            <FormSelect
              field={form.field('kind')}
              label={t('field.kind')}
              options={UNIT_KINDS.filter((kind) => kind !== 'township').map((value) => ({
                value,
                label: t(`unit:kind.${value}`),
              }))}
            />
            <FormSelect field={form.field('parentId')} label={t('field.parentId')} options={parents} />
            <FormText field={form.field('unitCode')} label={t('field.unitCode')} maxLength={12} width={160} />
            <FormNumber field={form.field('sortOrder')} label={t('field.sortOrder')} hint={t('hint.sortOrder')} />
            <FormDay field={form.field('validFrom')} label={t('field.validFrom')} />
            <FormDay field={form.field('validTo')} label={t('field.validTo')} hint={t('hint.validTo')} />
          </>
        )}
      </RecordForm>
    </SideForm>
  )
}

function VoidUnit({ record, onDone }: { readonly record: Unit; readonly onDone: () => void }) {
  const { t } = useTranslation('unit')
  const [asking, setAsking] = useState(false)
  const remove = useCommand('unit.void')
  const offerUndo = useUndoToast()
  const confirm = async (reason: string) => {
    await remove.run({ id: record.id, version: record.version, reason })
    offerUndo(t('void.done', { name: record.name }), { register: 'unit', recordId: record.id })
    onDone()
  }
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('action.void')}
      </Button>
      <ConfirmReason
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('void.title', { name: record.name })}
        effect={t('void.effect')}
        confirm={t('action.void')}
        suggestions={[t('void.duplicate'), t('void.mistake')]}
        pending={remove.pending}
        fault={remove.fault}
        onConfirm={(reason) => void confirm(reason).catch(() => undefined)}
      />
    </>
  )
}
