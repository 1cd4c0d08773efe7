/** Golden files 14_a to 14_e: ranges, calibration, monitor, records, revisions. */
import type { Band } from '../../src/core/probability.ts'
import { miscalibrationNull } from '../../src/scoring/consistency-band.ts'
import { detectableShift } from '../../src/scoring/detectable-shift.ts'
import { eProcess } from '../../src/scoring/e-process.ts'
import { effectiveGroups } from '../../src/scoring/effective-groups.ts'
import { fitTest } from '../../src/scoring/fit-test.ts'
import { parallelRecords } from '../../src/scoring/parallel-records.ts'
import { plannedWindowBrier } from '../../src/scoring/planned-window.ts'
import { scoreRange } from '../../src/scoring/score-range.ts'
import { simultaneousEnvelope } from '../../src/scoring/simultaneous-envelope.ts'
import { groupZ } from '../../src/scoring/spiegelhalter.ts'
import { tiltTest } from '../../src/scoring/tilt.ts'
import { type Changed, updateQuality } from '../../src/scoring/update-quality.ts'

// biome-ignore lint/suspicious/noExplicitAny: golden inputs are described by their files, not by types
type Input = any

function cr3Range({ scores, flipped, partitions, bounds }: Input) {
  const range = scoreRange(scores, flipped, partitions, bounds)
  const groups = effectiveGroups(partitions)
  if (range === null || groups === null) return null
  const { center, se, df, lo, hi, clusters } = range
  return { center, variance: se * se, df, lo, hi, G: clusters, G_star: groups.effective_clusters }
}

function groupsOf({ partitions }: Input) {
  const groups = effectiveGroups(partitions)
  return {
    G: groups?.clusters ?? 0,
    G_star: groups?.effective_clusters ?? null,
    largest_share: groups?.largest_share ?? null,
    concentrated: groups?.concentrated ?? false,
  }
}

const bandsOf = ({ low, mid, high }: Input): Band[] =>
  mid.map((value: number, i: number) => ({ low: (low ?? mid)[i], mid: value, high: (high ?? mid)[i] }))

function records(input: Input) {
  const { records, p_value, ...figures } = parallelRecords(bandsOf(input), input.y, input.partitions)
  return {
    ...figures,
    p_kindest: p_value,
    kindest: records?.kindest ?? null,
    usual_pmf: records?.usual ?? null,
    chance: records?.chance ?? null,
  }
}

function envelope({ p, y_draws, alpha }: Input) {
  const { probability, ...rest } = simultaneousEnvelope(p, y_draws, alpha)
  return { x: probability, ...rest }
}

function evidence(input: Input) {
  const { path, ...rest } = eProcess(bandsOf(input), input.y, input.partitions, input.decided)
  return { ...rest, path: path.map(({ e }) => e) }
}

function tilt(input: Input) {
  const { p_value, ...rest } = tiltTest(bandsOf({ ...input, mid: input.low }), input.y, input.partitions)
  return { ...rest, p_at_most: p_value }
}

const NO_WINDOW = { first: null, second: null, window: null, held: null, half: null, gain: null, changes: 0 }
const NO_UPDATES = { n: 0, first: null, changed: null, difference: null, interval: null }

function updates({ rows }: Input) {
  const groups = rows.map(({ group }: { group: string }) => group)
  const { interval, ...means } = updateQuality(rows as Changed[], [groups]) ?? NO_UPDATES
  return { ...means, range: interval }
}

export const firstFunctions: Record<string, (input: Input) => unknown> = {
  plannedWindowBrier: ({ revisions, start, deadline, known, y }) =>
    plannedWindowBrier(revisions, start, deadline, known, y) ?? NO_WINDOW,
  updateQuality: updates,
  cr3Range,
  effectiveGroups: groupsOf,
  groupZ: ({ p, y, partitions }) => groupZ(p, y, partitions),
  groupedMcbNull: ({ p, groups, uniforms }) => miscalibrationNull(p, groups, uniforms),
  simultaneousEnvelope: envelope,
  eProcess: evidence,
  tiltTest: tilt,
  parallelRecords: records,
  detectableShift: (input) => ({ shift: detectableShift(bandsOf(input), input.partitions) }),
  fitTest: (input) => fitTest(bandsOf(input), input.y, input.partitions),
}
