import { type Binary, brierScore } from './brier.ts'
import { sum } from './summation.ts'

export type Band = { low: number; mid: number; high: number }
/** One phrase that stood for a share of a question's time; `phrase` is null when it has no lexicon key. */
export type Reading = Band & { phrase: string | null; share: number }
export type Read = { readings: readonly Reading[]; outcome: Binary }
export type Readings = { best: number; mid: number; worst: number }
/** Per question and reading, the probability that each of the three readings puts in. */
export type Choice = { best: number; mid: number; worst: number }

/**
 * What each phrase would have to mean for the record to look best and worst; one phrase means one thing.
 * Formula: per phrase, best = argmin and worst = argmax of Σ w_i(p − y_i)² over p in [low, high]; the candidates
 * are both ends and the weighted frequency clamped to the band.
 * Symbols: low ≤ mid ≤ high in [0,1], what readers understand; w_i the share of time; y_i in {0,1}. `against`
 * marks rows that count negatively, for the difference of two records that share phrases.
 * Range: probabilities inside each band.
 * Edge cases: low = high → that number; a phrase without a key is its own.
 * Reference: ours; docs/scoring.md, section 9 (iii).
 * Example: chooseReadings([{readings: [{phrase: null, low: 0.5, mid: 0.6, high: 0.8, share: 1}], outcome: 1}]) = [[{best: 0.8, mid: 0.6, worst: 0.5}]]
 */
export function chooseReadings(rows: readonly (Read & { against?: boolean })[]): Choice[][] {
  const weights = new Map<string, { all: number; yes: number }>()
  const name = (row: number, index: number, { phrase, low, mid, high }: Reading) =>
    phrase === null ? `${row}/${index}` : `${phrase} ${low} ${mid} ${high}`
  rows.forEach(({ readings, outcome, against }, row) => {
    readings.forEach((reading, index) => {
      const key = name(row, index, reading)
      const weight = weights.get(key) ?? { all: 0, yes: 0 }
      const signed = against ? -reading.share : reading.share
      weights.set(key, { all: weight.all + signed, yes: weight.yes + signed * outcome })
    })
  })
  return rows.map(({ readings }, row) =>
    readings.map((reading, index) => {
      const { all, yes } = weights.get(name(row, index, reading)) as { all: number; yes: number }
      const { low, mid, high } = reading
      const loss = (p: number) => all * p * p - 2 * yes * p
      const vertex = all === 0 ? low : Math.min(high, Math.max(low, yes / all))
      const candidates = [low, high, vertex].sort((a, b) => loss(a) - loss(b))
      return { best: candidates[0] as number, mid, worst: candidates[2] as number }
    }),
  )
}

/** Score of one question under one reading, or its score had it gone the other way. */
export function readScore(row: Read, choices: readonly Choice[], which: keyof Choice, flip = false): number {
  const outcome = (flip ? 1 - row.outcome : row.outcome) as Binary
  return sum(row.readings.map((r, j) => r.share * brierScore((choices[j] as Choice)[which], outcome)))
}

/**
 * Score range of words: the mean Brier score at the best, the middle and the worst reading.
 * Formula: mean over questions of Σ_j share_j·(p_j − y)², p_j as chosen by chooseReadings.
 * Symbols: as chooseReadings.
 * Range: [0,1], best ≤ mid ≤ worst; 0 is perfect.
 * Edge cases: no questions → null.
 * Reference: ours; docs/scoring.md, section 9 (iii).
 * Example: verbalRange([{readings: [{phrase: null, low: 0.05, mid: 0.15, high: 0.3, share: 1}], outcome: 0}]).worst = 0.09
 */
export function verbalRange(rows: readonly Read[]): Readings | null {
  if (rows.length === 0) return null
  const choices = chooseReadings(rows)
  const mean = (which: keyof Choice) =>
    sum(rows.map((row, i) => readScore(row, choices[i] as Choice[], which))) / rows.length
  return { best: mean('best'), mid: mean('mid'), worst: mean('worst') }
}
