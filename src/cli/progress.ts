/** After how long the first line is shown, and how long the next one waits. */
const WAITS_MS = { onTerminal: [1_000, 250], elsewhere: [10_000, 10_000] } as const

/**
 * Shows how far a long task is, how fast, and how long it will take, on one line of standard error: nothing in the first
 * second, a last line at the end. Elsewhere than on a terminal it is a line every ten seconds.
 */
export function progressOn(
  stream: { isTTY?: boolean; write: (text: string) => unknown },
  clock: () => number,
): (what: string) => (done: number, of: number) => void {
  const isTerminal = stream.isTTY === true
  const [afterMs, everyMs] = isTerminal ? WAITS_MS.onTerminal : WAITS_MS.elsewhere
  return (what) => {
    const started = clock()
    let [shown, width] = [0, 0]
    return (done, of) => {
      const now = clock()
      const isLast = done >= of && shown > 0
      if (now - started < afterMs || (now - shown < everyMs && !isLast)) return
      shown = now
      const text = `${what}: ${textOf(done, of, (now - started) / 1000)}`
      stream.write(isTerminal ? `\r${text.padEnd(width)}${isLast ? '\n' : ''}` : `${text}\n`)
      width = text.length
    }
  }
}

function textOf(done: number, of: number, seconds: number): string {
  const [some, all] = [done, of].map((n) => n.toLocaleString('en'))
  const share = of === 0 ? 100 : Math.floor((done / of) * 100)
  const perSecond = done / seconds
  const rate = perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond).toLocaleString('en')
  const left = done === 0 || done >= of ? '' : `, ${durationOf((of - done) / perSecond)} left`
  return `${some} of ${all} (${share} %), ${rate}/s${left}`
}

function durationOf(seconds: number): string {
  const whole = Math.ceil(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
