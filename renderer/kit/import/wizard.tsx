import { Stepper } from '@mantine/core'
import { useDidUpdate } from '@mantine/hooks'
import { useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../page.tsx'

export type ImportStep = 'file' | 'columns' | 'check' | 'run' | 'result'

const STEP_WIDTH = 172

/** The frame of an import: where one is, and that step. There is no way forward but the step's own button. */
export function ImportWizard({
  title,
  intro,
  steps,
  at,
  children,
}: {
  readonly title: string
  /** What can be chosen and what happens to it; said on the first step. */
  readonly intro: string
  readonly steps: readonly ImportStep[]
  readonly at: ImportStep
  readonly children: ReactNode
}) {
  const { t } = useTranslation('import')
  const active = steps.indexOf(at)
  const stepper = useRef<HTMLDivElement>(null)
  useDidUpdate(() => {
    // What was pressed to get here is gone and the focus with it, unless the step has put it somewhere itself.
    const { activeElement, body } = document
    if (activeElement !== body && !stepper.current?.contains(activeElement)) return
    stepper.current?.querySelector<HTMLElement>('[aria-current="step"]')?.focus()
  }, [at])
  return (
    <Page filling title={title} {...(active === 0 ? { note: intro } : {})}>
      <Stepper ref={stepper} active={active} size="xs" allowNextStepsSelect={false} maw={steps.length * STEP_WIDTH}>
        {steps.map((step) => (
          <Stepper.Step
            key={step}
            label={t(`step.${step}`)}
            allowStepSelect={false}
            aria-current={step === at ? 'step' : undefined}
          />
        ))}
      </Stepper>
      {children}
    </Page>
  )
}
