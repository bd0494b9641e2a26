import { Button, Stack, TextInput } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cadre, type CadreField } from '../../../shared/domain/cadre.ts'
import type { ValuesOf } from '../../../shared/domain/register.ts'
import { emptyValues } from '../../../shared/domain/register.ts'
import { useCommand } from '../../api/use-call.ts'
import { TwoColumns } from '../../kit/page.tsx'
import { FieldGroup, RecordForm } from '../../kit/record-form.tsx'
import { focusField, useRecordForm } from '../../kit/use-record-form.ts'
import { SavedHere } from './after-save.tsx'
import type { CadreView } from './cadre-detail.ts'
import { CadreInput } from './cadre-input.tsx'
import { FIELDS_OF, GROUPS, isGuarded, type GroupId } from './fields.ts'
import { FormIndex, groupAnchor } from './form-index.tsx'
import { liveFindings } from './live-findings.ts'
import { CadrePhoto } from './photo/photo.tsx'
import { ReturnedProblem } from './returned-problem.tsx'
import { StaleNotice } from './stale-notice.tsx'

export type CadreValues = ValuesOf<typeof cadre>
type Saved = { readonly id: string; readonly name: string }

/** The form proper. Masked and restricted values stay out of it until they are revealed, so they can never be sent back. */
export function CadreForm({
  record,
  focus,
  supersedes,
  onLeave,
  onSaved,
}: {
  readonly record: CadreView | null
  /** Field to begin with, after a rejection. */
  readonly focus?: string
  /** Seq of the rejected change this save replaces. */
  readonly supersedes?: number
  readonly onLeave: () => void
  /** Told for a new cadre; the form of a record stays open and says so itself. */
  readonly onSaved?: (saved: Saved) => void
}) {
  const { t } = useTranslation('cadre')
  const command = useCommand('cadre.save')
  const [base, setBase] = useState(() => valuesOf(record))
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set())
  const [why, setWhy] = useState('')
  const [saved, setSaved] = useState(false)
  const [opened, setOpened] = useState(() => FIELDS_OF.appointment.includes(focus as CadreField))
  const read = useRef({ id: record?.id, version: record?.version })
  const hidden = useMemo(() => new Set((record?.hidden ?? []).filter((field) => !shown.has(field))), [record, shown])

  const form = useRecordForm<CadreValues>({
    initial: base,
    register: cadre,
    check: (values) => liveFindings(values, hidden),
    draftKey: record ? `cadre:${record.id}` : 'cadre',
    save: async (changed, values) => {
      const { id, version } = read.current
      const target = id === undefined ? {} : { id, version: version ?? 0 }
      const saved = await command.run({ ...target, set: changed, ...(why.trim() ? { why: why.trim() } : {}) })
      read.current = { id: saved.id, version: saved.version }
      setShown((now) => new Set([...now, ...Object.keys(changed).filter((field) => isGuarded(field as CadreField))]))
      setBase(values)
      setWhy('')
    },
    onSaved: (values) => {
      setSaved(true)
      onSaved?.({ id: read.current.id ?? '', name: values.name })
    },
  })
  const begin = focus ?? (record ? null : 'name')
  useEffect(() => focusField(begin), [begin])

  const rebase = (values: CadreValues) => {
    setBase(values)
    form.rebase(values)
  }
  const reveal = (field: string, value: unknown) => {
    setShown((now) => new Set([...now, field]))
    rebase({ ...base, [field]: value } as CadreValues)
  }
  const group = (id: GroupId) =>
    FIELDS_OF[id].map((field) => (
      <CadreInput
        key={field}
        form={form}
        field={field}
        guarded={hidden.has(field) && !(field in form.changed) && record ? record : null}
        onReveal={reveal}
      />
    ))

  return (
    <TwoColumns
      main={
        <RecordForm
          form={form}
          label={t('title')}
          saveLabel={t('action.save')}
          onLeave={onLeave}
          actions={record && saved && !form.dirty && <SavedHere id={record.id} />}
        >
          {record && supersedes !== undefined && <ReturnedProblem recordId={record.id} seq={supersedes} />}
          {record && (
            <StaleNotice
              form={form}
              record={record}
              base={base}
              onReload={(fresh) => {
                read.current.version = fresh.version
                rebase(keepingShown(valuesOf(fresh), base, shown))
              }}
            />
          )}
          {GROUPS.filter((id) => id !== 'appointment').map((id) => (
            <div key={id} id={groupAnchor(id)}>
              <FieldGroup title={t(`group.${id}`)}>{group(id)}</FieldGroup>
            </div>
          ))}
          <div id={groupAnchor('appointment')}>
            {opened ? (
              <FieldGroup title={t('group.appointment')}>{group('appointment')}</FieldGroup>
            ) : (
              <Button variant="subtle" color="gray" onClick={() => setOpened(true)}>
                {t('form.openAppointment')}
              </Button>
            )}
          </div>
          {record && (
            <TextInput
              label={t('form.why')}
              description={t('form.whyHint')}
              maxLength={200}
              value={why}
              onChange={(event) => setWhy(event.currentTarget.value)}
            />
          )}
        </RecordForm>
      }
      side={
        <Stack gap="lg">
          {record && (
            <CadrePhoto
              record={record}
              size="large"
              version={() => read.current.version ?? 0}
              onChanged={(version) => (read.current.version = version)}
            />
          )}
          <FormIndex onOpen={(id) => id === 'appointment' && setOpened(true)} />
        </Stack>
      }
    />
  )
}

/** The fields of a record, without what every record has besides them. A new cadre is at a post unless said otherwise. */
function valuesOf(record: CadreView | null): CadreValues {
  if (record === null) return { ...(emptyValues(cadre) as unknown as CadreValues), name: '', rollGroup: 'in-post' }
  return Object.fromEntries(Object.keys(cadre.fields).map((name) => [name, record[name as CadreField]])) as CadreValues
}

/** What was revealed here stays readable over a reload; the fresh view has it masked again. */
const keepingShown = (fresh: CadreValues, base: CadreValues, shown: ReadonlySet<string>): CadreValues =>
  ({ ...fresh, ...Object.fromEntries([...shown].map((field) => [field, base[field as CadreField]])) }) as CadreValues
