import { sum } from './summation.ts'

export type Revision<T> = { t: number; standing: T | null }
export type Span<T> = { standing: T; share: number }

/**
 * What stood for how long: the standing forecasts between start and end, as shares of the time anything stood.
 * Formula: share = (time this stood within [start, end)) / (time anything stood).
 * Symbols: revisions in order of t (any unit); null = withdrawn, which stops the clock.
 * Range: shares in (0,1], summing to 1.
 * Edge cases: nothing stood → empty; at the same instant the later row wins; what was said at or after the
 * end is ignored; before the start only the standing one counts, from the start.
 * Reference: ours in this form; Metaculus and Fatebook average over time likewise.
 * Example: standingSpans([{t: 0, standing: 'a'}, {t: 5, standing: 'b'}], 0, 20) = [{standing: 'a', share: 0.25}, {standing: 'b', share: 0.75}]
 */
export function standingSpans<T>(revisions: readonly Revision<T>[], start: number, end: number): Span<T>[] {
  const spans = revisions.map((revision, i) => {
    const from = Math.max(start, revision.t)
    const to = Math.min(end, revisions[i + 1]?.t ?? end)
    return { standing: revision.standing, length: Math.max(0, to - from) }
  })
  const stood = spans.filter((s): s is { standing: T; length: number } => s.standing !== null && s.length > 0)
  const total = sum(stood.map((s) => s.length))
  return stood.map(({ standing, length }) => ({ standing, share: length / total }))
}

/**
 * Time-weighted score: the scores, not the probabilities, averaged over the time each stood.
 * Formula: Σ share_j · S(p_j).
 * Symbols: spans with shares summing to 1; S any score.
 * Range: that of the score.
 * Edge cases: nothing stood → null.
 * Reference: as standingSpans.
 * Example: timeWeighted([{standing: 0.6, share: 0.5}, {standing: 0.9, share: 0.5}], (p) => (p - 1) ** 2) = 0.085
 */
export function timeWeighted<T>(spans: readonly Span<T>[], score: (standing: T) => number): number | null {
  return spans.length === 0 ? null : sum(spans.map((s) => s.share * score(s.standing)))
}
