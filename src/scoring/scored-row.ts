import { assess, type Eligibility } from './eligibility.ts'
import { type Band, bandOf, type ForecastUnit, type UnitStatement } from './forecast-unit.ts'
import { outcomeOf, scoreUnit, type UnitScore } from './unit-score.ts'
import type { Read } from './verbal-range.ts'

export type Row = {
  unit: ForecastUnit
  eligibility: Eligibility
  /** The statement that counts: the first that can be scored, or else the first that was made. */
  said: UnitStatement
  source_type: string
  source_cluster: string
  family_cluster: string
}

/** A row with its numbers; `binary` only where the question is of yes or no. */
export type ScoredRow = Row & {
  kind: 'stated' | 'worded'
  score: number
  flipped: number | null
  binary: Read | null
}

export function rowsOf(units: readonly ForecastUnit[], asOf: Date): Row[] {
  return units.map((unit) => {
    const eligibility = assess(unit, asOf)
    const said = saidOf(unit, eligibility)
    const { source, source_type, cluster } = said.from ?? unit
    // A dataset is no cluster: its cluster column is, otherwise each row stands by itself.
    const group = source_type === 'dataset' ? `${source}/${cluster ?? unit.id}` : source
    return {
      unit,
      eligibility,
      said,
      source_type,
      source_cluster: group,
      family_cluster: unit.family === null ? `source ${group}` : `family ${unit.family}`,
    }
  })
}

/**
 * Only the first statement weighs the same whatever follows, so only it is in any figure: what a later one weighs
 * would depend on how soon the outcome was known.
 */
const saidOf = ({ statements }: ForecastUnit, eligibility: Eligibility): UnitStatement =>
  eligibility.statements[0] ?? statements.find((s) => !s.retracted) ?? (statements[0] as UnitStatement)

/** The numbers of a row; only for rows the predicate found scored or selected, which have something to score. */
export function scoreRow(row: Row): ScoredRow {
  const { unit, said } = row
  const { score, flipped } = scoreUnit(unit, said.probability) as UnitScore
  const outcome = outcomeOf(unit)
  return {
    ...row,
    kind: isStated(said) ? 'stated' : 'worded',
    score,
    flipped,
    binary: outcome === null ? null : { ...(bandOf(said.probability) as Band), outcome },
  }
}

/** A paraphrase counts as worded even with a number: it is the reporter's. */
export function isStated({ voice, probability }: UnitStatement): boolean {
  return voice === 'quote' && (typeof probability === 'number' || !('words' in probability))
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
