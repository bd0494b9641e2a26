import { useTranslation } from 'react-i18next'
import type { Output } from '../../shared/contract/index.ts'
import { Citation } from './finding-list.tsx'

/** 口径: what was counted, until when, on which document. Stands under every W18 rate (PRODUCT, Who counts as 干部). */
export function CoverageBasis({ coverage }: { readonly coverage: Pick<Output<'talk.coverage'>, 'asOf' | 'basis'> }) {
  const { t } = useTranslation(['workbench', 'cadre', 'talk', 'common'])
  const { rollGroups, talkTypes, talkFormats, document } = coverage.basis
  const groups = rollGroups.map((group) => t(`cadre:rollGroup.${group}`)).join(t('common:separator'))
  const types = talkTypes.map((type) => t(`talk:talkType.${type}`)).join(t('common:separator'))
  const formats = talkFormats.map((format) => t(`talk:format.${format}`)).join(t('common:separator'))
  return (
    <>
      {t('coverage.basis')} <Citation rule="W18-1" />
      <br />
      {t('coverage.asOf', { date: coverage.asOf })} {t('coverage.counted', { groups, types, formats })}{' '}
      {t('coverage.document', { document: document ?? t('common:citation.own') })}
    </>
  )
}
