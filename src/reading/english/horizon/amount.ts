import { addDays } from '../../../core/calendar.ts'
import { plus, type Unit, weekdayOf } from './day.ts'
import { unitAt } from './deictic.ts'
import {
  clauseEnd,
  closesAt,
  longest,
  phrases,
  type Read,
  type Reader,
  table,
  wordAt,
  wordSet,
} from './reader.ts'
import { tellsAhead } from './tense.ts'
import { weekdayAt } from './written.ts'

type Measure = { readonly unit: Unit; readonly times: number; readonly several: boolean } | 'unknown'

/** Units that are reckoned in others; those without a length are asked for. */
const MEASURES: ReadonlyMap<string, Measure> = new Map(
  (
    [
      ['minute', 'day', 0],
      ['hour', 'day', 1 / 24],
      ['day', 'day', 1],
      ['weekday', 'day', 1.4],
      ['week', 'week', 1],
      ['fortnight', 'week', 2],
      ['month', 'month', 1],
      ['quarter', 'month', 3],
      ['year', 'year', 1],
      ['yr', 'year', 1],
      ['decade', 'decade', 1],
      ['century', 'century', 1],
      ...'generation season term moon cycle lifetime session parliament'
        .split(' ')
        .map((name) => [name] as const),
    ] as const
  ).flatMap(([name, unit, times = 1]): [string, Measure][] => [
    [name, unit === undefined ? 'unknown' : { unit, times, several: false }],
    [
      name === 'century' ? 'centuries' : `${name}s`,
      unit === undefined ? 'unknown' : { unit, times, several: true },
    ],
  ]),
)

/** The span that the house gives a few of a unit. */
const FEW: Readonly<Record<string, readonly [count: number, unit: Unit]>> = {
  day: [14, 'day'],
  week: [8, 'week'],
  month: [6, 'month'],
  year: [5, 'year'],
  decade: [3, 'decade'],
}

const ARTICLES = phrases('a|an|some|another|a further|an additional|a good|a full|an extra')

/** How many; null of what is not said in numbers. */
type Count = { readonly most: number | null; readonly next: number; readonly words: string }

const COUNTS = table<number | null>([
  ['half a|half an|a half|half', 0.5],
  ['a quarter of a|quarter of a|a quarter', 0.25],
  ['three quarters of a', 0.75],
  ['a couple of|couple of|a couple|a couple more|a pair of', 2],
  ['a few|few|a few more|a few short|quite a few|several|several more|some|a number of|many|not many', null],
  ['a handful of|handful of|a matter of|dozens of|scores of|hundreds of', null],
  ['a dozen', 12],
  ['half a dozen', 6],
  ['hundred', 100],
  ['thousand', 1_000],
  ['another|a|an|one|a single|a full|one more|an additional', 1],
])

function countAt(r: Reader, at: number): Count | null {
  // An 18-month period, another two years, a further three.
  const article = longest(ARTICLES, r, at)
  if (article !== null && numberAt(r, article.next) !== null) return countAt(r, article.next)
  const numbers = numbersAt(r, at)
  const fixed = longest(COUNTS, r, at)
  if (numbers !== null && numbers.next >= (fixed?.next ?? 0)) return numbers
  return fixed === null ? null : { most: fixed.value, next: fixed.next, words: wordsFrom(r, at, fixed.next) }
}

const wordsFrom = (r: Reader, at: number, next: number): string =>
  r.tokens
    .slice(at, next)
    .map(({ word }) => word)
    .join(' ')
    .replaceAll(' - ', '-')

const numberAt = (r: Reader, at: number): number | null => {
  const { value, ordinal } = r.tokens[at] ?? {}
  return value === undefined || ordinal === true || Number.isNaN(value) ? null : value
}

/** A number, two of them with the later one counting, or a number and a half. */
function numbersAt(r: Reader, at: number): Count | null {
  const begin = wordAt(r, at) === 'between' ? at + 1 : at
  const first = numberAt(r, begin) ?? (wordAt(r, begin) === 'a' ? 1 : null)
  if (first === null) return null
  const link = wordAt(r, begin + 1)
  const isRange = RANGES.has(link) || (link === 'and' && (begin > at || numberAt(r, begin + 2) !== null))
  // Two-three weeks have lost their hyphen.
  const beside = r.tokens[begin + 1]?.kind === 'word' ? numberAt(r, begin + 1) : null
  const second = isRange ? numberAt(r, begin + 2) : beside
  if (second !== null && (isRange || second > first)) {
    const most = Math.max(first, second)
    return { most, next: begin + (isRange ? 3 : 2), words: String(most) }
  }
  if (numberAt(r, begin) === null) return null
  const half = link === 'and' && wordAt(r, begin + 2) === 'a' && wordAt(r, begin + 3) === 'half'
  if (half) return { most: first + 0.5, next: begin + 4, words: wordsFrom(r, begin, begin + 4) }
  const dozen = wordAt(r, begin + 1) === 'dozen'
  if (dozen) return { most: first * 12, next: begin + 2, words: wordsFrom(r, begin, begin + 2) }
  return { most: first, next: begin + 1, words: wordsFrom(r, begin, begin + 1) }
}
const RANGES = wordSet('to or - through')

