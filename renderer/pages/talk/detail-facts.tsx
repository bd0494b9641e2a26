import { useTranslation } from 'react-i18next'
import list from '../../kit/facts.module.css'
import { PersonName } from '../../kit/person-name.tsx'
import { formatDay, formatMoment, NOTHING } from '../../kit/format.ts'
import { TextLink } from '../../kit/link.tsx'
import classes from './detail.module.css'
import type { TalkView } from './talk-values.ts'
import { useSameSitting, type TalkFacts } from './use-talk-row.ts'

/** When, who, of which kind. The day of the talk and the moment of entry are two things and stand apart. */
export function TalkFactsList({ record, facts }: { readonly record: TalkView; readonly facts: TalkFacts }) {
  const { t } = useTranslation('talk')
  const rows: readonly (readonly [string, React.ReactNode])[] = [
    [t('field.cadreId'), <CadreLink key="cadre" id={record.cadreId} name={facts.cadreName} />],
    [t('field.heldOn'), formatDay(record.heldOn)],
    [t('field.talker'), facts.talkerName],
    ...(facts.principalName === null ? [] : [[t('field.principal'), facts.principalName] as const]),
    [t('field.talkType'), t(`talkType.${record.talkType}`)],
    [t('field.format'), t(`format.${record.format}`)],
    [t('field.direction'), t(`direction.${record.direction}`)],
    [t('field.place'), record.place ?? NOTHING],
    [t('field.recorder'), <PersonName key="recorder" person={record.recorder} />],
    [t('field.recordedAt'), formatMoment(record.recordedAt)],
  ]
  return (
    <div>
      <dl className={list.facts}>
        {rows.map(([label, value]) => (
          <div key={label} className={list.fact}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {facts.inAct > 1 && <SameSitting facts={facts} />}
    </div>
  )
}

const CadreLink = ({ id, name }: { readonly id: string; readonly name: string }) => (
  <TextLink to="/cadre/$id" params={{ id }}>
    {name}
  </TextLink>
)

function SameSitting({ facts }: { readonly facts: TalkFacts }) {
  const { t } = useTranslation('talk')
  const others = useSameSitting(facts)
  return (
    <p className={classes.sitting}>
      {t('detail.sitting', { count: facts.inAct - 1 })}
      {others.map(({ id, cadreName }) => (
        <TextLink key={id} to="/talk/$id" params={{ id }}>
          {cadreName}
        </TextLink>
      ))}
    </p>
  )
}
