import { addDays } from '../../core/calendar.ts'
import { isSeason } from '../horizon-day.ts'
import { readRunning } from './horizon-deictic.ts'
import {
  NAMES_EVENT,
  readAnything,
  readClause,
  readEvent,
  readUnknown,
  readYearOfEvent,
} from './horizon-event.ts'
import {
  type Asked,
  closesAt,
  longest,
  type Read,
  type Reader,
  type Span,
  table,
  wordAt,
  wordSet,
} from './horizon-reader.ts'
import { deniedBefore, isSuperlative, tellsAhead, tellsPast, toldBefore, WILL } from './horizon-tense.ts'
import { readTime } from './horizon-time.ts'
import { readVague } from './horizon-vague.ts'

type Prefix =
  | 'in'
  | 'for'
  | 'by'
  | 'until'
  | 'before'
  | 'after'
  | 'since'
  | 'early'
  | 'around'
  | 'between'
  | 'from'

const PREFIXES = table<Prefix>([
  [
    'in|on|at|within|inside|inside of|during|over|throughout|through|in under|come|into|across|over the course of',
    'in',
  ],
  [
    'in the course of|in the space of|within the space of|in as little as|as late as|sometime in|some time in',
    'in',
  ],
  ['sometime during|some time during|sometime over|later in|later on in|any time in|before and during', 'in'],
  ['for|for up to|for at least', 'for'],
  [
    'by|no later than|not later than|up to|up until the end of|latest by|by no later than|in time for|due by',
    'by',
  ],
  [
    'by the time of|towards|toward|by or before|on or before|at the latest by|at the latest in|on or by',
    'by',
  ],
  ['until|till|til|up until|up till|right up until|right up to', 'until'],
  [
    'before|prior to|ahead of|in advance of|in the run up to|in the runup to|in the lead up to|any time before',
    'before',
  ],
  [
    'sometime before|some time before|well before|long before|shortly before|just before|right before|even before',
    'before',
  ],
  [
    'after|no earlier than|not earlier than|no sooner than|not before|not until|as of|starting|starting in|past',
    'after',
  ],
  [
    'starting from|starting on|starting with|beginning in|beginning on|beginning from|from and after|following',
    'after',
  ],
  [
    'soon after|shortly after|right after|immediately after|long after|only after|in the wake of|on or after',
    'after',
  ],
  [
    'in the aftermath of|just after|not long after|sometime after|some time after|well after|late of',
    'after',
  ],
  ['since|ever since|as far back as|dating back to|back in', 'since'],
  ['as early as|as soon as', 'early'],
  ['around|circa|about|in or around|in or about|by or around', 'around'],
  ['between|anywhere between|anytime between|somewhere between|any time between|sometime between', 'between'],
  ['from|anywhere from', 'from'],
])

const FILLERS = table<true>([
  [
    'about|around|roughly|approximately|perhaps|maybe|probably|possibly|say|at least|just|only|nearly|almost',
    true,
  ],
  [
    'no more than|not more than|less than|under|fewer than|up to|more than|over|at most|at the most|the very',
    true,
  ],
  [
    'well into|deep into|far into|like|um|uh|you know|as little as|as few as|no less than|not less than|well under|well over|upwards of|likely|presumably',
    true,
  ],
  [
    'sometime|some time|some point in|the course of|the space of|anywhere from|somewhere around|, say ,',
    true,
  ],
])

const FROM_WHEN = 'says from when and not until when: what is the last day that counts?'
const WHICH_END = 'By the beginning or by the end of it? Its end is proposed.'
const EARLIEST = 'It names the earliest time. Until when does the claim run? The end of that is proposed.'

const LOWER = table<true>([
  [
    'at the earliest|or later|or after|or beyond|onwards|onward|and beyond|and after|or thereafter|at the soonest',
    true,
  ],
  ['or even later|if not later|and later|and onwards|and thereafter|earliest', true],
])
const UPPER = table<true>([
  [
    'at the latest|at the very latest|or earlier|or sooner|or before|latest|or so|if not sooner|if not before',
    true,
  ],
  ['at most|if not earlier|or even earlier|or even sooner|inclusive|or thereabouts', true],
])
/** Before the year is out: the end of it. */
const IS_OVER = table<true>([
  [
    'is out|is over|is up|is through|is done|ends|closes|runs out|has ended|are out|are over|are up|have passed',
    true,
  ],
  [
    'has passed|is finished|has run out|expires|comes to an end|draws to a close|comes to a close|goes out',
    true,
  ],
])

