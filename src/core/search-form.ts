import { normalForm } from './text.ts'
import { soundsOf, spellingsOf } from './transliteration.ts'

const WORDS = /[\p{L}\p{N}\p{M}]+/gu
/** Scripts that write no blanks between words. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}ー々'
const RUNS = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, 'gu')
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'u')
const ASCII = /^[\p{ASCII}]*$/u
const LONGEST_WORD = 60

/** The words of a text; where no blanks stand between them, all that stands in one piece. */
export const searchWords = (text: string): string[] =>
  (normalForm(text, 'NFKC').match(WORDS) ?? []).flatMap((word) => word.match(RUNS) ?? [])

export const isUnspaced = (word: string): boolean => IS_UNSPACED.test(word)

/** Every two letters that stand side by side, and the last one: what begins with a letter of the piece finds it. */
export function pairsOf(run: string): string[] {
  const letters = [...run.replaceAll(/\p{M}/gu, '')]
  return letters.map((letter, i) => letter + (letters[i + 1] ?? ''))
}

/**
 * What a text is found by besides its own words: of words with other letters than those of ASCII how they sound, of
 * scripts without blanks every pair of letters, in their order.
 */
export function formsOf(text: string): string {
  if (ASCII.test(text)) return ''
  const words = searchWords(text)
  const others = words.filter((word) => !isUnspaced(word) && !ASCII.test(word))
  const mixed = words.filter(
    (word, i) =>
      ASCII.test(word) && [words[i - 1], words[i + 1]].some((next) => next !== undefined && isUnspaced(next)),
  )
  const sounds = soundsOf(
    [...new Set([...others, ...mixed].map((word) => word.slice(0, LONGEST_WORD)))].join(' '),
  )
  const runs = words.filter(isUnspaced).map((run) => pairsOf(run).join(' '))
  return [...new Set(sounds.flat()), ...new Set(runs)].filter((form) => form !== '').join('\n')
}

/** How else a word that is searched for may stand in a text: by its sounds, and in plain Latin letters. */
export function otherForms(word: string): { sounds: string[]; spellings: string[] } {
  const short = word.slice(0, LONGEST_WORD)
  return {
    sounds: (soundsOf(short)[0] ?? []).filter((sound) => sound.length > 1),
    spellings: ASCII.test(short) ? [] : spellingsOf(short),
  }
}
