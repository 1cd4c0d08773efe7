import type { Problem } from '../core/error.ts'
import type { WordsRequest } from '../core/forecast.ts'
import { phraseKey } from '../core/lexicon.ts'
import type { Band } from '../core/probability.ts'
import { LEXICON_VERSION } from './english/lexicon.ts'
import type { Reading } from './grammar/language.ts'
import { mirrored, widened } from './grammar/mirrored.ts'
import { languageName, languageOf, rulesOf } from './languages.ts'
import { ownLexicon, type ReadingContext, throughOwn } from './own-lexicon.ts'

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
    lexicon: reading.lexicon ?? LEXICON_VERSION,
    measured,
    ...(kind === 'flat' && says !== undefined ? { categorical: says } : {}),
    matched: words,
    ...(why === undefined ? {} : { note: why }),
    start,
    end,
  }
}

/** The language that is told, where it is written in the script of the words; else the one that they are in. */
function languageOfWords(words: string, { language }: ReadingContext): string {
  const isLatin = /\p{Script=Latin}/u.test(words) || !/\p{L}/u.test(words)
  if (language !== undefined && language !== '' && (isLatin || rulesOf(language)?.tag !== 'en'))
    return language
  return isLatin ? 'en' : languageOf(words).tag
}

/**
 * Words of probability that stand alone, read in their own language: nothing of another is. Where no survey measured
 * that language they ask, and what the ledger measured itself answers.
 */
export function readWording(words: string, context: ReadingContext = {}): Reading {
  const tag = languageOfWords(words, context)
  const rules = rulesOf(tag)
  const reading: Reading = rules === null ? numberIn(words) : rules.readWording(words)
  if (rules?.measured === true) return reading
  const isOpen = reading.kind === 'none' || (reading.kind === 'asks' && reading.unmeasured === undefined)
  const asked: Reading =
    isOpen && reading.open === undefined
      ? { kind: 'asks', why: reading.why ?? unmeasuredIn(words, tag), words, unmeasured: phraseKey(words) }
      : reading
  const lexicon = ownLexicon(tag, context)
  const own = throughOwn(asked, lexicon)
  if (own.kind !== 'asks' || reading.denied === true) return own
  // A phrase may have been measured whole that the rules take apart.
  const whole = throughOwn({ ...own, unmeasured: phraseKey(words) }, lexicon)
  return whole.kind === 'words' ? whole : own
}

/**
 * The version that words were read through where it is a ledger's own, and no lexicon that this one has now: an earlier
 * one of it, or one of another ledger, of which files say only the band.
 */
export function measuredIn(
  request: WordsRequest,
  context: ReadingContext = {},
): 'before' | 'elsewhere' | null {
  const { words, low, mid, high, lexicon = '' } = request
  if (!lexicon.startsWith('own-') || isMeasuredLanguage(words, context)) return null
  const held = context.own?.find(({ version }) => version === lexicon)
  if (held === undefined) return 'elsewhere'
  const isBand = (band: Readonly<Band>) => band.low === low && band.mid === mid && band.high === high
  return held.rows.some((row) => isBand(row) || isBand(widened(mirrored(row)))) ? 'before' : null
}

const unmeasuredIn = (words: string, tag: string): string =>
  `“${words}” is not measured in ${languageName(tag)}: give a band with a reason`

const PERCENT = /(\d{1,3}(?:[.,]\d+)?)\s*[%٪％]/u

/** Of a language that is not read only what is a number in all of them. */
function numberIn(words: string): Reading {
  const found = PERCENT.exec(words)
  const share = Number(found?.[1]?.replace(',', '.')) / 100
  return found !== null && share <= 1
    ? { kind: 'number', low: share, mid: share, high: share, words: found[0] }
    : { kind: 'none' }
}

/** Reads words of probability that stand alone; null when they are none of a lexicon. */
export const readWords = (words: string, context: ReadingContext = {}): WordsReading | null =>
  asWords(readWording(words, context))

const percents = ({ low = 0, high = 1 }: Pick<Reading, 'low' | 'high'>): string =>
  low === high
    ? `${Math.round(low * 1e4) / 100} %`
    : `${Math.round(low * 100)} to ${Math.round(high * 100)} %`

