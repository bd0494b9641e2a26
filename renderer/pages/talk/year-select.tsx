import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** As far back as anybody looks; older talks are found by name. */
const YEARS = 10

export function YearSelect({
  latest,
  value,
  onChange,
  required = false,
}: {
  readonly latest: number
  readonly value: number | null
  readonly onChange: (year: number | null) => void
  /** A figure always belongs to one year. */
  readonly required?: boolean
}) {
  const { t } = useTranslation(['talk', 'common'])
  const years = Array.from({ length: YEARS }, (_, back) => latest - back)
  return (
    <Select
      size="sm"
      w={112}
      aria-label={t('column.year')}
      placeholder={t('list.anyYear')}
      data={years.map((year) => ({ value: String(year), label: t('common:year', { year }) }))}
      value={value === null ? null : String(value)}
      onChange={(year) => onChange(year === null ? null : Number(year))}
      clearable={!required}
      allowDeselect={!required}
    />
  )
}
