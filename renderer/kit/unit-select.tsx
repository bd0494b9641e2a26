import { Select } from '@mantine/core'
import { useMemo } from 'react'
import { useCall } from '../api/use-call.ts'

/** Names of units by id, ended ones included: an old record still says where it was. */
export function useUnitName(): (id: string | null | undefined) => string | null {
  const { data } = useCall('unit.list', {})
  const names = useMemo(() => new Map(data?.rows.map(({ record }) => [record.id, record.name])), [data])
  return (id) => (id ? (names.get(id) ?? null) : null)
}

/** A unit as a filter; choosing one means it and everything below it. */
export function UnitSelect({
  label,
  placeholder,
  value,
  onChange,
  w,
}: {
  readonly label: string
  readonly placeholder: string
  readonly value: string | null
  readonly onChange: (id: string | null) => void
  readonly w?: number
}) {
  const { data } = useCall('unit.list', {})
  const options = (data?.rows ?? [])
    .filter(({ record }) => !record.voided)
    .map(({ record, depth }) => ({ value: record.id, label: `${'\u3000'.repeat(depth)}${record.name}` }))
  return (
    <Select
      size="sm"
      aria-label={label}
      placeholder={placeholder}
      data={options}
      value={value}
      onChange={onChange}
      searchable
      clearable
      {...(w === undefined ? {} : { w })}
    />
  )
}