const isNumber = ({ kind }: Reading): boolean => kind === 'number' || kind === 'range'

const stated = ({ low, high }: Reading): string =>
  low === high ? `probability: ${low}` : `probability: {low: ${low}, high: ${high}}`

/** Why words are not said flatly, or null: a number, words of probability or something not understood stands in them. */
export function flatProblem(words: string, context: ReadingContext = {}): string | null {
  const reading = readWording(words, context)
  if (reading.kind === 'none' || reading.kind === 'flat' || reading.open !== undefined) return null
  if (isNumber(reading))
    return `does not go with “${reading.words}”, a number that was said: give ${stated(reading)}`
  // What no rule reads may be flat: only the editor can tell.
  if (reading.kind === 'asks' && rulesOf(languageOfWords(words, context)) === null) return null
  if (reading.kind === 'asks' && reading.unmeasured === phraseKey(words) && reading.says === undefined)
    return null
  if (reading.kind === 'asks') return `does not go with these words: ${reading.why}`
  const as = reading.measured ? 'which readers take as' : 'read as'
  return `does not go with “${reading.words}”, ${as} ${percents(reading)}: leave it out, or give only the words that say it flatly`
}

/** Whether a band is the one that the lexicon has for these words. */
export function isAsRead({ words, low, mid, high }: WordsRequest, context: ReadingContext = {}): boolean {
  const reading = readWords(words, context)
  return reading !== null && reading.low === low && reading.mid === mid && reading.high === high
}

/**
 * What is wrong with words of probability as they are sent, or null: a number among them is that number and no words,
 * words alone are read through the lexicon of their language, and a band beside them is its own, or the editor's with
 * a reason.
 */
export function wordsProblem(request: WordsRequest, context: ReadingContext = {}): Problem | null {
  const { words, low, mid, high, because } = request
  const reading = readWording(words, context)
  if (isNumber(reading))
    return {
      pointer: '/words',
      message: `hold a number, “${reading.words}”: give ${stated(reading)} and no words`,
    }
  const numbers = [low, mid, high].filter((value) => value !== undefined).length
  if (numbers === 0)
    return asWords(reading) === null ? { pointer: '/words', message: unread(reading, words, context) } : null
  if (numbers < 3) return { pointer: '', message: 'must have low, mid and high together' }
  return because === undefined && !isAsRead(request, context) && measuredIn(request, context) === null
    ? { pointer: '/because', message: 'is needed: this band is not the one of the lexicon' }
    : null
}

/** Whether a survey of words in this language is shipped. */
export const isMeasuredLanguage = (words: string, context: ReadingContext = {}): boolean =>
  rulesOf(languageOfWords(words, context))?.measured === true

/**
 * Why words are not logged without a band, or null: of a language whose words were measured, and of a phrase that the
 * ledger measured itself, what was to be expected is known.
 */
export function leansProblem(words: string, context: ReadingContext = {}): string | null {
  const name = languageName(languageOfWords(words, context))
  if (isMeasuredLanguage(words, context))
    return `is for words of a language that nobody measured: those of ${name} are read through the lexicon, or take low, mid, high and because`
  const reading = readWording(words, context)
  if (isNumber(reading))
    return `does not go with “${reading.words}”, a number that was said: give ${stated(reading)}`
  if (reading.kind === 'words')
    return `does not go with “${reading.words}”, which this ledger measured itself: leave it out`
  return null
}

function unread({ kind, why, denied }: Reading, words: string, context: ReadingContext): string {
  if (isMeasuredLanguage(words, context))
    return `are not in the lexicon${kind === 'asks' ? ` (${why})` : ''}: give low, mid, high and because, or categorical "yes" or "no"`
  const name = languageName(languageOfWords(words, context))
  const event = denied === true ? ' The event is denied here: the band is of its happening.' : ''
  return `are not measured in ${name}: give low, mid, high and because, or log them without a band, as leans "yes" or "no"; the claim then counts with what was to be expected unknown.${event}`
}
