import { addDays } from '../../../core/calendar.ts'
import { NAMES_EVENT } from './event.ts'
import { IS_OVER, LOWER, type Prefix, UPPER } from './prefix.ts'
import { type Asked, longest, type Read, type Reader, type Span, wordAt } from './reader.ts'
import { deniedBefore } from './tense.ts'
import { readTime } from './time.ts'

const FROM_WHEN = 'says from when and not until when: what is the last day that counts?'
const WHICH_END = 'By the beginning or by the end of it? Its end is proposed.'
const EARLIEST = 'It names the earliest time. Until when does the claim run? The end of that is proposed.'

/** Of these the time behind is the first on which it can be: "no earlier than", "not before". */
const EARLIEST_BY = /^(?:noearlier|notearlier|nosooner|notbefore|notuntil)$/u

/** The first day of a time that is a lower bound. */
const begins = (time: Span | Asked): { from?: string } => (time.kind === 'span' ? { from: time.from } : {})

/** Where a phrase stands: its first token, and the first one of its time. */
type Place = { readonly at: number; readonly begin: number }

/** A time that is asked for; as a lower bound it is asked for as one. */
export function asked(r: Reader, value: Prefix, { kind, next, why, date }: Asked): Asked {
  const lower = longest(LOWER, r, next)
  if (value === 'after' || value === 'from' || lower !== null)
    return { kind, next: lower?.next ?? next, why: why === NAMES_EVENT ? why : FROM_WHEN }
  const last = value === 'before' && date !== undefined && why !== NAMES_EVENT ? addDays(date, -1) : date
  return { kind, next, why, ...(last === undefined ? {} : { date: last }) }
}

/** "At the latest" and "or later" behind a time without a preposition. */
export function bounded(r: Reader, time: Span | Asked): Read {
  const lower = longest(LOWER, r, time.next)
  if (lower !== null) return { kind: 'asks', next: lower.next, why: FROM_WHEN, ...begins(time) }
  return { ...time, next: longest(UPPER, r, time.next)?.next ?? time.next }
}

/** The last day on which a claim with that preposition can still come true or fail. */
export function placed(r: Reader, place: Place, value: Prefix, read: Span): Read | null {
  const lower = longest(LOWER, r, read.next)
  if (lower !== null || value === 'after' || value === 'from') {
    const on = value === 'from' && wordAt(r, read.next) === 'on' ? read.next + 1 : read.next
    const earliest = lower !== null || EARLIEST_BY.test(wordAt(r, place.at) + wordAt(r, place.at + 1))
    return { kind: 'asks', next: lower?.next ?? on, why: FROM_WHEN, ...(earliest ? begins(read) : {}) }
  }
  const time = { ...read, next: longest(UPPER, r, read.next)?.next ?? read.next }
  if (value === 'before') return before(r, place, time)
  if (value === 'until') return until(r, place, time)
  if (value === 'by') return upTo(r, time)
  if (value === 'early') return { ...time, asks: time.asks ?? EARLIEST }
  if (value !== 'around') return time
  return time.dated === true && time.grain !== 'amount' ? { ...time, vague: true } : null
}

const fromNow = (r: Reader, time: Span): Span => ({ ...time, from: r.published })

const asking = (time: Span, isOpen: boolean): Span =>
  isOpen && time.asks === undefined && time.end !== true ? { ...time, asks: WHICH_END } : time

function upTo(r: Reader, time: Span): Span {
  const isAhead = time.from > r.published && time.end !== true
  if (isAhead && time.grain === 'decade' && time.named === true)
    return { ...fromNow(r, time), to: addDays(time.from, -1), rule: 'the day before the decade begins' }
  const isWhole = time.from.endsWith('-01-01') && time.to.endsWith('-12-31')
  return asking(fromNow(r, time), isAhead && isWhole)
}

/** The day before it begins; of what is running, before the next one does. */
function before(r: Reader, { begin }: Place, time: Span): Read {
  const over = longest(IS_OVER, r, time.next)
  if (over !== null) return { ...fromNow(r, time), next: over.next }
  if (time.end === true) return fromNow(r, time)
  if (time.grain === 'amount') return { kind: 'asks', next: time.next, why: FROM_WHEN }
  const isRunning = time.from <= r.published && time.dated !== true && time.to > r.published
  const again = isRunning ? readTime({ ...r, published: addDays(time.to, 1) }, begin, true) : null
  const from = again?.kind === 'span' ? again.from : time.from
  const what = time.grain === 'day' ? 'that' : `that ${time.grain} begins`
  return { ...fromNow(r, time), to: addDays(from, -1), rule: `the day before ${what}` }
}

/** A denial can fail up to the day before; what lasts until then is read up to the end of it. */
function until(r: Reader, place: Place, time: Span): Read {
  const isDenied = deniedBefore(r, place.at)
  // "It will not be until 2027 that he goes" says that he goes.
  if (isDenied && wordAt(r, place.at - 1) === 'be') return { kind: 'asks', next: time.next, why: FROM_WHEN }
  if (isDenied) return before(r, place, time)
  return asking(fromNow(r, time), time.grain !== 'day' && time.grain !== 'amount')
}
