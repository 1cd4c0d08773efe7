import type { TypeFigure, YearFigure } from './document.ts'
import { type BinaryRow, meanWithRange } from './figures.ts'
import { type Quantity, quantity } from './forecast-unit.ts'
import { clustersOf, type ScoredRow } from './scored-row.ts'
import { sum } from './summation.ts'

/** From this many a plain cluster t may stand in for the range, where outcomes cannot be flipped. */
const LEAST_PLAIN = 20

export function typeFigure(rows: readonly ScoredRow[]): TypeFigure {
  const { brier, range } = meanWithRange(rows)
  const shown = rows.every((r) => r.flipped !== null) || rows.length >= LEAST_PLAIN ? range : null
  return {
    n: rows.length,
    clusters: clustersOf(rows),
    brier,
    interval: shown && [shown.lo, shown.hi],
    intervals: intervalsOf(rows),
  }
}

function intervalsOf(rows: readonly ScoredRow[]): TypeFigure['intervals'] {
  const levels = new Map<number, { n: number; contained: number }>()
  for (const { unit, said } of rows) {
    if (typeof said.probability !== 'object' || !('interval' in said.probability)) continue
    const { interval, level } = said.probability as { interval: readonly [Quantity, Quantity]; level: number }
    const value = unit.outcome === null ? Infinity : quantity(unit.outcome)
    const inside = quantity(interval[0]) <= value && value <= quantity(interval[1])
    const { n, contained } = levels.get(level) ?? { n: 0, contained: 0 }
    levels.set(level, { n: n + 1, contained: contained + Number(inside) })
  }
  return [...levels].sort(([a], [b]) => a - b).map(([level, figures]) => ({ level, ...figures }))
}

/**
 * Mean Brier by year of the deadline, for years with at least 20. By deadline and not by day of speech, because
 * of what was said lately only the short deadlines have passed.
 */
export function overTime(rows: readonly BinaryRow[]): YearFigure[] {
  const years = new Map<number, number[]>()
  for (const { unit, score } of rows) {
    const year = Number(unit.deadline_on.slice(0, 4))
    const scores = years.get(year)
    if (scores) scores.push(score)
    else years.set(year, [score])
  }
  return [...years]
    .filter(([, scores]) => scores.length >= 20)
    .sort(([a], [b]) => a - b)
    .map(([year, scores]) => ({ year, n: scores.length, brier: sum(scores) / scores.length }))
}
