import type { Problem } from '../core/error.ts'
import type { WordsRequest } from '../core/forecast.ts'
import { readHedged, readWords } from './lexicon.ts'

/** Why words are not said flatly, or null: the lexicon reads words of probability in them. */
export function flatProblem(words: string): string | null {
  const reading = readHedged(words)
  if (reading === null) return null
  const [low, high] = [reading.low, reading.high].map((end) => Math.round(end * 100))
  return `does not go with “${reading.matched}”, which readers take as ${low} to ${high} %: leave it out, or give only the words that say it flatly`
}

/** Whether a band is the one that the lexicon has for these words. */
export function isAsRead({ words, low, mid, high }: WordsRequest): boolean {
  const reading = readWords(words)
  return reading !== null && reading.low === low && reading.mid === mid && reading.high === high
}

/**
 * What is wrong with words of probability as they are sent, or null: words alone are read through the lexicon, and a
 * band beside them is its own, or the editor's with a reason.
 */
export function wordsProblem(request: WordsRequest): Problem | null {
  const { words, low, mid, high, because } = request
  const numbers = [low, mid, high].filter((value) => value !== undefined).length
  if (numbers === 0)
    return readWords(words) === null
      ? {
          pointer: '/words',
          message: 'are not in the lexicon: give low, mid, high and because, or categorical "yes" or "no"',
        }
      : null
  if (numbers < 3) return { pointer: '', message: 'must have low, mid and high together' }
  return because === undefined && !isAsRead(request)
    ? { pointer: '/because', message: 'is needed: this band is not the one of the lexicon' }
    : null
}
