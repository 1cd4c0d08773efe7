import type { Passage } from './coding.ts'

/** What two coders made of one stretch of a text; null where one of them marked nothing there. */
export type Pair<P = Passage> = { first: P | null; second: P | null }
type Span = { start: number; end: number }

const overlap = (a: Span, b: Span): number => Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start))

/**
 * Pairs the passages of two coders one to one, those that share most letters first; two share a passage where at least
 * half of the shorter one is common to both. In the order of the text, with what only one marked.
 */
export function alignedPassages<P extends Span>(first: readonly P[], second: readonly P[]): Pair<P>[] {
  const shared = first
    .flatMap((a, i) => second.map((b, j) => ({ i, j, letters: overlap(a, b), a, b })))
    .filter(({ letters, a, b }) => letters > 0 && 2 * letters >= Math.min(a.end - a.start, b.end - b.start))
    .sort((x, y) => y.letters - x.letters || x.i - y.i || x.j - y.j)
  const ofFirst = new Set<number>()
  const ofSecond = new Set<number>()
  const pairs: Pair<P>[] = []
  for (const { i, j, a, b } of shared) {
    if (ofFirst.has(i) || ofSecond.has(j)) continue
    ofFirst.add(i)
    ofSecond.add(j)
    pairs.push({ first: a, second: b })
  }
  pairs.push(...first.filter((_, i) => !ofFirst.has(i)).map((a) => ({ first: a, second: null })))
  pairs.push(...second.filter((_, j) => !ofSecond.has(j)).map((b) => ({ first: null, second: b })))
  const placeOf = ({ first: a, second: b }: Pair<P>) => Math.min(a?.start ?? Infinity, b?.start ?? Infinity)
  return pairs.sort((x, y) => placeOf(x) - placeOf(y))
}

/** How many letters a coder marked, those of overlapping passages once, as ranges in order. */
export function marked(passages: readonly Span[]): Span[] {
  const merged: { start: number; end: number }[] = []
  for (const { start, end } of [...passages].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end)
    else merged.push({ start, end })
  }
  return merged
}

/** How many letters lie in both of two lists of ranges. */
export const commonLetters = (a: readonly Span[], b: readonly Span[]): number =>
  a.reduce((sum, one) => sum + b.reduce((within, other) => within + overlap(one, other), 0), 0)
