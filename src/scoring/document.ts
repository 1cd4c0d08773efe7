import * as z from 'zod'
import { Day } from '../core/calendar.ts'
import { Probability } from '../core/probability.ts'
import { QuestionId, StatementId } from '../core/slug.ts'

/** The parts of a scorecard, as they are made here and as the API describes them; docs/scoring.md and /methods say what each means. */

const Count = z.int().min(0)
const Share = z.number().min(0).max(1)
const Interval = z.tuple([z.number(), z.number()]).describe('Of 95 %: its lower and its upper end.')
const PValue = Share.nullable()

export const Counts = z.strictObject({
  statements: Count,
  untestable: Count,
  duplicates: Count,
  forecasts: Count,
  open: Count,
  due_soon: Count,
  due: Count,
  proposed: Count,
  resolved: Count,
  annulled: Count,
  condition_not_met: Count,
  moot: Count,
  ambiguous: Count,
  disputed: Count,
  scored: Count,
  stated: Count,
  worded: Count,
  too_late: Count,
  too_vague: Count,
  unmeasured: Count,
  selected: Count,
  awaiting_deadline: Count,
  live: Count,
  late: Count,
  afterwards: Count,
  deadline_ours: Count,
  retracted: Count,
})
export type Counts = z.infer<typeof Counts>

export const Funnel = z.strictObject({ logged: Count, past_deadline: Count, resolved: Count, scored: Count })
export type RecordFunnel = z.infer<typeof Funnel>

/** Why a part of a track record is not shown. */
const Reason = z.enum([
  'nothing_scored',
  'too_few_scored',
  'too_few_interviews',
  'no_stated_probabilities',
  'too_few_stated',
  'no_worded_probabilities',
  'too_few_worded',
  'no_reference',
  'too_few_references',
  'one_outcome_only',
  'too_few_of_an_outcome',
  'no_variance',
  'too_few_of_the_type',
  'too_few_a_year',
  'too_many_for_an_exact_value',
  'not_simulated',
])
export type Reason = z.infer<typeof Reason>

export const Withheld = z.record(z.string(), Reason).describe('Why a part is null, by its name.')
export type Withheld = z.infer<typeof Withheld>

export const Headline = z.strictObject({
  brier: Share,
  interval: Interval,
  n: Count,
  clusters: Count,
  better_than_always_half: z.number().max(1),
  first_statements: Share,
  last_statements: Share,
  if_ambiguous: z.strictObject({ n: Count, for: Share, against: Share }).nullable(),
})
export type Headline = z.infer<typeof Headline>

const claimFigures = {
  n: Count,
  clusters: Count,
  came_true: Count,
  promised: z.tuple([z.number(), z.number()]),
  p_value: PValue,
}
export const ClaimFigures = z.strictObject(claimFigures)
export type ClaimFigures = z.infer<typeof ClaimFigures>
export const Claims = z.strictObject({
  ...claimFigures,
  without_low_information: ClaimFigures,
  deadline_ours: ClaimFigures,
  unmeasured: z
    .strictObject({ n: Count, clusters: Count, came_true: Count })
    .describe('Claims in words that nobody measured: what was to be expected is unknown.'),
})
export type Claims = z.infer<typeof Claims>

const flatFigures = { n: Count, clusters: Count, hits: Count, wilson: Interval }
export const FlatFigures = z.strictObject(flatFigures)
export type FlatFigures = z.infer<typeof FlatFigures>
export const Flat = z.strictObject({ ...flatFigures, without_low_information: FlatFigures })
export type Flat = z.infer<typeof Flat>

export const WordsRow = z.strictObject({
  key: z.string().describe('Of the phrase in the lexicon.'),
  n: Count,
  clusters: Count,
  happened: Count,
  wilson: Interval,
  readers: z.tuple([Share, Share, Share]),
  reading: z.enum(['less_often', 'more_often', 'cannot_be_told_apart']).nullable(),
})
export type WordsRow = z.infer<typeof WordsRow>

const readings = { best: z.number(), mid: z.number(), worst: z.number() }
export const Worded = z.strictObject({ n: Count, ...readings })
export const AllReadings = z.strictObject({ n: Count, ...readings, interval: Interval })
export type AllReadings = z.infer<typeof AllReadings>

export const ReferenceFigures = z.strictObject({
  n: Count,
  clusters: Count,
  mean_difference: z.number(),
  interval: Interval,
  skill: z.number().nullable(),
  e_value: z.number().min(0),
})
export type Reference = z.infer<typeof ReferenceFigures>

