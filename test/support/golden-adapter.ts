/** Maps every `fn` of the golden files to the project's own functions. Anything may be missing in an input. */
import { auc } from '../../src/scoring/auc.ts'
import { type Binary, brierScore, fullBrier, halfBrier, meanBrier } from '../../src/scoring/brier.ts'
import { expectedMiscalibration, honestCalibrationBand } from '../../src/scoring/consistency-band.ts'
import { eValue } from '../../src/scoring/e-value.ts'
import { empiricalBayes } from '../../src/scoring/empirical-bayes.ts'
import { integratedBrier } from '../../src/scoring/integrated-brier.ts'
import {
  corpDecomposition,
  fittedPerGroup,
  poolAdjacentViolators,
  tieTable,
} from '../../src/scoring/isotonic.ts'
import { clippedLogScore, logScore, meanLogScore } from '../../src/scoring/log-score.ts'
import { metaculusScores } from '../../src/scoring/metaculus.ts'
import { murphyBinned, murphyExact } from '../../src/scoring/murphy.ts'
import { pairedDifference } from '../../src/scoring/paired.ts'
import { hits, poissonBinomial } from '../../src/scoring/poisson-binomial.ts'
import { clopperPearson, jeffreys, wilson } from '../../src/scoring/proportion.ts'
import { intervalScore, pinballLoss, weightedIntervalScore } from '../../src/scoring/quantile.ts'
import { normalisedRankedProbability, rankedProbability } from '../../src/scoring/ranked-probability.ts'
import { refitGiven } from '../../src/scoring/refits.ts'
import { type ScoreRange, scoreRange } from '../../src/scoring/score-range.ts'
import { tQuantile } from '../../src/scoring/special-functions.ts'
import { spiegelhalter } from '../../src/scoring/spiegelhalter.ts'
import { mean, quantileOfSorted, sum } from '../../src/scoring/summation.ts'
import { standingSpans, timeWeighted } from '../../src/scoring/time-weighted.ts'
import { type Read, verbalRange } from '../../src/scoring/verbal-range.ts'
import { analystFunctions } from './golden-adapter-analysts.ts'
import { firstFunctions } from './golden-adapter-first.ts'
import { secondFunctions } from './golden-adapter-second.ts'
import { goldenTrackRecord } from './golden-track-record.ts'

// biome-ignore lint/suspicious/noExplicitAny: golden inputs are described by their files, not by types
type Input = any

export const eachItsOwn = (n: number) => Array.from({ length: n }, (_, i) => `#${i}`)

const clustersOf = (clusters: readonly unknown[] | null | undefined, n: number) =>
  clusters ? clusters.map(String) : eachItsOwn(n)

export const rangeDocument = (range: ScoreRange | null) =>
  range && { center: range.center, se: range.se, df: range.df, lo: range.lo, hi: range.hi, G: range.clusters }

function plainT(scores: readonly number[]): { sd: number | null; interval: [number, number] | null } {
  const n = scores.length
  if (n < 2) return { sd: null, interval: null }
  const centre = sum(scores) / n
  const sd = Math.sqrt(sum(scores.map((s) => (s - centre) ** 2)) / (n - 1))
  const reach = (tQuantile(0.975, n - 1) * sd) / Math.sqrt(n)
  return { sd, interval: [Math.max(0, centre - reach), Math.min(1, centre + reach)] }
}

function corp(p: number[], y: Binary[]) {
  const decomposition = corpDecomposition(p, y)
  if (decomposition === null) return null
  const table = tieTable(p, y)
  const blocks = poolAdjacentViolators(table.size, table.yeses)
  const fitted = fittedPerGroup(blocks, table.value.length)
  const group = new Map([...table.value].map((value, k) => [value, fitted[k]]))
  return {
    brier: decomposition.brier,
    mcb: decomposition.miscalibration,
    dsc: decomposition.discrimination,
    unc: decomposition.uncertainty,
    cep: p.map((value) => group.get(value)),
    blocks: Array.from({ length: blocks.count }, (_, b) => {
      const end = b + 1 < blocks.count ? (blocks.start[b + 1] as number) : table.value.length
      return {
        x_min: table.value[blocks.start[b] as number],
        x_max: table.value[end - 1],
        n: blocks.size[b],
        n_yes: blocks.yes[b],
        cep: (blocks.yes[b] as number) / (blocks.size[b] as number),
      }
    }),
  }
}

function direction(p: number[], y: Binary[]) {
  const leaning = p.map((value, i) => ({ lean: Math.sign(value - 0.5), y: y[i] })).filter((r) => r.lean !== 0)
  const correct = leaning.filter((r) => (r.lean > 0 ? 1 : 0) === r.y).length
  return {
    correct,
    directed: leaning.length,
    undirected: p.length - leaning.length,
    rate: leaning.length === 0 ? null : correct / leaning.length,
    wilson: wilson(correct, leaning.length),
  }
}

