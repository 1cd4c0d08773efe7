import type { Binary } from './brier.ts'
import { brierScore } from './brier.ts'
import type { AllReadings, Calibration, Headline, Reason, Reference } from './document.ts'
import { type EffectiveGroups, effectiveGroups } from './effective-groups.ts'
import { poolAdjacentViolators, tieTable } from './isotonic.ts'
import { type Paired, pairedScores } from './paired.ts'
import { type ScoreRange, scoreRange } from './score-range.ts'
import { clustersOf, partitionsOf, type ScoredRow } from './scored-row.ts'
import { quantileOfSorted, sum } from './summation.ts'
import type { Condition } from './tier.ts'
import { headlineBounds, type Undecided } from './undecided.ts'
import { type Choice, chooseReadings, readScore, verbalRange } from './verbal-range.ts'

export type BinaryRow = ScoredRow & { binary: NonNullable<ScoredRow['binary']>; flipped: number }

export const isBinary = (row: ScoredRow): row is BinaryRow => row.binary !== null

const average = (values: readonly number[]) => sum(values) / values.length

/** Mean score with its range; plain cluster t where the outcome cannot be flipped. */
export function meanWithRange(rows: readonly ScoredRow[]) {
  const scores = rows.map((r) => r.score)
  const natural = rows.every((r) => r.flipped !== null)
  const range = scoreRange(scores, natural ? rows.map((r) => r.flipped as number) : null, partitionsOf(rows))
  return { brier: average(scores), range }
}

/** Fewer effective groups than this: what is said in one interview decides the mean and hides its range. */
const LEAST_EFFECTIVE = 2.5

/** What a mean of these rows would need to be shown: so many of them, from so many groups of their own. */
export const meanGate = (
  rows: readonly ScoredRow[],
  tooFew: Reason,
  { n = 5, groups = 3 }: { n?: number; groups?: number } = {},
): Condition[] => [
  [rows.length < n, tooFew],
  [clustersOf(rows) < groups, 'too_few_interviews'],
  [
    (effectiveGroups(partitionsOf(rows))?.effective_clusters ?? 0) < LEAST_EFFECTIVE,
    'one_interview_dominates',
  ],
]

const verdictOf = ([low, high]: readonly [number, number], mark: number) =>
  high < mark ? 'better' : low > mark ? 'worse' : 'cannot_be_told'

/** Always saying 50 % scores this. */
const ALWAYS_HALF = 0.25

export function headlineOf(rows: readonly BinaryRow[], undecided: readonly Undecided[]): Headline {
  const { brier, range } = meanWithRange(rows)
  const { lo, hi } = range as ScoreRange
  return {
    brier,
    interval: [lo, hi],
    n: rows.length,
    ...(effectiveGroups(partitionsOf(rows)) as EffectiveGroups),
    always_half: verdictOf([lo, hi], ALWAYS_HALF),
    bounds: headlineBounds(
      rows.map((r) => r.score),
      undecided,
    ),
  }
}

/** Stated and worded together: the best and the worst reading, and the range I at each. */
export function allOf(rows: readonly BinaryRow[]): AllReadings {
  const reads = rows.map((r) => r.binary)
  const choices = chooseReadings(reads)
  const at = (which: keyof Choice, flip: boolean) =>
    reads.map((read, i) => readScore(read, choices[i] as Choice, which, flip))
  const range = (which: keyof Choice) =>
    scoreRange(at(which, false), at(which, true), partitionsOf(rows)) as ScoreRange
  const readings = verbalRange(reads) as { best: number; mid: number; worst: number }
  return { n: rows.length, ...readings, interval: [range('best').lo, range('worst').hi] }
}

/** The analyst against the reference recorded in advance; below 0 the analyst was better. */
export function referenceOf(rows: readonly BinaryRow[]): Omit<Reference, 'easy' | 'hard'> {
  const scores = (p: (r: BinaryRow) => number, flip = 0) =>
    rows.map((r) => brierScore(p(r), (r.binary.outcome ^ flip) as Binary))
  const own = (r: BinaryRow) => r.binary.mid
  const theirs = (r: BinaryRow) => r.unit.reference as number
  const flippedTheirs = scores(theirs, 1)
  const flipped = scores(own, 1).map((s, i) => s - (flippedTheirs[i] as number))
  const { mean, range } = pairedScores(scores(own), scores(theirs), flipped, partitionsOf(rows)) as Paired
  const interval: Reference['interval'] = [range.lo, range.hi]
  return { ...againstReference(rows), mean_difference: mean, interval, verdict: verdictOf(interval, 0) }
}

/** What the analyst and what always giving the reference would have scored. */
export function againstReference(rows: readonly BinaryRow[]) {
  const brier = average(rows.map((r) => r.score))
  const reference_brier = average(
    rows.map(({ unit, binary }) => brierScore(unit.reference as number, binary.outcome)),
  )
  return {
    n: rows.length,
    clusters: clustersOf(rows),
    brier,
    reference_brier,
    mean_difference: brier - reference_brier,
  }
}

/** The half whose reference is farther from one half, and the other; a tie at the middle is hard. */
export function byDifficulty(rows: readonly BinaryRow[]): { easy: BinaryRow[]; hard: BinaryRow[] } {
  const farness = ({ unit }: BinaryRow) => Math.abs((unit.reference as number) - 0.5)
  const sorted = Float64Array.from(rows, farness).sort()
  const middle = quantileOfSorted(sorted, 0.5)
  return {
    easy: rows.filter((r) => farness(r) > middle),
    hard: rows.filter((r) => farness(r) <= middle),
  }
}

/** The blocks of the isotonic fit as dots, and the fitted curve at both ends of every block. */
export function pointsOf(rows: readonly BinaryRow[]) {
  const table = tieTable(
    rows.map((r) => r.binary.mid),
    rows.map((r) => r.binary.outcome),
  )
  const blocks = poolAdjacentViolators(table.size, table.yeses)
  const starts = Array.from(
    { length: blocks.count },
    (_, b) => table.value[blocks.start[b] as number] as number,
  )
  const members = starts.map((): BinaryRow[] => [])
  for (const row of rows) {
    const after = starts.findIndex((start) => start > row.binary.mid)
    members[after === -1 ? starts.length - 1 : after - 1]?.push(row)
  }
  const points = members.map((block, b): Calibration['points'][number] => {
    const [n, yes] = [block.length, blocks.yes[b] as number]
    return {
      probability: average(block.map((r) => r.binary.mid)),
      observed: yes / n,
      n,
      clusters: clustersOf(block),
    }
  })
  const curve = members.flatMap((block, b) => {
    const observed = points[b]?.observed as number
    const values = block.map((r) => r.binary.mid)
    const ends = new Set([values.reduce((x, y) => Math.min(x, y)), values.reduce((x, y) => Math.max(x, y))])
    return [...ends].map((probability) => ({ probability, observed }))
  })
  return { points, curve }
}
