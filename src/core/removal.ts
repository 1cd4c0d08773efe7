import { TAKEN_OUT } from './redaction.ts'
import { latinOf, spellingsOf } from './transliteration.ts'

const WORD = /[\p{L}\p{N}\p{M}]+/gu
const LETTER = String.raw`[\p{L}\p{N}\p{M}]`
const BETWEEN = String.raw`[^\p{L}\p{N}\p{M}]+`
/** So many words in a row are nobody's but those of whoever said them. */
const RUN = 3
/** A text of so many words is looked for elsewhere, too. */
const A_TEXT = 4

const wordsOf = (text: string): string[] => text.match(WORD) ?? []

/** Whether a text is long enough that it stands nowhere else by chance. */
export const isPhrase = (text: string): boolean => wordsOf(text).length >= A_TEXT

/** How many words a text has. */
export const wordCount = (text: string): number => wordsOf(text).length

/** Whether there is a word in it at all. */
export const hasWords = (text: string): boolean => wordsOf(text).length > 0

/** Where any of these phrases stands in a text, whatever the case and whatever stands between their words; null for none. */
export function phrasesIn(phrases: readonly string[]): RegExp | null {
  const forms = phrases.flatMap((text) => [text.normalize('NFC'), text.normalize('NFD')])
  const patterns = [...new Set(forms.map((text) => wordsOf(text).join(BETWEEN)))].filter(
    (pattern) => pattern !== '',
  )
  if (patterns.length === 0) return null
  // The longest first: where one phrase holds another, all of it goes.
  const all = patterns.toSorted((a, b) => b.length - a.length).join('|')
  return new RegExp(`(?<!${LETTER})(?:${all})(?!${LETTER})`, 'giu')
}

const runsOf = (words: readonly string[]): string[] =>
  words.slice(RUN - 1).map((_, i) => words.slice(i, i + RUN).join(' '))

/** Whether a text shares three words in a row with any of these, or all of one that has fewer. */
export function sharing(phrases: readonly string[]): (text: string) => boolean {
  const lower = (text: string) => wordsOf(text.normalize('NFC').toLowerCase())
  const runs = new Set(phrases.flatMap((phrase) => runsOf(lower(phrase))))
  const short = phrasesIn(phrases)
  return (text) =>
    runsOf(lower(text)).some((run) => runs.has(run)) || (short !== null && text.search(short) !== -1)
}

/** Whether the words of a phrase stand in a row among these, each in one of the ways in which it is written in Latin. */
function spelledIn(phrase: string): (words: readonly string[]) => boolean {
  const spelled = latinOf(phrase).words
  const others = wordsOf(phrase.toLowerCase()).map(spellingsOf)
  const isOne = (word: string | undefined, i: number) =>
    word === spelled[i] || (others.length === spelled.length && others[i]?.includes(word ?? '') === true)
  return (words) =>
    spelled.length > 0 && words.some((_, at) => spelled.every((_, i) => isOne(words[at + i], i)))
}

/**
 * Whether one part of an id tells one of the phrases: a name or another short one wherever it stands whole, a longer
 * one in the ids of the record itself, which were made from it.
 */
export function telling(phrases: readonly string[]): (part: string, isOwn: boolean) => boolean {
  const short = phrases.filter((phrase) => wordsOf(phrase).length <= RUN).map(spelledIn)
  const runs = new Set(phrases.flatMap((phrase) => runsOf(latinOf(phrase).words)))
  return (part, isOwn) => {
    const words = part.split('-')
    return short.some((isIn) => isIn(words)) || (isOwn && runsOf(words).some((run) => runs.has(run)))
  }
}

/** A text in which a placeholder stands for these phrases. */
export const withoutPhrases =
  (pattern: RegExp | null) =>
  (text: string): string =>
    pattern === null ? text : text.replace(pattern, TAKEN_OUT)
