import type { AnalystSummary } from './analysts.ts'
import type { RecordFunnel } from './document.ts'
import { type BinaryRow, isBinary } from './figures.ts'
import type { ScoredRow } from './scored-row.ts'

/** A number that was stated, and the event that went the other way. */
export type Surprise = { forecast: string; probability: number; said_on: string }
/** What happened against the lowest number, and what did not against the highest. */
export type Surprises = { happened: Surprise | null; did_not: Surprise | null }

const surpriseOf = ({ unit, said, binary }: BinaryRow): Surprise => ({
  forecast: unit.id,
  probability: binary.mid,
  said_on: said.said_on,
})

/** The most surprising first; of equal ones the later said, and then by id, so that it is always the same one. */
const bySurprise =
  (sign: 1 | -1) =>
  (a: Surprise, b: Surprise): number =>
    sign * (a.probability - b.probability) ||
    (a.said_on === b.said_on ? (a.forecast < b.forecast ? -1 : 1) : a.said_on > b.said_on ? -1 : 1)

const least = (all: readonly Surprise[], sign: 1 | -1): Surprise | null =>
  [...all].sort(bySurprise(sign))[0] ?? null

/**
 * The two that surprise most among stated numbers, one in each direction.
 * Rule: the lowest number below one half given to what happened; the highest above one half given to what did not.
 */
export function surprisesOf(scored: readonly ScoredRow[]): Surprises {
  const stated = scored.filter((row) => row.kind === 'stated').filter(isBinary)
  const on = (outcome: 0 | 1) => stated.filter(({ binary }) => binary.outcome === outcome).map(surpriseOf)
  return {
    happened: least(
      on(1).filter(({ probability }) => probability < 0.5),
      1,
    ),
    did_not: least(
      on(0).filter(({ probability }) => probability > 0.5),
      -1,
    ),
  }
}

/** Which analysts' claims are counted, how many came true, and how everything else went out. */
export type WholeRecord = {
  people: number
  n: number
  came_true: number
  promised: [number, number]
  /** The first day on which one of the claims was said. */
  since: string | null
  funnel: RecordFunnel
  /** As many of the one direction as of the other: one each, or none. */
  surprises: [happened: Surprise, did_not: Surprise] | null
}

/** Of all that was logged live by everybody; each analyst's first statement on a question counts once. */
export function wholeRecord(summaries: readonly AnalystSummary[]): WholeRecord {
  const counted = summaries.filter(({ claims }) => claims.n > 0)
  const add = (of: (claims: AnalystSummary['claims']) => number) =>
    counted.reduce((sum, { claims }) => sum + of(claims), 0)
  return {
    people: counted.length,
    n: add(({ n }) => n),
    came_true: add(({ came_true }) => came_true),
    promised: [add(({ promised }) => promised[0]), add(({ promised }) => promised[1])],
    since: counted.flatMap(({ since }) => since ?? []).sort()[0] ?? null,
    funnel: summedFunnel(summaries.map(({ funnel }) => funnel)),
    surprises: bothOf(summaries),
  }
}

/** One of each; the second is of somebody else where anybody else has one, so that nobody is shown twice. */
function bothOf(summaries: readonly AnalystSummary[]): WholeRecord['surprises'] {
  const of = (which: keyof Surprises, some: readonly AnalystSummary[]) =>
    least(
      some.flatMap(({ surprises }) => surprises[which] ?? []),
      which === 'happened' ? 1 : -1,
    )
  const happened = of('happened', summaries)
  const others = summaries.filter(({ surprises }) => surprises.happened !== happened)
  const did_not = of('did_not', others) ?? of('did_not', summaries)
  return happened === null || did_not === null ? null : [happened, did_not]
}

/** What is open becomes due with time alone, and proposed without touching a summary: what is kept calls all open. */
export const timeless = (funnel: RecordFunnel): RecordFunnel =>
  funnel.map((step) => {
    const isOpen = (why: string) => why === 'open' || why === 'due' || why === 'proposed'
    const n = step.out.reduce((sum, { why, n }) => sum + (isOpen(why) ? n : 0), 0)
    const others = step.out.filter(({ why }) => !isOpen(why))
    return { ...step, out: n === 0 ? others : [{ why: 'open' as const, n }, ...others] }
  })

/** The ways of several records as one: step by step, exit by exit. */
export function summedFunnel([first, ...others]: readonly RecordFunnel[]): RecordFunnel {
  if (first === undefined) return []
  return others.reduce(
    (sum, funnel) =>
      sum.map((step, i) => {
        const other = funnel[i] as typeof step
        const exits = new Map(step.out.map(({ why, n }) => [why, n]))
        for (const { why, n } of other.out) exits.set(why, (exits.get(why) ?? 0) + n)
        return {
          ...step,
          from: step.from + other.from,
          out: [...exits].map(([why, n]) => ({ why, n })),
          stays: step.stays + other.stays,
        }
      }),
    first,
  )
}
