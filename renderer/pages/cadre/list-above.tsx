import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../../kit/link.tsx'
import { useCan } from '../../kit/session.ts'
import { AssignTalker } from '../talk/assign-talker.tsx'
import { PrintForms } from './form-sheet/print-form.tsx'
import { ExportDialog } from './lrmx/export-dialog.tsx'

/** One act takes as many; more of them at once is a mistake of the selection. */
const MOST_IN_SITTING = 200
/** Two hundred sheets of paper; who wants more exports a file. */
const MOST_FORMS = 100

/** How many are shown; with a selection, what can be done with it. */
export function ListAbove({
  total,
  chosen,
  onClear,
}: {
  readonly total: number
  readonly chosen: ReadonlySet<string>
  readonly onClear: () => void
}) {
  const { t } = useTranslation(['cadre', 'common', 'talk', 'lrmx'])
  const can = useCan()
  const [open, setOpen] = useState<'assign' | 'export' | null>(null)
  const close = () => setOpen(null)
  if (chosen.size === 0) return <span>{t('common:people', { count: total })}</span>
  const ids = [...chosen]
  return (
    <Group gap="sm">
      <span>{t('list.selected', { count: chosen.size })}</span>
      {chosen.size <= MOST_IN_SITTING && (
        <ButtonLink size="compact-sm" to="/talk/new" search={{ cadre: ids.join(',') }}>
          {chosen.size === 1 ? t('action.logTalk') : t('action.logTalkTogether')}
        </ButtonLink>
      )}
      <Button size="compact-sm" variant="default" onClick={() => setOpen('assign')}>
        {t('talk:action.assign')}
      </Button>
      {can('cadre:export') && (
        <Button size="compact-sm" variant="default" onClick={() => setOpen('export')}>
          {t('lrmx:export.action')}
        </Button>
      )}
      {can('cadre:export') && chosen.size <= MOST_FORMS && <PrintForms recordIds={ids} />}
      <Button size="compact-sm" variant="subtle" color="gray" onClick={onClear}>
        {t('list.unselect')}
      </Button>
      {open === 'assign' && <AssignTalker cadreIds={ids} onClose={close} onDone={close} />}
      <ExportDialog cadreIds={ids} opened={open === 'export'} onClose={close} />
    </Group>
  )
}
