import { useTranslation } from 'react-i18next'
import { useUnitName } from '../../kit/unit-select.tsx'
import type { CadreSearch } from './list-filters.tsx'

/** What a list was filtered by, for its print: 在册, 第一党支部, 在编在岗、编外, 女. */
export function useFilterWords(): (search: CadreSearch) => string {
  const { t } = useTranslation(['cadre', 'common'])
  const unitName = useUnitName()
  return ({ text, unitId, rollGroup = [], sex, presence = 'here', talked }) =>
    [
      t(`presence.${presence}`),
      unitName(unitId),
      rollGroup.map((group) => t(`rollGroup.${group}`)).join(t('common:separator')),
      sex && t(`sex.${sex}`),
      talked && `${t('column.talkedThisYear')}：${t(`talked.${talked}`)}`,
      text?.trim() && `“${text.trim()}”`,
    ]
      .filter(Boolean)
      .join('　')
}
