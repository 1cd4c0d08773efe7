import { type FoldedText, foldedText, unfolded } from '../core/folded-text.ts'
import { normalise } from '../core/normalised-text.ts'
import { characterName, scriptOf } from './character-name.ts'
import { lowered } from './nearest-place.ts'

type Word = { readonly key: string; readonly shown: string }
type Step = { readonly theirs: number; readonly ours: number }

/** No more words of a passage are laid beside those of a quote. */
const MOST_WORDS = 200

/**
 * What is the first thing that differs between a passage of the text and a quote, as a sentence; nothing where they
 * are the same under one folding.
 */
export function differenceOf(passage: string, quote: string): string | null {
  const [text, sought] = [foldedText(normalise(passage)), foldedText(normalise(quote))]
  if (text.text === sought.text) return null
  const isCase = lowered(text.text) === lowered(sought.text)
  const [theirs, ours] = [wordsOf(text), wordsOf(sought)]
  const first = firstStep(theirs, ours)
  if (first === null) return null
  const [there, here] = [theirs[first.theirs], ours[first.ours]]
  if (there !== undefined && here !== undefined && first.theirs >= 0 && first.ours >= 0)
    return `${pair(there, here)}${isCase ? '; nothing else differs, and an editor’s own letter stands in brackets: [T]here' : ''}.`
  if (here !== undefined) return `The text does not have “${here.shown}”${placed(ours, first.ours)}.`
  return there === undefined
    ? null
    : `The text has “${there.shown}”${placed(theirs, first.theirs)}, the quote has not.`
}

/** Where a word of one side alone stands. */
const placed = (words: readonly Word[], at: number): string => {
  const [before, after] = [words[at - 1], words[at + 1]]
  return before !== undefined
    ? ` after “${before.shown}”`
    : after !== undefined
      ? ` before “${after.shown}”`
      : ''
}

function wordsOf(folded: FoldedText): Word[] {
  const words: Word[] = []
  for (const { 0: key, index } of folded.text.matchAll(/[^ ]+/gu)) {
    if (words.length === MOST_WORDS) break
    const { start, end } = unfolded(folded, index, index + key.length)
    words.push({ key, shown: clipped(folded.of.text.slice(start, end)) })
  }
  return words
}

const clipped = (word: string): string => (word.length > 60 ? `${word.slice(0, 57).toWellFormed()}…` : word)

/**
 * The first word that differs when two rows are laid side by side with the fewest changes; -1 where one side has
 * nothing for the other's word.
 */
function firstStep(theirs: readonly Word[], ours: readonly Word[]): Step | null {
  let same = 0
  while (same < theirs.length && same < ours.length && theirs[same]?.key === ours[same]?.key) same++
  const [left, right] = [theirs.slice(same), ours.slice(same)]
  if (left.length === 0 && right.length === 0) return null
  // least[i][j]: changes that make what is left from i on into what is left from j on.
  const least = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1))
  const at = (i: number, j: number): number => least[i]?.[j] ?? 0
  for (let i = left.length; i >= 0; i--)
    for (let j = right.length; j >= 0; j--) {
      const row = least[i] as Uint16Array
      if (i === left.length) row[j] = right.length - j
      else if (j === right.length) row[j] = left.length - i
      else
        row[j] = Math.min(
          at(i + 1, j + 1) + (left[i]?.key === right[j]?.key ? 0 : 1),
          at(i + 1, j) + 1,
          at(i, j + 1) + 1,
        )
    }
  if (left.length > 0 && right.length > 0 && at(0, 0) === at(1, 1) + 1) return { theirs: same, ours: same }
  if (right.length > 0 && (left.length === 0 || at(0, 0) === at(0, 1) + 1)) return { theirs: -1, ours: same }
  return { theirs: same, ours: -1 }
}

// Letters that are drawn alike in several alphabets, as they look.
const ALIKE = new Map(
  [
    ['аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅ', 'aeopcyxijshdqwABEKMHOPCTYXIJS'],
    ['οαυνιρΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'oauviPABEZHIKMNOPTYX'],
    ['օսհոցɑıİ', 'ouhngaiI'],
  ].flatMap(([from = '', to = '']) => [...from].map((letter, i) => [letter, [...to][i] ?? letter] as const)),
)
const drawn = (text: string): string =>
  [...text.normalize('NFD').replaceAll(/\p{M}/gu, '')].map((letter) => ALIKE.get(letter) ?? letter).join('')

/** Two words that differ: the character where they do, if they could pass for one another; else both of them. */
function pair(there: Word, here: Word): string {
  const [a, b] = [[...there.key], [...here.key]]
  let from = 0
  while (from < a.length && from < b.length && a[from] === b[from]) from++
  let [endA, endB] = [a.length, b.length]
  while (endA > from && endB > from && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  const [theirs, ours] = [a[from] ?? '', b[from] ?? '']
  const isOne = endA - from <= 1 && endB - from <= 1
  const isSign = (letter: string) => !/[\p{L}\p{N}]/u.test(letter)
  const said = `The text says “${there.shown}”, not “${here.shown}”`
  if (isOne && endA === from && isSign(ours))
    return `The text lacks ${characterName(ours, '')} in “${there.shown}”`
  if (isOne && endB === from && isSign(theirs))
    return `The text has ${characterName(theirs, '')} in “${there.shown}”, the quote has not`
  const looksAlike = drawn(there.key) === drawn(here.key)
  const crosses = scriptOf(theirs) !== scriptOf(ours)
  const signs = isOne && isSign(theirs) && isSign(ours)
  if (!looksAlike && !signs && !(isOne && crosses)) return said
  if (lowered(there.key) === lowered(here.key) && !crosses && there.key.length === here.key.length)
    return said
  return `The text has ${characterName(theirs, ours)}, not ${characterName(ours, theirs)}, in “${there.shown}”`
}
