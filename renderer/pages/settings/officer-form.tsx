import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { officer, type Officer } from '../../../shared/domain/officer.ts'
import { ROLES } from '../../../shared/permissions.ts'
import { useCommand } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { FormSelect } from '../../kit/form-choice.tsx'
import { FormText } from '../../kit/form-text.tsx'
import { RecordForm } from '../../kit/record-form.tsx'
import { useSession } from '../../kit/session.ts'
import { useUndoToast } from '../../kit/undo-toast.tsx'
import { focusField, useRecordForm } from '../../kit/use-record-form.ts'
import { SideForm } from './side-form.tsx'

type Values = { [K in keyof typeof officer.fields]: Officer[K] | null }

/** Name and role. After adding, the new officer stays open, so that a passphrase is set while the person is here. */
export function OfficerForm({
  record,
  onClose,
  onMade,
}: {
  readonly record: Officer | null
  readonly onClose: () => void
  readonly onMade: (id: string) => void
}) {
  const { t } = useTranslation(['officer'])
  const save = useCommand('officer.save')
  const made = useRef<string | null>(null)
  const form = useRecordForm<Values>({
    initial: record
      ? { name: record.name, role: record.role, state: record.state }
      : { name: null, role: 'operator', state: 'active' },
    register: officer,
    save: async (changed, values) => {
      const set = (record ? changed : values) as Partial<Officer>
      made.current = (await save.run(record ? { id: record.id, version: record.version, set } : { set })).id
    },
    onSaved: () => (record ? onClose() : made.current !== null && onMade(made.current)),
  })
  useEffect(() => focusField(record ? null : 'name'), [record])
  const title = record ? record.name : t('action.add')
  const role = form.values.role ?? 'operator'
  return (
    <SideForm title={title} onClose={onClose}>
      <RecordForm
        form={form}
        label={title}
        saveLabel={t('action.save')}
        onLeave={onClose}
        actions={record !== null && <StateButton record={record} />}
      >
        <FormText field={form.field('name')} label={t('field.name')} maxLength={30} />
        <FormSelect
          field={form.field('role')}
          label={t('field.role')}
          hint={t(`officer:roleHint.${role}`)}
          options={ROLES.map((value) => ({ value, label: t(`officer:role.${value}`) }))}
        />
      </RecordForm>
    </SideForm>
  )
}

/** An officer is disabled, not removed: the records name them. Nobody disables oneself. */
function StateButton({ record }: { readonly record: Officer }) {
  const { t } = useTranslation('officer')
  const save = useCommand('officer.save')
  const offerUndo = useUndoToast()
  const me = useSession().officer.id
  if (record.id === me) return null
  const active = record.state === 'active'
  const toggle = async () => {
    await save.run({ id: record.id, version: record.version, set: { state: active ? 'disabled' : 'active' } })
    const text = active ? t('disabled', { name: record.name }) : t('enabled', { name: record.name })
    offerUndo(text, { register: 'officer', recordId: record.id })
  }
  return (
    <>
      <Button variant="default" loading={save.pending} onClick={() => void toggle().catch(() => undefined)}>
        {active ? t('action.disable') : t('action.enable')}
      </Button>
      <FaultAlert fault={save.fault} />
    </>
  )
}
