import { Checkbox } from '@mantine/core'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { talk } from '../../../shared/domain/talk.ts'
import { Fault } from '../../../shared/errors.ts'
import { futureTalkFindings } from '../../../shared/rules/talk-coverage.ts'
import { useCall, useCommand } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { FormRow } from '../../kit/form-choice.tsx'
import { Page } from '../../kit/page.tsx'
import { FieldGroup, RecordForm } from '../../kit/record-form.tsx'
import { useSession } from '../../kit/session.ts'
import { focusField, useRecordForm } from '../../kit/use-record-form.ts'
import { ReturnedProblem } from '../cadre/returned-problem.tsx'
import { ContentFields } from './content-fields.tsx'
import classes from './form.module.css'
import { FollowUpFields } from './follow-up-fields.tsx'
import { KindFields } from './kind-fields.tsx'
import { OccasionFields } from './occasion-fields.tsx'
import { PersonFacts } from './people-input.tsx'
import { PrivateLine, useFieldsOf } from './own-fields.tsx'
import { sitterOf } from './sitters.ts'
import { CONTENT, HiddenContent, Reload, withContent } from './talk-edit-parts.tsx'
import { toSet, valuesOf, type Sitter, type TalkValues, type TalkView } from './talk-values.ts'
import { useTalkRow, type TalkFacts } from './use-talk-row.ts'

const route = getRouteApi('/talk/$id/edit')

/** 修改谈话. Content is revealed before it can be changed; the person cannot be changed (void and log again instead). */
export function TalkEdit({ id }: { readonly id: string }) {
  const { t } = useTranslation('talk')
  const { data, fault, again } = useCall('talk.get', { id }, { keepPrevious: false })
  const record = data?.record
  const { row } = useTalkRow(record)
  const { data: person } = useCall('cadre.get', { id: record?.cadreId ?? id }, { enabled: record !== undefined })
  return (
    <Page title={t('form.editTitle')}>
      <FaultAlert fault={fault} again={again} />
      {record && row && person && <EditForm record={record} facts={row} sitter={sitterOf(person)} />}
    </Page>
  )
}

function EditForm({
  record,
  facts,
  sitter,
}: {
  readonly record: TalkView
  readonly facts: TalkFacts
  readonly sitter: Sitter
}) {
  const { t } = useTranslation('talk')
  const { today } = useSession()
  const navigate = useNavigate()
  const { field, supersedes } = route.useSearch()
  const command = useCommand('talk.save')
  const version = useRef(record.version)
  const [base, setBase] = useState(() =>
    valuesOf(record, sitter, { talker: facts.talkerName, principal: facts.principalName }),
  )
  const [wholeAct, setWholeAct] = useState(false)
  const [onPaper, setOnPaper] = useState(base.onPaper)
  const [hidden, setHidden] = useState(() => CONTENT.filter((name) => record.hidden.includes(name)))
  const open = () => void navigate({ to: '/talk/$id', params: { id: record.id } })
  const form = useRecordForm<TalkValues>({
    initial: base,
    register: talk,
    required: onPaper ? ['talker', 'heldOn', 'paperNumber'] : ['talker', 'heldOn'],
    check: ({ heldOn }) =>
      heldOn !== null && /^\d{4}-\d{2}-\d{2}$/.test(heldOn) ? futureTalkFindings({ heldOn }, today) : [],
    draftKey: `talk:${record.id}`,
    save: async (changed, values) => {
      const set = toSet(changed, values)
      const saved = await command.run({
        id: record.id,
        version: version.current,
        set,
        ...(wholeAct ? { wholeAct } : {}),
      })
      version.current = saved.version
    },
    onSaved: open,
  })
  const fieldsOf = useFieldsOf(form)
  const [self] = form.values.people
  if (form.values.onPaper !== onPaper) setOnPaper(form.values.onPaper)
  useEffect(() => focusField(field ?? null), [field])
  const stale = form.fault instanceof Fault && form.fault.code === 'stale'
  const rebase = (values: TalkValues) => {
    setBase(values)
    form.rebase(values)
  }
  return (
    <RecordForm form={form} label={t('form.editTitle')} saveLabel={t('action.save')} onLeave={open}>
      {supersedes !== undefined && <ReturnedProblem recordId={record.id} seq={supersedes} />}
      {stale && (
        <Reload
          id={record.id}
          onReload={(fresh) => {
            version.current = fresh.version
            rebase(valuesOf(fresh, sitter, { talker: base.talkerName ?? '', principal: base.principalName }))
            setHidden(CONTENT.filter((name) => fresh.hidden.includes(name)))
          }}
        />
      )}
      <FieldGroup title={t('group.who')}>
        <FormRow label={t('field.cadreId')}>
          <span className={classes.plain}>
            <PersonFacts person={sitter} />
          </span>
        </FormRow>
        <OccasionFields form={form} />
      </FieldGroup>
      <FieldGroup title={t('group.kind')}>
        <KindFields form={form} several={facts.inAct > 1} reasonHidden={hidden.includes('reason')} />
      </FieldGroup>
      {hidden.length > 0 ? (
        <HiddenContent
          id={record.id}
          fields={hidden}
          onReveal={(values) => {
            setHidden([])
            rebase(withContent(base, values))
          }}
        />
      ) : (
        <>
          <FieldGroup title={t('group.content')} note={t('group.contentNote')}>
            <ContentFields form={form} />
            {facts.inAct > 1 && self && <PrivateLine field={fieldsOf(self).field('privateLine')} name={sitter.name} />}
          </FieldGroup>
          <FieldGroup title={t('group.needs')}>
            <FollowUpFields of={form} />
          </FieldGroup>
        </>
      )}
      {facts.inAct > 1 && (
        <Checkbox
          label={t('form.wholeAct', { count: facts.inAct - 1 })}
          description={t('form.wholeActHint')}
          checked={wholeAct}
          onChange={(event) => setWholeAct(event.currentTarget.checked)}
        />
      )}
    </RecordForm>
  )
}