/** The time that begins at a place, with the preposition and everything else that belongs to it; null where none does. */
export function readPhrase(r: Reader, at: number): Read | null {
  const vague = readVague(r, at)
  const prefix = longest(PREFIXES, r, at)
  const behind = prefix === null ? null : behindPrefix(r, at, prefix)
  return furthest([vague, behind, readClause(r, at), readYearOfEvent(r, at), free(r, at), lasting(r, at)])
}

function furthest(all: readonly (Read | null)[]): Read | null {
  let best: Read | null = null
  for (const read of all) if (read !== null && read.next > (best?.next ?? 0)) best = read
  return best
}

/** What stands without a preposition: next year, later this month, 20 May 2025. */
function free(r: Reader, at: number): Read | null {
  const time = readTime(r, at, false)
  if (time === null) return null
  if (time.kind === 'past') return time
  if (time.free === true || time.alone === true) {
    if (time.kind !== 'span' || time.dated === true || toldBefore(r, at) === null)
      return bounded(r, joined(r, time, false))
    return { kind: 'past', next: time.next }
  }
  return time.kind === 'span' && standsAlone(r, at, time) ? joined(r, time, false) : null
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

const LASTS = wordSet('last lasts lasting take takes taking need needs require requires')

/** "Will last two years": the claim can fail until then. */
function lasting(r: Reader, at: number): Read | null {
  if (!LASTS.has(wordAt(r, at)) || wordAt(r, at + 1) === 'for') return null
  const begin = filled(r, at + 1)
  const time = readTime(r, begin, false)
  if (time?.kind !== 'span' || time.grain !== 'amount') return null
  return { ...time, asks: 'Counted from publication: does it begin then?' }
}

const filled = (r: Reader, at: number): number => {
  let next = at
  for (let n = 0; n < 3; n++) next = longest(FILLERS, r, next)?.next ?? next
  return next
}

type Found = { next: number; value: Prefix }

function behindPrefix(r: Reader, at: number, { next, value }: Found): Read | null {
  if (value === 'between' || value === 'from') {
    const range = rangeOf(r, next, value)
    if (range !== null) return range
  }
  if (wordAt(r, at) === 'by' && /^elections?$/u.test(wordAt(r, at + 1))) return null
  const begin = filled(r, next)
  const isBound =
    value === 'by' || value === 'until' || value === 'before' || value === 'after' || value === 'early'
  const time = timeOrEvent(r, at, begin, next, value, isBound)
  if (time === null) return null
  if (time.kind === 'past') return { kind: 'past', next: Math.max(time.next, at + 1) }
  if (value === 'since') return { kind: 'past', next: time.next }
  if (isOver(r, at, value, time)) return { kind: 'past', next: time.next }
  if (time.kind === 'asks') return asked(r, value, time)
  return placed(r, at, begin, value, joined(r, time, value !== 'after'))
}

/** Any time, a known event, or what else can stand behind such a word. */
function timeOrEvent(r: Reader, at: number, begin: number, next: number, value: Prefix, isBound: boolean) {
  const time = readTime(r, begin, isBound)
  const by = value === 'by' ? 'by' : isBound && value !== 'early' ? 'any' : 'in'
  const isDuring = wordAt(r, at) === 'during' || wordAt(r, at) === 'throughout'
  const event =
    value === 'for' || value === 'since' || value === 'around'
      ? null
      : readEvent(r, next, isDuring ? 'any' : by)
  const isNamed = wordAt(r, next) === 'the' || isSeason(wordAt(r, next)) || wordAt(r, next).endsWith("'s")
  if (event !== null && (time === null || (isNamed && event.next > time.next))) return event
  // "On 24/7" is a date behind these words alone, "in 24/7" none.
  if (time !== null) return time
  const running = readRunning(r, begin)
  if (running !== null && value !== 'since' && value !== 'from') return runs(r, at, begin, running, value)
  const edge = value === 'in' || value === 'around' ? null : readEdge(r, next)
  if (edge !== null) return edge
  if (value === 'before' || value === 'until' || value === 'after' || wordAt(r, at) === 'during')
    return anything(r, at, next, value)
  if (value === 'since') return { kind: 'past', next } as const
  return value === 'early' || value === 'from' || value === 'between' || value === 'around'
    ? null
    : readUnknown(r, next, value === 'by')
}

const ANYWAY = wordSet('during until till before prior ahead after soon shortly right immediately not no')
function anything(r: Reader, at: number, next: number, value: Prefix): Asked | null {
  return ANYWAY.has(wordAt(r, at)) || value === 'before' ? readAnything(r, next, at) : null
}

const EDGES = table<true>([
  ['the end of|the very end of|the start of|the beginning of|the middle of|the close of|end of', true],
])
/** "By the end of his term": the end of whatever it is. */
function readEdge(r: Reader, at: number): Asked | null {
  const edge = longest(EDGES, r, at)
  if (edge === null || closesAt(r, edge.next)) return null
  const event = readEvent(r, edge.next, 'any')
  return event ?? { kind: 'asks', next: Math.min(edge.next + 3, r.tokens.length), why: NAMES_EVENT }
}

const ROLLING_ASKS: Readonly<Record<string, string>> = { within: 'within', inside: 'inside' }

/** "In the year", "within the year", "before the year is out". */
function runs(r: Reader, at: number, begin: number, running: Span, value: Prefix): Read | null {
  const unit = running.grain
  if (wordAt(r, running.next) === 'of' || wordAt(r, running.next) === 'to') return null
  if (value === 'before') {
    const over = longest(IS_OVER, r, running.next)
    return over === null ? null : { ...running, next: over.next, end: true }
  }
  // "At the week", "on the day" and "by the day" are of something else; "over the years" is of the past.
  if (unit === 'day' || wordAt(r, begin) !== 'the' || wordAt(r, at) === 'at' || wordAt(r, at) === 'on')
    return null
  if (ROLLING_ASKS[wordAt(r, at)] === undefined) return running
  const asks = `Within the calendar ${unit}, or within one ${unit} from now? The latter is proposed.`
  const rolling = readTime({ ...r, tokens: ONE(unit) }, 0, false)
  return rolling?.kind === 'span' ? { ...rolling, next: running.next, asks } : running
}
const ONE = (unit: string) =>
  ['one', unit].map((word, i) => ({
    ...{ word, raw: word, start: i, end: i, kind: 'word' as const },
    ...(i === 0 ? { value: 1 } : {}),
  }))

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
  if (closesAt(r, at - 1) && tellsPast(r, time.next)) return true
  const told = toldBefore(r, at)
  return told === 'past' || (told === 'perfect' && (isAmount || value === 'after'))
}

