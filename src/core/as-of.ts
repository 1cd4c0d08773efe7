import * as z from 'zod'
import { DAY, Day, lastInstantOf } from './calendar.ts'
import { LedgerError } from './error.ts'
import { jsonSchema } from './json-schema.ts'

/** A moment of the record, as an address names it: just after an entry of the log, or the end of a day. */
export type AsOf = { entry: number } | { day: string }

/** Days are those of UTC, in which the log stamps its entries. */
export const ZONE = 'UTC'

const ENTRY = /^(0|[1-9][0-9]{0,14})$/u
const REMEDY = 'It takes a day such as 2025-03-01, or the number of an entry such as 2299'

/** The same as a schema describes it. */
export const AsOfText = z
  .string()
  .max(15, 'must be a day or the number of an entry')
  .register(jsonSchema, { pattern: `^(?:0|[1-9][0-9]{0,14}|${DAY})$`, maxLength: undefined })

/** Reads `as_of=2025-03-01` or `as_of=2299`; `name` is what the address calls it. */
export function readAsOf(text: string, name = 'as_of'): AsOf {
  if (ENTRY.test(text)) return { entry: Number(text) }
  const day = Day.safeParse(text)
  if (day.success) return { day: day.data }
  const [issue] = day.error.issues
  const isDate = /^\d{4}-\d{2}-\d{2}$/u.test(text)
  throw new LedgerError(
    'malformed',
    isDate
      ? `${name}=${text} ${issue?.message ?? 'cannot be read'}. ${REMEDY}.`
      : `${name} is neither a day nor the number of an entry. ${REMEDY}.`,
  )
}

/** The last instant of a day; null while the day goes on, or has not begun. */
export function endOf(day: string, now: Date): { instant: Date; isOver: boolean } | null {
  const end = lastInstantOf(day, ZONE)
  if (end < now) return { instant: end, isOver: true }
  return now.toISOString().startsWith(day) ? { instant: now, isOver: false } : null
}
