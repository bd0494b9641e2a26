import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportCounts } from '../../../../shared/contract/import.ts'
import type { RosterProblem, RosterRow } from '../../../../shared/contract/roster.ts'
import { useCommand } from '../../../api/use-call.ts'
import { FaultAlert } from '../../../kit/fault-alert.tsx'
import { useFieldText } from '../../../kit/field-text.ts'
import type { Decision } from '../../../kit/import/choices.ts'
import { ChangeTable, ConfirmMatch, ImportPanel, ProblemLine } from '../../../kit/import/panel.tsx'
import { announce } from '../../../kit/live.tsx'
import { useFieldOptions } from './field-options.ts'
import classes from './import.module.css'
import { problemSentence } from './problem-sentence.ts'

type OnFixed = (row: RosterRow, counts: ImportCounts) => void

/** One row of the file: who it may be, what is wrong with it and where, what would change. */
export function RowPanel({
  importId,
  row,
  decision,
  onDecide,
  onFixed,
  onClose,
}: {
  readonly importId: string
  readonly row: RosterRow
  readonly decision: Decision | undefined
  readonly onDecide: (decision: Decision) => void
  readonly onFixed: OnFixed
  readonly onClose: () => void
}) {
  const { t } = useTranslation('roster')
  const { labelOf } = useFieldOptions()
  const fieldText = useFieldText()
  const label = t('check.rowOf', { row: row.row })
  return (
    <ImportPanel
      // Anew once something is put right: the box it was typed into is gone, the heading takes the focus.
      key={row.problems.map(({ code, cell }) => `${code} ${cell ?? ''}`).join()}
      label={label}
      heading={`${label}　${row.name ?? ''}`}
      onClose={onClose}
    >
      {row.state === 'confirm' && row.match && (
        <ConfirmMatch match={row.match} name={row.match.name} decision={decision} onDecide={onDecide} />
      )}
      {row.problems.map((problem) => (
        <Problem
          key={`${problem.code}${problem.cell ?? ''}`}
          importId={importId}
          row={row.row}
          problem={problem}
          onFixed={onFixed}
        />
      ))}
      <ChangeTable
        changes={row.changes}
        isNew={row.match === null}
        labelOf={labelOf}
        textOf={(change, side) => fieldText('cadre', change.field, change[side])}
      />
    </ImportPanel>
  )
}

/** The sentence says which cell; the box beside it mends it for this import, the file stays as it is. */
function Problem({
  importId,
  row,
  problem,
  onFixed,
}: {
  readonly importId: string
  readonly row: number
  readonly problem: RosterProblem
  readonly onFixed: OnFixed
}) {
  const { t } = useTranslation('roster')
  const { labelOf } = useFieldOptions()
  const fix = useCommand('roster.fix')
  const { field } = problem
  const [value, setValue] = useState(String(problem.params['value'] ?? ''))
  const mend = async () => {
    if (field === null) return
    const fixed = await fix.run({ importId, row, field, value })
    announce(t('check.fixed'))
    onFixed(fixed.row, fixed.counts)
  }
  return (
    <div>
      <ProblemLine severity={problem.severity} sentence={problemSentence(problem)} />
      {field !== null && (
        <form
          className={classes.fix}
          onSubmit={(event) => {
            event.preventDefault()
            void mend().catch(() => undefined)
          }}
        >
          <TextInput
            size="xs"
            aria-label={t('check.fix', { field: labelOf(field) })}
            placeholder={labelOf(field)}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" variant="default" loading={fix.pending}>
            {t('check.mend')}
          </Button>
        </form>
      )}
      <FaultAlert fault={fix.fault} />
    </div>
  )
}