function binarySummary({ p, y, clusters }: Input) {
  const n = p.length
  const brier = meanBrier(p, y)
  const scores = p.map((value: number, i: number) => brierScore(value, y[i]))
  const flipped = p.map((value: number, i: number) => brierScore(value, (1 - y[i]) as Binary))
  const log = meanLogScore(p, y)
  const base = mean(y)
  const unc = base === null ? null : base * (1 - base)
  const own = spiegelhalter(p, y)
  const binned = murphyBinned(p, y)
  return {
    n,
    n_yes: sum(y),
    base_rate: base,
    mean_p: mean(p),
    brier,
    brier_sd: plainT(scores).sd,
    brier_ci: rangeDocument(scoreRange(scores, flipped, [clustersOf(clusters, n)])),
    brier_ci_plain_t: plainT(scores).interval,
    log_raw: mean(p.map((value: number, i: number) => logScore(y[i] === 1 ? value : 1 - value))),
    log_clip: log?.mean ?? null,
    n_log_clipped: log?.clipped ?? 0,
    baseline100: log && 100 * (1 - log.mean / Math.LN2),
    skill_vs_half: brier === null ? null : 1 - 4 * brier,
    unc,
    bss_climatology: brier === null || !unc ? null : 1 - brier / unc,
    expected_brier_if_calibrated: own?.expected_brier ?? null,
    spiegelhalter: { z: own?.z ?? null, p: own?.p ?? null },
    hits: hits(p, y),
    corp: corp(p, y),
    murphy_unique: murphyExact(p, y),
    murphy_bins10: binned && {
      ...binned,
      bins: binned.bins.map((b) => ({
        ...b,
        wilson: wilson(b.n_yes, b.n),
        jeffreys: jeffreys(b.n_yes, b.n),
      })),
    },
    auc: auc(p, y),
    direction: n === 0 ? null : direction(p, y),
  }
}

function categorical({ p, outcome_index }: Input) {
  const total = sum(p)
  const options = p.map((x: number) => x / total)
  const normalised = normalisedRankedProbability(options, outcome_index)
  return {
    brier_full_0_2: fullBrier(options, outcome_index),
    brier_half_0_1: halfBrier(options, outcome_index),
    rps_sum: rankedProbability(options, outcome_index),
    rps_norm_0_1: normalised,
    gjp_ordered_0_2: 2 * normalised,
    log_clip: clippedLogScore(options[outcome_index]),
    uniform_half_brier: (1 - 1 / options.length) / 2,
  }
}

function quantileForecast({ levels, q, y }: Input) {
  const pinball = levels.map((level: number, i: number) => pinballLoss(q[i], level, y))
  return {
    pinball,
    quantile_score_2mean: (2 * sum(pinball)) / levels.length,
    ...weightedIntervalScore(levels, q, y),
  }
}

function pairedComparison({ p, reference, y, clusters, boot_idx }: Input) {
  const paired = pairedDifference(p, reference, y, [clustersOf(clusters, p.length)])
  const d = p.map((x: number, i: number) => brierScore(x, y[i]) - brierScore(reference[i], y[i]))
  const replicates = boot_idx?.map((rows: number[]) => sum(rows.map((i) => d[i])) / rows.length)
  const sorted = replicates && Float64Array.from(replicates).sort()
  return {
    mean_diff: paired?.mean ?? null,
    ci: rangeDocument(paired?.range ?? null),
    skill_vs_reference: paired?.skill ?? null,
    ...(sorted && {
      boot: { replicates, ci: [quantileOfSorted(sorted, 0.025), quantileOfSorted(sorted, 0.975)] },
    }),
  }
}

function henziZiegler({ reference, challenger, y, lambda_ }: Input) {
  const e = challenger.map((q: number, i: number) => eValue(q, reference[i], y[i], lambda_ ?? 0.75))
  let product = 1
  const cumulative = e.map((x: number) => {
    product *= x
    return product
  })
  return { e, cumulative }
}

function timeWeightedBrier({ revisions, start, end, y }: Input) {
  const spans = standingSpans<number>(
    revisions.map((r: { t: number; p: number | null }) => ({ t: r.t, standing: r.p })),
    start,
    end,
  )
  const score = (p: number) => brierScore(p, y)
  const first = spans[0]
  const last = spans.at(-1)
  return {
    score: timeWeighted(spans, score),
    first: first ? score(first.standing) : null,
    last: last ? score(last.standing) : null,
  }
}

