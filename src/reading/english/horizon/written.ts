import { addDays, addMonthsTo } from '../../../core/calendar.ts'
import { comingWeekday, type Day, dayOn, monthOf, weekdayIn, weekdayOf, yearOf } from '../../grammar/day.ts'
import { monthNumber } from '../words/written-date.ts'
import { writesMonthFirst } from './country.ts'
import { closesAt, type Read, type Reader, rawAt, type Span, touches, wordAt, wordSet } from './reader.ts'
import { yearAt } from './year.ts'

const MONTHS = wordSet(
  'january jan february feb march mar april apr may june jun july jul august aug september sept sep october oct november nov december dec',
)
/** What is a word of its own as well is a month only with its capital. */
const ALSO_WORDS = wordSet('may march mar dec jan sep sun')

const WEEKDAYS: ReadonlyMap<string, number> = new Map(
  [
    ...['monday mon', 'tuesday tue tues', 'wednesday wed', 'thursday thu thurs', 'friday fri'],
    ...['saturday sat', 'sunday sun'],
  ].flatMap((names, day) => names.split(' ').map((name) => [name, day] as const)),
)
const WEEKDAY_NAMES = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')

/** 1 to 12, and where its name ends; "Nov." has a full stop that belongs to it. */
export function monthAt(r: Reader, at: number, dated = false): { month: number; next: number } | null {
  const raw = rawAt(r, at)
  const word = wordAt(r, at)
  const name = word.endsWith("'s") ? word.slice(0, -2) : word
  if (!MONTHS.has(name) || (ALSO_WORDS.has(name) && !dated && !/^\p{Lu}/u.test(raw))) return null
  const isShort = name.length <= 4 && !['may', 'june', 'july'].includes(name)
  const stop = isShort && wordAt(r, at + 1) === '.' && touches(r, at) && !isLast(r, at + 1)
  return { month: monthNumber(name), next: stop ? at + 2 : at + 1 }
}

const isLast = (r: Reader, at: number): boolean => at >= r.tokens.length - 1

/** 0 is Monday. A short name needs its capital and no sentence behind it that it is not part of. */
export function weekdayAt(r: Reader, at: number): { weekday: number; next: number } | null {
  const word = wordAt(r, at)
  const name = word.endsWith("'s") ? word.slice(0, -2) : word
  const weekday = WEEKDAYS.get(name)
  if (weekday === undefined) return null
  if (name.length <= 4 && !/^\p{Lu}/u.test(rawAt(r, at))) return null
  return { weekday, next: at + 1 }
}

const NO_DAY = 'is no day of the calendar: which one is meant?'

/** A day of a month: 5, 5th, "the fifth". */
function dateAt(r: Reader, at: number): { date: number; next: number } | null {
  const begin = wordAt(r, at) === 'the' ? at + 1 : at
  const { value = 0, kind, ordinal, raw = '' } = r.tokens[begin] ?? {}
  if (!Number.isInteger(value) || value < 1 || value > 31) return null
  if (ordinal !== true && (kind !== 'number' || raw.length > 2 || begin > at)) return null
  return { date: value, next: begin + 1 }
}

/** The year behind a date, after a comma or not. */
function yearBehind(r: Reader, at: number): { year: number; next: number } | null {
  const comma = wordAt(r, at) === ',' || wordAt(r, at) === 'of' || wordAt(r, at) === 'in'
  const found = yearAt(r, comma ? at + 1 : at)
  return found === null || (comma && found.year < 100) ? null : found
}

/** `first` where several days of it are named. */
type NamedDay = { month: number; date: number; first?: number; next: number }

/** A day written with the name of its month, in either order. */
function named(r: Reader, at: number): NamedDay | null {
  const day = dateAt(r, at)
  if (day !== null) {
    const of = wordAt(r, day.next) === 'of' ? day.next + 1 : day.next
    const month = monthAt(r, of, yearBehind(r, of + 1) !== null)
    // 5 to 9 June and 5-9 June end with their last day.
    if (month !== null) return { ...month, date: day.date }
    const link = wordAt(r, day.next)
    if (link !== '-' && link !== 'to' && link !== 'and' && link !== 'or') return null
    const second = dateAt(r, day.next + 1)
    if (second === null || second.date <= day.date) return null
    const then = wordAt(r, second.next) === 'of' ? second.next + 1 : second.next
    const shared = monthAt(r, then, yearBehind(r, then + 1) !== null)
    return shared === null ? null : { ...shared, date: second.date, first: day.date }
  }
  const month = monthAt(r, at)
  if (month === null) return null
  const date = dateAt(r, month.next)
  if (date === null) return null
  const until = wordAt(r, date.next) === '-' ? dateAt(r, date.next + 1) : null
  return until !== null && until.date > date.date
    ? { month: month.month, ...until, first: date.date }
    : { month: month.month, ...date }
}