const BETWEEN = wordSet(
  'more upcoming coming next further full long short whole calendar additional consecutive remaining following odd business working trading or so of',
)

/** "Next" before the number makes a time of it by itself. */
const AHEAD = phrases(
  'the next|the coming|the following|the upcoming|these next|next|coming|our next',
  'upcoming|this next|this coming',
)
const BEHIND = phrases(
  'the last|the past|the previous|last|past|recent|the preceding|previous|these last|these past|the latest',
)
const OF_SOMETHING = phrases(
  'the first|his first|her first|their first|its first|the opening|the final|the last',
)

/** What is a length and no time: ten years ago, two years old, four weeks in a row. */
const NO_TIME = wordSet('ago old ahead running earlier notice high highs low lows average')
/** It begins with another event, which nobody has dated. */
const AFTER_EVENT = wordSet('after before later following into since past of from until')

const NOW = phrases(
  "' time|time|from now|from today|hence|ahead|away|to come|to go|of now|from here|out|off",
  'period|window|horizon|span|timeframe|time frame|stretch',
  'left|or so|or thereabouts|or less|or more|or fewer|or longer|or sooner|at most|at the most',
)
const SETS_OUT = wordSet("' time from hence ahead away to of out off left")

export type Amount = Read & {
  /** Whether it is a time by itself: the next two years, ten years from now. */
  readonly alone?: boolean
}

/** A number of units: one, some, or as many as the later of two numbers. */
export function readAmount(r: Reader, at: number): Amount | null {
  const past = longest(BEHIND, r, at)
  if (past !== null) return pastAmount(r, past.next)
  const ahead = longest(AHEAD, r, at)
  const first = ahead === null ? longest(OF_SOMETHING, r, at) : null
  const begin = ahead?.next ?? first?.next ?? at
  const the = begin === at && wordAt(r, at) === 'the' ? at + 1 : begin
  const count = countAt(r, the)
  let next = count?.next ?? the
  const isPlain = count === null
  let isAhead = ahead !== null || wordAt(r, the) === 'another'
  while (next < the + 8 && BETWEEN.has(wordAt(r, next)) && (count !== null || wordAt(r, next) !== 'of')) {
    if (/coming|next|following|more/u.test(wordAt(r, next))) isAhead = true
    next++
  }
  const unit = unitOf(r, next)
  if (unit === null) return null
  // By 40 next year: the year is none of them.
  if (count !== null && count.most !== 1 && next > count.next && unitAt(r, next) !== null) return null
  next = unit.next
  // "The year" is one of the calendar; "years" and "the next year" are amounts.
  const isOne = isPlain && !/s$/u.test(wordAt(r, unit.next - 1).replace("'s", ''))
  if (
    isOne &&
    (ahead === null
      ? the === at || !isToCome(r, next)
      : !ROLLING.has(wordAt(r, at)) || wordAt(r, ahead.next - 1) === 'following')
  )
    return null
  if (the > at && begin === at && isPlain && !isAhead && !isToCome(r, next)) return null
  if (first !== null) return isPlain ? null : { kind: 'asks', next, why: OF_WHAT }
  return counted(r, { at, next, count, unit: unit.measure, isAhead })
}
const ROLLING = wordSet('the our')
const isToCome = (r: Reader, at: number): boolean =>
  wordAt(r, at) === 'ahead' || (wordAt(r, at) === 'to' && wordAt(r, at + 1) === 'come')
const OF_WHAT = 'counts from an event that has no day here: when does it end?'

function pastAmount(r: Reader, at: number): Read | null {
  const count = countAt(r, at)
  const unit = unitOf(r, count?.next ?? at)
  if (unit === null || (count === null && unit.measure !== 'unknown' && !unit.measure.several)) return null
  return { kind: 'past', next: unit.next }
}

function unitOf(r: Reader, at: number): { measure: Measure; next: number } | null {
  const word = wordAt(r, at)
  const found = MEASURES.get(word.endsWith("'s") ? word.slice(0, -2) : word)
  return found === undefined ? null : { measure: found, next: at + 1 }
}

type Counted = { at: number; next: number; count: Count | null; unit: Measure; isAhead: boolean }

