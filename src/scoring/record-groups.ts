import type { TypeFigure, YearFigure } from './document.ts'
import { type EffectiveGroups, effectiveGroups } from './effective-groups.ts'
import { type BinaryRow, meanGate, meanWithRange } from './figures.ts'
import { type Quantity, quantity } from './forecast-unit.ts'
import { intervalCoverage } from './interval-coverage.ts'
import type { ScoreRange } from './score-range.ts'
import { clustersOf, partitionsOf, type ScoredRow } from './scored-row.ts'
import { sum } from './summation.ts'
import { passes } from './tier.ts'
import { uniformReference } from './uniform-reference.ts'

/** From this many a plain cluster t may stand in for the range, where outcomes cannot be flipped. */
export const LEAST_PLAIN = 20

/** Numbers, dates or options: their mean, and what knowing only the range or the options would score. */
export function typeFigure(rows: readonly ScoredRow[]): TypeFigure {
  const { brier, range } = meanWithRange(rows)
  const shown = rows.every((r) => r.flipped !== null) || rows.length >= LEAST_PLAIN ? range : null
  return {
    n: rows.length,
    ...(effectiveGroups(partitionsOf(rows)) as EffectiveGroups),
    brier,
    interval: shown && [shown.lo, shown.hi],
    range_only: sum(rows.map(({ unit }) => uniformReference(unit) as number)) / rows.length,
    intervals: intervalsOf(rows),
  }
}

/** The ranges that were called so and so sure. */
function intervalsOf(rows: readonly ScoredRow[]): TypeFigure['intervals'] {
  const ranges = rows.flatMap((row) => {
    const { probability } = row.said
    if (typeof probability !== 'object' || !('interval' in probability)) return []
    const { interval, level } = probability as { interval: readonly [Quantity, Quantity]; level: number }
    const { outcome } = row.unit
    const [low, high] = [quantity(interval[0]), quantity(interval[1])]
    return [{ row, low, high, level, value: outcome === null ? null : quantity(outcome) }]
  })
  return intervalCoverage(ranges, partitionsOf(ranges.map(({ row }) => row)))
}

/**
 * The mean score by year of the deadline, where a year has enough. By deadline and not by day of speech, because
 * of what was said lately only the short deadlines have passed.
 */
export function overTime(rows: readonly BinaryRow[]): YearFigure[] {
  const yearOf = ({ unit }: BinaryRow) => Number(unit.deadline_on.slice(0, 4))
  const years = [...new Set(rows.map(yearOf))].sort((a, b) => a - b)
  return years
    .map((year) => ({ year, of: rows.filter((row) => yearOf(row) === year) }))
    .filter(({ of }) => passes(meanGate(of, 'too_few_a_year', { n: 20, groups: 10 })))
    .map(({ year, of }) => {
      const { brier, range } = meanWithRange(of)
      const { lo, hi } = range as ScoreRange
      return { year, n: of.length, clusters: clustersOf(of), brier, interval: [lo, hi] }
    })
}