type How = { dated?: true; free?: true }

const span = (next: number, to: Day, how: How): Span => ({
  kind: 'span',
  next,
  grain: 'day',
  from: to,
  to,
  rule: 'the day named',
  ...how,
})

/** A date with the name of its month: without a year the first one from publication on. */
function readNamed(r: Reader, at: number): Read | null {
  const found = named(r, at)
  if (found === null) return null
  const { month, date } = found
  const year = yearBehind(r, found.next)
  const next = year?.next ?? found.next
  const years = year === null ? [yearOf(r.published), yearOf(r.published) + 1] : [year.year]
  const days = years.map((of) => dayOn(of, month, date))
  const to = year === null ? days.find((day) => day !== null && day >= r.published) : days[0]
  if (to === null || to === undefined) return { kind: 'asks', next, why: NO_DAY }
  const read = span(next, to, year === null ? { free: true } : { free: true, dated: true })
  const from = found.first === undefined ? null : dayOn(yearOf(to), month, found.first)
  return from === null ? read : { ...read, from }
}

/** The three numbers of a date in digits, as they are written: 2025-05-20, 5/20/2025, 20.5.2025. */
function digitsAt(r: Reader, at: number): { parts: string[]; next: number } | null {
  const raw = rawAt(r, at)
  if (r.tokens[at]?.kind !== 'number') return null
  const dotted = raw.split('.')
  if (dotted.length === 3) return { parts: dotted, next: at + 1 }
  const mark = wordAt(r, at + 1)
  if (mark !== '/' && mark !== '-') return null
  const isWhole = wordAt(r, at + 3) === mark && [0, 1, 2, 3].every((i) => touches(r, at + i))
  return isWhole ? { parts: [raw, rawAt(r, at + 2), rawAt(r, at + 4)], next: at + 5 } : null
}

function readDigits(r: Reader, at: number): Read | null {
  const found = digitsAt(r, at)
  if (found === null) return null
  const { parts, next } = found
  if (!parts.every((part) => /^\d{1,4}$/u.test(part))) return null
  const [a = 0, b = 0, c = 0] = parts.map(Number)
  if (parts[0]?.length === 4) return inDigits(next, [dayOn(a, b, c)], IN_FULL)
  if (parts[2]?.length === 3 || parts[2]?.length === 1) return null
  const year = c < 100 ? 2_000 + c : c
  return inDigits(next, inOrder(r, year, a, b), IN_FULL)
}
const IN_FULL: How = { dated: true, free: true }

/** A day and a month in the order of the source's country; without one, in both. */
function inOrder(r: Reader, year: number, a: number, b: number): (Day | null)[] {
  const [dayFirst, monthFirst] = [dayOn(year, b, a), dayOn(year, a, b)]
  if (dayFirst === null || monthFirst === null) return [dayFirst ?? monthFirst]
  if (r.country === null || r.named) return dayFirst === monthFirst ? [dayFirst] : [dayFirst, monthFirst]
  return [writesMonthFirst(r.country) ? monthFirst : dayFirst]
}

function inDigits(next: number, days: readonly (Day | null)[], how: How): Read {
  const { free } = how
  const asks = { kind: 'asks', next, ...(free ? { free } : {}) } as const
  const [first = null, second] = days
  if (first === null) return { ...asks, why: NO_DAY }
  if (second === undefined) return span(next, first, how)
  return { ...asks, why: `has the day first or the month first: is it ${first} or ${second}?` }
}

/** 5/20 without a year, which is a date only behind a preposition. */
function readShort(r: Reader, at: number): Read | null {
  const isShort =
    /^\d{1,2}$/u.test(rawAt(r, at)) && wordAt(r, at + 1) === '/' && /^\d{1,2}$/u.test(rawAt(r, at + 2))
  if (!isShort || !touches(r, at) || !touches(r, at + 1)) return null
  const [a, b] = [Number(rawAt(r, at)), Number(rawAt(r, at + 2))]
  const days = inOrder(r, yearOf(r.published), a, b)
    .filter((day) => day !== null)
    .map((day) => (day < r.published ? addMonthsTo(day, 12) : day))
  return days.length === 0 ? null : inDigits(at + 3, days, {})
}

