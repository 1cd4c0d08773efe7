/** Time of this process in milliseconds; what others do on the machine does not count. */
const spent = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const ENOUGH_MS = 1
/** Each tries twice as often as the one before; most need no second one. */
const ROUNDS = 5
const LONG_MS = 200
const SMALLEST = 4_000
const LONGEST = 128_000
/** Two doublings are four times the work, sixteen times where it grows with the square; the collector adds to both. */
const MOST = 3 ** 2

type Work = (text: string) => () => unknown

function time(work: Work, text: string, tries: number): number {
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < tries; i++) {
    const run = work(text)
    const began = spent()
    run()
    best = Math.min(best, spent() - began)
  }
  return best
}

/** The first runs are those of code that is not compiled yet. */
export const warmed = (work: Work): Work => {
  time(work, 'He said “yes, <b>a</b>”. 1: 2, '.repeat(500), 5)
  return work
}

/**
 * How much longer `work` takes on a text four times as long: two doublings, at a size where the clock says anything.
 * 0 where even a long text is read in no time. What was slow for another reason, such as a collection of garbage, is
 * not so at every size and every time.
 */
export function growth(textOf: (length: number) => string, work: Work): number {
  let least = Number.POSITIVE_INFINITY
  let length = SMALLEST
  for (let round = 0; round < ROUNDS && least > MOST; ) {
    const tries = 2 ** round
    const once = time(work, textOf(length), tries)
    if (once < ENOUGH_MS) {
      if (length >= LONGEST) return 0
      length *= 2
      continue
    }
    const more = time(work, textOf(4 * length), tries)
    least = Math.min(least, more / Math.min(once, time(work, textOf(length), tries)))
    if (more < LONG_MS && length < LONGEST) length *= 2
    round++
  }
  return least
}

export const isLinear = (grown: number): boolean => grown <= MOST
