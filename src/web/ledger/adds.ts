import { searchWords } from '../../core/search-form.ts'
import { MONTH } from '../../core/typed-date.ts'

const SHORTEST = 4
const STEM = 5
const ENOUGH = 0.7

const MONTH_NAME = new RegExp(`^(?:${MONTH})$`, 'u')

/** The stems of the words that say something; the day until when stands in a column of its own. */
const stems = (text: string): string[] =>
  searchWords(text.toLowerCase())
    .filter((word) => [...word].length >= SHORTEST && !/\d/u.test(word) && !MONTH_NAME.test(word))
    .map((word) => [...word].slice(0, STEM).join(''))

/** Whether a question says something beyond the words of a claim: else it would only say them again. */
export function adds(title: string, said: string): boolean {
  const own = stems(title)
  const known = new Set(stems(said))
  return own.length === 0 || own.filter((stem) => known.has(stem)).length / own.length < ENOUGH
}
