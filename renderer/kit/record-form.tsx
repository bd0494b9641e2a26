import { Alert, Button, Group, Modal, Stack, Text, Title } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useBlocker } from '@tanstack/react-router'
import { IconHistory } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { enterGoesOn } from './enter-key.ts'
import { FaultAlert } from './fault-alert.tsx'
import { FindingList } from './finding-list.tsx'
import { formatMoment } from './format.ts'
import { alone } from './icon.ts'
import classes from './record-form.module.css'
import type { Draft } from './use-draft.ts'
import type { RecordFormState } from './use-record-form.ts'

/**
 * The frame of every form: groups of labelled fields in one column, the buttons at the end, the keys.
 *
 * Ctrl S saves. Esc leaves; it asks only when something changed, and then offers to keep the draft. Required fields carry a
 * mark, findings stand under their field, a failure above the buttons where the eye is after pressing them.
 */
export function RecordForm<V extends object>({
  form,
  label,
  saveLabel,
  onLeave,
  actions,
  children,
}: {
  readonly form: RecordFormState<V>
  /** Accessible name of the form. */
  readonly label: string
  /** A verb with its object: 保存谈话. */
  readonly saveLabel: string
  /** Where Esc and 返回 go. */
  readonly onLeave: () => void
  /** Quiet buttons beside the save. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}) {
  const { t } = useTranslation()
  useHotkeys([['mod+S', () => void form.save()]], [])
  useHotkeys([['Escape', () => !openedAbove() && onLeave()]], [])
  return (
    <form
      aria-label={label}
      className={classes.form}
      noValidate
      onKeyDown={enterGoesOn}
      onSubmit={(event) => {
        event.preventDefault()
        void form.save()
      }}
    >
      <DraftNotice draft={form.draft} />
      <FindingList findings={form.general} />
      {children}
      <FaultAlert fault={form.fault} />
      <div className={classes.actions}>
        <Button type="submit" loading={form.saving} title={t('keys.save')}>
          {saveLabel}
        </Button>
        {actions}
        <Button variant="subtle" color="gray" onClick={onLeave} title={t('keys.back')}>
          {t('action.back')}
        </Button>
      </div>
      <LeaveGuard form={form} />
    </form>
  )
}

/** Esc belongs to a dialog or a list that is open, not to the form behind it. */
export const openedAbove = (): boolean =>
  // A closed list may stay in the document, not drawn: the search of the frame does.
  [...document.querySelectorAll('[role="dialog"], [role="listbox"], [role="menu"]')].some(
    (element) => element.getClientRects().length > 0,
  )

/** Says that what was typed earlier is back, and offers to throw it away; shows nothing when there was no draft. */
export function DraftNotice({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation()
  if (draft.restoredAt === null) return null
  return (
    <Alert color="blue" variant="light" icon={<IconHistory {...alone} />} p="sm">
      <Group justify="space-between">
        <Text size="sm">{t('draft.restored', { at: formatMoment(draft.restoredAt) })}</Text>
        <Button size="compact-sm" variant="default" onClick={draft.discard}>
          {t('draft.discard')}
        </Button>
      </Group>
    </Alert>
  )
}

/** Asks before something chosen or typed is left behind. */
export function LeaveGuard({ form }: { readonly form: Pick<RecordFormState<object>, 'dirty' | 'draft'> }) {
  const { t } = useTranslation()
  const guard = useBlocker({
    shouldBlockFn: () => form.dirty,
    enableBeforeUnload: () => form.dirty,
    withResolver: true,
  })
  if (guard.status !== 'blocked') return null
  return (
    <Modal opened onClose={guard.reset} title={t('leave.title')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Stack gap="md">
        <Text size="sm">{form.draft.kept ? t('leave.text') : t('leave.textNoDraft')}</Text>
        <Group justify="flex-end" gap="sm">
          <Button
            variant="subtle"
            color="gray"
            onClick={() => {
              form.draft.discard()
              guard.proceed()
            }}
          >
            {t('leave.discard')}
          </Button>
          {form.draft.kept && (
            <Button variant="default" onClick={guard.proceed}>
              {t('leave.keepDraft')}
            </Button>
          )}
          <Button data-autofocus onClick={guard.reset}>
            {t('leave.stay')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** A group of fields under a small heading. */
export function FieldGroup({
  title,
  note,
  children,
}: {
  readonly title: string
  readonly note?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <section className={classes.group}>
      <Title order={2} className={classes.groupTitle}>
        {title}
      </Title>
      {note !== undefined && <p className={classes.groupNote}>{note}</p>}
      <div className={classes.fields}>{children}</div>
    </section>
  )
}
