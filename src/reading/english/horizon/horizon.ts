import { LAST_DAY } from '../../../core/calendar.ts'
import { tokensOf } from '../words/token.ts'
import { countryIn } from './country.ts'
import type { Day } from './day.ts'
import { readPhrase } from './phrase.ts'
import type { Read, Reader } from './reader.ts'

/**
 * What words say about when. `date` is the last day on which the claim can still come true or fail; `asks` beside it
 * is a question to the editor, and `vague` says that the span is the house's. Where the words settle no day, `why`
 * asks for it, with a day where one can be offered. `start` and `end` are places in the text that the words stand in:
 * the sentence, or what `where` names.
 */
export type Horizon =
  | {
      readonly kind: 'date'
      readonly phrase: string
      readonly start: number
      readonly end: number
      readonly from: Day | null
      readonly date: Day
      readonly rule: string
      readonly vague?: true
      readonly asks?: string
      readonly where?: 'before' | 'question'
    }
  | {
      readonly kind: 'asks'
      readonly phrase: string
      readonly start: number
      readonly end: number
      readonly why: string
      readonly date?: Day
      readonly where?: 'before' | 'question'
    }
  | { readonly kind: 'none' }

export type NamedHorizon = Exclude<Horizon, { kind: 'none' }>

/** Where a source is from: an ISO 3166 code, or the region of its language tag. */
export type HorizonContext = { readonly country?: string; readonly language?: string }

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

export type SentenceInTurn = {
  readonly sentence: string
  /** The sentence before it in the same turn. */
  readonly before?: string | undefined
  /** The question that it answers. */
  readonly question?: string | undefined
}

const BESIDE = {
  question: 'It stands in the question: does it hold for the answer?',
  before: 'It stands in the sentence before: does it hold here, too?',
}

/**
 * The horizon of a sentence: a date before a question for one, and what is not vague before what is. Where it names
 * no time, that of the question or of the sentence before is taken, and asked about; none only where none has any.
 */
export function readHorizon(
  { sentence, before, question }: SentenceInTurn,
  published: Day,
  context: HorizonContext = {},
): Horizon {
  const own = chosen(horizonsIn(sentence, published, context))
  if (own !== null) return own
  for (const [where, text] of [
    ['question', question],
    ['before', before],
  ] as const) {
    const found = text === undefined ? null : chosen(horizonsIn(text, published, context))
    if (found === null) continue
    if (found.kind === 'asks') return { ...found, where }
    return { ...found, where, asks: found.asks ?? BESIDE[where] }
  }
  return { kind: 'none' }
}

const ALSO = 'The sentence names another time, too: '

function chosen(all: readonly NamedHorizon[]): NamedHorizon | null {
  const dates = all.flatMap((horizon) => (horizon.kind === 'date' ? [horizon] : []))
  const [first] = [...dates.filter(({ vague }) => !vague), ...dates]
  if (first === undefined) return all.find(({ kind, ...rest }) => 'date' in rest) ?? all[0] ?? null
  const other = dates.find(({ date, vague }) => date !== first.date && !vague)
  return other === undefined || first.asks !== undefined
    ? first
    : { ...first, asks: `${ALSO}“${other.phrase}”. Which one does it stand by?` }
}
