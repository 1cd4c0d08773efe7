import type { Band } from '../core/probability.ts'
import { membersOf, type Partition } from './partition.ts'
import { sum } from './summation.ts'

/** What would fit better: probabilities moved by a and stretched by b on the logit scale. */
const ALTERNATIVES = [-1, -0.5, 0, 0.5, 1].flatMap((a) =>
  [0.25, 0.5, 1, 1.5, 2].filter((b) => a !== 0 || b !== 1).map((b) => ({ a, b })),
)
/** At most 1 in this many whose probabilities are right ever reaches it. */
const ALARM = 20
const CLIP = 0.005

/** Ways to be wrong; of equally good ones the first. */
const DIRECTIONS = [
  ['surer_than_right', ({ b }: Alternative) => b < 1],
  ['could_be_surer', ({ b }: Alternative) => b > 1],
  ['expects_too_much', ({ a }: Alternative) => a < 0],
  ['expects_too_little', ({ a }: Alternative) => a > 0],
] as const

type Alternative = { a: number; b: number }
export type Direction = (typeof DIRECTIONS)[number][0]
export type EProcess = {
  e: number
  /** The largest there was, and at least the 1 it began with. */
  max: number
  /** After each group: its last decision, and the evidence by then. */
  path: { at: number; e: number }[]
  alarm: boolean
  /** Where in the path the alarm was first raised. */
  crossed: number | null
  direction: Direction | null
  certain: number
  refuted: number
}

/**
 * Evidence against the probabilities that may be looked at after every decision.
 * Formula: per alternative (a, b) q = expit(a + b·logit mid), r = q cut to [low, high], e = q/r if it happened and
 * (1 − q)/(1 − r) if not: against the reading kindest to the analyst. A group's value is the mean of its e; groups
 * multiply in the order of their last decision; E = mean over the 24 alternatives. Of several partitions the one
 * with the smaller maximum. The alarm is E ≥ 20 at any time; the direction is the class of alternatives with the
 * largest mean at the end.
 * Symbols: bands of yes, low ≤ mid ≤ high in [0,1]; outcomes in {0,1}; decided = any number, larger is later; mid is
 * cut to [.005, .995] where low < high; b < 1 surer than right, b > 1 could be surer, a < 0 expects too much, a > 0
 * too little.
 * Range: [0, largest double]; of somebody whose probabilities are right, ever 20 or more in at most 1 of 20, if
 * groups are independent or decided one after another.
 * Edge cases: nothing → E = 1 and no direction; 0 and 100 % said for certain leave E as it is and are counted, with
 * how many of them failed.
 * Reference: Ville 1939; Ramdas, Grünwald, Vovk & Shafer 2023, doi:10.1214/23-STS894; the alternatives, the bands
 * and the mean inside a group are ours.
 * Example: eProcess([{low: 0.5, mid: 0.5, high: 0.5}], [1], [['a']], [0]).e = 1
 */
export function eProcess(
  bands: readonly Band[],
  outcomes: readonly number[],
  partitions: readonly Partition[],
  decided: readonly number[],
): EProcess {
  const values = bands.map((band, i) => ALTERNATIVES.map((to) => against(band, outcomes[i] as number, to)))
  const paths = partitions.map((partition) => pathOf(values, partition, decided))
  const { path, logs, max } = paths.reduce((a, b) => (b.max < a.max ? b : a))
  const crossed = path.findIndex(({ e }) => e >= ALARM)
  const certain = bands.flatMap((band, i) => (isCertain(band) ? [i] : []))
  return {
    e: path.at(-1)?.e ?? 1,
    max,
    path,
    alarm: crossed !== -1,
    crossed: crossed === -1 ? null : crossed,
    direction: path.length === 0 ? null : directionOf(logs),
    certain: certain.length,
    refuted: certain.filter((i) => bands[i]?.low !== outcomes[i]).length,
  }
}

const isCertain = ({ low, high }: Band) => low === high && (low === 0 || low === 1)

function against(band: Band, outcome: number, { a, b }: Alternative): number {
  const { low, high } = band
  if (isCertain(band)) return 1
  const mid = low < high ? Math.min(1 - CLIP, Math.max(CLIP, band.mid)) : band.mid
  const z = a + b * Math.log(mid / (1 - mid))
  const q = 1 / (1 + Math.exp(-z))
  const r = q < low ? low : q > high ? high : null
  // Inside the band the alternative is one of the readings itself.
  if (r === null) return 1
  return outcome === 1 ? q / r : 1 / (1 + Math.exp(z)) / (1 - r)
}

/** In logarithms: thousands of forecasts leave the range of a double. */
function pathOf(values: readonly (readonly number[])[], partition: Partition, decided: readonly number[]) {
  const groups = membersOf(partition)
    .map((members) => ({
      members,
      at: members.reduce((last, i) => Math.max(last, decided[i] as number), -Infinity),
    }))
    .sort((a, b) => a.at - b.at)
  const logs = ALTERNATIVES.map(() => 0)
  const path = groups.map(({ members, at }) => {
    logs.forEach((log, k) => {
      const mean = sum(members.map((i) => values[i]?.[k] as number)) / members.length
      logs[k] = log + Math.log(mean)
    })
    return { at, e: Math.min(Number.MAX_VALUE, Math.exp(logMean(logs))) }
  })
  return { path, logs, max: path.reduce((most, { e }) => Math.max(most, e), 1) }
}

/** The logarithm of the mean of exponentials, without leaving the range of a double. */
function logMean(logs: readonly number[]): number {
  const most = Math.max(...logs)
  // What is nearer to 0 than a double can be, and happened all the same, leaves nothing of some alternatives.
  if (most === -Infinity) return most
  return most + Math.log(sum(logs.map((log) => Math.exp(log - most))) / logs.length)
}

function directionOf(logs: readonly number[]): Direction {
  const means = DIRECTIONS.map(([, isOf]) =>
    logMean(logs.filter((_, k) => isOf(ALTERNATIVES[k] as Alternative))),
  )
  const best = Math.max(...means)
  return (DIRECTIONS[means.findIndex((mean) => mean >= best - 1e-9)] as (typeof DIRECTIONS)[number])[0]
}
