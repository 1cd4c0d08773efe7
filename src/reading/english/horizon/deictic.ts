import { addDays } from '../../../core/calendar.ts'
import { type Days, plus, type Unit, unitSpan, weekdayOf, yearOf } from './day.ts'
import { readHoliday } from './holiday.ts'
import { readPeriod } from './period.ts'
import {
  bareAt,
  closesAt,
  longest,
  type Read,
  type Reader,
  type Span,
  table,
  wordAt,
  wordSet,
} from './reader.ts'
import { weekdayAt } from './written.ts'

const UNITS: ReadonlyMap<string, Unit> = new Map([
  ...(['day', 'week', 'month', 'quarter', 'year', 'decade', 'century'] as const).map(
    (unit) => [unit, unit] as const,
  ),
  ['calendar year', 'year'],
])
/** A unit in the singular, of the calendar. */
export const unitAt = (r: Reader, at: number): Unit | null => UNITS.get(bareAt(r, at)) ?? null

type Which = 'this' | 'next' | 'past'
const WHICH = table<Which>([
  ['this|the current|the present|the ongoing|the same|this very|this present|this calendar', 'this'],
  [
    'next|the next|the coming|the following|the upcoming|coming|upcoming|this coming|this upcoming|next calendar',
    'next',
  ],
  ['last|the last|the past|the previous|this past|previous|past|the preceding|earlier this', 'past'],
])

const said = (next: number, grain: Span['grain'], days: Days, rule: string, asks?: string): Span => ({
  kind: 'span',
  next,
  grain,
  ...days,
  rule,
  free: true,
  dated: true,
  ...(asks === undefined ? {} : { asks }),
})

const NEAR = table<number>([
  ['tonight|this morning|this afternoon|this evening', 0],
  ['tomorrow|tomorrow morning|tomorrow afternoon|tomorrow evening|tomorrow night|overnight', 1],
  ["tomorrow's|tomorrow 's", 1],
  ['the day after tomorrow|day after tomorrow', 2],
  ['today|today itself', 0],
])

/** Today, tomorrow, and what is told by them. */
function readNear(r: Reader, at: number): Read | null {
  const found = longest(NEAR, r, at)
  if (found === null) return null
  const to = addDays(r.published, found.value)
  const rule =
    found.value === 0
      ? 'the day of publication'
      : `${found.value === 1 ? 'the day' : 'two days'} after publication`
  const span = said(found.next, 'day', { from: to, to }, rule)
  if (wordAt(r, at) !== 'today') return span
  const { free: _, dated: __, ...present } = span
  return present
}

const AFTER_NEXT = table<1 | 2>([
  ['after next', 2],
  ['after this|after this one', 1],
])

const AFTER_WHAT = 'counts from a time that has no day here: when does it end?'

/** The week after next; "the day after next" is one, too. */
function readAfterNext(r: Reader, at: number): Read | null {
  const begin = wordAt(r, at) === 'the' ? at + 1 : at
  const unit = unitAt(r, begin)
  const later = unit === null ? null : longest(AFTER_NEXT, r, begin + 1)
  const isAfter = wordAt(r, begin + 1) === 'after' && begin > at && unit !== 'day' && closesAt(r, begin + 2)
  if (isAfter && later === null) return { kind: 'asks', next: begin + 2, why: AFTER_WHAT, free: true }
  if (unit === null || later === null) return null
  return said(later.next, unit, unitSpan(r.published, unit, later.value), `the ${unit} after the next`)
}

const EITHER = 'The next one to begin, or the one after it?'

/** This year, next spring, the coming Friday. */
function readWhich(r: Reader, at: number): Read | null {
  const timely = wordAt(r, at) === 'this' && wordAt(r, at + 1) === 'time' && wordAt(r, at + 2) === 'next'
  if (timely) {
    const unit = unitAt(r, at + 3)
    if (unit === null) return null
    const to = plus(r.published, 1, unit)
    return said(at + 4, 'day', { from: to, to }, `one ${unit} after publication`)
  }
  if (wordAt(r, at) === 'the' && wordAt(r, at + 1) === 'weekend') {
    const { free: _, ...over } = weekend(r, at + 2, 'this')
    return over
  }
  const found = longest(WHICH, r, at)
  if (found === null) return null
  const { next, value } = found
  const unit = unitAt(r, next)
  // In the last quarter is the fourth one, where it is still to come.
  if (unit === 'quarter' && wordAt(r, at) === 'the' && wordAt(r, next - 1) === 'last') return null
  if (UNMEASURED.has(wordAt(r, next)) && value !== 'past')
    return { kind: 'asks', next: next + 1, why: NOT_DATED, free: true }
  if (unit !== null)
    return value === 'past' ? { kind: 'past', next: next + 1 } : ofUnit(r, next + 1, unit, value)
  if (wordAt(r, next) === 'weekend')
    return value === 'past' ? { kind: 'past', next: next + 1 } : weekend(r, next + 1, value)
  return ofName(r, next, value)
}

