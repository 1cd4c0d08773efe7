import { LedgerError } from '../core/error.ts'

/** Lets a few pieces of work run at once; the others wait their turn, and beyond that they are refused. */
export type Line = <T>(work: () => Promise<T>) => Promise<T>

export const busy = (): LedgerError =>
  new LedgerError('busy', 'Too many long answers are asked for at once; try again in a moment.')

export function line(atOnce: number, mostWaiting: number): Line {
  const waiting: (() => void)[] = []
  let running = 0
  const turn = (): Promise<void> | undefined => {
    if (running < atOnce) {
      running++
      return undefined
    }
    if (waiting.length >= mostWaiting) throw busy()
    return new Promise((resolve) => waiting.push(resolve))
  }
  return async (work) => {
    await turn()
    try {
      return await work()
    } finally {
      // The turn is handed on, so that nobody who comes now gets in between.
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }
}
