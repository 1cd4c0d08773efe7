import { LAST_DAY } from '../../../core/calendar.ts'
import type { Day } from '../../grammar/day.ts'
import {
  type Horizon,
  type HorizonContext,
  type NamedHorizon,
  nearestHorizon,
  type SentenceInTurn,
} from '../../grammar/horizon.ts'
import { tokensOf } from '../words/token.ts'
import { countryIn } from './country.ts'
import { readPhrase } from './phrase.ts'
import type { Read, Reader } from './reader.ts'

const TOO_LATE = `lies after ${LAST_DAY}, the last day that a deadline can have: which day is meant?`

const regionOf = (language: string | undefined): string | undefined =>
  /-([A-Z]{2})\b/iu.exec(language ?? '')?.[1]

/**
 * All times that a sentence names, in order and without overlaps, reckoned from the latest day of publication.
 * Times of the past are none.
 */
export function horizonsIn(
  sentence: string,
  published: Day,
  { country, language }: HorizonContext = {},
): readonly NamedHorizon[] {
  const from = (country ?? regionOf(language))?.toUpperCase() ?? null
  const key = `${published} ${from} ${sentence}`
  const known = recent.get(key)
  if (known !== undefined) return known
  const found = everyTime(sentence, published, from)
  if (recent.size >= MOST_RECENT) recent.clear()
  if (sentence.length <= LONGEST_KEPT) recent.set(key, found)
  return found
}

// A sentence is read for its own sake, and again as the one before the next.
const recent = new Map<string, readonly NamedHorizon[]>()
const MOST_RECENT = 8
const LONGEST_KEPT = 2_000

function everyTime(sentence: string, published: Day, source: string | null): NamedHorizon[] {
  const tokens = tokensOf(sentence)
  const named = countryIn(tokens)
  const country = named ?? source
  const reader: Reader = { tokens, published, country, named: named !== null }
  const found: NamedHorizon[] = []
  for (let at = 0; at < tokens.length; ) {
    const read = readPhrase(reader, at)
    if (read !== null && read.kind !== 'past') {
      const [start, end] = [tokens[at]?.start ?? 0, tokens[read.next - 1]?.end ?? sentence.length]
      const horizon = horizonOf(read, sentence.slice(start, end), published, start, end)
      if (horizon !== null) found.push(horizon)
    }
    at = Math.max(at + 1, read?.next ?? 0)
  }
  return found
}

function horizonOf(
  read: Exclude<Read, { kind: 'past' }>,
  phrase: string,
  published: Day,
  start: number,
  end: number,
): NamedHorizon | null {
  const place = { phrase, start, end }
  if (read.kind === 'asks') {
    const date = read.date !== undefined && isDeadline(read.date, published) ? { date: read.date } : {}
    return { kind: 'asks', ...place, why: `“${phrase}” ${read.why}`, ...date }
  }
  const { from, to, rule, asks, vague } = read
  if (to < published) return null
  if (to > LAST_DAY) return { kind: 'asks', ...place, why: `“${phrase}” ${TOO_LATE}` }
  return {
    kind: 'date',
    ...place,
    from: from < published ? published : from,
    date: to,
    rule,
    ...(vague ? { vague } : {}),
    ...(asks === undefined ? {} : { asks }),
  }
}

const isDeadline = (day: Day, published: Day): boolean => day >= published && day <= LAST_DAY

/** The horizon of a sentence with what stands beside it. */
export const readHorizon = (said: SentenceInTurn, published: Day, context?: HorizonContext): Horizon =>
  nearestHorizon(horizonsIn, said, published, context)
