import * as z from 'zod'
import { Day } from '../core/calendar.ts'
import { Probability } from '../core/probability.ts'
import { QuestionId, StatementId } from '../core/slug.ts'
import { VerdictWords } from '../core/verdict.ts'

/** Each figure of a scorecard, as it is made here and as the API describes it. */

export const Count = z.int().min(0)
export const Share = z.number().min(0).max(1)
const Interval = z.tuple([z.number(), z.number()]).describe('Of 95 %: its lower and its upper end.')
const PValue = Share.nullable()

const groups = {
  clusters: Count.describe('Independent groups: interviews or families, the fewer.'),
  effective_clusters: z.number().min(0).describe('As many groups of one size would say as much.'),
  largest_share: Share.describe('Of the largest group in all.'),
  concentrated: z.boolean().describe('Fewer than half as many effective groups as groups.'),
}
const undecided = {
  undecided: Count,
  of: z.strictObject({ due: Count, proposed: Count, ambiguous: Count, selected: Count }),
}
const Bounds = z.strictObject({ ...undecided, low: z.number(), high: z.number() })

/** Mean score of the first statements that gave numbers, with its range. */
export const Headline = z.strictObject({
  brier: Share,
  interval: Interval,
  n: Count,
  ...groups,
  always_half: z.enum(['better', 'worse', 'cannot_be_told']).describe('Against always saying 50 %: .25.'),
  bounds: Bounds.nullable().describe(
    'What it would be with all that is undecided for or against; null where nothing is.',
  ),
})
export type Headline = z.infer<typeof Headline>

const claimFigures = {
  n: Count,
  clusters: Count,
  came_true: Count,
  promised: z.tuple([z.number(), z.number()]).describe('To be expected, from the low to the high reading.'),
  usual: z.number().describe('To be expected at the usual reading.'),
  p_value: PValue.describe('At the reading kindest to the analyst.'),
  p_usual: PValue,
}
export const ClaimFigures = z.strictObject(claimFigures)
export type ClaimFigures = z.infer<typeof ClaimFigures>

/** How many would come true in records like this one, were the probabilities right: the chance of 0, 1, … n. */
export const ParallelRecords = z.strictObject({
  kindest: z.array(Share).max(401),
  usual: z.array(Share).max(401),
  chance: z.tuple([Count, Count]).describe('Where nine of ten such records end.'),
})
export type ParallelRecords = z.infer<typeof ParallelRecords>

export const Claims = z.strictObject({
  ...claimFigures,
  records: ParallelRecords.nullable(),
  could_have_seen: Share.nullable().describe(
    'The smallest shortfall that such a record would show 4 times in 5.',
  ),
  fits: z.boolean().describe('Within 10 points in 100, by test.'),
  bounds: z.strictObject({ ...undecided, low: Count, high: Count, n: Count }).nullable(),
  without_low_information: ClaimFigures,
  deadline_ours: ClaimFigures,
  unmeasured: z
    .strictObject({ n: Count, clusters: Count, came_true: Count })
    .describe('Claims in words that nobody measured: what was to be expected is unknown.'),
})
export type Claims = z.infer<typeof Claims>

/** Where the squares that are filled should end, if the words or numbers are right. */
export const Frame = z.strictObject({
  from: z.number(),
  to: z.number(),
  squares: z.tuple([Count, Count]),
  position: z.enum(['below', 'inside', 'above']),
  per_square: z.int().min(1),
})
export type Frame = z.infer<typeof Frame>

const flatFigures = { n: Count, clusters: Count, hits: Count, wilson: Interval }
export const FlatFigures = z.strictObject(flatFigures)
export type FlatFigures = z.infer<typeof FlatFigures>
/** Of what was said flatly one way: how many of the events happened. */
const FlatSide = z.strictObject({
  said: z.enum(['yes', 'no']),
  n: Count,
  clusters: Count,
  happened: Count,
  readers: z.tuple([Share, Share, Share]),
  frame: Frame,
})
export type FlatSide = z.infer<typeof FlatSide>
export const Flat = z.strictObject({
  ...flatFigures,
  without_low_information: FlatFigures,
  sides: z.array(FlatSide).describe('Each that anything was said of.'),
})
export type Flat = z.infer<typeof Flat>

const counted = {
  n: Count,
  clusters: Count,
  happened: Count,
  frame: Frame,
  p: PValue,
  p_holm: PValue.describe('Allowing for all that was tested on this page.'),
  reading: z.enum(['less_often', 'more_often', 'cannot_be_told_apart']).nullable(),
}
export const WordsRow = z.strictObject({
  key: z.string().describe('Of the phrase in the lexicon.'),
  ...counted,
  readers: z.tuple([Share, Share, Share]),
  meant: z
    .strictObject({ mean: Share, interval: Interval, weight_readers: Share })
    .nullable()
    .describe('How often it happens when the analyst says so, from the readers and what happened.'),
})
export type WordsRow = z.infer<typeof WordsRow>

export const NumbersRow = z.strictObject({
  from: Share,
  to: Share,
  expected: z.tuple([z.number(), z.number()]),
  ...counted,
})
export type NumbersRow = z.infer<typeof NumbersRow>

const readings = { best: z.number(), mid: z.number(), worst: z.number() }
export const Worded = z.strictObject({ n: Count, ...readings })
export const AllReadings = z.strictObject({ n: Count, ...readings, interval: Interval })
export type AllReadings = z.infer<typeof AllReadings>

