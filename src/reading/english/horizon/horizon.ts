import type { Day } from '../../grammar/day.ts'
import {
  type Horizon,
  type HorizonContext,
  type NamedHorizon,
  nearestHorizon,
  type SentenceInTurn,
} from '../../grammar/horizon.ts'
import { timesIn } from '../../grammar/time.ts'
import { tokensOf } from '../words/token.ts'
import { countryIn } from './country.ts'
import { readPhrase } from './horizon-words.ts'
import type { Reader } from './reader.ts'

const regionOf = (language: string | undefined): string | undefined =>
  /-([A-Z]{2})\b/iu.exec(language ?? '')?.[1]

/**
 * All times that a sentence names, in order and without overlaps, reckoned from the latest day of publication.
 * Times of the past are none.
 */
export function horizonsIn(
  sentence: string,
  published: Day,
  { country, language, about }: HorizonContext = {},
): readonly NamedHorizon[] {
  const from = (country ?? regionOf(language))?.toUpperCase() ?? null
  const key = `${published} ${from} ${about} ${sentence}`
  const known = recent.get(key)
  if (known !== undefined) return known
  const found = everyTime(sentence, published, from, about ?? null)
  if (recent.size >= MOST_RECENT) recent.clear()
  if (sentence.length <= LONGEST_KEPT) recent.set(key, found)
  return found
}

// A sentence is read for its own sake, and again as the one before the next.
const recent = new Map<string, readonly NamedHorizon[]>()
const MOST_RECENT = 8
const LONGEST_KEPT = 2_000

function everyTime(
  sentence: string,
  published: Day,
  source: string | null,
  about: string | null,
): NamedHorizon[] {
  const tokens = tokensOf(sentence)
  const named = countryIn(tokens)
  const country = named ?? source
  const reader: Reader = {
    tokens,
    published,
    country,
    named: named !== null,
    whose: named ?? about ?? source,
  }
  return timesIn(sentence, tokens, published, (at) => readPhrase(reader, at))
}

/** The horizon of a sentence with what stands beside it. */
export const readHorizon = (said: SentenceInTurn, published: Day, context?: HorizonContext): Horizon =>
  nearestHorizon(horizonsIn, said, published, context)