/** A time that is asked for: with what makes it a lower bound, it is asked for as one. */
function asked(r: Reader, value: Prefix, { kind, next, why, date }: Asked): Asked {
  const lower = longest(LOWER, r, next)
  if (value === 'after' || value === 'from' || lower !== null)
    return { kind, next: lower?.next ?? next, why: why === NAMES_EVENT ? why : FROM_WHEN }
  const before = value === 'before' && date !== undefined && why !== NAMES_EVENT ? addDays(date, -1) : date
  return { kind, next, why, ...(before === undefined ? {} : { date: before }) }
}

/** "This or next", "May or June", "2026 to 2028": up to the later one. */
function joined(r: Reader, time: Span | Asked, isListed: boolean): Span | Asked {
  if (time.kind === 'asks') return time
  const link = wordAt(r, time.next)
  if (!JOINS.has(link)) return time
  const begin =
    wordAt(r, time.next + 1) === 'in' || wordAt(r, time.next + 1) === 'on' ? time.next + 2 : time.next + 1
  const second = link === '-' || isListed || time.free === true ? readTime(r, begin, false) : null
  if (second?.kind !== 'span' || second.to < time.to || second.vague === true) return time
  if (link === 'and' && second.grain !== time.grain) return time
  return { ...time, next: second.next, to: second.to, rule: `the later of two: ${second.rule}` }
}
const JOINS = wordSet('or and to - through')

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
    return isWhole && first?.kind === 'span' ? first : null
  }
  if (value === 'from' && link === 'and') return null
  const begin = filled(
    r,
    wordAt(r, next + 1) === 'the' && wordAt(r, next + 2) === 'end' ? next + 1 : next + 1,
  )
  const second = readTime(r, begin, true)
  if (second === null) return readEvent(r, next + 1, 'any')
  if (second.kind !== 'span') return second
  const from = first?.kind === 'span' ? first.from : r.published
  return { ...second, from: from > second.to ? second.to : from, rule: 'the end of the span named' }
}
const UNTILS = wordSet('to until till through')

