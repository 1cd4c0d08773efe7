import type { Estimates } from './analysts-document.ts'
import { brierScore } from './brier.ts'
import type { Reason } from './document.ts'
import type { BinaryRow } from './figures.ts'
import { hierarchicalAnalysts } from './hierarchical-analysts.ts'
import { qTest } from './q-test.ts'
import { type ScoreRange, scoreRange } from './score-range.ts'
import { clustersOf, partitionsOf } from './scored-row.ts'
import { byText, sum } from './summation.ts'

/** The numbers somebody gave against the references of their questions. */
export type AgainstReferences = {
  n: number
  clusters: number
  /** How many of the n have a reference. */
  referenced: number
  /** Of score minus reference's score, over those that have one; null where nothing can be said of its spread. */
  mean: number | null
  squares: number
  variance: number | null
  df: number | null
}

export function againstReferences(rows: readonly BinaryRow[]): AgainstReferences {
  const referenced = rows.filter((row) => typeof row.unit.reference === 'number')
  const against = ({ unit, binary: { mid, outcome } }: BinaryRow, flip: 0 | 1) => {
    const happened = flip === 1 ? (outcome === 1 ? 0 : 1) : outcome
    return brierScore(mid, happened) - brierScore(unit.reference as number, happened)
  }
  const d = referenced.map((row) => against(row, 0))
  const range: ScoreRange | null =
    d.length === 0
      ? null
      : scoreRange(
          d,
          referenced.map((row) => against(row, 1)),
          partitionsOf(referenced),
          [-1, 1],
        )
  const mean = d.length === 0 ? null : sum(d) / d.length
  return {
    n: rows.length,
    clusters: clustersOf(rows),
    referenced: referenced.length,
    mean,
    squares: mean === null ? 0 : sum(d.map((x) => (x - mean) ** 2)),
    variance: range && range.se ** 2,
    df: range?.df ?? null,
  }
}

const [LEAST_ANALYSTS, LEAST_NUMBERS, LEAST_GROUPS] = [5, 20, 10]

type Referenced = { id: string; name: string; against_references: AgainstReferences }

/**
 * Who scores better than a reference, and by how much, as far as it can be known; or why it cannot.
 * Formula: d_i = score − reference's score; pooled s² = Σ Σ (d_i − d̄_a)²/Σ (n_a − 1), v_a = s²/G_a, and own v_a of the
 * range of d; shown where qTest is; then hierarchicalAnalysts over own v, mean ± 1.96 sd.
 * Symbols: first statements in numbers, live, of analysts with 20 in 10 groups and a reference for each.
 * Range: [−1,1]; below 0 is better than the reference.
 * Edge cases: fewer than five such analysts → the reason; nobody whose d does not vary at all is among them.
 * Reference: as qTest and hierarchicalAnalysts.
 */
export function estimatesOf(people: readonly Referenced[]): Estimates | Reason {
  const able = people.filter(
    ({ against_references: { n, clusters } }) => n >= LEAST_NUMBERS && clusters >= LEAST_GROUPS,
  )
  const known = able.flatMap(
    ({ id, name, against_references: { n, referenced, mean, variance, df, ...rest } }) =>
      referenced === n && mean !== null && variance !== null && variance > 0 && df !== null
        ? [{ id, name, n, mean, variance, df, ...rest }]
        : [],
  )
  if (able.length < LEAST_ANALYSTS) return 'too_few_analysts'
  if (known.length < LEAST_ANALYSTS) return 'no_reference'
  const means = known.map(({ mean }) => mean)
  const own = known.map(({ variance }) => variance)
  const within = sum(known.map(({ squares }) => squares)) / sum(known.map(({ n }) => n - 1))
  const test = qTest(
    means,
    own,
    known.map(({ df }) => df),
    known.map(({ clusters }) => within / clusters),
  )
  const all = test?.shown === true ? hierarchicalAnalysts(means, own) : null
  if (test === null || all === null) return 'no_detectable_differences'
  const estimates = known.map(({ id, name, n, clusters, mean }, i) => {
    const [estimate, reach] = [all.mean[i] as number, 1.96 * (all.sd[i] as number)]
    const interval: [number, number] = [estimate - reach, estimate + reach]
    return { id, name, n, clusters, mean, estimate, interval }
  })
  return { mu: all.mu, tau: all.tau, p: test.p, estimates: estimates.sort((a, b) => byText(a.name, b.name)) }
}
