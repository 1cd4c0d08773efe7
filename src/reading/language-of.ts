import { ARABIC, CYRILLIC, LATIN, type Marks, OF_SCRIPT } from './language-marks.ts'

/** The language that a text seems to be in, as its primary tag; `unsure` where little of it speaks for that one. */
export type Guess = { readonly tag: string; readonly unsure?: true }

/** Of a long text as many pieces are looked at as tell; the time is the same for all of them. */
const PIECES = 16
const PIECE = 2_000

function sampleOf(text: string): string {
  if (text.length <= PIECES * PIECE) return text
  const step = Math.floor((text.length - PIECE) / (PIECES - 1))
  return Array.from({ length: PIECES }, (_, i) => text.slice(i * step, i * step + PIECE)).join('\n')
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

// A sign of these stands for a syllable or a word.
const DENSE = 3
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/gu

/** The script that most of a text is in decides first, then the words and letters that its languages differ by. */
export function guessedLanguage(text: string): Guess {
  // Addresses are in no language.
  const sample = sampleOf(text).replace(/\b(?:https?:\/\/|www\.)\S{1,300}/giu, ' ')
  const kana = count(sample, KANA)
  const han = count(sample, /\p{Script=Han}/gu)
  const scripts: (readonly [number, () => Guess])[] = [
    [count(sample, /\p{Script=Latin}/gu), () => amongMarks(sample, LATIN)],
    [count(sample, /\p{Script=Cyrillic}/gu), () => amongMarks(sample, CYRILLIC)],
    [count(sample, /\p{Script=Arabic}/gu), () => amongMarks(sample, ARABIC)],
    [(kana + han) * DENSE, () => eastAsian(kana, han)],
    ...OF_SCRIPT.map(([script, tag]) => {
      const letters = count(sample, script) * (tag === 'ko' ? DENSE : 1)
      return [letters, () => ({ tag, ...(letters < FEW_LETTERS ? { unsure: true as const } : {}) })] as const
    }),
  ]
  const [most, guess] = scripts.reduce((top, one) => (one[0] > top[0] ? one : top))
  return most === 0 ? { tag: 'und', unsure: true } : guess()
}

const FEW_LETTERS = 4

/** Japanese has kana in every sentence; a few Chinese signs alone may be of either. */
const eastAsian = (kana: number, han: number): Guess =>
  kana * 10 > han ? { tag: 'ja' } : { tag: 'zh', ...(han < 4 ? { unsure: true as const } : {}) }

const SURE = 3
const LETTER_WORTH = 1.5

function amongMarks(sample: string, languages: readonly Marks[]): Guess {
  const lower = sample.toLowerCase().replaceAll('’', "'")
  const words = lower.match(/[\p{L}\p{M}‘ʻ]+(?:'\p{L}+)?/gu) ?? []
  const times = new Map<string, number>()
  for (const word of words) times.set(word, (times.get(word) ?? 0) + 1)
  const letters = new Set(lower)
  const scores = languages.map((marks) => ({ marks, score: scoreOf(marks, times, letters, lower) }))
  const [first, second] = scores.sort((a, b) => b.score - a.score)
  if (first === undefined) return { tag: 'und', unsure: true }
  const isSure = first.score >= SURE && first.score >= (second?.score ?? 0) * 1.2
  return { tag: first.marks.tag, ...(isSure ? {} : { unsure: true as const }) }
}

/** Every function word counts each time; of letters, that they are there, and that they are not rare. */
function scoreOf(
  { words, letters }: Marks,
  times: ReadonlyMap<string, number>,
  there: ReadonlySet<string>,
  lower: string,
): number {
  let score = 0
  for (const [word, n] of times) if (words.has(word)) score += n
  for (const letter of letters) {
    if (!there.has(letter)) continue
    score += LETTER_WORTH * Math.min(lower.split(letter).length - 1, 2 + times.size / 10)
  }
  return score
}
