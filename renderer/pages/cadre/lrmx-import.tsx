import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/contract/index.ts'
import type { LrmxOpened } from '../../../shared/contract/lrmx.ts'
import { useCommand } from '../../api/use-call.ts'
import { NO_CHOICES, type Choices } from '../../kit/import/choices.ts'
import { ImportRun } from '../../kit/import/run.tsx'
import { ImportWizard } from '../../kit/import/wizard.tsx'
import { Permitted } from '../../kit/permitted.tsx'
import { LrmxCheckStep } from './lrmx/check-step.tsx'
import { LrmxFileStep } from './lrmx/file-step.tsx'
import { LrmxResultStep } from './lrmx/result-step.tsx'

interface Checked {
  readonly opened: LrmxOpened
  readonly choices: Choices
}
/** Where the import stands; nothing is written before `run`. */
type At =
  | { readonly step: 'file'; readonly joins?: Checked; readonly cancelled?: boolean }
  | ({ readonly step: 'check' | 'run' } & Checked)
  | { readonly step: 'result'; readonly result: Output<'lrmx.import'> }

const STEPS = ['file', 'check', 'run', 'result'] as const

/** 导入任免审批表: choose files → check → import → result. Several at once, one report, taken back as a whole. */
export function LrmxImportPage() {
  const { t } = useTranslation('lrmx')
  return (
    <Permitted capability="cadre:import" title={t('title')}>
      <LrmxImport />
    </Permitted>
  )
}

function LrmxImport() {
  const { t } = useTranslation('lrmx')
  const [at, setAt] = useState<At>({ step: 'file' })
  const { run: compare } = useCommand('lrmx.open')
  return (
    <ImportWizard title={t('title')} intro={t('intro')} steps={STEPS} at={at.step}>
      {at.step === 'file' && (
        <LrmxFileStep
          cancelled={at.cancelled === true}
          joins={at.joins?.opened ?? null}
          onOpened={(opened) => setAt({ step: 'check', opened, choices: at.joins?.choices ?? NO_CHOICES })}
        />
      )}
      {at.step === 'check' && (
        <LrmxCheckStep
          {...at}
          onChoices={(choices) => setAt({ ...at, choices })}
          onMore={() => setAt({ step: 'file', joins: at })}
          onImport={() => setAt({ ...at, step: 'run' })}
        />
      )}
      {at.step === 'run' && (
        <RunStep
          {...at}
          onCancelled={() => setAt({ step: 'file', cancelled: true })}
          onBack={() => setAt({ ...at, step: 'check' })}
          compareAnew={async () => {
            const opened = await compare({ importId: at.opened.importId, files: [] })
            setAt({ step: 'check', opened, choices: { ...at.choices, confirmations: {} } })
          }}
          onDone={(result) => setAt({ step: 'result', result })}
        />
      )}
      {at.step === 'result' && <LrmxResultStep result={at.result} onAgain={() => setAt({ step: 'file' })} />}
    </ImportWizard>
  )
}

function RunStep({
  opened: { importId },
  choices,
  ...then
}: Checked & {
  readonly onCancelled: () => void
  readonly onBack: () => void
  /** The roll had moved under the dry run: how the files look now, with nothing decided about people who may be others. */
  readonly compareAnew: () => Promise<void>
  readonly onDone: (result: Output<'lrmx.import'>) => void
}) {
  const { run } = useCommand('lrmx.import')
  return <ImportRun register="lrmx" importId={importId} run={() => run({ importId, ...choices })} {...then} />
}
