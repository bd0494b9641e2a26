import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../shared/contract/index.ts'
import { rowsOf } from '../../../api/use-rows.ts'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { NOTHING } from '../../../kit/format.ts'
import { ImportResult } from '../../../kit/import/result.tsx'
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
  const { t } = useTranslation(['lrmx', 'import'])
  const navigate = useNavigate()
  const columns = useOutcomeColumns()
  const source = useMemo(() => rowsOf(result.people), [result])
  return (
    <ImportResult result={result} done={t('result.done', result)} again={t('result.again')} onAgain={onAgain}>
      <RegisterTable
        id="lrmx-result"
        label={t('import:step.result')}
        source={source}
        columns={columns}
        rowKey={(person) => String(person.index)}
        onOpen={({ id }) => id !== null && void navigate({ to: '/cadre/$id', params: { id } })}
        empty={<EmptyState title={t('import:check.none')} />}
      />
    </ImportResult>
  )
}

function useOutcomeColumns(): Column<Imported>[] {
  const { t } = useTranslation(['lrmx', 'cadre', 'import'])
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
        header: t('import:check.state'),
        width: 120,
        cell: (row) => <StatusWord tone={TONES[row.outcome]}>{t(`result.outcome.${row.outcome}`)}</StatusWord>,
      },
    ],
    [t],
  )
}
