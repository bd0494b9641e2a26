import { useTranslation } from 'react-i18next'
import { useFieldText } from '../../kit/field-text.ts'
import { formatDay, formatMoment, NOTHING } from '../../kit/format.ts'
import { PersonName } from '../../kit/person-name.tsx'
import classes from '../../kit/print-sheet.module.css'
import { PrintSheet } from '../../kit/print-sheet.tsx'
import { fieldLabel } from '../../kit/texts.ts'
import { CONTENT, type Said } from './detail-content.tsx'
import type { TalkView } from './talk-values.ts'
import type { TalkFacts } from './use-talk-row.ts'

type Pair = readonly [string, React.ReactNode]

/** 谈话记录 on paper: the facts, and of what was said only what is open on the screen. */
export function TalkSheet({
  record,
  facts,
  said,
}: {
  readonly record: TalkView
  readonly facts: TalkFacts
  readonly said: Said
}) {
  const { t } = useTranslation('talk')
  return (
    <PrintSheet title={t('print.title')}>
      {record.voided && <p className={classes.cut}>{t('detail.voided', { reason: record.voidReason ?? '' })}</p>}
      <table className={`${classes.table} ${classes.form}`}>
        <colgroup>
          {['16%', '34%', '16%', '34%'].map((width, at) => (
            <col key={at} style={{ width }} />
          ))}
        </colgroup>
        <tbody>
          {useFactRows(record, facts).map((pairs) => (
            <tr key={pairs[0]?.[0]}>
              {pairs.map(([label, value], at) => [
                <th key={`th${at}`}>{label}</th>,
                <td key={`td${at}`} colSpan={pairs.length === 1 ? 3 : 1}>
                  {value}
                </td>,
              ])}
            </tr>
          ))}
          <ContentRows record={record} said={said} />
        </tbody>
      </table>
    </PrintSheet>
  )
}

function useFactRows(record: TalkView, facts: TalkFacts): readonly (readonly Pair[])[] {
  const { t } = useTranslation('talk')
  const pairs: Pair[] = [
    [t('field.cadreId'), facts.cadreName],
    [t('column.unitName'), facts.unitName ?? NOTHING],
    [t('field.heldOn'), formatDay(record.heldOn)],
    [t('field.place'), record.place ?? NOTHING],
    [t('field.talker'), facts.talkerName],
    [t('field.principal'), facts.principalName ?? NOTHING],
    [t('field.talkType'), t(`talkType.${record.talkType}`)],
    [t('field.format'), t(`format.${record.format}`)],
    [t('field.direction'), t(`direction.${record.direction}`)],
    [t('column.inAct'), String(facts.inAct)],
    [t('field.recorder'), <PersonName key="recorder" person={record.recorder} />],
    [t('field.recordedAt'), formatMoment(record.recordedAt)],
  ]
  const promised: readonly Pair[] =
    facts.followUp === 'none'
      ? []
      : [
          [t('field.followUpOwner'), record.followUpOwner ?? NOTHING],
          [t('field.followUpDue'), `${formatDay(record.followUpDue)}　${t(`followUp.${facts.followUp}`)}`],
        ]
  const all = [...pairs, ...promised]
  return Array.from({ length: all.length / 2 }, (_, row) => all.slice(row * 2, row * 2 + 2))
}

/** Content nobody opened is said to be there, and is not on the paper. */
function ContentRows({ record, said }: { readonly record: TalkView; readonly said: Said }) {
  const { t } = useTranslation('talk')
  const fieldText = useFieldText()
  const hidden = CONTENT.filter((field) => record.hidden.includes(field))
  const { paperRecord } = record
  const paper = paperRecord && [
    t('detail.paper', { number: paperRecord.number }),
    paperRecord.custodian !== null && t('detail.paperAt', { name: paperRecord.custodian }),
  ]
  const rows: Pair[] = [
    ...(paper ? [[t('field.paperRecord'), paper.filter(Boolean).join('')] as const] : []),
    ...(said === null
      ? []
      : hidden.map((field) => [fieldLabel('talk', field), fieldText('talk', field, said[field])] as const)),
    ...(said === null && hidden.length > 0 ? [[t('group.content'), t('print.notOpened')] as const] : []),
    ...(hidden.length === 0 && paper === null ? [[t('group.content'), t('detail.noContent')] as const] : []),
  ]
  return rows.map(([label, text]) => (
    <tr key={label}>
      <th>{label}</th>
      <td colSpan={3} className={classes.long}>
        {text}
      </td>
    </tr>
  ))
}
