import type { TypeFigure, YearFigure } from './document.ts'
import { type EffectiveGroups, effectiveGroups } from './effective-groups.ts'
import { type BinaryRow, meanGate, meanWithRange } from './figures.ts'
import { type ForecastUnit, type Quantity, quantity } from './forecast-unit.ts'
import { intervalCoverage } from './interval-coverage.ts'
import type { ScoreRange } from './score-range.ts'
import { partitionsOf, type ScoredRow } from './scored-row.ts'
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
    range_only: sum(rows.map(({ unit }) => rangeOnly(unit))) / rows.length,
    intervals: intervalsOf(rows),
  }
}