function counted(r: Reader, { at, count, unit, isAhead, ...found }: Counted): Amount | null {
  const more = tail(r, found.next, count, unit)
  let { next } = more
  const isRank = wordAt(r, next) === 'ahead' && wordAt(r, next + 1) === 'of'
  const now = isRank ? null : longest(NOW, r, next)
  if (!isAhead && NO_TIME.has(wordAt(r, next)) && now === null) return { kind: 'past', next: next + 1 }
  let alone = isAhead
  if (now !== null) {
    const [word, then] = [wordAt(r, next), wordAt(r, now.next)]
    alone ||= SETS_OUT.has(word) || word === 'time'
    next = now.next
    if (word === 'from' && then === 'now' && wordAt(r, next) === 'on') next++
  } else if (!isAhead && AFTER_EVENT.has(wordAt(r, next)))
    return counting(r, next, more.most, unit) ?? afterEvent(r, next, wordAt(r, at - 1))
  const weekday = wordAt(r, next) === 'on' ? counting(r, next, more.most, unit) : null
  if (weekday !== null) return weekday
  if (unit === 'unknown') return { kind: 'asks', next, why: NOT_MEASURED, alone }
  if (more.most === null) return few(r, next, unit, alone)
  const to = plus(r.published, more.most * unit.times, unit.unit)
  return {
    ...{ kind: 'span', grain: 'amount', next, from: r.published, to, dated: true, alone },
    rule: `${wordsFrom(r, at, next)}, counted from publication`,
  }
}
const NOT_MEASURED = 'has no fixed length: until when does the claim run?'

/** "A year and a half", "a year or two", "two years and six months". */
function tail(
  r: Reader,
  next: number,
  count: Count | null,
  unit: Measure,
): { most: number | null; next: number } {
  const most = count === null ? (unit !== 'unknown' && !unit.several ? 1 : null) : count.most
  if (most === null || unit === 'unknown') return { most, next }
  const link = wordAt(r, next)
  if (link === 'and' && wordAt(r, next + 1) === 'a' && wordAt(r, next + 2) === 'half')
    return { most: most + 0.5, next: next + 3 }
  if (link !== 'or' && link !== 'and') return { most, next }
  const number = numberAt(r, next + 1)
  const other = number === null ? null : unitOf(r, next + 2)
  if (number !== null && other !== null && other.measure !== 'unknown') {
    const factor = DAYS[other.measure.unit] ?? 1
    const days = (number * other.measure.times * factor) / (unit.times * (DAYS[unit.unit] ?? 1))
    return { most: link === 'or' ? Math.max(most, days) : most + days, next: other.next }
  }
  if (link === 'or' && number !== null && number > most) return { most: number, next: next + 2 }
  return { most, next }
}
const DAYS: Readonly<Record<string, number>> = {
  ...{ day: 1, week: 7, month: 30.4375, quarter: 91.3125 },
  ...{ half: 182.625, year: 365.25, decade: 3652.5, century: 36525 },
}

function few(r: Reader, next: number, unit: Exclude<Measure, 'unknown'>, alone: boolean): Amount {
  const name = unit.times < 1 ? 'day' : unit.unit
  const [count, measured] = FEW[name] ?? [0, 'day']
  if (count === 0) return { kind: 'asks', next, why: NOT_MEASURED, alone }
  return {
    ...{ kind: 'span', grain: 'amount', next, from: r.published, dated: true, vague: true, alone },
    to: plus(r.published, count, measured),
    rule: `a vague span: read as up to ${count} ${measured}s after publication`,
  }
}

/** "A week on Monday", "two weeks from tomorrow". */
function counting(r: Reader, at: number, most: number | null, unit: Measure): Read | null {
  if (most === null || unit === 'unknown' || (wordAt(r, at) !== 'on' && wordAt(r, at) !== 'from')) return null
  const weekday = weekdayAt(r, at + 1)
  const isTomorrow = wordAt(r, at + 1) === 'tomorrow'
  if (weekday === null && !isTomorrow) return null
  const ahead = weekday === null ? 1 : (weekday.weekday - weekdayOf(r.published) + 7) % 7 || 7
  const to = plus(addDays(r.published, ahead), most * unit.times, unit.unit)
  const next = weekday?.next ?? at + 2
  return { kind: 'span', grain: 'day', next, from: to, to, rule: 'the day named', free: true, dated: true }
}

/** "Two weeks after the vote", "within a month of the vote"; "two years of war" is only a length. */
function afterEvent(r: Reader, at: number, before: string): Amount {
  const word = wordAt(r, at)
  if ((word === 'of' && before !== 'within') || word === 'past') return { kind: 'past', next: at }
  if (word === 'later' && !tellsAhead(r, at + 1) && !closesAt(r, at + 1))
    return { kind: 'past', next: at + 1 }
  if (word === 'since') return { kind: 'past', next: at + 1 }
  return { kind: 'asks', next: clauseEnd(r, at, 5), why: OF_WHAT, alone: word !== 'from' && word !== 'of' }
}
