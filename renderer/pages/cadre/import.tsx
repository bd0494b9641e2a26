import { Stepper } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/contract/index.ts'
import type { RosterCounts, RosterFile } from '../../../shared/contract/roster.ts'
import { Page } from '../../kit/page.tsx'
import { Permitted } from '../../kit/permitted.tsx'
import { CheckStep } from './import/check-step.tsx'
import { ColumnsStep } from './import/columns-step.tsx'
import { FileStep } from './import/file-step.tsx'
import type { Choices } from './import/choices.ts'
import { ResultStep } from './import/result-step.tsx'
import { RunStep } from './import/run-step.tsx'

/** Where the import stands, with exactly what is known there; nothing is written before `run`. */
type At =
  | { readonly step: 'file'; readonly cancelled?: boolean }
  | { readonly step: 'columns'; readonly file: RosterFile }
  | { readonly step: 'check'; readonly file: RosterFile; readonly counts: RosterCounts }
  | { readonly step: 'run'; readonly file: RosterFile; readonly choices: Choices }
  | { readonly step: 'result'; readonly file: RosterFile; readonly result: Output<'roster.import'> }

const STEPS = ['file', 'columns', 'check', 'import', 'result'] as const
const PLACES: Readonly<Record<At['step'], number>> = { file: 0, columns: 1, check: 2, run: 3, result: 4 }

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
    <Page filling title={t('title')} {...(at.step === 'file' ? { note: t('intro') } : {})}>
      <Stepper active={PLACES[at.step]} size="xs" allowNextStepsSelect={false} maw={860}>
        {STEPS.map((step) => (
          <Stepper.Step key={step} label={t(`step.${step}`)} allowStepSelect={false} />
        ))}
      </Stepper>
      {at.step === 'file' && (
        <FileStep cancelled={at.cancelled === true} onOpened={(file) => setAt({ step: 'columns', file })} />
      )}
      {at.step === 'columns' && (
        <ColumnsStep
          file={at.file}
          onOther={() => setAt({ step: 'file' })}
          onChecked={({ file, counts }) => setAt({ step: 'check', file, counts })}
        />
      )}
      {at.step === 'check' && (
        <CheckStep
          file={at.file}
          counts={at.counts}
          onCounts={(counts) => setAt({ ...at, counts })}
          onBack={() => setAt({ step: 'columns', file: at.file })}
          onImport={(choices) => setAt({ step: 'run', file: at.file, choices })}
        />
      )}
      {at.step === 'run' && (
        <RunStep
          file={at.file}
          choices={at.choices}
          onCancelled={() => setAt({ step: 'file', cancelled: true })}
          onDone={(result) => setAt({ step: 'result', file: at.file, result })}
        />
      )}
      {at.step === 'result' && <ResultStep file={at.file} result={at.result} onAgain={() => setAt({ step: 'file' })} />}
    </Page>
  )
}