function calibratedNull({ p }: Input) {
  const own = spiegelhalter(p, p)
  return {
    expected_mcb: expectedMiscalibration(p),
    expected_brier: own?.expected_brier ?? null,
    sd_brier: own?.sd ?? null,
    hits_pmf: [...poissonBinomial(p)],
  }
}

/** The pointwise band that other packages draw, from the same curves as the envelope. */
function pointwiseBand({ p, y_draws, level }: Input) {
  const { probability, curves } = refitGiven(p, y_draws)
  const at = (share: number) => curves.map((curve) => quantileOfSorted(curve.slice().sort(), share))
  return { x: probability, lower: at((1 - level) / 2), upper: at((1 + level) / 2) }
}

const xBand = ({
  probability,
  lower,
  upper,
}: {
  probability: number[]
  lower: number[]
  upper: number[]
}) => ({
  x: probability,
  lower,
  upper,
})

function verbal({ lo, mid, hi, y }: Input) {
  const rows: Read[] = y.map((outcome: Binary, i: number) => ({
    outcome,
    phrase: null,
    low: lo[i],
    mid: mid[i],
    high: hi[i],
  }))
  return verbalRange(rows) ?? { best: null, mid: null, worst: null }
}

export const functions: Record<string, (input: Input) => unknown> = {
  binarySummary,
  proportionIntervals: ({ k, n, level }) => ({
    wilson: wilson(k, n, level),
    jeffreys: jeffreys(k, n, level),
    clopper_pearson: clopperPearson(k, n, level),
  }),
  categorical,
  quantileForecast,
  intervalScore: ({ lower, upper, alpha, y }) => ({ interval_score: intervalScore(lower, upper, alpha, y) }),
  integratedBrier: ({ xs, F, y, lo, hi, censor_at }) => ({
    score: integratedBrier({ xs, F }, y ?? null, { low: lo, high: hi }, censor_at ?? null),
  }),
  pairedComparison,
  henziZieglerEvalues: henziZiegler,
  empiricalBayesNormal: ({ mean: means, n, within_var }) => empiricalBayes(means, n, within_var),
  timeWeightedBrier,
  metaculusScores: (i) =>
    metaculusScores(i.users, i.outcome_index, i.open, i.actual_close, i.scheduled_close),
  calibratedNull,
  consistencyBand: pointwiseBand,
  honestCalibrationBand: ({ p, y, alpha }) => xBand(honestCalibrationBand(p, y, alpha)),
  verbalRange: verbal,
  trackRecord: goldenTrackRecord,
  ...secondFunctions,
  ...firstFunctions,
  ...analystFunctions,
}

export type GoldenFile = {
  schema: string
  tolerance: { abs: number; rel: number }
  cases: { id: string; fn: string; input: unknown; expected: unknown }[]
}

/** Where `got` differs from `expected`; keys of `got` that nobody expects are ignored. */
export function differences(
  expected: unknown,
  got: unknown,
  tolerance: GoldenFile['tolerance'],
  path = '',
): string[] {
  const plain = got === undefined ? null : got
  if (typeof expected === 'number') {
    const close =
      typeof plain === 'number' &&
      Math.abs(plain - expected) <= tolerance.abs + tolerance.rel * Math.abs(expected)
    return close ? [] : [`${path}: expected ${expected}, got ${String(plain)}`]
  }
  if (expected === 'Infinity' || expected === '-Infinity') {
    return String(plain) === expected ? [] : [`${path}: expected ${expected}, got ${String(plain)}`]
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(plain) || plain.length !== expected.length)
      return [`${path}: another length or no list`]
    return expected.flatMap((item, i) => differences(item, plain[i], tolerance, `${path}[${i}]`))
  }
  if (expected !== null && typeof expected === 'object') {
    if (plain === null || typeof plain !== 'object')
      return [`${path}: expected an object, got ${String(plain)}`]
    return Object.entries(expected).flatMap(([key, value]) =>
      differences(
        value,
        (plain as Record<string, unknown>)[key],
        tolerance,
        path === '' ? key : `${path}.${key}`,
      ),
    )
  }
  return plain === expected ? [] : [`${path}: expected ${String(expected)}, got ${String(plain)}`]
}

/** Runs every case of one file; the answer holds only the failures. */
export function runGolden(file: GoldenFile): {
  passed: number
  failures: { id: string; problems: string[] }[]
} {
  const failures = file.cases.flatMap(({ id, fn, input, expected }) => {
    const run = functions[fn]
    if (!run) return [{ id, problems: [`no function ${fn}`] }]
    try {
      const problems = differences(expected, run(input), file.tolerance)
      return problems.length === 0 ? [] : [{ id, problems }]
    } catch (error) {
      return [{ id, problems: [String(error)] }]
    }
  })
  return { passed: file.cases.length - failures.length, failures }
}
