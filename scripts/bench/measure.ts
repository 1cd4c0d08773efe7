import { performance } from 'node:perf_hooks'

/** One line of the table: the work, its yardstick, both measured in this run, and their ratio. */
export type Result = {
  id: string
  work: string
  measured: string
  yardstick: string
  /** null where the yardstick is not on this machine. */
  ratio: number | null
  goal: string
  reached: boolean | null
}

/** How much of everything: what a figure needs, or (`--smoke`) the least that goes through every step. */
export type Extent = {
  /** In the generated ledger. */
  forecasts: number
  /** So many rounds or seconds; in smoke one. */
  few: (whole: number) => number
  /** Another checkout of this repository, whose build is a yardstick. */
  against: string | null
}

export const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

/** Milliseconds of one piece of work. */
export async function timed(work: () => unknown): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Medians of two pieces of work measured in turn, so that a busy moment hits both. */
export async function interleaved(
  rounds: number,
  a: () => Promise<number>,
  b: () => Promise<number>,
): Promise<[number, number]> {
  const measured: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    measured[0].push(await a())
    measured[1].push(await b())
  }
  return [median(measured[0]), median(measured[1])]
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits))
