import {
  type Day,
  dayOn,
  isSeason,
  monthOf,
  type Part,
  partOf,
  plus,
  type Unit,
  unitSpan,
  yearOf,
} from '../../grammar/day.ts'
import { asked, bounded, placed } from './bound.ts'
import { type Running, readRunning } from './deictic.ts'
import {
  NAMES_EVENT,
  readAnything,
  readClause,
  readEvent,
  readUnder,
  readUnknown,
  readYearOfEvent,
} from './event.ts'
import { filled, IS_OVER, PREFIXES, type Prefix, setsBound } from './prefix.ts'
import {
  type Asked,
  closesAt,
  longest,
  phrases,
  type Read,
  type Reader,
  type Span,
  table,
  wordAt,
  wordSet,
} from './reader.ts'
import { isFronted, isSuperlative, tellsAhead, tellsPast, toldBefore, WILL } from './tense.ts'
import { readTime } from './time.ts'
import { readVague } from './vague.ts'
import { yearAt } from './year.ts'

/** The time that begins at a place, with the preposition and everything else that belongs to it; null where none does. */
export function readPhrase(r: Reader, at: number): Read | null {
  const vague = readVague(r, at)
  const prefix = longest(PREFIXES, r, at)
  const behind = prefix === null ? null : behindPrefix(r, at, prefix)
  return furthest([
    vague,
    behind,
    readClause(r, at),
    readYearOfEvent(r, at),
    readUnder(r, at),
    free(r, at),
    lasting(r, at),
  ])
}

function furthest(all: readonly (Read | null)[]): Read | null {
  let best: Read | null = null
  for (const read of all) if (read !== null && read.next > (best?.next ?? 0)) best = read
  return best
}

/** What stands without a preposition: next year, later this month, 20 May 2025. */
function free(r: Reader, at: number): Read | null {
  const time = readTime(r, at, false)
  if (time === null) return subject(r, at, readRunning(r, at))
  if (time.kind === 'past') return time
  // "Cars will drive themselves (2025)."
  const isNoted = wordAt(r, at - 1) === '(' && wordAt(r, time.next) === ')'
  if (isNoted && time.kind === 'span') return time
  if (time.free === true || time.alone === true) {
    if (time.kind === 'asks') return bounded(r, time)
    if (time.dated === true || toldBefore(r, at) === null) return bounded(r, joined(r, time, false))
    return { kind: 'past', next: time.next }
  }
  if (time.kind !== 'span') return null
  return standsAlone(r, at, time) ? joined(r, time, false) : subject(r, at, time)
}

/** "2025 will be a bad year": the period of which something is said. A month may be somebody's name. */
function subject(r: Reader, at: number, time: Span | null): Read | null {
  if (time === null || time.grain === 'day' || !closesAt(r, at - 1)) return null
  if (!WILL.has(wordAt(r, time.next))) return null
  return time.grain !== 'month' || wordAt(r, time.next + 1) === 'be' ? time : null
}

/** "Friday" and "today" after a word of what will be. */
function standsAlone(r: Reader, at: number, time: Span): boolean {
  if (time.grain !== 'day' || time.end === true || /^the\b/u.test(wordAt(r, at))) return false
  const possessive = wordAt(r, time.next - 1).endsWith("'s")
  if (!possessive && !closesAt(r, time.next) && !LINKS.has(wordAt(r, time.next))) return false
  if (possessive) return wordAt(r, at) !== "today's" && tellsAhead(r, time.next)
  for (let i = at - 1; i >= Math.max(0, at - 10) && !closesAt(r, i); i--)
    if (WILL.has(wordAt(r, i))) return true
  return false
}
const LINKS = wordSet('and or but if when because at in unless after before as')

const LASTS = wordSet('last lasts lasting take takes taking need needs require requires survive survives')
const GIVES = phrases('give it|gives it|give him|give her|give them|gives him|gives her|gives them|see out')

/** "Will last two years", "won't survive the winter", "I give it six months": the claim can fail until then. */
function lasting(r: Reader, at: number): Read | null {
  const next = LASTS.has(wordAt(r, at)) ? at + 1 : longest(GIVES, r, at)?.next
  if (next === undefined || wordAt(r, next) === 'for') return null
  const begin = filled(r, next)
  const time = readTime(r, begin, false)
  const isLength =
    time !== null && (time.kind === 'asks' || (time.kind === 'span' && time.grain === 'amount'))
  if (isLength) return time.kind === 'asks' ? time : { ...time, asks: FROM_NOW }
  // Only what lasts: who takes the week off is back on Monday.
  if (wordAt(r, at).startsWith('take') || wordAt(r, begin) !== 'the') return null
  const running = readRunning(r, begin)
  return running ?? (time?.kind === 'span' && time.grain !== 'day' ? time : null)
}
const FROM_NOW = 'Counted from publication: does it begin then?'

