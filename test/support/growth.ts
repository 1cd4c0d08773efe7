/** Makes ready what is not measured, and gives what is. */
export type Work<T> = (made: T) => () => unknown
/** Something to work on, of any size. */
export type OfSize<T> = (size: number) => T

/** Below this the clock says nothing, or not enough to suspect. It only decides whether a larger size is looked at. */
const UNSEEN_MS = 0.2
const UNSURE_MS = 1
/** Such a work is tried only twice, and beyond the other nothing larger is needed to be sure. */
const LONG_MS = 50
const ENDLESS_MS = 1_000
/** Four times the size is four times the work, or sixteen times where the work grows with the square. */
const SUSPECT = 5
const SQUARE = 9
/** How far a square may stay behind what it should show. */
const NOISE = 0.85
/**
 * The ratio of a work whose square is an eleventh of the rest where it looks suspicious, at so many times that size. What
 * stays clearly behind it is no square: it is what a cache or the collector makes of a larger text.
 */
const shownBySquare = (times: number): number => {
  const square = times / 11
  return 4 + (12 * square) / (1 + square)
}
/** One pause of the collector is no growth, and neither are two: so many sizes in a row must say the same. */
const ROUNDS = 3
/** How far is looked where nothing is seen, and where something looks suspicious, in first sizes. */
const FAR = 16
const FARTHEST = 64

function fastest<T>(make: OfSize<T>, size: number, work: Work<T>, tries: number): number {
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < tries; i++) {
    const run = work(make(size))
    const worked = process.cpuUsage()
    const began = performance.now()
    run()
    const passed = performance.now() - began
    const { user, system } = process.cpuUsage(worked)
    // What others do on the machine counts in the one, what the collector does beside the work in the other.
    best = Math.min(best, passed, (user + system) / 1000)
  }
  return best
}

/**
 * How many times as long a work takes at four times the size, where several sizes in a row say that it is more than
 * in proportion, and the largest beside the smallest of them says so, too; null where it is not. The first look is
 * short. Only what looks suspicious is tried again, then at larger sizes, and the fastest counts: what else goes on
 * makes no work faster.
 */
export function excess<T>(make: OfSize<T>, work: Work<T>, first: number): number | null {
  let rounds: number[] = []
  let suspected = first
  for (let size = first, tries = 1; size <= (tries === 1 ? FAR : FARTHEST) * first; ) {
    const more = fastest(make, 4 * size, work, tries)
    if (more < (tries === 1 ? UNSEEN_MS : UNSURE_MS)) {
      size *= tries === 1 ? 4 : 2
      continue
    }
    const less = fastest(make, size, work, tries)
    const ratio = more / less
    if (tries === 1) suspected = size
    if (ratio < Math.max(SUSPECT, NOISE * shownBySquare(size / suspected))) return null
    if (tries > 1) {
      rounds = ratio < SQUARE ? [] : [...rounds, less]
      const [least = less] = rounds.slice(-ROUNDS)
      const isSure = rounds.length >= ROUNDS && more / least >= SQUARE ** 2
      if (ratio >= SQUARE && (isSure || more > ENDLESS_MS)) return ratio
      size *= 2
    }
    tries = more < LONG_MS ? Math.min(3, tries + 1) : 2
  }
  return null
}
