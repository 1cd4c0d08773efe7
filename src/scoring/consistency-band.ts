import { effectiveNumber } from './effective-groups.ts'
import { blocksFor, miscalibrationOf, poolAdjacentViolators, tieTable } from './isotonic.ts'
import { membersOf, type Partition } from './partition.ts'
import { clopperPearson } from './proportion.ts'
import { randomNumbers, seedKey, seedOf } from './random.ts'
import { placesIn, type Refits, refit } from './refits.ts'
import { envelopeOf } from './simultaneous-envelope.ts'
import { quantileOfSorted, sum } from './summation.ts'

const DRAWS = 2000
const LEVEL = 0.9

export type Band = { probability: number[]; lower: number[]; upper: number[] }
export type MiscalibrationNull = { mean: number; q95: number }
export type Simulation = {
  band: Band & { level: number; simultaneous: true; depth: number; draws: number; seed: string }
  miscalibration_if_calibrated: MiscalibrationNull
}

/** The probabilities of each independent group. */
type Groups = readonly (readonly number[])[]

/**
 * The groups that a record is drawn by: of the partition that tells least, the first of equal ones. Members and groups
 * are sorted, so that neither the order of the rows nor the names of the groups change anything.
 */
function groupsOf(probabilities: readonly number[], partitions: readonly Partition[]): Groups {
  const each = partitions.map(membersOf)
  const told = each.map((groups) => effectiveNumber(groups.map((members) => members.length)))
  const least = told.findIndex((number) => number <= Math.min(...told) + 1e-9)
  return (each[least] as number[][])
    .map((members) => members.map((i) => probabilities[i] as number).sort((a, b) => a - b))
    .sort((a, b) => {
      const differs = a.findIndex((p, i) => p !== b[i])
      return a.length - b.length || (differs === -1 ? 0 : (a[differs] as number) - (b[differs] as number))
    })
}

const inputs = (groups: Groups) => [DRAWS, LEVEL, ...groups.flatMap((group) => [group.length, ...group])]

/** Name of a simulation: equal exactly when its inputs are, so a cache may be keyed by it. */
export function simulationKey(probabilities: readonly number[], partitions: readonly Partition[]): string {
  return seedKey(seedOf(inputs(groupsOf(probabilities, partitions))))
}

/**
 * Refits records that a calibrated forecaster with these probabilities would have: in each group one number U decides,
 * and what was said is right where U is at most max(p, 1 − p).
 */
function refitCalibrated(
  groups: Groups,
  draws: number,
  uniform: (group: number, draw: number) => number,
): Refits {
  const said = groups.flat()
  const table = tieTable(said, new Uint8Array(said.length))
  const place = placesIn(table, said)
  const sure = Float64Array.from(said, (p) => Math.max(p, 1 - p))
  const ends = Int32Array.from(groups, (group) => group.length)
  for (let g = 1; g < ends.length; g++) ends[g] = (ends[g] as number) + (ends[g - 1] as number)
  return refit(table, draws, (yes, b) => {
    for (let g = 0, i = 0; g < ends.length; g++) {
      const u = uniform(g, b)
      for (; i < (ends[g] as number); i++) {
        const isRight = u <= (sure[i] as number)
        if (isRight === (said[i] as number) >= 0.5) (yes[place[i] as number] as number)++
      }
    }
  })
}

function nullOf({ miscalibration }: Refits): MiscalibrationNull {
  const sorted = miscalibration.slice().sort()
  return { mean: sum(sorted) / sorted.length, q95: quantileOfSorted(sorted, 0.95) }
}

/**
 * Miscalibration that a calibrated forecaster would show whose groups stand and fall together.
 * Formula: per record and group one uniform U; a forecast is right iff U ≤ max(p, 1 − p), and ½ leans yes; mean and
 * type-7 95 % quantile of MCB.
 * Symbols: p_i in [0,1]; the partition names each forecast's group; uniforms = a row a record, in it one number a
 * group, groups by first appearance.
 * Range: [0,1].
 * Edge cases: n = 0 → null.
 * Reference: Dimitriadis, Gneiting & Jordan 2021, doi:10.1073/pnas.2016191118, for MCB; the groups are ours.
 * Example: miscalibrationNull([1, 1], ['a', 'b'], [[0.3, 0.6]]) = {mean: 0, q95: 0}
 */
export function miscalibrationNull(
  probabilities: readonly number[],
  partition: Partition,
  uniforms: readonly (readonly number[])[],
): MiscalibrationNull | null {
  if (probabilities.length === 0) return null
  const groups = membersOf(partition).map((members) => members.map((i) => probabilities[i] as number))
  return nullOf(refitCalibrated(groups, uniforms.length, (g, b) => uniforms[b]?.[g] as number))
}

/**
 * What a calibrated forecaster with the same probabilities and groups would show: the envelope of the whole row of
 * dots, and the mean and 95th percentile of the miscalibration term.
 * Formula: B = 2,000 records drawn as for miscalibrationNull, of the partition with fewer effective groups, each
 * refitted; simultaneousEnvelope with α = .1; xoshiro128** seeded by a hash of the sorted groups, so the same record
 * gives the same band everywhere.
 * Symbols: p_i in [0,1]; each partition names every forecast's group.
 * Range: as simultaneousEnvelope; miscalibration in [0,1].
 * Edge cases: n = 0 → null.
 * Reference: as simultaneousEnvelope and miscalibrationNull.
 * Example: simulateCalibrated([1, 1], [['a', 'b']]).miscalibration_if_calibrated = {mean: 0, q95: 0}
 */
export function simulateCalibrated(
  probabilities: readonly number[],
  partitions: readonly Partition[],
): Simulation | null {
  if (probabilities.length === 0) return null
  const groups = groupsOf(probabilities, partitions)
  const seed = seedOf(inputs(groups))
  const refits = refitCalibrated(groups, DRAWS, randomNumbers(seed))
  const { depth, ...band } = envelopeOf(refits, 1 - LEVEL)
  return {
    band: {
      level: LEVEL,
      simultaneous: true,
      ...band,
      depth: depth as number,
      draws: DRAWS,
      seed: seedKey(seed),
    },
    miscalibration_if_calibrated: nullOf(refits),
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
