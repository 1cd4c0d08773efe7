import { addDays, addMonthsTo } from '../../../core/calendar.ts'

/** A calendar day, `2025-04-08`. */
export type Day = string
export type Days = { readonly from: Day; readonly to: Day }
export type Unit = 'day' | 'week' | 'month' | 'quarter' | 'half' | 'year' | 'decade' | 'century'

const pad = (value: number, width = 2): string => String(value).padStart(width, '0')
export const yearOf = (day: Day): number => Number(day.slice(0, 4))
export const monthOf = (day: Day): number => Number(day.slice(5, 7))

const lengthOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()
export const firstOf = (year: number, month: number): Day => `${pad(year, 4)}-${pad(month)}-01`
export const lastOf = (year: number, month: number): Day =>
  `${pad(year, 4)}-${pad(month)}-${pad(lengthOf(year, month))}`

/** That day of the calendar, or null where there is none. */
export const dayOn = (year: number, month: number, date: number): Day | null =>
  month >= 1 && month <= 12 && date >= 1 && date <= lengthOf(year, month)
    ? `${pad(year, 4)}-${pad(month)}-${pad(date)}`
    : null

/** 0 is Monday: weeks begin with it. */
export const weekdayOf = (day: Day): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7

/** The nth such weekday of a month; the last one where `nth` is below 0. */
export function weekdayIn(year: number, month: number, weekday: number, nth: number): Day {
  const from = nth < 0 ? addDays(lastOf(year, month), -6) : firstOf(year, month)
  return addDays(from, ((weekday - weekdayOf(from) + 7) % 7) + 7 * Math.max(0, nth - 1))
}

/** The first such weekday after a day. */
export const comingWeekday = (day: Day, weekday: number): Day =>
  addDays(day, (weekday - weekdayOf(day) + 7) % 7 || 7)

const MONTHS: Readonly<Record<Unit, number>> = {
  ...{ day: 0, week: 0, month: 1, quarter: 3 },
  ...{ half: 6, year: 12, decade: 120, century: 1200 },
}
// Far beyond any deadline: dates stay dates until they are compared with the last one that is accepted.
const MOST_MONTHS = 12 * 5_000

/** So many units later: half a year is six months, half a month fifteen days. */
export function plus(day: Day, count: number, unit: Unit): Day {
  const most = Math.min(count, MOST_MONTHS * 30)
  if (unit === 'day') return addDays(day, Math.ceil(most))
  if (unit === 'week') return addDays(day, Math.ceil(most * 7))
  const months = Math.min(most * MONTHS[unit], MOST_MONTHS)
  const whole = Math.floor(months)
  const later = addMonthsTo(day, whole)
  return months === whole ? later : addDays(later, Math.round((months - whole) * 30))
}

export const monthSpan = (year: number, month: number): Days => ({
  from: firstOf(year, month),
  to: lastOf(year, month),
})
const monthsFrom = (from: Day, months: number): Days => ({ from, to: addDays(addMonthsTo(from, months), -1) })
export const quarterSpan = (year: number, quarter: number): Days =>
  monthsFrom(firstOf(year, quarter * 3 - 2), 3)
export const halfSpan = (year: number, half: number): Days => monthsFrom(firstOf(year, half * 6 - 5), 6)
export const yearSpan = (year: number): Days => monthsFrom(firstOf(year, 1), 12)
/** The twenty-first century ends with 2100. */
export const centurySpan = (century: number): Days => monthsFrom(firstOf(century * 100 - 99, 1), 1200)

/** The week, month and so on of the calendar in which a day lies, or the one so many later. */
export function unitSpan(day: Day, unit: Unit, later = 0): Days {
  if (unit === 'day') return { from: addDays(day, later), to: addDays(day, later) }
  if (unit === 'week') {
    const from = addDays(day, 7 * later - weekdayOf(day))
    return { from, to: addDays(from, 6) }
  }
  if (unit === 'century') return centurySpan(Math.ceil(yearOf(day) / 100) + later)
  const months = MONTHS[unit]
  const since = unit === 'decade' ? Math.floor(yearOf(day) / 10) * 10 : yearOf(day)
  const passed = unit === 'decade' ? 0 : Math.floor((monthOf(day) - 1) / months) * months
  return monthsFrom(addMonthsTo(firstOf(since, 1), passed + later * months), months)
}

