import { Alert, Button, Group, List, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../shared/contract/index.ts'
import { useCommand } from '../../../api/use-call.ts'
import { rowsOf } from '../../../api/use-rows.ts'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { FaultAlert } from '../../../kit/fault-alert.tsx'
import { NOTHING } from '../../../kit/format.ts'
import { ButtonLink } from '../../../kit/link.tsx'
import { RegisterTable, type Column } from '../../../kit/register-table.tsx'
import { StatusWord, type Tone } from '../../../kit/status-word.tsx'

type Result = Output<'lrmx.import'>
type Imported = Result['people'][number]

const TONES: Readonly<Record<Imported['outcome'], Tone>> = {
  added: 'done',
  updated: 'info',
  unchanged: 'quiet',
  skipped: 'soon',
}

/** 结果: what became of every file, in numbers and one by one; and the way back. */
export function LrmxResultStep({ result, onAgain }: { readonly result: Result; readonly onAgain: () => void }) {
  const { t } = useTranslation(['lrmx', 'roster'])
  const navigate = useNavigate()
  const undo = useCommand('change.undo')
  const written = result.added + result.updated > 0
  const columns = useOutcomeColumns()
  const source = useMemo(() => rowsOf(result.people), [result])
  return (
    <>
      <StatusWord tone="done">{t('result.done', result)}</StatusWord>
      {undo.data && <Undone undone={undo.data} />}
      <FaultAlert fault={undo.fault} />
      <RegisterTable
        id="lrmx-result"
        label={t('step.result')}
        source={source}
        columns={columns}
        rowKey={(person) => String(person.index)}
        onOpen={({ id }) => id !== null && void navigate({ to: '/cadre/$id', params: { id } })}
        empty={<EmptyState title={t('check.none')} />}
      />
      <Group gap="sm">
        <ButtonLink to="/cadre">{t('roster:result.toCadres')}</ButtonLink>
        <Button variant="default" onClick={onAgain}>
          {t('result.again')}
        </Button>
        {written && !undo.data && (
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
    </>
  )
}

function useOutcomeColumns(): Column<Imported>[] {
  const { t } = useTranslation(['lrmx', 'roster', 'cadre'])
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('cadre:field.name'),
        width: 120,
        fixed: true,
        cell: (row) => <strong>{row.name ?? NOTHING}</strong>,
      },
      { id: 'file', header: t('check.file'), cell: (row) => row.fileName },
      {
        id: 'outcome',
        header: t('roster:check.state'),
        width: 120,
        cell: (row) => <StatusWord tone={TONES[row.outcome]}>{t(`result.outcome.${row.outcome}`)}</StatusWord>,
      },
    ],
    [t],
  )
}

/** What was edited or used since is kept and named; the program never takes work away that came later. */
function Undone({ undone: { undone, kept } }: { readonly undone: Output<'change.undo'> }) {
  const { t } = useTranslation(['lrmx', 'roster'])
  return (
    <Alert color="blue" variant="light">
      <Text size="sm">{t('roster:result.undone', { count: undone })}</Text>
      {kept.length > 0 && (
        <>
          <Text size="sm">{t('roster:result.kept', { count: kept.length })}</Text>
          <List size="sm">
            {kept.map(({ recordId, label, reason }) => (
              <List.Item key={recordId}>
                {label}（{t(`roster:result.keptReason.${reason}`)}）
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Alert>
  )
}
