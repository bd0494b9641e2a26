import { Stepper } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/contract/index.ts'
import type { LrmxOpened } from '../../../shared/contract/lrmx.ts'
import { Page } from '../../kit/page.tsx'
import { LrmxCheckStep } from './lrmx/check-step.tsx'
import { LrmxFileStep } from './lrmx/file-step.tsx'
import { LrmxResultStep } from './lrmx/result-step.tsx'

/** Where the import stands; nothing is written before the result. */
type At =
  | { readonly step: 'file'; readonly joins: LrmxOpened | null }
  | { readonly step: 'check'; readonly opened: LrmxOpened }
  | { readonly step: 'result'; readonly result: Output<'lrmx.import'> }

const STEPS = ['file', 'check', 'result'] as const

/** 导入任免审批表: choose files → check → result. Several at once, one report, taken back as a whole. */
export function LrmxImportPage() {
  const { t } = useTranslation('lrmx')
  const [at, setAt] = useState<At>({ step: 'file', joins: null })
  return (
    <Page filling title={t('title')} {...(at.step === 'file' ? { note: t('intro') } : {})}>
      <Stepper active={STEPS.indexOf(at.step)} size="xs" allowNextStepsSelect={false} maw={560}>
        {STEPS.map((step) => (
          <Stepper.Step key={step} label={t(`step.${step}`)} allowStepSelect={false} />
        ))}
      </Stepper>
      {at.step === 'file' && <LrmxFileStep joins={at.joins} onOpened={(opened) => setAt({ step: 'check', opened })} />}
      {at.step === 'check' && (
        <LrmxCheckStep
          key={at.opened.files.length}
          opened={at.opened}
          onCompared={(opened) => setAt({ step: 'check', opened })}
          onMore={() => setAt({ step: 'file', joins: at.opened })}
          onDone={(result) => setAt({ step: 'result', result })}
        />
      )}
      {at.step === 'result' && (
        <LrmxResultStep result={at.result} onAgain={() => setAt({ step: 'file', joins: null })} />
      )}
    </Page>
  )
}