/** Of periods that come round every year, the first that has not ended before a day. */
export function coming(day: Day, inYear: (year: number) => Days): Days {
  for (let year = yearOf(day) - 1; ; year++) {
    const span = inYear(year)
    if (span.to >= day) return span
  }
}

const SEASONS: ReadonlyMap<string, number> = new Map([
  ['spring', 3],
  ['summer', 6],
  ['autumn', 9],
  ['fall', 9],
  ['winter', 12],
])
export const isSeason = (word: string): boolean => SEASONS.has(word)

/** In whole months; the season that runs over the turn of a year is that of the year in which it begins. */
export function seasonSpan(name: string, year: number, southern: boolean): Days {
  const first = SEASONS.get(name) ?? 3
  return monthsFrom(firstOf(year, southern ? ((first + 5) % 12) + 1 : first), 3)
}

/** Which part of a period is meant. */
export type Part = 'start' | 'early' | 'mid' | 'late' | 'end' | 'half1' | 'half2' | 'all'

const daysBetween = ({ from, to }: Days): number => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1

/** The part of a period; ours where English leaves it open, as in "early 2026": to the end of March. */
export function partOf(span: Days, part: Part): Days {
  const { from, to } = span
  const days = daysBetween(span)
  if (part === 'all') return span
  if (part === 'start') return { from, to: from }
  if (part === 'end') return { from: to, to }
  if (part === 'half1' || part === 'half2') {
    const months = Math.round(days / 30.44)
    const middle = months % 2 === 0 ? addMonthsTo(from, months / 2) : addDays(from, Math.floor(days / 2))
    return part === 'half1' ? { from, to: addDays(middle, -1) } : { from: middle, to }
  }
  if (days >= 365 && days <= 366) {
    if (part === 'early') return { from, to: addDays(addMonthsTo(from, 3), -1) }
    return part === 'mid'
      ? { from: addMonthsTo(from, 4), to: addDays(addMonthsTo(from, 6), -1) }
      : { from: addMonthsTo(from, 9), to }
  }
  if (days > 3_000) {
    const years = Math.round(days / 365.25)
    const [early, mid] = years > 10 ? [0.33, 0.5] : [0.4, 0.7]
    const after = (share: number) => addMonthsTo(from, Math.round(years * share) * 12)
    if (part === 'early') return { from, to: addDays(after(early), -1) }
    return part === 'mid' ? { from: after(early), to: addDays(after(mid), -1) } : { from: after(mid), to }
  }
  if (days <= 31 && days >= 28)
    return part === 'early'
      ? { from, to: addDays(from, 9) }
      : part === 'mid'
        ? { from: addDays(from, 10), to: addDays(from, 19) }
        : { from: addDays(from, 20), to }
  const third = days >= 84 ? Math.round(days / 30.44 / 3) : 0
  const [second, last] =
    third > 0
      ? [addMonthsTo(from, third), addMonthsTo(from, 2 * third)]
      : [addDays(from, Math.ceil(days / 3)), addDays(from, Math.ceil((2 * days) / 3))]
  if (part === 'early') return { from, to: addDays(second, -1) }
  return part === 'mid' ? { from: second, to: addDays(last, -1) } : { from: last, to }
}

/** The first weeks of a period, the second month of it, and so on; from the end where `nth` is below 0. */
export function nthOf(span: Days, nth: number, count: number, unit: Unit): Days {
  const { from, to } = span
  if (nth < 0) {
    const begins = addDays(to, 1)
    const back =
      unit === 'day' || unit === 'week'
        ? addDays(begins, -count * (unit === 'day' ? 1 : 7))
        : addMonthsTo(begins, -count * MONTHS[unit])
    return { from: back < from ? from : back, to }
  }
  const begins = plus(from, (nth - 1) * count, unit)
  const ends = addDays(plus(from, nth * count, unit), -1)
  return { from: begins, to: ends > to ? to : ends }
}
