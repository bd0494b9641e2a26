import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TalkRow } from '../../../shared/contract/talk.ts'
import { formatDay, formatMoment, NOTHING } from '../../kit/format.ts'
import type { Column } from '../../kit/register-table.tsx'
import { FollowUpWord } from './follow-up-word.tsx'

/** Columns of every list of talks: facts only. In the list of one cadre the name goes without saying. */
export function useTalkColumns({ ofOneCadre = false }: { readonly ofOneCadre?: boolean } = {}): Column<TalkRow>[] {
  const { t } = useTranslation('talk')
  return useMemo(() => {
    const who: Column<TalkRow>[] = [
      {
        id: 'cadreName',
        header: t('field.cadreId'),
        width: 104,
        fixed: true,
        cell: (row) => <strong>{row.cadreName}</strong>,
      },
      { id: 'unitName', header: t('column.unitName'), width: 144, cell: (row) => row.unitName ?? NOTHING },
    ]
    return [
      { id: 'heldOn', header: t('field.heldOn'), width: 128, fixed: true, cell: (row) => formatDay(row.heldOn) },
      ...(ofOneCadre ? [] : who),
      { id: 'talkType', header: t('field.talkType'), width: 120, cell: (row) => t(`talkType.${row.talkType}`) },
      {
        id: 'talkerName',
        header: t('field.talker'),
        cell: (row) => talkerText(row, (name) => t('onBehalfOf', { name })),
      },
      {
        id: 'inAct',
        header: t('column.inAct'),
        width: 88,
        align: 'end',
        off: true,
        cell: (row) => (row.inAct > 1 ? row.inAct : NOTHING),
      },
      { id: 'format', header: t('field.format'), width: 104, off: true, cell: (row) => t(`format.${row.format}`) },
      {
        id: 'content',
        header: t('column.content'),
        width: 88,
        cell: (row) => (row.hasContent ? t('content.yes') : t('content.no')),
      },
      {
        id: 'followUp',
        header: t('column.followUp'),
        width: 112,
        cell: (row) => <FollowUpWord state={row.followUp} />,
      },
      {
        id: 'followUpOwner',
        header: t('field.followUpOwner'),
        width: 104,
        off: ofOneCadre,
        cell: (row) => row.followUpOwner ?? NOTHING,
      },
      {
        id: 'followUpDue',
        header: t('field.followUpDue'),
        width: 112,
        off: ofOneCadre,
        cell: (row) => formatDay(row.followUpDue),
      },
      {
        id: 'recordedAt',
        header: t('field.recordedAt'),
        width: 144,
        off: true,
        cell: (row) => formatMoment(row.recordedAt),
      },
    ]
  }, [t, ofOneCadre])
}

const talkerText = (row: TalkRow, onBehalf: (name: string) => string): string =>
  row.principalName === null ? row.talkerName : `${row.talkerName}${onBehalf(row.principalName)}`
