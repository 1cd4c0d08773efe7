/** Long work that may be interrupted between two steps. */
export type Steps<T> = Generator<void, T, void>

/** How much of a text is read in one step, in characters. */
export const STEP = 20_000

/** Does all the work without an interruption. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** Does the work while others have their turn between the steps. */
export async function inTurns<T>(steps: Steps<T>, pause: (ms: number) => Promise<unknown>): Promise<T> {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    await pause(0)
  }
}
