const AFTER_MS = 1_000
const EVERY_MS = 250

/** Shows how far a long task is on one line of standard error: nothing in the first second, a last line at the end. */
export function progressOn(
  stream: { isTTY?: boolean; write: (text: string) => unknown },
  clock: () => number,
): (what: string) => (done: number, of: number) => void {
  return (what) => {
    const started = clock()
    let shown = 0
    return (done, of) => {
      const now = clock()
      const isLast = done >= of && shown > 0
      if (now - started < AFTER_MS || (now - shown < EVERY_MS && !isLast)) return
      shown = now
      const share = of === 0 ? 100 : Math.floor((done / of) * 100)
      const text = `${what}: ${done} of ${of} (${share} %)`
      // Elsewhere than on a terminal each report is a line of its own.
      stream.write(stream.isTTY === true ? `\r${text}${isLast ? '\n' : ''}` : `${text}\n`)
    }
  }
}
