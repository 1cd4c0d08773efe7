import { countTest } from './count-test.ts'
import type { TypeFigure } from './document.ts'
import { fewestGroups, type Partition } from './partition.ts'
import { clusteredWilson } from './proportion.ts'

/** A stated range in the question's unit, how sure it was said to be, and the value; null where it never came. */
export type StatedInterval = { low: number; high: number; level: number; value: number | null }

/**
 * How often stated ranges held the truth, for each level at which they were stated.
 * Formula: contained of n, Wilson at k·G/n of G, p by countTest with the level as every probability.
 * Symbols: low ≤ value ≤ high is contained, the ends included; level in (0,1); each partition names every range's
 * group.
 * Range: one figure a level, upwards; p in [0,1], small = too narrow or too wide.
 * Edge cases: no ranges → none; a value that never came lies outside; fewer than 5 groups → p null.
 * Reference: ours, on the clustered Poisson-binomial; Wilson as clusteredWilson.
 * Example: intervalCoverage([{low: 1, high: 3, level: 0.8, value: 3}], [['a']])[0].contained = 1
 */
export function intervalCoverage(
  rows: readonly StatedInterval[],
  partitions: readonly Partition[],
): TypeFigure['intervals'] {
  const levels = [...new Set(rows.map(({ level }) => level))].sort((a, b) => a - b)
  return levels.map((level) => {
    const places = rows.flatMap((row, i) => (row.level === level ? [i] : []))
    const groups = partitions.map((labels) => places.map((i) => labels[i] as string))
    const n = places.length
    const contained = places.filter((i) => holds(rows[i] as StatedInterval)).length
    const clusters = fewestGroups(groups)
    const sure = places.map(() => level)
    return {
      level,
      n,
      contained,
      groups: clusters,
      wilson: clusteredWilson(contained, n, clusters),
      p: countTest(sure, sure, contained, groups),
    }
  })
}

const holds = ({ low, high, value }: StatedInterval) => value !== null && low <= value && value <= high
