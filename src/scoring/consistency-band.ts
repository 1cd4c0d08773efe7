import {
  blocksFor,
  fittedPerGroup,
  miscalibrationOf,
  poolAdjacentViolators,
  type TieTable,
  tieTable,
} from './isotonic.ts'
import { clopperPearson } from './proportion.ts'
import { randomNumbers, seedKey, seedOf } from './random.ts'
import { quantileOfSorted, sum } from './summation.ts'

export const DRAWS = 2000
const LEVEL = 0.9
const MOST_POINTS = 200

export type Band = { probability: number[]; lower: number[]; upper: number[] }
export type Simulation = {
  band: Band & { level: number; draws: number; seed: string }
  miscalibration_if_calibrated: { mean: number; q95: number }
}

/** Fills `yes` with the number of happened events in each group, for one imagined record. */
type Draw = (yes: Float64Array, draw: number) => void

function simulate(table: TieTable, draws: number, level: number, draw: Draw) {
  const groups = table.value.length
  // The fit always uses every group; the band is kept at 200 of them at most, so memory stays small.
  const kept = Math.min(groups, MOST_POINTS)
  const at = Array.from({ length: kept }, (_, j) => Math.round((j * (groups - 1)) / Math.max(1, kept - 1)))
  const paths = at.map(() => new Float64Array(draws))
  const scores = new Float64Array(draws)
  const yes = new Float64Array(groups)
  const blocks = blocksFor(groups)
  for (let b = 0; b < draws; b++) {
    draw(yes, b)
    poolAdjacentViolators(table.size, yes, blocks)
    const fitted = fittedPerGroup(blocks, groups)
    for (let j = 0; j < kept; j++) (paths[j] as Float64Array)[b] = fitted[at[j] as number] as number
    scores[b] = miscalibrationOf(table.value, table.size, yes, blocks, table.n)
  }
  scores.sort()
  for (const path of paths) path.sort()
  return {
    scores,
    probability: at.map((k) => table.value[k] as number),
    lower: paths.map((path) => quantileOfSorted(path, (1 - level) / 2)),
    upper: paths.map((path) => quantileOfSorted(path, (1 + level) / 2)),
  }
}

/**
 * Consistency band: where the reliability curve could lie if the forecaster were calibrated.
 * Formula: for each given set of outcomes the isotonic fit; pointwise type-7 quantiles (1 ± level)/2.
 * Symbols: p_i in [0,1]; draws = outcome rows, each as long as p; level in (0,1).
 * Range: probabilities ascending, bounds in [0,1].
 * Edge cases: more than 200 distinct probabilities → the band at 200 of them.
 * Reference: Dimitriadis, Gneiting & Jordan 2021, doi:10.1073/pnas.2016191118.
 * Example: consistencyBand([0.5], [[1], [0]], 0.9).upper = [0.95]
 */
export function consistencyBand(
  probabilities: readonly number[],
  draws: readonly (readonly number[])[],
  level: number,
): Band {
  const table = tieTable(probabilities, new Uint8Array(probabilities.length))
  const group = new Map([...table.value].map((p, k) => [p, k]))
  const { probability, lower, upper } = simulate(table, draws.length, level, (yes, b) => {
    yes.fill(0)
    probabilities.forEach((p, i) => {
      const k = group.get(p) as number
      yes[k] = (yes[k] as number) + ((draws[b] as readonly number[])[i] as number)
    })
  })
  return { probability, lower, upper }
}

/** Name of a simulation: equal exactly when its inputs are, so a cache may be keyed by it. */
export function simulationKey(probabilities: readonly number[]): string {
  return seedKey(seedOf(inputs(probabilities)))
}

function inputs(probabilities: readonly number[]): Float64Array {
  return Float64Array.from([DRAWS, LEVEL, ...Float64Array.from(probabilities).sort()])
}

/**
 * What a calibrated forecaster with the same probabilities would show: the consistency band, and the mean and
 * 95th percentile of the miscalibration term.
 * Formula: B = 2,000 records y* with y*_i ~ Bernoulli(p_i), each refitted; xoshiro128** seeded by a hash of the
 * sorted probabilities, so the same record gives the same band everywhere.
 * Symbols: p_i in [0,1].
 * Range: as consistencyBand; miscalibration in [0,1].
 * Edge cases: n = 0 → null.
 * Reference: Dimitriadis, Gneiting & Jordan 2021, doi:10.1073/pnas.2016191118.
 * Example: simulateCalibrated([1, 1]).miscalibration_if_calibrated = {mean: 0, q95: 0}
 */
