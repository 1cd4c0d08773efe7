import type { WordsRow } from './document.ts'
import type { BinaryRow } from './figures.ts'
import type { Words } from './forecast-unit.ts'
import { clusteredWilson } from './proportion.ts'
import { clustersOf } from './scored-row.ts'
import { byText } from './summation.ts'
import { phraseName } from './verbal-range.ts'

/** The words of a key of the lexicon. */
export const phraseOf = (key: string): string => key.replaceAll('_', ' ')

const READINGS = {
  less_often: 'less often than readers hear',
  more_often: 'more often than readers hear',
  cannot_be_told_apart: 'cannot be told apart',
}

/** What a phrase turned out to mean, against what readers hear in it. */
export const readingText = (reading: WordsRow['reading']): string =>
  reading === null ? 'too few to say' : READINGS[reading]

/**
 * Words table (ours): what a phrase turned out to mean in this record, against what readers hear in it.
 * Formula: k of n happened; Wilson at k·G/n of G; from n ≥ 5 and G ≥ 3: upper end < q10 "less often than
 * readers hear", lower end > q90 "more often", else "cannot be told apart".
 * Symbols: the phrase first used of each binary forecast, by lexicon key and band; readers q10, q50, q90.
 * Range: rows by falling n, then by key.
 * Edge cases: phrases without a key are not in the table; no phrases → empty.
 * Reference: ours; docs/scoring.md, section 9 (ii).
 * Example: wordsTable([]) = []
 */
export function wordsTable(rows: readonly BinaryRow[]): WordsRow[] {
  const groups = new Map<string, BinaryRow[]>()
  for (const row of rows) {
    const name = phraseName(row.binary)
    if (name === null) continue
    groups.set(name, [...(groups.get(name) ?? []), row])
  }
  return [...groups.values()].map(wordsRow).sort((a, b) => b.n - a.n || byText(a.key, b.key))
}

function wordsRow(rows: readonly BinaryRow[]): WordsRow {
  const { binary, said } = rows[0] as BinaryRow
  const { low, mid, high } = binary
  const n = rows.length
  const clusters = clustersOf(rows)
  const happened = rows.filter((r) => r.binary.outcome === 1).length
  const wilson = clusteredWilson(happened, n, clusters)
  const told = wilson[1] < low ? 'less_often' : wilson[0] > high ? 'more_often' : 'cannot_be_told_apart'
  return {
    key: (said.probability as Words).key as string,
    n,
    clusters,
    happened,
    wilson,
    readers: [low, mid, high],
    reading: n >= 5 && clusters >= 3 ? told : null,
  }
}
