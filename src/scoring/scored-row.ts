import type { Binary } from './brier.ts'
import { assess, type Eligibility, revisionsOf } from './eligibility.ts'
import { type Band, bandOf, type ForecastUnit, type UnitStatement } from './forecast-unit.ts'
import { type Revision, type Span, standingSpans, timeWeighted } from './time-weighted.ts'
import { outcomeOf, scoreUnit, type UnitScore } from './unit-score.ts'
import type { Read } from './verbal-range.ts'

export type Row = {
  unit: ForecastUnit
  eligibility: Eligibility
  source_cluster: string
  family_cluster: string
}

/** A row with its numbers. `first`, `last` and `readings` are for binary questions only. */
export type ScoredRow = Row & {
  kind: 'stated' | 'worded'
  score: number
  flipped: number | null
  last: UnitStatement
  binary: { outcome: Binary; first: Band; last: Band; read: Read } | null
}

export function rowsOf(units: readonly ForecastUnit[], asOf: Date): Row[] {
  return units.map((unit) => {
    // A dataset is no cluster: its cluster column is, otherwise each row stands by itself.
    const source = unit.source_type === 'dataset' ? `${unit.source}/${unit.cluster ?? unit.id}` : unit.source
    return {
      unit,
      eligibility: assess(unit, asOf),
      source_cluster: source,
      family_cluster: unit.family === null ? `source ${source}` : `family ${unit.family}`,
    }
  })
}

/** What stood and for how long; where no time can be weighed, the last statement alone. */
function spansOf(
  { unit, eligibility }: Row,
  revisions: readonly Revision<UnitStatement>[],
): Span<UnitStatement>[] {
  const { statements, end } = eligibility
  const last = { standing: statements.at(-1) as UnitStatement, share: 1 }
  if (revisions.length === 1) return [last]
  const start = Math.max(unit.opens_at.getTime(), (statements[0] as UnitStatement).said_at.getTime())
  const spans = standingSpans(revisions, start, end.getTime())
  return spans.length > 0 ? spans : [last]
}

/** The numbers of a row; only for rows the predicate found scored or selected, which have something to score. */
export function scoreRow(row: Row): ScoredRow {
  const { unit, eligibility } = row
  const { statements } = eligibility
  const revisions = revisionsOf(statements)
  const spans = spansOf(row, revisions)
  const scores = spans.map(({ standing, share }) => ({
    standing: scoreUnit(unit, standing.probability) as UnitScore,
    share,
  }))
  const natural = scores.every(({ standing }) => standing.flipped !== null)
  return {
    unit,
    eligibility,
    source_cluster: row.source_cluster,
    family_cluster: row.family_cluster,
    kind: revisions.every(({ standing }) => standing === null || isStated(standing)) ? 'stated' : 'worded',
    score: timeWeighted(scores, (s) => s.score) as number,
    flipped: natural ? timeWeighted(scores, (s) => s.flipped as number) : null,
    last: statements.at(-1) as UnitStatement,
    binary: binaryPart(unit, statements, spans),
  }
}

/** A paraphrase counts as worded even with a number: it is the reporter's. */
function isStated({ voice, probability }: UnitStatement): boolean {
  return voice === 'quote' && (typeof probability === 'number' || !('words' in probability))
}

function binaryPart(
  unit: ForecastUnit,
  statements: readonly UnitStatement[],
  spans: readonly Span<UnitStatement>[],
): ScoredRow['binary'] {
  const outcome = outcomeOf(unit)
  if (outcome === null) return null
  const band = (s: UnitStatement | undefined) => bandOf((s as UnitStatement).probability) as Band
  const readings = spans.map(({ standing, share }) => {
    const { low, mid, high, phrase } = band(standing)
    return { low, mid, high, phrase, share }
  })
  return { outcome, first: band(statements[0]), last: band(statements.at(-1)), read: { outcome, readings } }
}

/** The partitions of the same rows: by source, and by family where any has one (else they are the same). */
export function partitionsOf(rows: readonly Row[]): string[][] {
  const bySource = rows.map((r) => r.source_cluster)
  if (rows.every((r) => r.unit.family === null)) return [bySource]
  return [bySource, rows.map((r) => r.family_cluster)]
}

/** G: the smaller number of clusters of the two partitions. */
export function clustersOf(rows: readonly Row[]): number {
  return Math.min(...partitionsOf(rows).map((labels) => new Set(labels).size))
}
