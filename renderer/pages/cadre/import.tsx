import { Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportCounts } from '../../../shared/contract/import.ts'
import type { Output } from '../../../shared/contract/index.ts'
import type { RosterFile } from '../../../shared/contract/roster.ts'
import { useCommand } from '../../api/use-call.ts'
import { NO_CHOICES, type Choices } from '../../kit/import/choices.ts'
import { ImportResult } from '../../kit/import/result.tsx'
import { ImportRun } from '../../kit/import/run.tsx'
import { ImportWizard } from '../../kit/import/wizard.tsx'
import { Permitted } from '../../kit/permitted.tsx'
import { CheckStep } from './import/check-step.tsx'
import { ColumnsStep } from './import/columns-step.tsx'
import { FileStep } from './import/file-step.tsx'
import { ReportButton } from './import/report-button.tsx'

/** What is known once the rows are checked. */
interface Checked {
  readonly file: RosterFile
  readonly counts: ImportCounts
  readonly choices: Choices
}
/** Where the import stands, with exactly what is known there; nothing is written before `run`. */
type At =
  | { readonly step: 'file'; readonly cancelled?: boolean }
  | { readonly step: 'columns'; readonly file: RosterFile; readonly choices: Choices }
  | ({ readonly step: 'check' | 'run' } & Checked)
  | { readonly step: 'result'; readonly file: RosterFile; readonly result: Output<'roster.import'> }

const STEPS = ['file', 'columns', 'check', 'run', 'result'] as const

/** 导入花名册: file → columns → check → import → result. Checked row by row first, taken back as a whole afterwards. */
export function RosterImportPage() {
  const { t } = useTranslation('roster')
  return (
    <Permitted capability="cadre:import" title={t('title')}>
      <RosterImport />
    </Permitted>
  )
}

function RosterImport() {
  const { t } = useTranslation('roster')
  const [at, setAt] = useState<At>({ step: 'file' })
  return (
    <ImportWizard title={t('title')} intro={t('intro')} steps={STEPS} at={at.step}>
      {at.step === 'file' && (
        <FileStep
          cancelled={at.cancelled === true}
          onOpened={(file) => setAt({ step: 'columns', file, choices: NO_CHOICES })}
        />
      )}
      {at.step === 'columns' && (
        <ColumnsStep
          file={at.file}
          onOther={() => setAt({ step: 'file' })}
          onChecked={(checked) => setAt({ step: 'check', ...checked, choices: at.choices })}
        />
      )}
      {at.step === 'check' && (
        <CheckStep
          {...at}
          onCounts={(counts) => setAt({ ...at, counts })}
          onChoices={(choices) => setAt({ ...at, choices })}
          // The options stay; who is whom is another question once the columns mean something else.
          onBack={() => setAt({ step: 'columns', file: at.file, choices: { ...at.choices, confirmations: {} } })}
          onImport={() => setAt({ ...at, step: 'run' })}
        />
      )}
      {at.step === 'run' && (
        <RunStep
          {...at}
          onCancelled={() => setAt({ step: 'file', cancelled: true })}
          onBack={() => setAt({ ...at, step: 'check' })}
          onDone={(result) => setAt({ step: 'result', file: at.file, result })}
        />
      )}
      {at.step === 'result' && <ResultStep {...at} onAgain={() => setAt({ step: 'file' })} />}
    </ImportWizard>
  )
}

function RunStep({
  file: { importId },
  choices,
  ...then
}: Checked & {
  readonly onCancelled: () => void
  readonly onBack: () => void
  readonly onDone: (result: Output<'roster.import'>) => void
}) {
  const { run } = useCommand('roster.import')
  return <ImportRun register="roster" importId={importId} run={() => run({ importId, ...choices })} {...then} />
}

function ResultStep({
  file,
  result,
  onAgain,
}: {
  readonly file: RosterFile
  readonly result: Output<'roster.import'>
  readonly onAgain: () => void
}) {
  const { t } = useTranslation('roster')
  return (
    <ImportResult
      result={result}
      done={t('result.done', result)}
      again={t('result.again')}
      onAgain={onAgain}
      report={<ReportButton importId={file.importId} label={t('result.report')} />}
    >
      {result.unitsAdded > 0 && <Text size="sm">{t('result.unitsAdded', { count: result.unitsAdded })}</Text>}
    </ImportResult>
  )
}
