import type { Binary } from './brier.ts'
import { brierScore } from './brier.ts'
import type { AllReadings, Calibration, Headline, Reference } from './document.ts'
import { eValue, evidence } from './e-value.ts'
import { poolAdjacentViolators, tieTable } from './isotonic.ts'
import { type Paired, pairedScores } from './paired.ts'
import { clusteredWilson } from './proportion.ts'
import { type ScoreRange, scoreRange } from './score-range.ts'
import { clustersOf, partitionsOf, type ScoredRow } from './scored-row.ts'
import { sum } from './summation.ts'
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

export function headlineOf(
  rows: readonly BinaryRow[],
  ambiguous: readonly { for: number; against: number }[],
): Headline {
  const { brier, range } = meanWithRange(rows)
  const with_ = (side: 'for' | 'against') =>
    average([...rows.map((r) => r.score), ...ambiguous.map((a) => a[side])])
  return {
    brier,
    interval: [(range as ScoreRange).lo, (range as ScoreRange).hi],
    n: rows.length,
    clusters: clustersOf(rows),
    better_than_always_half: 1 - 4 * brier,
    if_ambiguous:
      ambiguous.length === 0 ? null : { n: ambiguous.length, for: with_('for'), against: with_('against') },
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

/** The analyst against a probability fixed in advance; below 0 the analyst was better. */
export function referenceOf(rows: readonly BinaryRow[]): Reference {
  const partitions = partitionsOf(rows)
  const scores = (p: (r: BinaryRow) => number, flip = 0) =>
    rows.map((r) => brierScore(p(r), (r.binary.outcome ^ flip) as Binary))
  const own = (r: BinaryRow) => r.binary.mid
  const theirs = (r: BinaryRow) => r.unit.reference as number
  const flippedTheirs = scores(theirs, 1)
  const flipped = scores(own, 1).map((s, i) => s - (flippedTheirs[i] as number))
  const paired = pairedScores(scores(own), scores(theirs), flipped, partitions) as Paired
  const values = rows.map((r) => eValue(own(r), theirs(r), r.binary.outcome))
  return {
    n: rows.length,
    clusters: clustersOf(rows),
    mean_difference: paired.mean,
    interval: [paired.range.lo, paired.range.hi],
    skill: paired.skill,
    // Of the two partitions the smaller evidence, as the range takes the larger variance.
    e_value: Math.min(...partitions.map((partition) => evidence(values, partition))),
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
      wilson: clusteredWilson(yes, n, clustersOf(block)),
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
