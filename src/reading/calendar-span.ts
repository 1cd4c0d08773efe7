import { addDays, addMonthsTo } from '../core/calendar.ts'
import { monthNumber } from './written-date.ts'

/** A calendar day, `2025-04-08`. */
export type Day = string
type Days = { from: Day; to: Day }

const pad = (value: number, width = 2): string => String(value).padStart(width, '0')
export const yearOf = (day: Day): number => Number(day.slice(0, 4))
export const monthOf = (day: Day): number => Number(day.slice(5, 7))
export const lastOf = (year: number, month: number): Day =>
  `${pad(year, 4)}-${pad(month)}-${pad(new Date(Date.UTC(year, month, 0)).getUTCDate())}`
export const firstOf = (year: number, month: number): Day => `${pad(year, 4)}-${pad(month)}-01`

export const MONTH =
  'Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?|July?|Aug(?:ust|\\.)?|Sep(?:tember|t?\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?'
export const NUMBER =
  '\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty|fifty|(?:a )?hundred|(?:a )?couple(?: of)?|a dozen|half a'
const NUMBERS: Readonly<Record<string, number>> = {
  ...{
    a: 1,
    an: 1,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
  },
  ...{ eleven: 11, twelve: 12, fifteen: 15, eighteen: 18, twenty: 20, thirty: 30, fifty: 50, hundred: 100 },
  ...{
    'a hundred': 100,
    couple: 2,
    'a couple': 2,
    'couple of': 2,
    'a couple of': 2,
    'a dozen': 12,
    'half a': 0.5,
  },
}
export const UNIT = 'days?|weeks?|fortnights?|months?|quarters?|years?|decades?'
export const SEASON = 'spring|summer|autumn|fall|winter'
/** Northern and meteorological: the first month and the number of months; winter runs into the next year. */
const SEASONS: Readonly<Record<string, number>> = { spring: 3, summer: 6, autumn: 9, fall: 9, winter: 12 }

export function numberOf(words: string): number {
  return NUMBERS[words.toLowerCase()] ?? Number(words)
}

export function plus(day: Day, count: number, unit: string): Day {
  const kind = unit.toLowerCase().replace(/s$/, '')
  if (kind === 'day') return addDays(day, Math.round(count))
  if (kind === 'week') return addDays(day, Math.round(count * 7))
  if (kind === 'fortnight') return addDays(day, Math.round(count * 14))
  const months = count * ({ month: 1, quarter: 3, year: 12, decade: 120 }[kind] ?? 1)
  return Number.isInteger(months) ? addMonthsTo(day, months) : addDays(day, Math.round(months * 30))
}

export const season = (name: string, year: number): Days => {
  const first = SEASONS[name.toLowerCase()] ?? 3
  const from = firstOf(year, first)
  return { from, to: addDays(addMonthsTo(from, 3), -1) }
}

/** The next season of that name which has not begun; `current` also takes the one running. */
export function comingSeason(name: string, published: Day, current: boolean): Days {
  for (let year = yearOf(published) - 1; ; year++) {
    const span = season(name, year)
    if (current ? span.to >= published : span.from > published) return span
  }
}

/** The first such month that does not lie wholly before the publication date. */
export function comingMonth(name: string, year: string | undefined, published: Day): Days {
  const month = monthNumber(name)
  let chosen = year ? Number(year) : yearOf(published)
  if (!year && lastOf(chosen, month) < published) chosen++
  return { from: firstOf(chosen, month), to: lastOf(chosen, month) }
}

/** That day of such a month, or null where the month has no such day; without a year, the first one from publication on. */
export function comingDay(
  name: string,
  date: string | undefined,
  year: string | undefined,
  published: Day,
): Day | null {
  const { from, to } = comingMonth(name, year, published)
  if (Number(date) < 1 || Number(date) > Number(to.slice(8))) return null
  const day = `${from.slice(0, 8)}${pad(Number(date))}`
  return !year && day < published ? addMonthsTo(day, 12) : day
}

export const quarterOf = (year: number, quarter: number): Days => ({
  from: firstOf(year, quarter * 3 - 2),
  to: lastOf(year, quarter * 3),
})