/** The 15th, of this month or of one that is named otherwise than by its name. */
function readDayOfMonth(r: Reader, at: number): Read | null {
  const day = dateAt(r, at)
  if (day === null || r.tokens[day.next - 1]?.ordinal !== true) return null
  const { published } = r
  const [year, month] = [yearOf(published), monthOf(published)]
  const of = wordAt(r, day.next)
  const then =
    wordAt(r, day.next + 1) === 'the' && wordAt(r, day.next + 2) !== 'month' ? day.next + 2 : day.next + 1
  const [which, noun] = [wordAt(r, then), wordAt(r, then + 1)]
  if (of === 'of' && (noun === 'month' || which === 'month')) {
    const later = which === 'next' || which === 'following' ? 1 : 0
    const first = addMonthsTo(dayOn(year, month, 1) ?? published, later)
    const to = dayOn(yearOf(first), monthOf(first), day.date)
    const next = then + (which === 'month' ? 1 : 2)
    if (to === null) return { kind: 'asks', next, why: NO_DAY }
    if (which === 'last' || to < published) return { kind: 'past', next }
    return span(next, to, IN_FULL)
  }
  // "the 15th floor", "the second round": only digits, and nothing that is counted by them.
  if (r.tokens[day.next - 1]?.kind !== 'number' || of === 'of' || of === '-') return null
  if (!closesAt(r, day.next) && !BEHIND.has(of)) return null
  const months = [0, 1, 2].map((i) => addMonthsTo(dayOn(year, month, 1) ?? published, i))
  const to = months
    .map((first) => dayOn(yearOf(first), monthOf(first), day.date))
    .find((found) => found !== null && found >= published)
  return to === undefined || to === null ? null : span(day.next, to, {})
}
const BEHIND = wordSet('and or at in by if when because but as with for to unless')

/** The first Monday in June, the last Friday of the month. */
function readNthWeekday(r: Reader, at: number): Read | null {
  const begin = wordAt(r, at) === 'the' ? at + 1 : at
  const { value = 0, ordinal } = r.tokens[begin] ?? {}
  const nth = ordinal === true ? value : wordAt(r, begin) === 'last' ? -1 : 0
  const day = nth === 0 || nth > 5 ? null : weekdayAt(r, begin + 1)
  const link = day === null ? '' : wordAt(r, day.next)
  if (day === null || (link !== 'in' && link !== 'of')) return null
  const month = monthAt(r, day.next + 1)
  if (month === null) return null
  const year = yearBehind(r, month.next)
  const inYear = (of: number): Day => weekdayIn(of, month.month, day.weekday, nth)
  const now = yearOf(r.published)
  const coming = inYear(now) < r.published ? inYear(now + 1) : inYear(now)
  return span(year?.next ?? month.next, year === null ? coming : inYear(year.year), {
    free: true,
    ...(year === null ? {} : { dated: true }),
  })
}

/** A weekday, alone or with its date; "Friday week" is a week later. */
function readWeekday(r: Reader, at: number): Read | null {
  const day = weekdayAt(r, at)
  if (day === null) return null
  const comma = wordAt(r, day.next) === '.' && touches(r, at) && rawAt(r, at).length < 5 ? 1 : 0
  const then = day.next + comma
  const behind = wordAt(r, then) === ',' ? then + 1 : then
  const date =
    readNamed(r, behind) ?? readDigits(r, behind) ?? (behind === then ? readDayOfMonth(r, then) : null)
  if (date !== null) {
    if (date.kind !== 'span' || weekdayOf(date.to) === day.weekday) return date
    return { ...date, asks: `${date.to} is no ${WEEKDAY_NAMES[day.weekday]}: which day is meant?` }
  }
  const first = comingWeekday(r.published, day.weekday)
  const isWeek = wordAt(r, day.next) === 'week' && wordAt(r, day.next + 1) !== 'before'
  const to = isWeek ? addDays(first, 7) : first
  return {
    kind: 'span',
    next: isWeek || TIMES_OF_DAY.has(wordAt(r, day.next)) ? day.next + 1 : day.next,
    grain: 'day',
    from: to,
    to,
    rule: 'the next such weekday after publication',
  }
}

const TIMES_OF_DAY = wordSet('morning afternoon evening night')

/** A date as it is written in full, in every usual order. */
export const readDate = (r: Reader, at: number): Read | null =>
  readNamed(r, at) ??
  readDigits(r, at) ??
  readNthWeekday(r, at) ??
  readWeekday(r, at) ??
  readDayOfMonth(r, at) ??
  readShort(r, at)
