import type { Answer, Common } from './answer.ts'
import { type Binary, brierScore } from './brier.ts'
import type { Reason } from './document.ts'
import { LEAST_COMMON, LEAST_DF, type PairedDifference } from './pair-verdicts.ts'
import { fewestGroups, type Partition } from './partition.ts'
import type { Interval } from './proportion.ts'
import { type ScoreRange, scoreRange } from './score-range.ts'
import { sum } from './summation.ts'
import { type Choice, chooseReadings } from './verbal-range.ts'

export type PairFigures = {
  /** Over the questions to which both gave numbers, or over all common ones and the readings of the words. */
  basis: 'numbers' | 'readings'
  common: number
  n: number
  clusters: number
  /** Mean score of a minus that of b, at the reading best for a and at the one worst; below 0, a was better. */
  mean: [number, number]
  interval: Interval
  /** What is tested: of the two readings the one nearer to no difference. */
  test: PairedDifference
}

/**
 * The difference of two analysts on their common questions, or why there is none.
 * Formula: d_i = S(a_i) − S(b_i), range I on [−1,1]; over numbers where they carry a range, else over all common
 * questions the union of [lo at the reading best for a, hi at the reading worst for a].
 * Symbols: scores of the first statements; groups by source of either and by family.
 * Range: [−1,1]; below 0, a was better.
 * Edge cases: fewer than 10 questions, or a range of fewer than 4 degrees of freedom → the reason; readings that
 * disagree on who was better are tested as no difference.
 * Reference: ours; docs/scoring.md, section 10.
 */
export function pairDifference(common: readonly Common[]): PairFigures | Reason {
  const numbers = common.filter(({ a, b }) => a.stated && b.stated)
  const stated = differenceOver(numbers, 'numbers', common.length)
  return typeof stated === 'object' || numbers.length === common.length
    ? stated
    : differenceOver(common, 'readings', common.length)
}

function differenceOver(
  pairs: readonly Common[],
  basis: PairFigures['basis'],
  common: number,
): PairFigures | Reason {
  const n = pairs.length
  if (n === 0) return 'nothing_scored'
  if (n < LEAST_COMMON) return 'too_few_scored'
  const [best, worst] = rangesOf(pairs, basis)
  if (best.df < LEAST_DF) return 'too_few_interviews'
  return {
    basis,
    common,
    n,
    clusters: best.clusters,
    mean: [best.mean, worst.mean],
    interval: [Math.min(best.lo, worst.lo), Math.max(best.hi, worst.hi)],
    test: { n, ...nearest(best, worst) },
  }
}

type Ranged = ScoreRange & { mean: number }

/** At the reading best for a, and at the one worst; with numbers there is only one. */
function rangesOf(pairs: readonly Common[], basis: PairFigures['basis']): [Ranged, Ranged] {
  const partitions = partitionsOf(pairs)
  const ranged = (probability: (side: 'a' | 'b', place: number) => number): Ranged => {
    const differences = (flip: 0 | 1) =>
      pairs.map(({ a: { outcome } }, i) => {
        const happened = (outcome ^ flip) as Binary
        return brierScore(probability('a', i), happened) - brierScore(probability('b', i), happened)
      })
    const values = differences(0)
    const range = scoreRange(values, differences(1), partitions, [-1, 1]) as ScoreRange
    return { ...range, mean: sum(values) / values.length }
  }
  if (basis === 'numbers') {
    // Stated ranges count by their middle, as in the headline.
    const middle = ranged((side, i) => (pairs[i] as Common)[side].mid)
    return [middle, middle]
  }
  // A phrase that both used means one thing for both: best for a and worst for b at once.
  const choices = chooseReadings([
    ...pairs.map(({ a }) => a),
    ...pairs.map(({ b }) => ({ ...b, against: true })),
  ])
  const choice = (side: 'a' | 'b', i: number) => choices[side === 'a' ? i : pairs.length + i] as Choice
  return [ranged((side, i) => choice(side, i).best), ranged((side, i) => choice(side, i).worst)]
}

/** Of the two ends the one less sure of a difference; where they disagree on who was better there is none. */
function nearest(best: ScoreRange, worst: ScoreRange): Omit<PairedDifference, 'n'> {
  const of = ({ center: mean, se, df }: ScoreRange) => ({ mean, se, df })
  if (best.center * worst.center < 0) return { mean: 0, se: best.se, df: best.df }
  const surer = Math.abs(best.center) * worst.se > Math.abs(worst.center) * best.se
  return of(surer ? worst : best)
}

/** What was said in one interview, by either of them, stands and falls together, and so does one development. */
function partitionsOf(pairs: readonly Common[]): Partition[] {
  const by = (label: (answer: Answer) => string) => [
    pairs.map(({ a }) => label(a)),
    pairs.map(({ b }) => label(b)),
  ]
  const sources = by(({ source_cluster }) => source_cluster)
  // Both were asked the same, so a development of one is one of the other.
  if (pairs.every(({ a }) => a.family === null)) return sources
  const development = ({ family, source_cluster }: Answer) =>
    family === null ? `source ${source_cluster}` : `family ${family}`
  return [...sources, ...by(development)]
}

/** How many independent groups some common questions come from. */
export const groupsOfCommon = (pairs: readonly Common[]): number =>
  pairs.length === 0 ? 0 : fewestGroups(partitionsOf(pairs))

/** The same seen from the other side. */
export const turned = ({
  mean: [best, worst],
  interval: [lo, hi],
  test,
  ...rest
}: PairFigures): PairFigures => ({
  ...rest,
  mean: [-worst, -best],
  interval: [-hi, -lo],
  test: { ...test, mean: -test.mean },
})
