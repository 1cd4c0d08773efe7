import { caseKey, normalForm } from './text.ts'
import { APOSTROPHES, soundsOf } from './transliteration.ts'

/** Letters that no normal form takes apart, as they are written without their stroke or ligature. */
const PLAIN: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
  ĸ: 'k',
  ǝ: 'ə',
  ӏ: 'і',
}
const STROKED = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu')
// Of other scripts marks are vowels or make another letter; in Hebrew and Arabic they may be left out.
const ACCENTS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u0591-\u05c7\u064b-\u065f\u0670\u0640]/gu
const BETWEEN = /[\p{P}\p{Z}\s]+/gu

/**
 * Two names are one person when these keys are equal: letters without marks, in one case, with I, İ and ı as i; no
 * apostrophes; hyphens, dots and blanks as one.
 */
export function nameKey(name: string): string {
  const folded = normalForm(caseKey(name), 'NFKD')
    .replaceAll(ACCENTS, '')
    .replaceAll(STROKED, (letter) => PLAIN[letter] as string)
  const key = folded.replaceAll(APOSTROPHES, '').replaceAll(BETWEEN, ' ').trim()
  return caseKey(key === '' ? folded : key)
}

/** A word of a name: what it sounds like in each of its usual spellings. */
export type NameWord = { sounds: readonly string[]; isInitial: boolean }

const MOST_WORDS = 8
const MOST_KEYS = 100

/** The words of a name by their sounds. One letter, or two before a dot, are an initial. */
export function nameWords(name: string): NameWord[] {
  const text = normalForm(name, 'NFKC').replaceAll(APOSTROPHES, '')
  const written = text.match(/[\p{L}\p{N}\p{M}]+\.?/gu) ?? []
  return soundsOf(text)
    .slice(0, MOST_WORDS)
    .map((sounds, i) => ({
      sounds: sounds.filter((sound) => sound !== ''),
      isInitial: isInitial(written[i] ?? ''),
    }))
    .filter(({ sounds }) => sounds.length > 0)
}

function isInitial(written: string): boolean {
  const letters = [...written.replaceAll(/\p{M}/gu, '')]
  const hasCase = written.toLowerCase() !== written.toUpperCase()
  return hasCase && (letters.length === 1 || (letters.length <= 3 && letters.at(-1) === '.'))
}

/** The beginning of one word and the whole of another, in every form of the two. */
export const begunWith = (begun: readonly NameWord[], whole: readonly NameWord[]): string[] => [
  ...new Set(
    begun.flatMap(({ sounds }) =>
      sounds.flatMap((beginning) =>
        whole.flatMap((word) => word.sounds.map((sound) => `${[...beginning][0]} ${sound}`)),
      ),
    ),
  ),
]

/**
 * By what a person of another spelling can be looked up: two names that `isNear` share one of these. Of a name of
 * several words each is the beginning of one and the whole of another.
 */
export function nearKeys(name: string): string[] {
  const words = nameWords(name)
  const [only, ...others] = words
  if (others.length === 0) return only?.sounds.map((sound) => `= ${sound}`) ?? []
  const keys = words.flatMap((word, i) =>
    word.isInitial ? [] : words.flatMap((other, j) => (i === j ? [] : begunWith([other], [word]))),
  )
  return [...new Set(keys)].slice(0, MOST_KEYS)
}

const alike = (a: NameWord, b: NameWord) => a.sounds.some((sound) => b.sounds.includes(sound))
const begins = (a: NameWord, b: NameWord) =>
  a.sounds.some((sound) => b.sounds.some((whole) => whole.startsWith(sound)))

/** Whether two words of names are the same one, or one may stand for the other as its initial. */
export function sameWord(a: NameWord, b: NameWord): 'same' | 'initial' | null {
  if (!a.isInitial && !b.isInitial) return alike(a, b) ? 'same' : null
  return (a.isInitial && begins(a, b)) || (b.isInitial && begins(b, a)) ? 'initial' : null
}

/**
 * Whether two names may be one person's: the same words in any order and any usual spelling, some of them as initials;
 * the longer one may have more. At least one whole word is the same.
 */
export function isNear(one: string, other: string): boolean {
  const [few, many] = [nameWords(one), nameWords(other)].sort((a, b) => a.length - b.length) as [
    NameWord[],
    NameWord[],
  ]
  if (few.length === 0 || (few.length === 1 && many.length > 1)) return false
  // What is numbered is told apart by all of its words.
  if (few.length < many.length && /\p{N}/u.test(one)) return false
  const left = [...many]
  const take = (fits: (other: NameWord) => boolean): boolean => {
    const at = left.findIndex(fits)
    if (at !== -1) left.splice(at, 1)
    return at !== -1
  }
  const rest = few.filter((word) => word.isInitial || !take((held) => !held.isInitial && alike(word, held)))
  if (rest.length === few.length) return false
  return rest.every((word) =>
    take((held) => (word.isInitial ? begins(word, held) : held.isInitial && begins(held, word))),
  )
}
