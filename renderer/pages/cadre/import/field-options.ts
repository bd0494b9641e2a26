import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CadreField } from '../../../../shared/domain/cadre.ts'
import { fieldLabel } from '../../../kit/texts.ts'
import { FIELDS_OF, GROUPS } from '../fields.ts'

/** Value of the select for a column that goes to no field and is kept as it came. */
export const KEEP = 'keep'
/** Understood and not stored as such: the unit comes by its name, the age from the birth month. */
const PSEUDO = ['unitName', 'age', 'sequence'] as const
/** Not the cell of a roster: an id, lists, a photo. */
const NOT_A_CELL: readonly CadreField[] = ['unitId', 'family', 'tags', 'sortOrder']

interface FieldOptions {
  readonly options: { group: string; items: { value: string; label: string }[] }[]
  readonly labelOf: (field: string) => string
}

/** Everything a column may mean, in the groups of the cadre form. */
export function useFieldOptions(): FieldOptions {
  const { t } = useTranslation(['roster', 'cadre'])
  const labelOf = useCallback(
    (field: string) => {
      const pseudo = PSEUDO.find((one) => one === field)
      return pseudo ? t(`field.${pseudo}`) : fieldLabel('cadre', field)
    },
    [t],
  )
  const options = useMemo(
    () => [
      {
        group: '',
        items: [
          { value: KEEP, label: t('columns.keep') },
          ...PSEUDO.map((value) => ({ value, label: labelOf(value) })),
        ],
      },
      ...GROUPS.map((group) => ({
        group: t(`cadre:group.${group}`),
        items: FIELDS_OF[group]
          .filter((field) => !NOT_A_CELL.includes(field))
          .map((value) => ({ value, label: labelOf(value) })),
      })).filter(({ items }) => items.length > 0),
    ],
    [t, labelOf],
  )
  return { options, labelOf }
}
