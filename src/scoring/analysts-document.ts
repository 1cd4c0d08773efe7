import * as z from 'zod'
import { Slug } from '../core/slug.ts'
import { Checkable, ClaimFigures, Finding, ForecastLine, Monitor, ParallelRecords } from './document.ts'
import { NEARER } from './nearer.ts'

/** What is said of several analysts at once, as it is made here and as the API describes it. */

const Count = z.int().min(0)
const PValue = z.number().min(0).max(1).nullable()
const Interval = z.tuple([z.number(), z.number()]).describe('Of 95 %: its lower and its upper end.')
const Who = { id: Slug, name: z.string() }

export const ComparedSide = z.strictObject({
  id: z.string().describe('Of an analyst, or of a rule.'),
  name: z.string(),
  brier: z.number().nullable().describe('Mean score of the numbers that the difference is of.'),
  claims: ClaimFigures,
})
export type ComparedSide = z.infer<typeof ComparedSide>

export const Difference = z.strictObject({
  basis: z
    .enum(['numbers', 'readings'])
    .describe('Of the questions to which both gave numbers, or of all and every reading of the words.'),
  n: Count,
  clusters: Count,
  mean: z
    .tuple([z.number(), z.number()])
    .describe('The score of a minus that of b, at the readings best and worst for a; below 0, a was better.'),
  interval: Interval,
})
export type Difference = z.infer<typeof Difference>

export const PairRuling = z.strictObject({
  pairs: Count.describe('All that are tested, and allowed for.'),
  p: PValue,
  p_holm: PValue,
  told_apart: z.boolean(),
  points_to: z.boolean().describe('By itself, and no longer once all pairs are allowed for.'),
})
export type PairRuling = z.infer<typeof PairRuling>

const Answered = ForecastLine.pick({ probability: true, brier: true, verdict: true })
export const ComparedQuestion = ForecastLine.pick({ question: true, title: true, outcome: true }).extend({
  nearer: z.enum(NEARER).describe('Who was nearer to what happened, on every reading of the words.'),
  a: Answered,
  b: Answered,
})

/** Of everything that somebody said live: what came true, and what was to be expected. */
const ListedClaims = ClaimFigures.pick({
  n: true,
  clusters: true,
  came_true: true,
  promised: true,
  p_value: true,
}).extend({ chance: ParallelRecords.shape.chance.nullable() })
export const AnalystFigures = z.strictObject({
  ...Who,
  forecasts: Count.describe('Logged live.'),
  scored: Count,
  too_vague: Count,
  claims: ListedClaims.extend({
    p_holm: PValue.describe('Allowing for all who are listed.'),
    differs: z.enum(['fewer', 'more']).nullable().describe('Where p_holm is below .05.'),
  }),
  checkable: Checkable.nullable(),
})
export type AnalystFigures = z.infer<typeof AnalystFigures>

const PairLine = z.strictObject({ a: Slug, b: Slug, n: Count, p_holm: PValue, sentence: z.string() })
export type PairLine = z.infer<typeof PairLine>
export const Pairs = z.strictObject({
  tested: Count.describe('Those with ten common questions and enough independent groups.'),
  told_apart: z.array(PairLine),
  points_to: z.array(PairLine),
})
export type Pairs = z.infer<typeof Pairs>

export const Estimates = z
  .strictObject({
    mu: z.number(),
    tau: z.number(),
    p: PValue.describe('The larger of Q and Welch.'),
    estimates: z.array(
      z.strictObject({
        ...Who,
        n: Count,
        clusters: Count,
        mean: z.number(),
        estimate: z.number(),
        interval: Interval,
      }),
    ),
  })
  .describe('Mean score minus that of the reference, drawn together; below 0 is better than the reference.')
export type Estimates = z.infer<typeof Estimates>

const NamedAlarm = z.strictObject({ ...Who, e: Monitor.shape.e, sentence: z.string() })
export type NamedAlarm = z.infer<typeof NamedAlarm>
const NamedFinding = z.strictObject({
  ...Who,
  ...Finding.pick({ rule: true, sentence: true, p_holm: true }).shape,
})
export type NamedFinding = z.infer<typeof NamedFinding>

/** What is said over a whole ledger. */
export const standing = {
  pairs: Pairs,
  estimates: Estimates.nullable(),
  alarms: z.array(NamedAlarm).describe('Monitors with an alarm, by e-BH at 10 %.'),
  findings: z
    .strictObject({ differ: z.array(NamedFinding), fit: z.array(NamedFinding) })
    .describe('Those that differ, by Benjamini–Hochberg at 10 %, and as many that fit, where there are.'),
}