export const CalibrationFigures = z.strictObject({
  points: z.array(z.strictObject({ probability: Share, observed: Share, n: Count, wilson: Interval })),
  curve: z.array(z.strictObject({ probability: Share, observed: Share })).nullable(),
  band: z
    .strictObject({
      probability: z.array(z.number()),
      lower: z.array(z.number()),
      upper: z.array(z.number()),
      level: Share,
      draws: Count,
      seed: z.string(),
    })
    .nullable(),
})
export type Calibration = z.infer<typeof CalibrationFigures>

export const Decomposition = z.strictObject({
  miscalibration: z.number(),
  discrimination: z.number(),
  uncertainty: z.number(),
  miscalibration_if_calibrated: z.strictObject({ mean: z.number(), q95: z.number() }).nullable(),
})

export const TypeFigure = z.strictObject({
  n: Count,
  clusters: Count,
  brier: z.number(),
  interval: Interval.nullable(),
  intervals: z.array(z.strictObject({ level: Share, n: Count, contained: Count })),
})
export type TypeFigure = z.infer<typeof TypeFigure>
export const YearFigure = z.strictObject({ year: z.int(), n: Count, brier: z.number() })
export type YearFigure = z.infer<typeof YearFigure>

const Outcome = z.union([z.string(), z.number()]).nullable()
const Score = z
  .union([z.number(), z.tuple([z.number(), z.number()])])
  .nullable()
  .describe('A range where words can be read in several ways.')

/** One line a forecast. */
export const ForecastLine = z.strictObject({
  id: StatementId,
  question: QuestionId,
  title: z.string(),
  probability: Probability,
  outcome: Outcome,
  brier: Score,
  said_on: Day,
  deadline: Day,
  logged: z.enum(['live', 'late', 'afterwards']),
  scored: z.boolean(),
  why_not: z
    .enum([
      'open',
      'due',
      'proposed',
      'ambiguous',
      'retracted',
      'too_late',
      'too_vague',
      'unmeasured',
      'selected',
      'awaiting_deadline',
      'condition_not_met',
      'moot',
    ])
    .optional(),
  cluster: z.string(),
})

export const ComparedSide = z.strictObject({
  name: z.string(),
  brier: z.number().nullable(),
  claims: ClaimFigures,
})
export type ComparedSide = z.infer<typeof ComparedSide>
const difference = { interval: Interval, n: Count, clusters: Count, can_be_told_apart: z.boolean() }
export const Difference = z.strictObject({ mean: z.number(), ...difference })
export type Difference = z.infer<typeof Difference>
export const DifferenceOverReadings = z.strictObject({ best: z.number(), worst: z.number(), ...difference })
export type DifferenceOverReadings = z.infer<typeof DifferenceOverReadings>
const Answered = z.strictObject({ probability: Probability, brier: Score })
export const ComparedQuestion = z.strictObject({
  question: QuestionId,
  title: z.string(),
  outcome: Outcome,
  a: Answered,
  b: Answered,
})

/** Every figure of a record, each null where `withheld` says why. */
export const recordFigures = {
  counts: Counts,
  coverage: z.strictObject({ sources: Count, complete: Count }),
  tier: z.int().min(0).max(5),
  verdict: z.string(),
  headline: Headline.nullable(),
  claims: Claims,
  words: z.array(WordsRow).nullable(),
  categorical: Flat,
  worded: Worded.nullable(),
  all: AllReadings.nullable(),
  expected_vs_actual: z.strictObject({
    expected: z.number(),
    actual: z.number(),
    n: Count,
    p_value: z.number().nullable(),
  }),
  own_probabilities: z.strictObject({ expected_brier: z.number(), sd: z.number(), z: z.number() }).nullable(),
  reference: ReferenceFigures.nullable(),
  calibration: CalibrationFigures.nullable(),
  decomposition: Decomposition.nullable(),
  log_score: z.strictObject({ mean: z.number(), clipped: Count }).nullable(),
  auc: z.number().nullable(),
  by_type: z.strictObject({
    multiple_choice: TypeFigure.nullable(),
    numeric: TypeFigure.nullable(),
    date: TypeFigure.nullable(),
  }),
  over_time: z.array(YearFigure).nullable(),
}
export type RecordFigures = z.infer<z.ZodObject<typeof recordFigures>>
