import { Button, Group, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../shared/contract/index.ts'
import type { RosterFile } from '../../../../shared/contract/roster.ts'
import { Fault } from '../../../../shared/errors.ts'
import { useClient, useCommand } from '../../../api/use-call.ts'
import { FaultAlert } from '../../../kit/fault-alert.tsx'
import type { Choices } from './choices.ts'
import classes from './import.module.css'
import { Progress } from './progress.tsx'

/** 导入: one transaction; until it ends it can be cancelled, and then nothing of it is there. */
export function RunStep({
  file,
  choices,
  onCancelled,
  onDone,
}: {
  readonly file: RosterFile
  readonly choices: Choices
  readonly onCancelled: () => void
  readonly onDone: (result: Output<'roster.import'>) => void
}) {
  const { t } = useTranslation('roster')
  const call = useClient()
  const command = useCommand('roster.import')
  const started = useRef(false)
  const { run } = command
  useEffect(() => {
    // Once, however often React mounts this: the import is not to be asked for twice.
    if (started.current) return
    started.current = true
    run({ importId: file.importId, ...choices }).then(onDone, (fault: unknown) => {
      if (fault instanceof Fault && fault.code === 'cancelled') onCancelled()
    })
  }, [run, file.importId, choices, onDone, onCancelled])
  return (
    <div className={classes.run}>
      {command.pending && <Progress importId={file.importId} importing />}
      <FaultAlert fault={command.fault} />
      <Group gap="sm">
        {command.pending ? (
          <Button
            variant="default"
            onClick={() => void call('roster.cancel', { importId: file.importId }).catch(() => undefined)}
          >
            {t('import.cancel')}
          </Button>
        ) : (
          <Button variant="default" onClick={onCancelled}>
            {t('file.other')}
          </Button>
        )}
        <Text size="sm" c="dimmed">
          {t('import.cancelHint')}
        </Text>
      </Group>
    </div>
  )
}
