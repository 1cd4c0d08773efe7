import { type Binary, brierScore } from './brier.ts'
import { sum } from './summation.ts'

/** What stands after a withdrawal. */
const NOTHING_SAID = 0.25

export type Said = { t: number; p: number | null }
export type PlannedWindow = {
  first: number
  second: number | null
  changes: number
  window: number | null
  held: number | null
  half: number | null
  gain: number | null
}

/**
 * Brier score over the window that was planned when the question was written.
 * Formula: window = (1/D)·∫ (p(t) − y)² dt from the later of start and the first statement to end, D = deadline −
 * start, end = min(known, deadline); held = the same with the first p throughout, half with .25, gain = held − window;
 * first and second = the scores of the first statement and of the first change.
 * Symbols: revisions in order of t (any unit), p in [0,1] or null = withdrawn, which scores .25; y in {0,1}; known =
 * when the outcome was, null if after the deadline.
 * Range: window in [0,1]; proper only for somebody bound to restate at every moment.
 * Edge cases: what was said at or after end is ignored; at one instant the later row wins; the same p again is no
 * change; nothing said before end → null; D ≤ 0 → first alone.
 * Reference: ours; the scheduled horizon is Metaculus's.
 * Example: plannedWindowBrier([{t: 0, p: 0.6}, {t: 40, p: 0.9}], 0, 100, 70, 1).window = 0.067
 */
export function plannedWindowBrier(
  revisions: readonly Said[],
  start: number,
  deadline: number,
  known: number | null,
  outcome: Binary,
): PlannedWindow | null {
  const end = Math.min(known ?? deadline, deadline)
  const standing = changesOf(revisions.filter(({ t }) => t < end))
  const scores = standing.map(({ p }) => (p === null ? NOTHING_SAID : brierScore(p, outcome)))
  const [first, second = null] = scores
  if (first === undefined) return null
  const planned = deadline - start
  if (planned <= 0) {
    return { first, second: null, changes: 0, window: null, held: null, half: null, gain: null }
  }
  const lengths = standing.map(({ t }, i) => Math.max(0, (standing[i + 1]?.t ?? end) - Math.max(start, t)))
  const share = sum(lengths) / planned
  const window = sum(scores.map((score, i) => score * (lengths[i] as number))) / planned
  const held = first * share
  return {
    first,
    second,
    changes: scores.length - 1,
    window,
    held,
    half: NOTHING_SAID * share,
    gain: held - window,
  }
}

/** The statements that changed something; a withdrawal before anything was said is none. */
function changesOf(revisions: readonly Said[]): Said[] {
  const said = revisions.filter(({ t }, i) => revisions[i + 1]?.t !== t)
  return said.filter(({ p }, i) => p !== (said[i - 1]?.p ?? null))
}
