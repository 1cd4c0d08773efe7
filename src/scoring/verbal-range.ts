import { type Binary, brierScore } from './brier.ts'
import { sum } from './summation.ts'

/** What was understood of one question, and what happened; `phrase` is null where it has no lexicon key. */
export type Read = { low: number; mid: number; high: number; phrase: string | null; outcome: Binary }
export type Readings = { best: number; mid: number; worst: number }
/** The probability that each of the three readings puts in for one question. */
export type Choice = { best: number; mid: number; worst: number }

/** One phrase with one band means one thing throughout; without a key it stands for itself. */
export const phraseName = ({ phrase, low, mid, high }: Omit<Read, 'outcome'>): string | null =>
  phrase === null ? null : `${phrase} ${low} ${mid} ${high}`

/**
 * What each phrase would have to mean for the record to look best and worst; one phrase means one thing.
 * Formula: per phrase, best = argmin and worst = argmax of Σ (p − y_i)² over p in [low, high]; the candidates
 * are both ends and the frequency clamped to the band.
 * Symbols: low ≤ mid ≤ high in [0,1], what readers understand; y_i in {0,1}. `against` marks rows that count
 * negatively, for the difference of two records that share phrases.
 * Range: probabilities inside each band.
 * Edge cases: low = high → that number; a phrase without a key is its own.
 * Reference: ours; docs/scoring.md, section 9 (iii).
 * Example: chooseReadings([{phrase: null, low: 0.5, mid: 0.6, high: 0.8, outcome: 1}]) = [{best: 0.8, mid: 0.6, worst: 0.5}]
 */
export function chooseReadings(rows: readonly (Read & { against?: boolean })[]): Choice[] {
  const weights = new Map<string, { all: number; yes: number }>()
  const names = rows.map((row, i) => phraseName(row) ?? String(i))
  rows.forEach(({ outcome, against }, i) => {
    const key = names[i] as string
    const weight = weights.get(key) ?? { all: 0, yes: 0 }
    const signed = against ? -1 : 1
    weights.set(key, { all: weight.all + signed, yes: weight.yes + signed * outcome })
  })
  return rows.map(({ low, mid, high }, i) => {
    const { all, yes } = weights.get(names[i] as string) as { all: number; yes: number }
    const loss = (p: number) => all * p * p - 2 * yes * p
    const vertex = all === 0 ? low : Math.min(high, Math.max(low, yes / all))
    const candidates = [low, high, vertex].sort((a, b) => loss(a) - loss(b))
    return { best: candidates[0] as number, mid, worst: candidates[2] as number }
  })
}

/** Score of one question under one reading, or its score had it gone the other way. */
export function readScore({ outcome }: Read, choice: Choice, which: keyof Choice, flip = false): number {
  return brierScore(choice[which], (flip ? 1 - outcome : outcome) as Binary)
}

/**
 * Score range of words: the mean Brier score at the best, the middle and the worst reading.
 * Formula: mean over questions of (p − y)², p as chosen by chooseReadings.
 * Symbols: as chooseReadings.
 * Range: [0,1], best ≤ mid ≤ worst; 0 is perfect.
 * Edge cases: no questions → null.
 * Reference: ours; docs/scoring.md, section 9 (iii).
 * Example: verbalRange([{phrase: null, low: 0.05, mid: 0.15, high: 0.3, outcome: 0}]).worst = 0.09
 */
export function verbalRange(rows: readonly Read[]): Readings | null {
  if (rows.length === 0) return null
  const choices = chooseReadings(rows)
  const mean = (which: keyof Choice) =>
    sum(rows.map((row, i) => readScore(row, choices[i] as Choice, which))) / rows.length
  return { best: mean('best'), mid: mean('mid'), worst: mean('worst') }
}
