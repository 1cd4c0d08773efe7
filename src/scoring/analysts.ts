import { brierScore } from './brier.ts'
import { claimsOf } from './claims.ts'
import { liveOnly } from './eligibility.ts'
import { empiricalBayes } from './empirical-bayes.ts'
import { isBinary } from './figures.ts'
import type { ForecastUnit } from './forecast-unit.ts'
import type { Interval } from './proportion.ts'
import { clustersOf, rowsOf } from './scored-row.ts'
import { byText, sum } from './summation.ts'
import { type Tier, tierOf } from './tier.ts'
import { scoredRows, statedRows } from './track-record.ts'

/** One line of the list of analysts; live only. Sums, so that the store can keep them up to date. */
export type AnalystSummary = {
  id: string
  name: string
  forecasts: number
  scored: number
  clusters: number
  tier: Tier
  claims: number
  came_true: number
  promised: [number, number]
  too_vague: number
  stated: { n: number; clusters: number; sum: number; sum_of_squares: number; without_reference: number }
}

/** Everything the list needs of one analyst: what came true, and the sums of d_i = score − reference score. */
export function analystSummary(
  analyst: { id: string; name: string; units: readonly ForecastUnit[] },
  asOf: Date,
): AnalystSummary {
  const rows = rowsOf(liveOnly(analyst.units), asOf)
  const scored = scoredRows(rows)
  const clusters = clustersOf(scored)
  const { n, came_true, promised } = claimsOf(scored.filter(isBinary))
  const stated = statedRows(scored)
  const d = stated.map(({ score, unit, binary }) => {
    const reference = unit.reference ?? null
    return score - (reference === null ? 0.25 : brierScore(reference, binary.outcome))
  })
  return {
    id: analyst.id,
    name: analyst.name,
    forecasts: rows.filter((r) => r.eligibility.status !== 'retracted').length,
    scored: scored.length,
    clusters,
    tier: tierOf(scored.length, clusters),
    claims: n,
    came_true,
    promised,
    too_vague: rows.filter((r) => r.eligibility.status === 'too_vague').length,
    stated: {
      n: stated.length,
      clusters: clustersOf(stated),
      sum: sum(d),
      sum_of_squares: sum(d.map((x) => x * x)),
      without_reference: stated.filter((r) => (r.unit.reference ?? null) === null).length,
    },
  }
}

export type Estimate = {
  id: string
  name: string
  n: number
  clusters: number
  mean: number
  estimate: number
  interval: Interval
}
export type Estimates = {
  mu: number
  tau2: number
  detectable: boolean
  /** Some differences are against .25 and not a reference fixed in advance: questions differ in difficulty. */
  questions_differ: boolean
  estimates: Estimate[]
  /** Ids that cannot be told apart from each other; groups may overlap. */
  groups: string[][]
}

/**
 * Who scores better than whom, as far as it can be known: shrunken differences from the reference.
 * Formula: d_i = score − reference's score (else − .25); pooled s² = Σ Σ (d_i − d̄_a)²/Σ (n_a − 1), v_a = s²/G_a,
 * then empirical Bayes; printed post ± 1.96 sd. Two cannot be told apart when |post_a − post_b| ≤
 * 1.96·√(sd_a² + sd_b²).
 * Symbols: stated live forecasts of analysts at tier ≥ 3 by their stated record.
 * Range: [−1,1]; below 0 is better than the reference.
 * Edge cases: fewer than two such analysts → null; τ² = 0 → "no detectable differences", one group.
 * Reference: as empiricalBayes; the groups are ours.
 */
export function analystEstimates(summaries: readonly AnalystSummary[]): Estimates | null {
  const able = summaries.filter(({ stated }) => tierOf(stated.n, stated.clusters) >= 3)
  if (able.length < 2) return null
  const means = able.map(({ stated }) => stated.sum / stated.n)
  const within = sum(
    able.map(({ stated }, i) => Math.max(0, stated.sum_of_squares - stated.n * (means[i] as number) ** 2)),
  )
  const variance = within / sum(able.map(({ stated }) => stated.n - 1))
  const shrunken = empiricalBayes(
    means,
    able.map(({ stated }) => stated.clusters),
    variance,
  ) as NonNullable<ReturnType<typeof empiricalBayes>>
  const lines = able.map(({ id, name, stated }, i) => {
    const estimate = shrunken.post[i] as number
    const sd = shrunken.post_sd[i] as number
    const interval: Interval = [estimate - 1.96 * sd, estimate + 1.96 * sd]
    return {
      id,
      name,
      n: stated.n,
      clusters: stated.clusters,
      mean: means[i] as number,
      estimate,
      interval,
      sd,
    }
  })
  return {
    mu: shrunken.mu,
    tau2: shrunken.tau2,
    detectable: shrunken.tau2 > 0,
    questions_differ: able.some(({ stated }) => stated.without_reference > 0),
    estimates: lines.map(({ sd: _, ...line }) => line).sort((a, b) => byText(a.name, b.name)),
    groups: groupsOf(lines),
  }
}

/** Runs of neighbours, best first, in which no two can be told apart. */
function groupsOf(lines: readonly { id: string; estimate: number; sd: number }[]): string[][] {
  const sorted = [...lines].sort((a, b) => a.estimate - b.estimate || byText(a.id, b.id))
  const apart = (a: (typeof sorted)[number], b: (typeof sorted)[number]) =>
    b.estimate - a.estimate > 1.96 * Math.hypot(a.sd, b.sd)
  const runs: { ids: string[]; end: number }[] = []
  sorted.forEach((_, from) => {
    let end = from
    while (end + 1 < sorted.length) {
      const next = sorted[end + 1] as (typeof sorted)[number]
      if (sorted.slice(from, end + 1).some((line) => apart(line, next))) break
      end++
    }
    // A run inside the one before says nothing new.
    if (end > (runs.at(-1)?.end ?? -1)) runs.push({ ids: sorted.slice(from, end + 1).map((l) => l.id), end })
  })
  return runs.map((run) => run.ids)
}
