import type { Problem } from '../core/error.ts'
import type { WordsRequest } from '../core/forecast.ts'
import type { Band } from '../core/probability.ts'
import { ENGLISH } from './english/english.ts'
import { LEXICON_VERSION } from './english/lexicon.ts'
import type { Reading } from './grammar/language.ts'

/** A band is q10, median and q90 of what readers understand, of the event, 0 to 1. */
export type WordsReading = Readonly<Band> & {
  /** The lexicon row the band was read from. */
  readonly key: string
  /** The lexicon's version, kept with the forecast. */
  readonly lexicon: string
  /** Whether a survey measured the row; `false` means assumed. */
  readonly measured: boolean
  /** Set when the event is flatly asserted or denied: then the band is `FLATLY[categorical]`. */
  readonly categorical?: 'yes' | 'no'
  /** The words of the phrase the reading rests on, and where they stand in it. */
  readonly matched: string
  readonly start: number
  readonly end: number
  /** How a rule changed or assumed the reading, in words for the editor. */
  readonly note?: string
}

/** A reading as words of the lexicon, or null where it is a number, asks, or says nothing. */
export function asWords(reading: Reading): WordsReading | null {
  const { kind, low, mid, high, key, measured = false, says, why, words = '', start = 0, end = 0 } = reading
  if (kind !== 'words' && kind !== 'flat') return null
  if (low === undefined || mid === undefined || high === undefined || key === undefined) return null
  return {
    key,
    low,
    mid,
    high,
    lexicon: LEXICON_VERSION,
    measured,
    ...(kind === 'flat' && says !== undefined ? { categorical: says } : {}),
    matched: words,
    ...(why === undefined ? {} : { note: why }),
    start,
    end,
  }
}

/** Reads words of probability that stand alone; null when they are none of the lexicon. */
export const readWords = (words: string): WordsReading | null => asWords(ENGLISH.readWording(words))

const percents = ({ low = 0, high = 1 }: Pick<Reading, 'low' | 'high'>): string =>
  low === high
    ? `${Math.round(low * 1e4) / 100} %`
    : `${Math.round(low * 100)} to ${Math.round(high * 100)} %`

const isNumber = ({ kind }: Reading): boolean => kind === 'number' || kind === 'range'

const stated = ({ low, high }: Reading): string =>
  low === high ? `probability: ${low}` : `probability: {low: ${low}, high: ${high}}`

/** Why words are not said flatly, or null: a number, words of probability or something not understood stands in them. */
export function flatProblem(words: string): string | null {
  const reading = ENGLISH.readWording(words)
  if (reading.kind === 'none' || reading.kind === 'flat' || reading.open !== undefined) return null
  if (isNumber(reading))
    return `does not go with “${reading.words}”, a number that was said: give ${stated(reading)}`
  if (reading.kind === 'asks') return `does not go with these words: ${reading.why}`
  const as = reading.measured ? 'which readers take as' : 'read as'
  return `does not go with “${reading.words}”, ${as} ${percents(reading)}: leave it out, or give only the words that say it flatly`
}

/** Whether a band is the one that the lexicon has for these words. */
export function isAsRead({ words, low, mid, high }: WordsRequest): boolean {
  const reading = readWords(words)
  return reading !== null && reading.low === low && reading.mid === mid && reading.high === high
}

/**
 * What is wrong with words of probability as they are sent, or null: a number among them is that number and no words,
 * words alone are read through the lexicon, and a band beside them is its own, or the editor's with a reason.
 */
export function wordsProblem(request: WordsRequest): Problem | null {
  const { words, low, mid, high, because } = request
  const reading = ENGLISH.readWording(words)
  if (isNumber(reading))
    return {
      pointer: '/words',
      message: `hold a number, “${reading.words}”: give ${stated(reading)} and no words`,
    }
  const numbers = [low, mid, high].filter((value) => value !== undefined).length
  if (numbers === 0) return asWords(reading) === null ? { pointer: '/words', message: unread(reading) } : null
  if (numbers < 3) return { pointer: '', message: 'must have low, mid and high together' }
  return because === undefined && !isAsRead(request)
    ? { pointer: '/because', message: 'is needed: this band is not the one of the lexicon' }
    : null
}

const unread = ({ kind, why }: Reading): string =>
  `are not in the lexicon${kind === 'asks' ? ` (${why})` : ''}: give low, mid, high and because, or categorical "yes" or "no"`
