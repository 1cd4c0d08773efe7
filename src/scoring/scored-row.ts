import type { Binary } from './brier.ts'
import { assess, type Eligibility, revisionsOf } from './eligibility.ts'
import { type Band, bandOf, type ForecastUnit, type UnitStatement } from './forecast-unit.ts'
import { type Span, standingSpans, timeWeighted } from './time-weighted.ts'
import { outcomeOf, scoreUnit } from './unit-score.ts'
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
function spansOf({ unit, eligibility }: Row): Span<UnitStatement>[] {
  const revisions = revisionsOf(eligibility.statements)
  const start = Math.max(
    unit.opens_at.getTime(),
    (eligibility.statements[0] as UnitStatement).said_at.getTime(),
  )
  const spans = standingSpans(revisions, start, eligibility.end.getTime())
  if (spans.length > 0) return spans
  return [{ standing: eligibility.statements.at(-1) as UnitStatement, share: 1 }]
}

/** The numbers of a row; null when nothing was said in time that can be scored. */
export function scoreRow(row: Row, outcome = row.unit.outcome): ScoredRow | null {
  const { statements } = row.eligibility
  if (statements.length === 0) return null
  const unit = { ...row.unit, outcome }
  const spans = spansOf(row)
  const scores = new Map(spans.map(({ standing }) => [standing, scoreUnit(unit, standing.probability)]))
  if ([...scores.values()].includes(null)) return null
  const score = timeWeighted(spans, (s) => scores.get(s)?.score as number) as number
  const natural = [...scores.values()].every((s) => s?.flipped !== null)
  const stating = revisionsOf(statements).flatMap((r) => r.standing ?? [])
  return {
    ...row,
    kind: stating.every(isStated) ? 'stated' : 'worded',
    score,
    flipped: natural ? timeWeighted(spans, (s) => scores.get(s)?.flipped as number) : null,
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
  const readings = spans.map(({ standing, share }) => ({ ...band(standing), share }))
  return { outcome, first: band(statements[0]), last: band(statements.at(-1)), read: { outcome, readings } }
}

/** Both partitions of the same rows: by source, and by family. */
export function partitionsOf(rows: readonly Row[]): [string[], string[]] {
  return [rows.map((r) => r.source_cluster), rows.map((r) => r.family_cluster)]
}

/** G: the smaller number of clusters of the two partitions. */
export function clustersOf(rows: readonly Row[]): number {
  return Math.min(...partitionsOf(rows).map((labels) => new Set(labels).size))
}
