import { FLATLY } from '../core/probability.ts'
import { detectableShift } from './detectable-shift.ts'
import type { ClaimFigures, Claims, Flat, FlatFigures, FlatSide } from './document.ts'
import type { BinaryRow } from './figures.ts'
import { fitTest } from './fit-test.ts'
import { categoricalOf, leaningOf } from './forecast-unit.ts'
import { cameTrue, leanedClaims } from './leaned-claims.ts'
import { parallelRecords } from './parallel-records.ts'
import { fewestGroups } from './partition.ts'
import { clusteredWilson } from './proportion.ts'
import { clustersOf, partitionsOf, type Row } from './scored-row.ts'
import { sum } from './summation.ts'
import { claimBounds, type Undecided } from './undecided.ts'
import { wordFrame } from './word-frame.ts'

const inputsOf = (rows: readonly BinaryRow[]) =>
  [rows.map((r) => r.binary), rows.map((r) => r.binary.outcome), partitionsOf(rows)] as const

/** How many came true of how many, and what was to be expected. */
export function claimFigures(rows: readonly BinaryRow[]): ClaimFigures {
  const { records: _, ...figures } = parallelRecords(...inputsOf(rows))
  return figures
}

/** The same without what chance makes of it. */
export function claimCounts(
  rows: readonly BinaryRow[],
): Pick<ClaimFigures, 'n' | 'clusters' | 'came_true' | 'promised'> {
  const [bands, outcomes, partitions] = inputsOf(rows)
  const claims = leanedClaims(bands, partitions)
  return {
    n: claims.at.length,
    clusters: fewestGroups(claims.partitions),
    came_true: cameTrue(claims, bands, outcomes),
    promised: [sum(claims.low), sum(claims.high)],
  }
}

/**
 * Came true as leaned (ours): how many claims went the way they leaned, and how many would have in records like it.
 * Formula: A = Σ a_i against [Σ low_i, Σ high_i] of the side leaned to; parallelRecords, detectableShift, fitTest.
 * Symbols: the band first given of every binary forecast; mid > .5 leans yes, < .5 no, = .5 is left out. The
 * undecided ones stretch the count for and against: [A, A + u] of n + u.
 * Range: A in 0 … n.
 * Edge cases: none → zeros and a p-value of null; without the forecasts that were hard to get wrong, and only
 * those whose deadline was ours, as separate figures.
 * Reference: ours; docs/scoring.md, section 9 (i).
 * Example: claimsOf([], [], []).n = 0
 */
export function claimsOf(
  rows: readonly BinaryRow[],
  unmeasured: readonly Row[],
  undecided: readonly Undecided[],
): Claims {
  const { records, ...all } = parallelRecords(...inputsOf(rows))
  const [bands, outcomes, partitions] = inputsOf(rows)
  const of = (part: readonly BinaryRow[]) => (part.length === rows.length ? all : claimFigures(part))
  return {
    ...all,
    records,
    could_have_seen: detectableShift(bands, partitions),
    fits: fitTest(bands, outcomes, partitions).fits,
    bounds: claimBounds(all, undecided),
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
    sides: (['yes', 'no'] as const).map((said) => flatSide(said, rows)).filter(({ n }) => n > 0),
  }
}

function flatSide(said: FlatSide['said'], rows: readonly BinaryRow[]): FlatSide {
  const flat = rows.filter((r) => categoricalOf(r.said.probability) === said)
  const { low, mid, high } = FLATLY[said]
  const happened = flat.filter((r) => r.unit.outcome === 'yes').length
  const frame = wordFrame(flat.length, low, high, happened)
  return { said, n: flat.length, clusters: clustersOf(flat), happened, readers: [low, mid, high], frame }
}