export function simulateCalibrated(probabilities: readonly number[]): Simulation | null {
  if (probabilities.length === 0) return null
  const seed = seedOf(inputs(probabilities))
  const random = randomNumbers(seed)
  const table = tieTable(probabilities, new Uint8Array(probabilities.length))
  const { scores, ...band } = simulate(table, DRAWS, LEVEL, (yes) => {
    for (let k = 0; k < yes.length; k++) {
      const p = table.value[k] as number
      let happened = 0
      for (let i = table.size[k] as number; i > 0; i--) if (random() < p) happened++
      yes[k] = happened
    }
  })
  return {
    band: { level: LEVEL, ...band, draws: DRAWS, seed: seedKey(seed) },
    miscalibration_if_calibrated: { mean: sum(scores) / DRAWS, q95: quantileOfSorted(scores, 0.95) },
  }
}

/**
 * Mean miscalibration of a calibrated forecaster, exactly: what the simulation estimates.
 * Formula: Σ over all outcome vectors of Π p_i^y_i (1 − p_i)^(1 − y_i) · MCB(p, y).
 * Symbols: p_i in [0,1], at most 20 of them.
 * Range: [0,1].
 * Edge cases: n = 0 or n > 20 → null.
 * Reference: none needed; by enumeration.
 * Example: expectedMiscalibration([0.9, 0.9]) = 0.045
 */
export function expectedMiscalibration(probabilities: readonly number[]): number | null {
  const n = probabilities.length
  if (n === 0 || n > 20) return null
  const sorted = Float64Array.from(probabilities).sort()
  const { value, size } = tieTable(sorted, new Uint8Array(n))
  const blocks = blocksFor(value.length)
  const yes = new Float64Array(value.length)
  const terms = new Float64Array(2 ** n)
  for (let outcomes = 0; outcomes < 2 ** n; outcomes++) {
    let chance = 1
    yes.fill(0)
    for (let i = 0, k = 0; i < n; i++) {
      const p = sorted[i] as number
      if (p !== value[k]) k++
      const happened = (outcomes >> i) & 1
      chance *= happened ? p : 1 - p
      yes[k] = (yes[k] as number) + happened
    }
    terms[outcomes] = chance * miscalibrationOf(value, size, yes, poolAdjacentViolators(size, yes, blocks), n)
  }
  return sum(terms)
}

/**
 * Calibration band that holds everywhere at once, in any sample size. At n ≤ 50 it is nearly vacuous.
 * Formula: over all index intervals of the N distinct probabilities Clopper–Pearson at level 1 − α/(N(N+1)/2);
 * the lower bound is the largest of those ending at or before p, the upper the smallest of those starting at it.
 * Symbols: p_i in [0,1]; y_i in {0,1}; α in (0,1).
 * Range: bounds in [0,1], non-decreasing in p.
 * Edge cases: n = 0 → empty.
 * Reference: Dimitriadis, Dümbgen, Henzi, Puke & Ziegel 2023, doi:10.1080/01621459.2022.2084619.
 * Example: honestCalibrationBand([0.5], [1], 0.05).lower = [0.025]
 */
export function honestCalibrationBand(
  probabilities: readonly number[],
  outcomes: readonly number[],
  alpha: number,
): Band {
  const { value, size, yeses } = tieTable(probabilities, outcomes)
  const count = value.length
  const level = 1 - (2 * alpha) / (count * (count + 1))
  const lower = new Array<number>(count).fill(0)
  const upper = new Array<number>(count).fill(1)
  for (let from = 0; from < count; from++) {
    let [k, n] = [0, 0]
    for (let to = from; to < count; to++) {
      k += yeses[to] as number
      n += size[to] as number
      const [low, high] = clopperPearson(k, n, level)
      lower[to] = Math.max(lower[to] as number, low)
      upper[from] = Math.min(upper[from] as number, high)
    }
  }
  for (let k = 1; k < count; k++) lower[k] = Math.max(lower[k] as number, lower[k - 1] as number)
  for (let k = count - 2; k >= 0; k--) upper[k] = Math.min(upper[k] as number, upper[k + 1] as number)
  return { probability: [...value], lower, upper }
}
