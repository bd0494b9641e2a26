import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Call } from '../../../api/client.ts'
import { useClient } from '../../../api/use-call.ts'
import type { EntryReading } from '../../../../shared/contract/talk-entry.ts'
import { isEmpty, signatureOf, toRead, type EntryRow } from './rows.ts'

/** By {@link signatureOf} of the row: a row that changed since has none, until the core has read it again. */
export type Readings = ReadonlyMap<string, EntryReading>

const TYPING_PAUSE = 250
/** Names and days of talks need not stay in memory for the usual five minutes. */
const KEPT = 10_000
const NONE: Readings = new Map()

/** What the core makes of the rows, a moment after the last key; asked again whenever something changes on the desk. */
export function useReadings(rows: readonly EntryRow[]): { readings: Readings; fault: Error | null } {
  const call = useClient()
  const [asked] = useDebouncedValue(rows, TYPING_PAUSE)
  const filled = asked.filter((row) => !isEmpty(row))
  const { data, error } = useQuery({
    queryKey: ['talk.readRows', filled.map(signatureOf)],
    queryFn: () => readRows(call, filled),
    enabled: filled.length > 0,
    placeholderData: keepPreviousData,
    gcTime: KEPT,
  })
  return { readings: filled.length === 0 ? NONE : (data ?? NONE), fault: error }
}

export async function readRows(call: Call, rows: readonly EntryRow[]): Promise<Readings> {
  const { rows: readings } = await call('talk.readRows', { rows: rows.map(toRead) })
  return new Map(rows.map((row, index) => [signatureOf(row), readings[index]!]))
}
