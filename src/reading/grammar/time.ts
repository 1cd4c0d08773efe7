import { LAST_DAY } from '../../core/calendar.ts'
import type { Day } from './day.ts'
import type { NamedHorizon } from './horizon.ts'
import type { Token } from './token.ts'

/** A time that words name. `next` is the index of the token behind them. */
export type Span = {
  readonly kind: 'span'
  readonly next: number
  readonly from: Day
  readonly to: Day
  /** What the days are, as the rule of a proposal. */
  readonly rule: string
  readonly asks?: string
  readonly vague?: true
  /** It is named by both of its ends: what happens once happens between them. */
  readonly between?: true
}

/** A time that is not a day, or not surely one; `why` goes on after the words. A date is offered where it is known. */
export type Asked = {
  readonly kind: 'asks'
  readonly next: number
  readonly why: string
  readonly date?: Day
  /** The first day on which it can come true, of what is said to come no earlier. */
  readonly from?: Day
  /** It is a time that was named before, or the day before that. */
  readonly refers?: 'then' | 'before then'
}

/** A time that is over, or that measures something else. */
export type Past = { readonly kind: 'past'; readonly next: number }

type Read = Span | Asked | Past

const TOO_LATE = `lies after ${LAST_DAY}, the last day that a deadline can have: which day is meant?`

/** All times of a sentence, in order and without overlaps; `readAt` answers the time that begins at a token. */
export function timesIn(
  sentence: string,
  tokens: readonly Token[],
  published: Day,
  readAt: (at: number) => Read | null,
): NamedHorizon[] {
  const found: NamedHorizon[] = []
  for (let at = 0; at < tokens.length; ) {
    const read = readAt(at)
    if (read !== null && read.kind !== 'past') {
      const [start, end] = [tokens[at]?.start ?? 0, tokens[read.next - 1]?.end ?? sentence.length]
      const named = namedBy(read, { phrase: sentence.slice(start, end), start, end }, published)
      if (named !== null) found.push(named)
    }
    at = Math.max(at + 1, read?.next ?? 0)
  }
  return found
}

type Place = { readonly phrase: string; readonly start: number; readonly end: number }

/** A span that lies wholly before publication is none, and nothing after the last day of the calendar is proposed. */
function namedBy(read: Span | Asked, place: Place, published: Day): NamedHorizon | null {
  const { phrase } = place
  if (read.kind === 'asks') {
    const isDeadline = read.date !== undefined && read.date >= published && read.date <= LAST_DAY
    return {
      kind: 'asks',
      ...place,
      why: `“${phrase}” ${read.why}`,
      ...(isDeadline ? { date: read.date } : {}),
      ...(read.from !== undefined && read.from > published ? { from: read.from } : {}),
      ...(read.refers === undefined ? {} : { refers: read.refers }),
    }
  }
  const { from, to, rule, asks, vague, between } = read
  if (to < published) return null
  if (to > LAST_DAY) return { kind: 'asks', ...place, why: `“${phrase}” ${TOO_LATE}` }
  return {
    kind: 'date',
    ...place,
    from: from < published ? published : from,
    date: to,
    rule,
    ...(vague ? { vague } : {}),
    ...(between ? { between } : {}),
    ...(asks === undefined ? {} : { asks }),
  }
}
