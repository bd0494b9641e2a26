import { MultiSelect, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ROLL_GROUPS, SEXES, type RollGroup } from '../../../shared/domain/cadre.ts'
import { FilterBar } from '../../kit/filter-bar.tsx'
import { SavedFilters } from '../../kit/saved-filters.tsx'
import { UnitSelect } from '../../kit/unit-select.tsx'

/** What the address of the list carries; nothing set is the list of everybody here. */
export interface CadreSearch {
  readonly text?: string | undefined
  readonly unitId?: string | undefined
  readonly rollGroup?: RollGroup[] | undefined
  readonly sex?: 'male' | 'female' | undefined
  readonly presence?: 'here' | 'left' | 'all' | undefined
  readonly talked?: 'yes' | 'no' | undefined
  readonly sort?: 'order' | 'name' | 'birthMonth' | 'lastTalkOn' | undefined
}

const PRESENCES = ['here', 'left', 'all'] as const
const TALKED = ['no', 'yes'] as const

export function CadreFilters({
  search,
  onSearch,
}: {
  readonly search: CadreSearch
  readonly onSearch: (search: CadreSearch) => void
}) {
  const { t, i18n } = useTranslation('cadre')
  const english = i18n.language === 'en'
  const put = (patch: CadreSearch) => onSearch({ ...search, ...patch })
  const active = Object.entries(search).some(([name, value]) => name !== 'sort' && value !== undefined)
  return (
    <FilterBar
      text={search.text ?? ''}
      onText={(text) => put({ text: text === '' ? undefined : text })}
      placeholder={t('list.search')}
      active={active}
      onClear={() => onSearch({ sort: search.sort })}
      saved={<SavedFilters<CadreSearch> id="cadre" current={search} onApply={onSearch} />}
    >
      <UnitSelect
        w={144}
        label={t('field.unitId')}
        placeholder={t('list.anyUnit')}
        value={search.unitId ?? null}
        onChange={(unitId) => put({ unitId: unitId ?? undefined })}
      />
      <MultiSelect
        size="sm"
        w={168}
        aria-label={t('field.rollGroup')}
        {...(search.rollGroup?.length ? {} : { placeholder: t('list.anyRollGroup') })}
        data={ROLL_GROUPS.map((value) => ({ value, label: t(`rollGroup.${value}`) }))}
        value={search.rollGroup ?? []}
        onChange={(value) => put({ rollGroup: value.length === 0 ? undefined : (value as RollGroup[]) })}
        clearable
      />
      <Select
        size="sm"
        w={88}
        aria-label={t('field.sex')}
        placeholder={t('field.sex')}
        data={SEXES.map((value) => ({ value, label: t(`sex.${value}`) }))}
        value={search.sex ?? null}
        onChange={(value) => put({ sex: (value as 'male' | 'female' | null) ?? undefined })}
        clearable
      />
      <Select
        size="sm"
        w={english ? 128 : 112}
        aria-label={t('column.talkedThisYear')}
        placeholder={t('column.talkedThisYear')}
        data={TALKED.map((value) => ({ value, label: t(`talked.${value}`) }))}
        value={search.talked ?? null}
        onChange={(value) => put({ talked: (value as 'yes' | 'no' | null) ?? undefined })}
        clearable
      />
      <Select
        size="sm"
        w={english ? 116 : 104}
        aria-label={t('list.presence')}
        data={PRESENCES.map((value) => ({ value, label: t(`presence.${value}`) }))}
        value={search.presence ?? 'here'}
        allowDeselect={false}
        onChange={(value) => put({ presence: value === 'here' ? undefined : (value as 'left' | 'all') })}
      />
    </FilterBar>
  )
}