const againstReference = {
  n: Count,
  clusters: Count,
  brier: Share,
  reference_brier: Share.describe('What always giving the reference would have scored.'),
  mean_difference: z.number(),
}
export const ReferenceFigures = z.strictObject({
  ...againstReference,
  interval: Interval,
  verdict: z.enum(['better', 'worse', 'cannot_be_told']),
  easy: z
    .strictObject(againstReference)
    .nullable()
    .describe('The half whose reference is farther from one half.'),
  hard: z.strictObject(againstReference).nullable(),
})
export type Reference = z.infer<typeof ReferenceFigures>

export const CalibrationFigures = z.strictObject({
  points: z.array(z.strictObject({ probability: Share, observed: Share, n: Count, clusters: Count })),
  curve: z.array(z.strictObject({ probability: Share, observed: Share })).nullable(),
  band: z
    .strictObject({
      probability: z.array(z.number()),
      lower: z.array(z.number()),
      upper: z.array(z.number()),
      level: Share,
      simultaneous: z.literal(true),
      depth: Count,
      draws: Count,
      seed: z.string(),
    })
    .nullable(),
})
export type Calibration = z.infer<typeof CalibrationFigures>

/** Evidence against the probabilities that may be looked at after every decision. */
export const Monitor = z.strictObject({
  e: z.number().min(0),
  max: z.number().min(0),
  alarm: z.boolean(),
  crossed_on: Day.nullable(),
  direction: z.enum(['surer_than_right', 'could_be_surer', 'expects_too_much', 'expects_too_little']),
  refuted: Count.describe('Said for certain, and it went the other way.'),
  certain: Count.describe('Said for certain.'),
  n: Count,
  clusters: Count,
})
export type Monitor = z.infer<typeof Monitor>

/** Whether what happened is more or less than the analyst expects to happen. */
export const Tilt = z.strictObject({
  n: Count,
  clusters: Count,
  expected: z.tuple([z.number(), z.number()]),
  happened: Count,
  p_value: PValue,
  direction: z.enum(['expects_too_much', 'expects_too_little']).nullable(),
})
export type Tilt = z.infer<typeof Tilt>

/** How somebody changes their mind; no part of any score. */
export const Revisions = z.strictObject({
  n: Count,
  first: Share,
  changed: Share,
  difference: z.number(),
  interval: Interval.nullable(),
})
export type Revisions = z.infer<typeof Revisions>

/** Scores over the time from the question to its deadline, for those who are bound to say at every moment what they think. */
export const PlannedWindow = z.strictObject({
  n: Count,
  window: Share,
  held: Share.describe('Had the first statement stood throughout.'),
})
export type PlannedWindow = z.infer<typeof PlannedWindow>

/** What became of all that was said in sources read from end to end. */
export const Checkable = z.strictObject({
  n: Count,
  sources: Count,
  came_true: Count,
  did_not: Count,
  neither: Count.describe('Decided, and no claim that came true or did not: 50 %, numbers, dates, options.'),
  open: Count,
  too_vague: Count,
  untestable: Count,
  no_result: Count,
  repeated: Count,
  share: Share.nullable(),
  wilson: Interval.nullable(),
})
export type Checkable = z.infer<typeof Checkable>

/** The sentence that leads, by the published rule. */
export const Finding = z.strictObject({
  rule: z.enum([
    'nothing_decided',
    'hindsight',
    'too_few',
    'no_claims',
    'part_differs',
    'whole_differs',
    'monitor_differs',
    'tilt_differs',
    'fits',
    'cannot_be_told',
  ]),
  subject: z.string().nullable(),
  sentence: z.string(),
  numbers: z
    .strictObject({ happened: Count, n: Count, expected: z.tuple([z.number(), z.number()]) })
    .nullable()
    .describe('What the sentence counts, and what was to be expected.'),
  how_sure: z.string().nullable(),
  p_holm: PValue,
  tests: z.array(
    z.strictObject({
      kind: z.enum(['phrase', 'row', 'whole', 'tilt', 'monitor']),
      label: z.string(),
      n: Count,
      p: PValue,
      p_holm: PValue,
    }),
  ),
})
export type Finding = z.infer<typeof Finding>

export const Decomposition = z.strictObject({
  miscalibration: z.number(),
  discrimination: z.number(),
  uncertainty: z.number(),
  miscalibration_if_calibrated: z.strictObject({ mean: z.number(), q95: z.number() }).nullable(),
})

export const TypeFigure = z.strictObject({
  n: Count,
  ...groups,
  brier: z.number(),
  interval: Interval.nullable(),
  range_only: z.number().describe('What knowing only the range, or the number of options, would score.'),
  intervals: z.array(
    z.strictObject({ level: Share, n: Count, contained: Count, groups: Count, wilson: Interval, p: PValue }),
  ),
})
export type TypeFigure = z.infer<typeof TypeFigure>
export const YearFigure = z.strictObject({
  year: z.int(),
  n: Count,
  clusters: Count,
  brier: z.number(),
  interval: Interval,
})
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
  verdict: VerdictWords,
  brier: Score,
  said_on: Day,
  changed: z
    .array(z.strictObject({ said_on: Day, probability: Probability.nullable() }))
    .describe('What was said of it later, null where it was withdrawn: listed, and in no figure.'),
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