type Found = { next: number; value: Prefix }

function behindPrefix(r: Reader, at: number, { next, value }: Found): Read | null {
  if (value === 'between' || value === 'from') {
    const range = rangeOf(r, next, value)
    if (range !== null) return range
  }
  if (wordAt(r, at) === 'by' && /^elections?$/u.test(wordAt(r, at + 1))) return null
  const begin = filled(r, next)
  const time = timeOrEvent(r, { at, next, begin }, value)
  if (time === null) return null
  if (time.kind === 'past') return { kind: 'past', next: Math.max(time.next, at + 1) }
  if (value === 'since') return { kind: 'past', next: time.next }
  if (isOver(r, at, value, time)) return { kind: 'past', next: time.next }
  if (time.kind === 'asks') return asked(r, value, time)
  return placed(r, { at, begin }, value, joined(r, time, value !== 'after'))
}

const DURING = wordSet('during throughout within')

/** The preposition, the word behind it, and the time, between which there may be others. */
type Behind = { readonly at: number; readonly next: number; readonly begin: number }

/** Any time, a known event, or what else can stand behind such a word. */
function timeOrEvent(r: Reader, { at, next, begin }: Behind, value: Prefix) {
  const isBound = setsBound(value)
  const time = readTime(r, begin, isBound)
  const by = value === 'by' ? 'by' : isBound && value !== 'early' ? 'any' : 'in'
  const isDuring = DURING.has(wordAt(r, at))
  const isAt = wordAt(r, at) === 'at' && wordAt(r, next) === 'the'
  const event =
    value === 'for' || value === 'since' || value === 'around'
      ? null
      : readEvent(r, next, isDuring || isAt ? 'any' : by)
  const isNamed = wordAt(r, next) === 'the' || isSeason(wordAt(r, next)) || wordAt(r, next).endsWith("'s")
  if (event !== null && (time === null || (isNamed && event.next > time.next))) return event
  // "On 24/7" is a date behind these words alone, "in 24/7" none.
  if (time !== null) return time
  const running = readRunning(r, begin)
  if (running !== null && value !== 'since' && value !== 'from') return runs(r, { at, begin }, running, value)
  const edge = value === 'around' ? null : readEdge(r, next, value === 'in')
  if (edge !== null) return edge
  if (value === 'before' || value === 'until' || value === 'after' || wordAt(r, at) === 'during')
    return anything(r, at, next, value)
  if (value === 'since') return { kind: 'past', next } as const
  return value === 'early' || value === 'from' || value === 'between' || value === 'around'
    ? null
    : readUnknown(r, next, value === 'by')
}

const ANYWAY = wordSet('during until till before prior ahead after soon shortly right immediately not no')
function anything(r: Reader, at: number, next: number, value: Prefix): Read | null {
  return ANYWAY.has(wordAt(r, at)) || value === 'before' ? readAnything(r, next, at) : null
}

const EDGES = phrases(
  'the end of|the very end of|the start of|the beginning of|the middle of|the close of|end of',
)
/** "By the end of his term": the end of whatever it is. */
function readEdge(r: Reader, at: number, isKnown: boolean): Asked | null {
  const edge = longest(EDGES, r, at)
  if (edge === null || closesAt(r, edge.next)) return null
  const event = readEvent(r, edge.next, 'any')
  if (event !== null || isKnown) return event
  return { kind: 'asks', next: Math.min(edge.next + 3, r.tokens.length), why: NAMES_EVENT }
}

/** "In the year", "within the year", "before the year is out". */
function runs(r: Reader, { at, begin }: Omit<Behind, 'next'>, running: Running, value: Prefix): Read | null {
  const unit = running.grain
  // In the decade 2140-2150.
  if (yearAt(r, running.next) !== null) return readTime(r, running.next, false)
  if (wordAt(r, running.next) === 'of' || wordAt(r, running.next) === 'to') return null
  if (value === 'before') {
    const over = longest(IS_OVER, r, running.next)
    return over === null ? null : { ...running, next: over.next, end: true }
  }
  // "At the week", "on the day" and "by the day" are of something else; "over the years" is of the past.
  if (unit === 'day' || wordAt(r, begin) !== 'the' || wordAt(r, at) === 'at' || wordAt(r, at) === 'on')
    return null
  if (!WITHIN.has(wordAt(r, at))) return running
  const asks = `Within the calendar ${unit}, or within one ${unit} from now? The latter is proposed.`
  const to = plus(r.published, 1, unit)
  return { ...running, to, rule: `one ${unit} after publication`, asks }
}
const WITHIN = wordSet('within inside')

