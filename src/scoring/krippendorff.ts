import type { Interval } from './proportion.ts'
import { randomNumbers, seedOf } from './random.ts'
import { quantileOfSorted, sum } from './summation.ts'

/** What one coder made of every unit, null where it was not coded; numbers only where distances count. */
export type Codes = readonly (string | number | null)[]
export type Metric = { kind: 'nominal' } | { kind: 'interval'; within: number }
export type Agreement = {
  units: number
  raw: number | null
  alpha: number | null
  interval: Interval | null
  /** From 30 units; below that a range of alpha would be as wide as alpha can be. */
  show_alpha: boolean
}

const LEAST_UNITS = 30
const RESAMPLES = 2000
/** With more undefined resamples than these the range would be of others than the sample. */
const MOST_UNDEFINED = 0.1
/** .2 − .15 is more than .05 in doubles. */
const SLACK = 1e-9

/** A unit coded twice or more: its codes, how far they lie apart, and how many pairs of them agree. */
type Unit = { codes: readonly number[]; apart: number; agreeing: number; pairs: number }

/**
 * Agreement of coders: raw, and Krippendorff's α, which counts what would agree by chance as nothing.
 * Formula: raw = agreeing pairs of all pairs inside units; α = 1 − D_o/D_e, D_o = Σ_u Σ_{i≠j} δ(c_i,c_j)/(m_u − 1)/n,
 * D_e = Σ_{i≠j} δ(c_i,c_j)/(n(n − 1)) over all codes; nominal δ = 1{c ≠ k}, interval δ = (c − k)². The range is
 * between the 2.5 % and 97.5 % quantiles (type 7) of α over resamples of units.
 * Symbols: units coded by m_u ≥ 2 coders, n codes in them; with the interval metric codes agree within `within`.
 * Range: raw in [0,1]; α ≤ 1, 1 = always agree, 0 = as by chance.
 * Edge cases: nothing coded twice → null; all codes alike → raw 1, α null; resamples without α are dropped, and with
 * more than 10 % of them, or below 30 units, there is no range.
 * Reference: Krippendorff 2011, https://repository.upenn.edu/asc_papers/43; resampling units instead of pairs is ours.
 * Example: krippendorffAlpha([['yes', 'no'], ['yes', 'no']], {kind: 'nominal'}).alpha = 1
 */
export function krippendorffAlpha(
  ratings: readonly Codes[],
  metric: Metric,
  resamples?: readonly (readonly number[])[],
): Agreement {
  const units = unitsOf(ratings, metric)
  const pairs = sum(units.map((unit) => unit.pairs))
  const coded = codedOf(units)
  const alpha = alphaOf(coded, [...units.keys()], metric)
  const show_alpha = units.length >= LEAST_UNITS && alpha !== null
  return {
    units: units.length,
    raw: pairs === 0 ? null : sum(units.map((unit) => unit.agreeing)) / pairs,
    alpha,
    interval: show_alpha ? intervalOf(coded, metric, resamples ?? seededResamples(units)) : null,
    show_alpha,
  }
}

function unitsOf(ratings: readonly Codes[], metric: Metric): Unit[] {
  const kinds = new Map<string | number, number>()
  const codeOf = (value: string | number): number => {
    if (metric.kind === 'interval') return Number(value)
    const known = kinds.get(value) ?? kinds.size
    kinds.set(value, known)
    return known
  }
  const length = Math.max(0, ...ratings.map((coder) => coder.length))
  return Array.from({ length }, (_, u) =>
    unitOf(
      ratings.flatMap((coder) => (coder[u] === null || coder[u] === undefined ? [] : [codeOf(coder[u])])),
      metric,
    ),
  ).filter(({ codes }) => codes.length > 1)
}

function unitOf(codes: readonly number[], metric: Metric): Unit {
  const distances = codes.flatMap((a, i) => codes.slice(i + 1).map((b) => Math.abs(a - b)))
  const within = metric.kind === 'nominal' ? 0 : metric.within + SLACK
  const apart = distances.map((d) => (metric.kind === 'nominal' ? Number(d > 0) : d * d))
  return {
    codes,
    apart: (2 * sum(apart)) / (codes.length - 1),
    agreeing: distances.filter((d) => d <= within).length,
    pairs: distances.length,
  }
}

/** The codes of all units as numbers from 0 on, so that a resample is counted without looking anything up. */
type Coded = { units: readonly Unit[]; values: readonly number[]; codes: readonly (readonly number[])[] }

function codedOf(units: readonly Unit[]): Coded {
  const places = new Map<number, number>()
  const placeOf = (code: number): number => {
    const known = places.get(code) ?? places.size
    places.set(code, known)
    return known
  }
  const codes = units.map((unit) => unit.codes.map(placeOf))
  return { units, codes, values: [...places.keys()] }
}

/** α of some of the units, each as often as its place stands there. */
function alphaOf({ units, values, codes }: Coded, places: readonly number[], metric: Metric): number | null {
  const counts = new Array<number>(values.length).fill(0)
  let n = 0
  let apart = 0
  for (const place of places) {
    const own = codes[place] as readonly number[]
    for (const code of own) counts[code] = (counts[code] as number) + 1
    n += own.length
    apart += (units[place] as Unit).apart
  }
  const given = values
    .map((value, i) => [value, counts[i] as number] as const)
    .filter(([, count]) => count > 0)
  if (given.length < 2) return null
  return 1 - ((n - 1) * apart) / expectedApart(given, n, metric)
}

/** Σ_{i≠j} δ(c_i, c_j), from how often each code was given. */
function expectedApart(counts: readonly (readonly [number, number])[], n: number, metric: Metric): number {
  if (metric.kind === 'nominal') return n * n - sum(counts.map(([, count]) => count * count))
  const centre = sum(counts.map(([code, count]) => count * code)) / n
  return 2 * n * sum(counts.map(([code, count]) => count * (code - centre) ** 2))
}

function seededResamples(units: readonly Unit[]): number[][] {
  const random = randomNumbers(seedOf(units.flatMap(({ codes }) => [codes.length, ...codes])))
  return Array.from({ length: RESAMPLES }, () => units.map(() => Math.floor(random() * units.length)))
}

function intervalOf(
  coded: Coded,
  metric: Metric,
  resamples: readonly (readonly number[])[],
): Interval | null {
  const alphas = resamples.flatMap((places) => alphaOf(coded, places, metric) ?? [])
  if (alphas.length === 0 || resamples.length - alphas.length > MOST_UNDEFINED * resamples.length) return null
  const sorted = Float64Array.from(alphas).sort()
  return [quantileOfSorted(sorted, 0.025), quantileOfSorted(sorted, 0.975)]
}
