import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CadreRow } from '../../../shared/contract/cadre.ts'
import { formatDay, formatMonth, NOTHING } from '../../kit/format.ts'
import type { Column } from '../../kit/register-table.tsx'
import { StatusWord } from '../../kit/status-word.tsx'
import { useCountable } from '../../kit/use-counting.ts'
import { TalkedWord } from './talked-word.tsx'

/** The columns of the cadre list in the order of a printed 名册; what is seldom looked at waits in the column chooser. */
export function useCadreColumns(): Column<CadreRow>[] {
  const { t, i18n } = useTranslation('cadre')
  // Words of two characters have six letters in English.
  const english = i18n.language === 'en'
  const countable = useCountable()
  return useMemo(
    (): Column<CadreRow>[] => [
      {
        id: 'name',
        header: t('field.name'),
        width: 88,
        fixed: true,
        sort: 'name',
        cell: (row) => <strong>{row.name}</strong>,
      },
      {
        id: 'sex',
        header: t('field.sex'),
        width: english ? 80 : 52,
        cell: (row) => (row.sex === null ? NOTHING : t(`sex.${row.sex}`)),
      },
      {
        id: 'birthMonth',
        header: t('field.birthMonth'),
        width: 96,
        sort: 'birthMonth',
        cell: (row) => formatMonth(row.birthMonth),
      },
      { id: 'age', header: t('column.age'), width: 52, align: 'end', cell: (row) => row.age ?? NOTHING },
      {
        id: 'identityNumber',
        header: t('field.identityNumber'),
        width: 168,
        // On the screen it tells two of one name apart; a list on paper goes through many hands.
        screenOnly: true,
        cell: (row) => row.identityNumber ?? NOTHING,
      },
      { id: 'unitName', header: t('field.unitId'), width: 128, cell: (row) => row.unitName ?? NOTHING },
      {
        id: 'postTitle',
        header: t('field.postTitle'),
        cell: (row) => <span title={row.postTitle ?? ''}>{row.postTitle ?? NOTHING}</span>,
      },
      { id: 'rank', header: t('field.rank'), width: 108, cell: (row) => row.rank ?? NOTHING },
      {
        id: 'rollGroup',
        header: t('field.rollGroup'),
        width: english ? 128 : 124,
        cell: (row) => t(`rollGroup.${row.rollGroup}`),
      },
      {
        id: 'politicalStatus',
        header: t('field.politicalStatus'),
        width: 104,
        off: true,
        cell: (row) => row.politicalStatus ?? NOTHING,
      },
      {
        id: 'fullTimeEducation',
        header: t('field.fullTimeEducation'),
        width: 104,
        off: true,
        cell: (row) => row.fullTimeEducation ?? NOTHING,
      },
      {
        id: 'inServiceEducation',
        header: t('field.inServiceEducation'),
        width: 104,
        off: true,
        cell: (row) => row.inServiceEducation ?? NOTHING,
      },
      {
        id: 'talked',
        header: t('column.talkedThisYear'),
        width: english ? 96 : 88,
        cell: (row) => <TalkedWord talked={row.talkedThisYear} expected={row.onRoll && countable(row.rollGroup)} />,
      },
      {
        id: 'lastTalkOn',
        header: t('column.lastTalkOn'),
        width: 112,
        sort: 'lastTalkOn',
        off: true,
        cell: (row) => formatDay(row.lastTalkOn),
      },
      {
        id: 'reported',
        header: t('column.reported'),
        width: 96,
        off: true,
        cell: (row) =>
          row.reported ? (
            <StatusWord tone="done">{t('list.reported')}</StatusWord>
          ) : (
            <StatusWord tone="info">{t('list.notReported')}</StatusWord>
          ),
      },
    ],
    [t, english, countable],
  )
}
