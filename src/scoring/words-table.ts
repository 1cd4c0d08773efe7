import type { Finding, NumbersRow, WordsRow } from './document.ts'
import type { BinaryRow } from './figures.ts'
import { isWords } from './forecast-unit.ts'
import { partitionsOf } from './scored-row.ts'
import { wordPosterior } from './word-posterior.ts'
import { type NumbersTest, numberTests, type PhraseTest, phraseTests, told } from './word-tests.ts'

/** So many statements and groups does it take to say what a phrase turned out to mean. */
const LEAST = 5

const keyOf = ({ said }: BinaryRow): string | null =>
  isWords(said.probability) ? (said.probability.key ?? null) : null

/** The phrases and the rows of numbers of a record, each with its test. */
export function partsOf(binary: readonly BinaryRow[]): { phrases: PhraseTest[]; rows: NumbersTest[] } {
  const numbers = binary.filter((r) => r.kind === 'stated')
  return {
    phrases: phraseTests(
      binary.map((r) => ({ ...r.binary, key: keyOf(r) })),
      partitionsOf(binary),
    ),
    rows: numberTests(
      numbers.map((r) => r.binary),
      partitionsOf(numbers),
    ),
  }
}

/** What the tests of the page leave of each part: `tests` begin with the phrases, then the rows. */
export function wordsTable(
  { phrases, rows }: { phrases: readonly PhraseTest[]; rows: readonly NumbersTest[] },
  tests: Finding['tests'],
): { words: WordsRow[]; numbers: NumbersRow[] } {
  const adjusted = tests.map(({ p_holm }) => p_holm)
  return {
    words: told(phrases, adjusted).map((row) => ({ ...row, meant: meantOf(row) })),
    numbers: told(rows, adjusted.slice(phrases.length)),
  }
}

export function meantOf({ readers: [low, , high], happened, n, clusters }: PhraseTest): WordsRow['meant'] {
  if (n < LEAST || clusters < LEAST) return null
  const told = wordPosterior({ low, high, happened, n, groups: clusters })
  return told && { mean: told.mean, interval: told.interval, weight_readers: told.weight_readers }
}
