import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/contract/index.ts'
import { Citation } from '../../kit/finding-list.tsx'
import { formatDay, formatRate } from '../../kit/format.ts'
import classes from './missing.module.css'

/** The figures, and under them what was counted: no rate without its 口径. */
export function CoverageFigures({ coverage }: { readonly coverage: Output<'talk.coverage'> }) {
  const { t } = useTranslation('talk')
  const { onRoll, talked, rate } = coverage
  const figures = [
    [t('coverage.onRoll'), String(onRoll)],
    [t('coverage.talked'), String(talked)],
    [t('coverage.missing'), String(onRoll - talked)],
    [t('coverage.rate'), formatRate(rate)],
  ] as const
  return (
    <section aria-label={t('coverage.title')}>
      <dl className={classes.figures}>
        {figures.map(([label, value]) => (
          <div key={label} className={classes.figure}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Basis coverage={coverage} />
    </section>
  )
}

function Basis({ coverage: { asOf, basis } }: { readonly coverage: Output<'talk.coverage'> }) {
  const { t } = useTranslation(['talk', 'cadre'])
  const separator = t('form.nameSeparator')
  const counted = t('coverage.basis', {
    day: formatDay(asOf),
    groups: basis.rollGroups.map((group) => t(`cadre:rollGroup.${group}`)).join(separator),
    types: basis.talkTypes.map((type) => t(`talkType.${type}`)).join(separator),
    formats: basis.talkFormats.map((format) => t(`format.${format}`)).join(separator),
  })
  return (
    <p className={classes.basis}>
      {counted} {basis.document === null ? t('coverage.own') : t('coverage.document', { document: basis.document })}{' '}
      <Citation rule="W18-1" />
    </p>
  )
}
