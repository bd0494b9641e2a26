import { Alert, Button, Group, List, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../shared/contract/index.ts'
import type { RosterFile } from '../../../../shared/contract/roster.ts'
import { useCommand } from '../../../api/use-call.ts'
import { FaultAlert } from '../../../kit/fault-alert.tsx'
import { ButtonLink } from '../../../kit/link.tsx'
import { StatusWord } from '../../../kit/status-word.tsx'
import { ReportButton } from './report-button.tsx'
import classes from './import.module.css'

/** 结果: what was done, in numbers; the report to keep, and the way back. */
export function ResultStep({
  file,
  result,
  onAgain,
}: {
  readonly file: RosterFile
  readonly result: Output<'roster.import'>
  readonly onAgain: () => void
}) {
  const { t } = useTranslation('roster')
  const undo = useCommand('change.undo')
  return (
    <div className={classes.run}>
      {undo.data ? (
        <Undone undone={undo.data} />
      ) : (
        <>
          <StatusWord tone="done">{t('result.done', result)}</StatusWord>
          {result.unitsAdded > 0 && <Text size="sm">{t('result.unitsAdded', { count: result.unitsAdded })}</Text>}
        </>
      )}
      <FaultAlert fault={undo.fault} />
      <Group gap="sm">
        <ButtonLink to="/cadre">{t('result.toCadres')}</ButtonLink>
        <ReportButton importId={file.importId} label={t('result.report')} />
        <Button variant="default" onClick={onAgain}>
          {t('result.again')}
        </Button>
        {!undo.data && (
          <Button
            variant="subtle"
            color="gray"
            loading={undo.pending}
            title={t('result.undoHint')}
            onClick={() => undo.start({ txn: result.txn })}
          >
            {t('result.undo')}
          </Button>
        )}
      </Group>
      {!undo.data && (
        <Text size="sm" c="dimmed">
          {t('result.undoHint')}
        </Text>
      )}
    </div>
  )
}

/** What was edited or used since is kept and named; the program never takes work away that came later. */
function Undone({ undone: { undone, kept } }: { readonly undone: Output<'change.undo'> }) {
  const { t } = useTranslation('roster')
  return (
    <Alert color="blue" variant="light">
      <Text size="sm">{t('result.undone', { count: undone })}</Text>
      {kept.length > 0 && (
        <>
          <Text size="sm">{t('result.kept', { count: kept.length })}</Text>
          <List size="sm">
            {kept.map(({ recordId, label, reason }) => (
              <List.Item key={recordId}>
                {label}（{t(`result.keptReason.${reason}`)}）
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Alert>
  )
}
