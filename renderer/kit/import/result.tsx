import { Alert, Button, Group, List, Text } from '@mantine/core'
import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/contract/index.ts'
import { useCommand } from '../../api/use-call.ts'
import { FaultAlert } from '../fault-alert.tsx'
import { ButtonLink } from '../link.tsx'
import { StatusWord } from '../status-word.tsx'
import classes from './import.module.css'

/** 结果: what was done, in numbers; the report to keep, and the way back. */
export function ImportResult({
  result,
  done,
  again,
  onAgain,
  report,
  children,
}: {
  readonly result: { readonly txn: string; readonly added: number; readonly updated: number }
  /** What was done, as a sentence; gone once it is undone. */
  readonly done: string
  /** What the button for the next import says. */
  readonly again: string
  readonly onAgain: () => void
  /** A button that saves what became of every row. */
  readonly report?: ReactNode
  /** The same one by one; gone with it. */
  readonly children?: ReactNode
}) {
  const { t } = useTranslation('import')
  const undo = useCommand('change.undo')
  const undoable = result.added + result.updated > 0 && !undo.data
  return (
    <>
      <div className={classes.narrow}>
        {undo.data ? <Undone undone={undo.data} /> : <StatusWord tone="done">{done}</StatusWord>}
        <FaultAlert fault={undo.fault} />
      </div>
      {!undo.data && children}
      <Group gap="sm">
        <ButtonLink to="/cadre">{t('result.toCadres')}</ButtonLink>
        {report}
        <Button variant="default" onClick={onAgain}>
          {again}
        </Button>
        {undoable && (
          <Button variant="subtle" color="gray" loading={undo.pending} onClick={() => undo.start({ txn: result.txn })}>
            {t('result.undo')}
          </Button>
        )}
        {undoable && (
          <Text size="sm" c="dimmed">
            {t('result.undoHint')}
          </Text>
        )}
      </Group>
    </>
  )
}

/** What was edited or used since is kept and named; the program never takes work away that came later. */
function Undone({ undone: { undone, kept } }: { readonly undone: Output<'change.undo'> }) {
  const { t } = useTranslation('import')
  const place = useRef<HTMLDivElement>(null)
  // The button that was pressed is gone.
  useEffect(() => place.current?.focus(), [])
  return (
    <Alert ref={place} tabIndex={-1} color="blue" variant="light" role="status">
      <Text size="sm">{t('result.undone', { count: undone })}</Text>
      {kept.length > 0 && (
        <>
          <Text size="sm">{t('result.kept', { count: kept.length })}</Text>
          <List size="sm">
            {kept.map(({ recordId, label, reason }) => (
              <List.Item key={recordId}>
                {t('result.keptOne', { label, reason: t(`result.keptReason.${reason}`) })}
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Alert>
  )
}
