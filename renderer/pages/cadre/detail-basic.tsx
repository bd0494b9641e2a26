import { Stack, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CadreField } from '../../../shared/domain/cadre.ts'
import classes from '../../kit/facts.module.css'
import { useFieldText } from '../../kit/field-text.ts'
import { NOTHING } from '../../kit/format.ts'
import { RevealValue } from '../../kit/reveal-value.tsx'
import { useCan } from '../../kit/session.ts'
import { fieldLabel } from '../../kit/texts.ts'
import type { CadreView } from './cadre-detail.ts'
import { FIELDS_OF, isGuarded, kindOf, type GroupId } from './fields.ts'

/** Résumé and family have tabs of their own. */
const SHOWN: readonly GroupId[] = ['identity', 'post', 'education', 'political', 'other', 'appointment']

/** The file as it would be filled in, gaps included: what is missing is as interesting as what is there. */
export function BasicTab({ record }: { readonly record: CadreView }) {
  const { t } = useTranslation('cadre')
  const can = useCan()
  const groups = SHOWN.filter(
    (group) => group !== 'appointment' || FIELDS_OF[group].some((field) => record[field] !== null),
  )
  return (
    <Stack gap="lg">
      {groups.map((group) => (
        <section key={group} aria-label={t(`group.${group}`)}>
          <Title order={2} mb="sm">
            {t(`group.${group}`)}
          </Title>
          <dl className={classes.facts}>
            {FIELDS_OF[group].map((field) => (
              <Fact key={field} record={record} field={field} />
            ))}
          </dl>
        </section>
      ))}
      {record.hidden.includes('imported') && can('cadre:reveal') && <Imported record={record} />}
    </Stack>
  )
}

const LONG: readonly string[] = ['area', 'tags']

function Fact({ record, field }: { readonly record: CadreView; readonly field: CadreField }) {
  const fieldText = useFieldText()
  const can = useCan()
  const value = record[field]
  const guarded = isGuarded(field) && record.hidden.includes(field) && can('cadre:reveal')
  const text = fieldText('cadre', field, value)
  return (
    <div className={classes.fact} data-long={LONG.includes(kindOf(field)) || text.length > 22}>
      <dt>{fieldLabel('cadre', field)}</dt>
      <dd>
        {guarded ? (
          <RevealValue
            register="cadre"
            id={record.id}
            field={field}
            masked={value as string | null}
            hidden={record.hidden}
          />
        ) : (
          <Plain record={record} field={field} text={text} />
        )}
      </dd>
    </div>
  )
}

/** Without the right to reveal, a restricted value is there and is not shown; that is not the same as empty. */
function Plain({
  record,
  field,
  text,
}: {
  readonly record: CadreView
  readonly field: CadreField
  readonly text: string
}) {
  const { t } = useTranslation(['cadre', 'common'])
  if (text === NOTHING && record.hidden.includes(field))
    return <span className={classes.nothing}>{t('common:reveal.hidden')}</span>
  return text === NOTHING ? <span className={classes.nothing}>{NOTHING}</span> : <>{text}</>
}

/** Columns of a roster nobody mapped: kept as they came, and shown on request, for nobody knows what stands in them. */
function Imported({ record }: { readonly record: CadreView }) {
  const { t } = useTranslation('cadre')
  return (
    <section aria-label={t('field.imported')}>
      <Title order={2} mb="sm">
        {t('field.imported')}
      </Title>
      <RevealValue
        register="cadre"
        id={record.id}
        field="imported"
        masked={null}
        hidden={record.hidden}
        render={(value) => <ImportedColumns columns={value as Readonly<Record<string, string>>} />}
      />
    </section>
  )
}

function ImportedColumns({ columns }: { readonly columns: Readonly<Record<string, string>> }) {
  return (
    <dl className={classes.facts}>
      {Object.entries(columns).map(([header, text]) => (
        <div key={header} className={classes.fact} data-long={text.length > 22}>
          <dt>{header}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}
