import { countTest } from './count-test.ts'
import type { ClaimFigures, Claims, Flat, FlatFigures } from './document.ts'
import type { BinaryRow } from './figures.ts'
import { categoricalOf, leaningOf } from './forecast-unit.ts'
import { clusteredWilson } from './proportion.ts'
import { clustersOf, partitionsOf, type Row } from './scored-row.ts'
import { sum } from './summation.ts'

function figures(rows: readonly BinaryRow[]): ClaimFigures {
  const leaning = rows.filter((r) => r.binary.mid !== 0.5)
  const claims = leaning.map(({ binary }) => {
    const { outcome, low, mid, high } = binary
    return mid > 0.5 ? { came: outcome, low, high } : { came: 1 - outcome, low: 1 - high, high: 1 - low }
  })
  const low = claims.map((c) => c.low)
  const high = claims.map((c) => c.high)
  const cameTrue = sum(claims.map((c) => c.came))
  return {
    n: claims.length,
    clusters: clustersOf(leaning),
    came_true: cameTrue,
    promised: [sum(low), sum(high)],
    p_value: countTest(low, high, cameTrue, partitionsOf(leaning)),
  }
}

/**
 * Came true as leaned (ours): how many claims went the way they leaned, against how many the words promised.
 * Formula: A = Σ a_i; promised [Σ low_i, Σ high_i] of the side leaned to; p-value by countTest.
 * Symbols: the band first given of every binary forecast; mid > .5 leans yes, < .5 no, = .5 is left out.
 * Range: A in 0 … n.
 * Edge cases: none → zeros and a p-value of null; without the forecasts that were hard to get wrong, and only
 * those whose deadline was ours, as separate figures.
 * Reference: ours; docs/scoring.md, section 9 (i).
 * Example: claimsOf([]).n = 0
 */
export function claimsOf(rows: readonly BinaryRow[], unmeasured: readonly Row[] = []): Claims {
  const all = figures(rows)
  const of = (part: readonly BinaryRow[]) => (part.length === rows.length ? all : figures(part))
  return {
    ...all,
    without_low_information: of(rows.filter((r) => !r.unit.low_information)),
    deadline_ours: of(rows.filter((r) => r.unit.deadline_ours)),
    unmeasured: unmeasuredFigures(unmeasured),
  }
}

/** By the first statement, as the claims that have a band. */
const unmeasuredFigures = (rows: readonly Row[]): Claims['unmeasured'] => ({
  n: rows.length,
  clusters: rows.length === 0 ? 0 : clustersOf(rows),
  came_true: rows.filter(({ unit, said }) => leaningOf(said.probability) === unit.outcome).length,
})

function flatFigures(rows: readonly BinaryRow[]): FlatFigures {
  const flat = rows.filter((r) => categoricalOf(r.said.probability))
  const hits = flat.filter((r) => categoricalOf(r.said.probability) === r.unit.outcome).length
  const clusters = clustersOf(flat)
  return { n: flat.length, clusters, hits, wilson: clusteredWilson(hits, flat.length, clusters) }
}

/**
 * Said flatly: "X will happen", a hit or a miss, never a probability.
 * Formula: hits / n with Wilson at k·G/n of G.
 * Symbols: the binary forecasts that were first made flatly.
 * Range: hits in 0 … n.
 * Edge cases: none → 0 of 0, interval [0,1].
 * Reference: house rule, docs/scoring.md, section 9.
 * Example: flatOf([]).wilson = [0, 1]
 */
export function flatOf(rows: readonly BinaryRow[]): Flat {
  return {
    ...flatFigures(rows),
    without_low_information: flatFigures(rows.filter((r) => !r.unit.low_information)),
  }
}
