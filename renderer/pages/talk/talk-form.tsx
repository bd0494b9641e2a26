import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { talk } from '../../../shared/domain/talk.ts'
import type { LocalDate } from '../../../shared/domain/dates.ts'
import type { Finding } from '../../../shared/rules/finding.ts'
import { futureTalkFindings } from '../../../shared/rules/talk-coverage.ts'
import { useCommand } from '../../api/use-call.ts'
import { FormRow } from '../../kit/form-choice.tsx'
import { FieldGroup, RecordForm } from '../../kit/record-form.tsx'
import { useSession } from '../../kit/session.ts'
import { focusField, useRecordForm, type RecordFormState } from '../../kit/use-record-form.ts'
import { ContentFields } from './content-fields.tsx'
import classes from './form.module.css'
import { KindFields } from './kind-fields.tsx'
import { OccasionFields } from './occasion-fields.tsx'
import { OwnFields } from './own-fields.tsx'
import { PeopleInput } from './people-input.tsx'
import { LAST_TALKER, toNewTalk, withPeople, type Carried, type TalkValues } from './talk-values.ts'

export interface SavedTalk {
  /** One record per person, in the order they were named. */
  readonly records: readonly { readonly id: string; readonly name: string }[]
  readonly carried: Carried
}
export type TalkFormState = RecordFormState<TalkValues>

/** A new talk in the order one remembers it: with whom, when, who talked, why, what was said, what is to be done. */
export function TalkForm({
  initial,
  draftKey,
  onLeave,
  onSaved,
}: {
  readonly initial: TalkValues
  readonly draftKey: string
  readonly onLeave: () => void
  readonly onSaved: (saved: SavedTalk) => void
}) {
  const { t } = useTranslation('talk')
  const { today, officer } = useSession()
  const command = useCommand('talk.save')
  const remember = useCommand('draft.save')
  const records = useRef<SavedTalk['records']>([])
  const [onPaper, setOnPaper] = useState(initial.onPaper)
  const form = useRecordForm<TalkValues>({
    initial,
    register: talk,
    required: onPaper ? REQUIRED_ON_PAPER : REQUIRED,
    check: (values) => talkFindings(values, today),
    draftKey,
    draftWhole: true,
    save: async (_, values) => {
      const { ids } = await command.run(toNewTalk(values))
      records.current = values.people.map(({ name }, index) => ({ id: ids[index] ?? '', name }))
      await remember.run({ key: LAST_TALKER, content: talkerOf(values) }).catch(() => undefined)
    },
    onSaved: (values) => onSaved({ records: records.current, carried: carriedFrom(values) }),
  })
  if (form.values.onPaper !== onPaper) setOnPaper(form.values.onPaper)
  const several = form.values.people.length > 1
  const begin = initial.people.length === 0 ? 'people' : 'heldOn'
  useEffect(() => focusField(begin), [begin])

  return (
    <RecordForm form={form} label={t('form.newTitle')} saveLabel={t('action.save')} onLeave={onLeave}>
      <FieldGroup title={t('group.who')}>
        <PeopleInput field={{ ...form.field('people'), set: (people) => form.set(withPeople(form.values, people)) }} />
        <OccasionFields form={form} />
        <FormRow label={t('field.recorder')}>
          <span className={classes.plain}>{t('form.me', { name: officer.name })}</span>
        </FormRow>
      </FieldGroup>
      <FieldGroup title={t('group.kind')}>
        <KindFields form={form} several={several} />
      </FieldGroup>
      <FieldGroup title={t('group.content')} note={t('group.contentNote')}>
        <ContentFields form={form} />
      </FieldGroup>
      <FieldGroup {...(several ? { title: t('group.own'), note: t('group.ownNote') } : { title: t('group.needs') })}>
        <OwnFields form={form} />
      </FieldGroup>
    </RecordForm>
  )
}

const REQUIRED = ['people', 'talker', 'heldOn'] as const
const REQUIRED_ON_PAPER = [...REQUIRED, 'paperNumber'] as const

const talkFindings = (values: TalkValues, today: LocalDate): Finding[] =>
  values.heldOn !== null && /^\d{4}-\d{2}-\d{2}$/.test(values.heldOn)
    ? futureTalkFindings({ heldOn: values.heldOn }, today)
    : []

const talkerOf = ({ talker, talkerName }: TalkValues): Carried => ({ talker, talkerName })

const carriedFrom = (values: TalkValues): Carried => ({
  ...talkerOf(values),
  heldOn: values.heldOn,
  principal: values.principal,
  principalName: values.principalName,
  place: values.place,
  talkType: values.talkType,
  direction: values.direction,
})
