import { foldedWords } from './folded-text.ts'
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

/** The words of a text as quotes are compared; where no blanks stand between them, all that stands in one piece. */
export const searchWords = (text: string): string[] => piecesOf(foldedWords(text))

const piecesOf = (text: string): string[] =>
  (text.match(WORDS) ?? []).flatMap((word) => word.match(RUNS) ?? [])

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
  // A letter for an apostrophe divides words as they are compared, and none as they sound.
  const written = [piecesOf(normalForm(text, 'NFKC')), searchWords(text)]
  const sounding = new Set(written.flatMap(soundedAmong).map((word) => word.slice(0, LONGEST_WORD)))
  const sounds = soundsOf([...sounding].join(' '))
  const runs = written.flatMap((words) => words.filter(isUnspaced).map((run) => pairsOf(run).join(' ')))
  return [...new Set(sounds.flat()), ...new Set(runs)].filter((form) => form !== '').join('\n')
}

/** The words with other letters than those of ASCII, and those beside what is written without blanks. */
function soundedAmong(words: readonly string[]): string[] {
  const others = words.filter((word) => !isUnspaced(word) && !ASCII.test(word))
  const mixed = words.filter(
    (word, i) =>
      ASCII.test(word) && [words[i - 1], words[i + 1]].some((next) => next !== undefined && isUnspaced(next)),
  )
  return [...others, ...mixed]
}

/** How else a word that is searched for may stand in a text: by its sounds, and in plain Latin letters. */
export function otherForms(word: string): { sounds: string[]; spellings: string[] } {
  const short = word.slice(0, LONGEST_WORD)
  return {
    sounds: (soundsOf(short)[0] ?? []).filter((sound) => sound.length > 1),
    spellings: ASCII.test(short) ? [] : spellingsOf(short),
  }
}
