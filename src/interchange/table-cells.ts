import { clockTime, Day } from '../core/calendar.ts'
import type { Outcome } from '../core/resolution.ts'
import { type DateFormat, MEANINGS, type Meaning } from '../core/table-mapping.ts'
import { typedDay } from '../core/typed-date.ts'

/** A day of the calendar, and what orders the moments within it; of a second, its parts. */
export type Moment = { day: string; order: string; fraction: string }
export type Unread = { problem: string; remedy: string }

const TIME =
  /[ T]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d+))?)?(?: ?([ap]m))? ?(z|utc|gmt|[+-]\d{2}:?\d{2})?$/iu
const NUMBERS = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})$/u
const FORM = 'Write year-month-day, or say the order of the numbers with --date-format.'

/** Of a cell that is a day. */
const LONGEST = 100

const two = (number: number) => String(number).padStart(2, '0')

/**
 * The day of a cell: in every way of writing it that has one meaning, with a time of day or without. A time with an
 * offset is of the day that it was in `zone`.
 */
export function momentIn(cell: string, zone: string, format: DateFormat | undefined): Moment | Unread {
  const time = cell.length > LONGEST ? null : TIME.exec(cell)
  const text = ordered(time === null ? cell : cell.slice(0, time.index), format)
  const read = typedDay(text)
  if ('problem' in read) return { problem: read.problem, remedy: FORM }
  if (!Day.safeParse(read.day).success) return { problem: 'is not a day from 1900 on', remedy: FORM }
  if (time === null) return { day: read.day, order: '', fraction: '' }
  const [, hours, minutes, seconds = '0', parts, half, offset] = time
  const fraction = parts === undefined ? '' : `.${parts}`
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (/p/iu.test(half) ? 12 : 0)
  const numbers = [hour, Number(minutes), Number(seconds)]
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59)
    return { problem: 'has a time of day that no clock shows', remedy: FORM }
  const clock = numbers.map(two).join(':')
  if (offset === undefined) return { day: read.day, order: clock, fraction }
  const instant = Date.parse(`${read.day}T${clock}Z`) - offsetMs(offset)
  const local = clockTime(instant, zone)
  return { day: local.slice(0, 10), order: local.slice(11), fraction }
}

function offsetMs(offset: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/u.exec(offset) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000
}

/** Numbers in the order that was told, as year-month-day. */
function ordered(text: string, format: DateFormat | undefined): string {
  const [, first, , second, year] = NUMBERS.exec(text.trim()) ?? []
  if (format === undefined || year === undefined) return text
  const [day, month] = format === 'day-first' ? [first, second] : [second, first]
  return `${year}-${two(Number(month))}-${two(Number(day))}`
}

/**
 * A probability from 0 to 1: a number with a point, or per cent with their sign. The model keeps exact 0 and 1, and
 * nothing closer to them than a millionth.
 */
export function chanceIn(cell: string, hasCommas: boolean): number | null {
  const [, number = '', percent] = /^([\d.,e+-]*) ?(%|percent|per cent)?$/iu.exec(cell) ?? []
  const text = hasCommas ? number.replace(/^(\d*),(\d+)$/u, '$1.$2') : number
  if (!/^(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/iu.test(text)) return null
  // In decimals: 0.7 / 100 is not the number that 0.007 is.
  const value =
    percent === undefined ? Number(text) : /e/iu.test(text) ? Number(text) / 100 : Number(`${text}e-2`)
  if (value === 0 || value === 1) return value
  return value > 0 && value < 1 ? Math.min(1 - 1e-6, Math.max(1e-6, value)) : null
}

/** A number of the cell, or null: with a point, or with a comma where commas do not separate the cells. */
export function numberIn(cell: string, hasCommas: boolean): number | null {
  const text = cell.replace(/^[−–]/u, '-')
  const plain = hasCommas ? text.replace(/^([+-]?\d*),(\d+)$/u, '$1.$2') : text
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/iu.test(plain)) return null
  const value = Number(plain)
  return Number.isFinite(value) ? value : null
}

const WORDS: Record<Meaning, readonly string[]> = {
  yes: ['1', '1.0', 'yes', 'true'],
  no: ['0', '0.0', 'no', 'false'],
  ambiguous: ['ambiguous'],
  annulled: ['annulled', 'n/a', 'na', 'cancelled', 'canceled'],
  open: ['', 'open', 'pending', 'unresolved'],
}
const MEANT = new Map(MEANINGS.flatMap((meaning) => WORDS[meaning].map((word) => [word, meaning] as const)))

/** What a word of an outcome means, whatever the question is; undefined for none that is known. */
export const meaningOf = (cell: string, told: ReadonlyMap<string, Meaning>): Meaning | undefined =>
  told.get(cell.toLowerCase()) ?? MEANT.get(cell.toLowerCase())

/** What an outcome cell of yes or no says: undefined is none that is known here; null is not decided yet. */
export function outcomeIn(cell: string, told: ReadonlyMap<string, Meaning>): Outcome | null | undefined {
  const meaning = meaningOf(cell, told)
  if (meaning !== undefined) return meaning === 'open' ? null : meaning
  return /^0?\.\d+$/u.test(cell) && Number(cell) > 0 ? 'ambiguous' : undefined
}
