import type { Frame } from './document.ts'

/** So many squares at most are drawn for one row. */
const MOST_SQUARES = 60
/** 20 · .85 is not 17 in doubles, and is meant to be. */
const SLACK = 1e-9

/** The frame between two counts: whole squares, so one that is touched belongs to it. */
export function frameOf(n: number, from: number, to: number, happened: number): Frame {
  const squares: [number, number] = [Math.floor(from + SLACK), Math.ceil(to - SLACK)]
  return {
    from,
    to,
    squares,
    position: happened < squares[0] ? 'below' : happened > squares[1] ? 'above' : 'inside',
    per_square: Math.max(1, Math.ceil(n / MOST_SQUARES)),
  }
}

/**
 * Frame of a phrase (ours): where the filled squares end if the phrase means what readers hear in it.
 * Formula: from n·q10 to n·q90; squares ⌊n·q10⌋ to ⌈n·q90⌉; one square stands for ⌈n/60⌉.
 * Symbols: n statements, of which `happened` came out yes; low = q10 and high = q90 of what readers understand.
 * Range: 0 ≤ squares ≤ n; the position says on which side of the squares the count lies. It is no test.
 * Edge cases: n = 0 → 0 to 0, inside; a product within 1e-9 of a whole number counts as that number.
 * Reference: ours; docs/scoring.md.
 * Example: wordFrame(20, 0.6, 0.85, 12).squares = [12, 17]
 */
export function wordFrame(n: number, low: number, high: number, happened: number): Frame {
  return frameOf(n, n * low, n * high, happened)
}