/** Whether it is a time of what is told: "said on Monday", "resigned after the vote", "the worst in ten years". */
function isOver(r: Reader, at: number, value: Prefix, time: Span | (Asked & { alone?: boolean })): boolean {
  const alone = (time as { alone?: boolean }).alone === true
  const isAmount = time.kind === 'span' && time.grain === 'amount'
  // Extended by six months: a measure.
  if (value === 'by') return isAmount && !alone && time.vague !== true
  if (value === 'early') return false
  if (value === 'until') return toldBefore(r, at) === 'past'
  if (isAmount && !alone && isSuperlative(r, at)) return true
  if (time.kind === 'span' && time.dated === true && (!isAmount || alone)) return false
  if (isFronted(r, at) && tellsPast(r, time.next)) return true
  const told = toldBefore(r, at)
  return told === 'past' || (told === 'perfect' && (isAmount || value === 'after'))
}

/** "This or next", "May or June", "2026 to 2028": up to the later one. */
function joined(r: Reader, time: Span, isListed: boolean): Span {
  const link = wordAt(r, time.next)
  // May-June and Q2-Q3 have lost their hyphen.
  const isPair = PAIRED.has(time.grain) && readTime(r, time.next, false)
  if (isPair && isPair.kind === 'span' && isPair.grain === time.grain && isPair.to > time.to)
    return {
      ...time,
      next: isPair.next,
      to: isPair.to,
      rule: `the later of two: ${isPair.rule}`,
      between: true,
    }
  if (!JOINS.has(link)) return time
  const next = orNext(r, time)
  if (next !== null) return next
  const begin =
    wordAt(r, time.next + 1) === 'in' || wordAt(r, time.next + 1) === 'on' ? time.next + 2 : time.next + 1
  const second = link === '-' || isListed || time.free === true ? readTime(r, begin, false) : null
  if (second?.kind !== 'span' || second.to < time.to || second.vague === true) return time
  if (link === 'and' && second.grain !== time.grain) return time
  const whole = {
    ...time,
    from: inYearOf(time, second),
    next: second.next,
    to: second.to,
    rule: `the later of two: ${second.rule}`,
  }
  return BETWEEN.has(link) ? { ...whole, between: true } : whole
}
const BETWEEN = wordSet('or - /')
/** "Late this year or early next". */
function orNext(r: Reader, time: Span): Span | null {
  const part = longest(EARLY, r, time.next + 1)
  const at = part?.next ?? time.next + 1
  const unit = UNITS.get(time.grain)
  if (unit === undefined || wordAt(r, at) !== 'next' || r.tokens[at + 1]?.kind === 'word') return null
  const { to } = partOf(unitSpan(r.published, unit, 1), part?.value ?? 'all')
  return { ...time, next: at + 1, to, rule: `the next ${unit}, the later of two`, between: true }
}
const EARLY = table<Part>([
  ['early', 'early'],
  ['mid', 'mid'],
  ['late', 'late'],
])
const UNITS: ReadonlyMap<string, Unit> = new Map(
  (['week', 'month', 'quarter', 'year'] as const).map((unit) => [unit, unit]),
)

const JOINS = wordSet('or and to - / through')
const PAIRED = wordSet('month quarter season')

/** Between and from: two bounds. */
function rangeOf(r: Reader, at: number, value: 'between' | 'from'): Read | null {
  const isNow = wordAt(r, at) === 'now' || wordAt(r, at) === 'today'
  const first = isNow ? null : readTime(r, filled(r, at), false)
  // "Between three and five years" and "between 3 and 9 May" are one time each.
  const next = isNow ? at + 1 : first?.next
  if (next === undefined) return null
  const link = wordAt(r, next)
  if (link !== 'and' && !(value === 'from' && UNTILS.has(link)) && link !== '-') {
    const isWhole =
      value === 'between' || r.tokens.slice(at, next).some(({ word }) => UNTILS.has(word) || word === '-')
    return isWhole && first?.kind === 'span' ? { ...first, ...(value === 'between' ? BOTH : {}) } : null
  }
  if (value === 'from' && link === 'and') return null
  const second = readTime(r, filled(r, next + 1), true)
  if (second === null) return readEvent(r, next + 1, 'any')
  if (second.kind !== 'span') return second
  const from = first?.kind === 'span' ? inYearOf(first, second) : r.published
  return {
    ...second,
    from: from > second.to ? second.to : from,
    rule: 'the end of the span named',
    ...(value === 'between' && !isNow ? BOTH : {}),
  }
}
/** "September to November 2025": the year stands behind the second. */
function inYearOf(first: Span, { from, to, dated }: Span): Day {
  if (first.dated === true || dated !== true || first.grain === 'amount' || first.from >= from)
    return first.from
  const years = [yearOf(to), yearOf(to) - 1]
  const days = years.map((year) => dayOn(year, monthOf(first.from), Number(first.from.slice(8))))
  return days.find((day) => day !== null && day <= to) ?? first.from
}

const BOTH = { between: true } as const
const UNTILS = wordSet('to until till through')
