import { useTranslation } from 'react-i18next'
import type { TownshipCoverage } from '../../shared/contract/city.ts'
import { Citation } from '../kit/finding-list.tsx'
import classes from './console.module.css'
import type { CountingRule } from './counting-rules.ts'

/** 口径 under the rates: what was counted and on which document, once for all townships that count alike. */
export function BasisList({ rules, asOf }: { readonly rules: readonly CountingRule[]; readonly asOf: string }) {
  const { t } = useTranslation('console')
  if (rules.length === 0) return null
  return (
    <ul className={classes.basis} aria-label={t('coverage.basis')}>
      {rules.map((rule) => (
        <li key={rule.mark}>
          {rule.mark === '' ? t('coverage.same') : t('coverage.of', { mark: rule.mark, count: rule.count })}{' '}
          <Citation rule="W18-1" /> <Counted basis={rule.basis} /> {t('coverage.asOf', { date: asOf })}
        </li>
      ))}
    </ul>
  )
}

function Counted({ basis }: { readonly basis: TownshipCoverage['basis'] }) {
  const { t } = useTranslation(['console', 'cadre', 'talk', 'common'])
  const separator = t('common:separator')
  const { rollGroups, talkTypes, talkFormats } = basis
  const documents = new Set([rollGroups, talkTypes, talkFormats].map((one) => one.basis ?? t('common:citation.own')))
  return (
    <>
      {t('coverage.counted', {
        groups: rollGroups.value.map((group) => t(`cadre:rollGroup.${group}`)).join(separator),
        types: talkTypes.value.map((type) => t(`talk:talkType.${type}`)).join(separator),
        formats: talkFormats.value.map((format) => t(`talk:format.${format}`)).join(separator),
        document: [...documents].join(separator),
      })}
    </>
  )
}