const UNMEASURED = wordSet('season term session parliament generation cycle semester legislature mandate')
const NOT_DATED = 'has no fixed end: on which day does it end?'

function ofUnit(r: Reader, next: number, unit: Unit, which: Which): Read {
  const days = unitSpan(r.published, unit, which === 'next' ? 1 : 0)
  const rule =
    which === 'this'
      ? `the end of the ${unit} of publication`
      : `the calendar ${unit} after that of publication`
  return said(next, unit, days, rule)
}

function weekend(r: Reader, next: number, which: Which): Span {
  const isNext = which === 'next' && wordAt(r, next - 2) !== 'coming'
  const sunday = addDays(unitSpan(r.published, 'week').to, isNext ? 7 : 0)
  return said(next, 'weekend', { from: addDays(sunday, -1), to: sunday }, 'the weekend named, to its Sunday')
}

/** A weekday, month, season or holiday behind this, next or last. */
function ofName(r: Reader, at: number, which: Which): Read | null {
  const weekday = weekdayAt(r, at)
  if (weekday !== null) {
    if (which === 'past') return { kind: 'past', next: weekday.next }
    const { weekday: day, next } = weekday
    const ahead = (day - weekdayOf(r.published) + 7) % 7 || 7
    const first = addDays(r.published, ahead)
    // Said on a Wednesday, "next Friday" is in two days to some and in nine to others: the later is proposed.
    const isOpen = which === 'next' && wordAt(r, at - 1) === 'next' && day > weekdayOf(r.published)
    const to = isOpen ? addDays(first, 7) : first
    const asks = isOpen ? `Is it ${first}, or a week later? The later is proposed.` : undefined
    return said(next, 'day', { from: to, to }, 'the weekday named', asks)
  }
  const read = readHoliday(r, at) ?? readPeriod(r, at)
  if (read === null || which === 'past') return read === null ? null : { kind: 'past', next: read.next }
  if (read.kind !== 'span' || read.dated) return null
  const free = { ...read, free: true } as const
  if (which !== 'next') return free
  const begun = read.from <= r.published
  const later = begun ? ofName({ ...r, published: addDays(read.to, 1) }, at, 'this') : free
  if (later?.kind !== 'span' || wordAt(r, at - 1) !== 'next') return later
  const isNear = yearOf(later.from) === yearOf(r.published)
  return isNear || begun ? { ...later, asks: EITHER } : later
}

/** The turn of the year: between two of them. */
function readTurn(r: Reader, at: number): Read | null {
  const begin = wordAt(r, at) === 'the' ? at + 1 : at
  if (wordAt(r, begin) !== 'turn' || wordAt(r, begin + 1) !== 'of') return null
  const the = wordAt(r, begin + 2) === 'the' ? begin + 3 : begin + 2
  const unit = unitAt(r, the)
  if (unit === null) return null
  const to = unitSpan(r.published, unit).to
  const asks = `On either side of it: until when does it count?`
  return {
    ...said(the + 1, 'day', { from: to, to }, `the turn of the ${unit}`, asks),
    vague: true,
  }
}

/** The year's end, year-end, month end. */
function readEnd(r: Reader, at: number): Read | null {
  const begin = wordAt(r, at) === 'the' ? at + 1 : at
  const unit = unitAt(r, begin)
  if (unit === null || (wordAt(r, begin + 1) !== 'end' && wordAt(r, begin + 1) !== 'close')) return null
  const to = unitSpan(r.published, unit).to
  return { ...said(begin + 2, unit, { from: to, to }, `the end of the ${unit} of publication`), end: true }
}

export type Running = Span & { readonly grain: Unit }

/** The year, where words before it make it the one that is running. */
export function readRunning(r: Reader, at: number): Running | null {
  const begin = wordAt(r, at) === 'the' || wordAt(r, at) === 'calendar' ? at + 1 : at
  const the = wordAt(r, begin) === 'calendar' ? begin + 1 : begin
  const unit = unitAt(r, the)
  if (unit === null || wordAt(r, the).endsWith("'s")) return null
  const days = unitSpan(r.published, unit)
  const { free: _, ...running } = said(the + 1, unit, days, `the end of the ${unit} of publication`)
  return { ...running, grain: unit }
}

/** A time that is told from the day on which it is told. */
export const readDeictic = (r: Reader, at: number): Read | null =>
  readNear(r, at) ?? readAfterNext(r, at) ?? readTurn(r, at) ?? readEnd(r, at) ?? readWhich(r, at)
