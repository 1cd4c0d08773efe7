import { type Amount, readAmount } from './amount.ts'
import { nthOf, type Part, partOf, type Unit } from './day.ts'
import { readDeictic, readRunning, unitAt } from './deictic.ts'
import { readHoliday } from './holiday.ts'
import { readPeriod } from './period.ts'
import { longest, type Read, type Reader, type Span, table, wordAt, wordSet } from './reader.ts'
import { readDate } from './written.ts'

const PARTS = table<Part | 'begin'>([
  [
    'the end of|end of|end|the very end of|the close of|close of|the ends of|the expiry of|the expiration of',
    'end',
  ],
  [
    'late|late in|the latter part of|the back end of|the tail end of|the last part of|the later part of',
    'late',
  ],
  ['early|early in|the early part of|the first part of|the early days of|the opening of|very early', 'early'],
  [
    'the beginning of|the start of|beginning of|start of|the dawn of|the very beginning of|the outset of',
    'begin',
  ],
  ['mid|the middle of|middle of|midway through|halfway through|the midpoint of|around the middle of', 'mid'],
  ['the first half of|first half of|the opening half of', 'half1'],
  ['the second half of|second half of|the latter half of|the back half of|the last half of', 'half2'],
  [
    'the rest of|rest of|the remainder of|the whole of|all of|all|the course of|the entire|the balance of',
    'all',
  ],
  [
    'some point in|some point during|some time in|some time during|sometime in|sometime during|sometime',
    'all',
  ],
  [
    'any time in|anytime in|any point in|later|later in|later on in|later during|the length of|further into',
    'all',
  ],
])

const NTH: ReadonlyMap<string, number> = new Map([
  ['opening', 1],
  ['early', 1],
  ['last', -1],
  ['final', -1],
  ['closing', -1],
  ['dying', -1],
])
const SEVERAL: ReadonlyMap<string, Unit> = new Map([
  ['days', 'day'],
  ['weeks', 'week'],
  ['months', 'month'],
  ['quarters', 'quarter'],
  ['years', 'year'],
  ['decades', 'decade'],
])
/** So many of a unit stand for "the first days of" a period: ours. */
const SOME: Readonly<Record<string, number>> = { day: 7, week: 4, month: 3, quarter: 2, year: 3, decade: 3 }

type Nth = { nth: number; count: number; unit: Unit | 'third'; next: number }

/** "The first week of", "the last three months of", "the final days of". */
function nthAt(r: Reader, at: number): Nth | null {
  const begin = wordAt(r, at) === 'the' ? at + 1 : at
  const token = r.tokens[begin]
  const nth = token?.ordinal === true ? (token.value ?? 0) : (NTH.get(wordAt(r, begin)) ?? 0)
  if (nth === 0 || nth > 31) return null
  let next = begin + 1
  // "The first full week", "the last few days".
  const few = wordAt(r, next) === 'few' || wordAt(r, next) === 'couple'
  if (few || wordAt(r, next) === 'full') next++
  if (wordAt(r, next - 1) === 'couple' && wordAt(r, next) === 'of') next++
  const { value, ordinal } = r.tokens[next] ?? {}
  const count = value !== undefined && ordinal !== true ? value : null
  if (count !== null) next++
  const unit = wordAt(r, next) === 'third' ? 'third' : (unitAt(r, next) ?? SEVERAL.get(wordAt(r, next)))
  if (unit === undefined || wordAt(r, next + 1) !== 'of') return null
  const several = SEVERAL.has(wordAt(r, next)) ? (SOME[unit] ?? 1) : 1
  return { nth, count: count ?? several, unit, next: next + 2 }
}

/** A period of which a part is meant: one of the calendar, or "the year". */
function wholeAt(r: Reader, at: number): Read | null {
  const whole = readDeictic(r, at) ?? readPeriod(r, at)
  const running = readRunning(r, at)
  return running !== null && running.next > (whole?.next ?? 0) ? running : (whole ?? readHoliday(r, at))
}

const LONG = wordSet('week weekend month quarter half year decade century season')

function part(span: Span, of: Part, next: number, free: boolean): Span {
  const { free: _, ...rest } = span
  const isEnd = of === 'end'
  return {
    ...rest,
    next,
    ...partOf(span, of),
    rule: SAYS[of] === '' ? span.rule : `${SAYS[of]}: ${span.rule.replace(', to its end', '')}`,
    ...(isEnd ? { end: true } : {}),
    ...(of === 'start' ? { grain: 'day' } : {}),
    ...(free && !isEnd && (span.free === true || of !== 'all') ? { free: true } : {}),
  } as Span
}
const SAYS: Readonly<Record<Part, string>> = {
  ...{ start: 'the first day', early: 'the early part', mid: 'the middle', late: 'the late part' },
  ...{ end: 'the end', half1: 'the first half', half2: 'the second half', all: '' },
}

function readPart(r: Reader, at: number, isBound: boolean): Read | null {
  const nth = nthAt(r, at)
  if (nth !== null) {
    const whole = wholeAt(r, nth.next)
    if (whole?.kind !== 'span') return null
    const days =
      nth.unit === 'third'
        ? partOf(whole, nth.nth === 1 ? 'early' : nth.nth === 2 ? 'mid' : 'late')
        : nthOf(whole, nth.nth, nth.count, nth.unit)
    if (days.from > whole.to) return null
    const { free: _, ...rest } = whole
    return { ...rest, ...days, grain: 'week', rule: 'the part named, to its end' }
  }
  const found = longest(PARTS, r, at)
  if (found === null) return null
  const of = found.value === 'begin' ? (isBound ? 'start' : 'early') : found.value
  const whole = wholeAt(r, found.next)
  if (whole === null) return null
  if (whole.kind !== 'span') return whole
  if (!LONG.has(whole.grain) && !(whole.grain === 'day' && of === 'end')) return null
  // "All year", but not "all Friday"; "early spring" and "late May" need no preposition.
  const isName = wordAt(r, at) !== 'the' && wordAt(r, at) !== 'all'
  const read = part(whole, of, found.next > whole.next ? found.next : whole.next, isName)
  if (wordAt(r, at) !== 'all') return read
  const { dated: _, ...throughout } = read
  return { ...throughout, free: true }
}

/**
 * A time without the preposition before it. `isBound` is whether that sets a bound: by the start of June is its first
 * day, at the start of June some of them.
 */
export function readTime(r: Reader, at: number, isBound: boolean): (Read & Pick<Amount, 'alone'>) | null {
  const amount = readAmount(r, at)
  // In the next year is within twelve months, by the next year the one of the calendar.
  const all = [
    readPart(r, at, isBound),
    ...(isBound ? [] : [amount]),
    readDeictic(r, at),
    readHoliday(r, at),
    readDate(r, at),
    readPeriod(r, at),
    amount,
  ]
  let best: Read | null = null
  for (const read of all) if (read !== null && read.next > (best?.next ?? 0)) best = read
  return best
}
