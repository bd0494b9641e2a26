import { Month } from '../../../shared/domain/dates.ts'
import { formatMonth } from '../../kit/format.ts'

/** A relative's birth month is kept as written in the file; only a real month can be dotted and counted from. */
export const isMonth = (value: string | null): value is string => Month.safeParse(value).success

/** `1965-03` → `1965.03`; other text as it is. */
export const memberMonth = (value: string | null): string => (isMonth(value) ? formatMonth(value) : (value ?? ''))