/** "At the latest" and "or later" behind a time without a preposition. */
function bounded(r: Reader, time: Span | Asked): Read {
  const lower = longest(LOWER, r, time.next)
  if (lower !== null) return { kind: 'asks', next: lower.next, why: FROM_WHEN }
  return { ...time, next: longest(UPPER, r, time.next)?.next ?? time.next }
}

function placed(r: Reader, at: number, begin: number, value: Prefix, read: Span | Asked): Read | null {
  if (read.kind === 'asks') return read
  const lower = longest(LOWER, r, read.next)
  const on = value === 'from' && wordAt(r, read.next) === 'on' ? read.next + 1 : null
  if (lower !== null || value === 'after' || value === 'from')
    return { kind: 'asks', next: lower?.next ?? on ?? read.next, why: FROM_WHEN }
  const time = { ...read, next: longest(UPPER, r, read.next)?.next ?? read.next }
  switch (value) {
    case 'before':
      return before(r, begin, time)
    case 'until':
      return until(r, at, begin, time)
    case 'by':
      return upTo(r, time)
    case 'early':
      return { ...time, asks: time.asks ?? EARLIEST }
    case 'around':
      return time.dated === true && time.grain !== 'amount' ? { ...time, vague: true } : null
    default:
      return time
  }
}

const fromNow = (r: Reader, time: Span): Span => ({ ...time, from: r.published })

function upTo(r: Reader, time: Span): Span {
  if (
    time.grain === 'decade' &&
    time.from > r.published &&
    time.end !== true &&
    time.rule.startsWith('the decade')
  )
    return { ...fromNow(r, time), to: addDays(time.from, -1), rule: 'the day before the decade begins' }
  const isOpen =
    (time.grain === 'year' || time.grain === 'decade') && time.from > r.published && time.end !== true
  return { ...fromNow(r, time), ...(isOpen && time.asks === undefined ? { asks: WHICH_END } : {}) }
}

/** The day before it begins; of what is running, before the next one does. */
function before(r: Reader, begin: number, time: Span): Read {
  const over = longest(IS_OVER, r, time.next)
  if (over !== null) return { ...fromNow(r, time), next: over.next }
  if (time.end === true) return fromNow(r, time)
  if (time.grain === 'amount') return { kind: 'asks', next: time.next, why: FROM_WHEN }
  const isRunning = time.from <= r.published && time.dated !== true && time.to > r.published
  const again = isRunning ? readTime({ ...r, published: addDays(time.to, 1) }, begin, true) : null
  const from = again?.kind === 'span' ? again.from : time.from
  const what = time.grain === 'day' ? 'it' : `that ${time.grain} begins`
  return { ...fromNow(r, time), to: addDays(from, -1), rule: `the day before ${what}` }
}

/** A denial can fail up to the day before; what lasts until then is read up to the end of it. */
function until(r: Reader, at: number, begin: number, time: Span): Read {
  const isCleft = wordAt(r, at - 1) === 'be' && deniedBefore(r, at)
  if (isCleft) return { kind: 'asks', next: time.next, why: FROM_WHEN }
  if (deniedBefore(r, at)) return before(r, begin, time)
  const isOpen = time.grain !== 'day' && time.grain !== 'amount' && time.end !== true
  return { ...fromNow(r, time), ...(isOpen && time.asks === undefined ? { asks: WHICH_END } : {}) }
}
