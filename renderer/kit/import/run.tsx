import { Button, Group, Progress as Bar, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Fault } from '../../../shared/errors.ts'
import { useCall, useClient } from '../../api/use-call.ts'
import { FaultAlert } from '../fault-alert.tsx'
import classes from './import.module.css'

interface Import {
  readonly register: 'roster' | 'lrmx'
  readonly importId: string
}

interface RunProps<Result> extends Import {
  /** The one call that writes everything. */
  readonly run: () => Promise<Result>
  readonly onDone: (result: Result) => void
  readonly onCancelled: () => void
  readonly onBack: () => void
  /** Compares anew and goes back, where the roll has moved under the dry run. */
  readonly compareAnew?: () => Promise<void>
}

/** 导入: one transaction; until it ends it can be cancelled, and then nothing of it is there. */
export function ImportRun<Result>({ register, importId, ...props }: RunProps<Result>) {
  const { t } = useTranslation('import')
  const call = useClient()
  const { fault, again } = useImport(props)
  const cancel = () => void call(`${register}.cancel`, { importId }).catch(() => undefined)
  return (
    <div className={classes.narrow}>
      {fault === null && <ImportProgress register={register} importId={importId} importing />}
      <FaultAlert fault={fault} again={again} />
      <Group gap="sm">
        {fault === null ? (
          <Button variant="default" onClick={cancel}>
            {t('run.cancel')}
          </Button>
        ) : (
          <Button variant="default" onClick={props.onBack}>
            {t('run.back')}
          </Button>
        )}
        <Text size="sm" c="dimmed">
          {fault === null ? t('run.cancelHint') : t('check.nothingWritten')}
        </Text>
      </Group>
    </div>
  )
}

/** Runs it once, however often React mounts this: an import is not to be asked for twice. */
function useImport<Result>({ run, onDone, onCancelled, compareAnew }: Omit<RunProps<Result>, keyof Import>) {
  const [fault, setFault] = useState<unknown>(null)
  const started = useRef(false)
  useEffect(() => {
    if (started.current) return
    started.current = true
    run().then(onDone, (thrown: unknown) => {
      if (thrown instanceof Fault && thrown.code === 'cancelled') onCancelled()
      else setFault(thrown)
    })
  }, [run, onDone, onCancelled])
  const moved = fault instanceof Fault && fault.code === 'stale'
  return { fault, again: moved && compareAnew ? () => void compareAnew().catch(setFault) : undefined }
}

const OFTEN = 300

/** How far the core is: asked of it, never guessed. */
export function ImportProgress({
  register,
  importId,
  importing = false,
}: Import & {
  /** Writing, after which nothing is taken back but by undo; otherwise checking. */
  readonly importing?: boolean
}) {
  const { t } = useTranslation('import')
  const { data } = useCall(`${register}.progress`, { importId }, { every: () => OFTEN })
  const { done, total } = data ?? { done: 0, total: 0 }
  const working = importing ? t('run.running', { done, total }) : t('check.checking', { done, total })
  return (
    <div role="status">
      <Text size="sm">{importing && total > 0 && done >= total ? t('run.finishing') : working}</Text>
      <Bar value={total === 0 ? 0 : (done / total) * 100} aria-label={t('step.run')} mt="xs" />
    </div>
  )
}
