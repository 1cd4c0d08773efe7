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
  yes_no: Count.describe('Scored, on questions of yes or no; with the next three all that is scored.'),
  multiple_choice: Count,
  numeric: Count,
  date: Count,
  neither: Count.describe('Of yes_no, said with 50 %: no claim either way.'),
  numbers: Count.describe('Of yes_no, said in numbers: what the headline is a mean of.'),
  referenced: Count.describe('Of numbers, with a reference recorded in advance.'),
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
  left_out: Count.describe('Forecasts of the whole record that this view leaves out.'),
})
export type Counts = z.infer<typeof Counts>

/** By which ways forecasts leave a record before its figures. */
const EXITS = [
  'untestable',
  'duplicate',
  'said_again',
  'outside_the_view',
  'retracted',
  'open',
  'due',
  'proposed',
  'condition_not_met',
  'moot',
  'ambiguous',
  'too_late',
  'too_vague',
  'unmeasured',
  'selected',
  'awaiting_deadline',
  'multiple_choice',
  'numeric',
  'date',
  'neither',
  'in_words',
] as const
export type Exit = (typeof EXITS)[number]

/**
 * From all that was said to the numbers that are scored: every exit is named, so at each step `from` is the sum of
 * what went out and of what stays. A step takes up what stayed of the step `of`, the first all statements; claims and
 * numbers are two parts of the same yes/no forecasts.
 */
const FunnelStep = z.strictObject({
  step: z.enum(['logged', 'decided', 'scored', 'yes_no', 'claims', 'numbers']),
  of: z.enum(['statements', 'logged', 'decided', 'scored', 'yes_no']),
  from: Count,
  out: z.array(z.strictObject({ why: z.enum(EXITS), n: Count })).describe('Those that anything left by.'),
  stays: Count,
})
export type FunnelStep = z.infer<typeof FunnelStep>
export const Funnel = z.array(FunnelStep)
export type RecordFunnel = z.infer<typeof Funnel>

/** What some forecasts come from. */
const Ground = z.strictObject({
  sources: Count,
  groups: Count.describe('Independent ones: by source or by development, whichever makes fewer.'),
  effective: z.number().min(0).describe('As many groups of one size would say as much.'),
  kind: z
    .enum(['interview', 'source', 'group'])
    .describe('What the sources are; rows of a data set are groups.'),
  subject: z.string().nullable().describe('The one development that all of them are about.'),
  rows_alone: z.boolean().describe('Whether rows of a data set stand for groups of their own.'),
})
export type Ground = z.infer<typeof Ground>

/** Why a part of a track record is not shown. */
const Reason = z.enum([
  'nothing_scored',
  'too_few_scored',
  'too_few_interviews',
  'too_few_claims',
  'one_interview_dominates',
  'of_the_whole_record_only',
  'equally_hard',
  'no_claims',
  'no_revisions',
  'too_few_revisions',
  'no_complete_source',
  'hindsight_reference',
  'too_few_analysts',
  'no_detectable_differences',
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
  kindest: z.array(Share),
  usual: z.array(Share),
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

const flatFigures = { n: Count, clusters: Count, hits: Count, wilson: Interval }
export const FlatFigures = z.strictObject(flatFigures)
export type FlatFigures = z.infer<typeof FlatFigures>
export const Flat = z.strictObject({ ...flatFigures, without_low_information: FlatFigures })
export type Flat = z.infer<typeof Flat>

/** Where the squares that are filled should end, if the words or numbers are right. */
export const Frame = z.strictObject({
  from: z.number(),
  to: z.number(),
  squares: z.tuple([Count, Count]),
  position: z.enum(['below', 'inside', 'above']),
  per_square: z.int().min(1),
})
export type Frame = z.infer<typeof Frame>

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

/** Every figure of a record, each null where `withheld` says why. */
export const recordFigures = {
  counts: Counts,
  coverage: z.strictObject({ sources: Count, complete: Count }),
  grounds: z.strictObject({ scored: Ground, claims: Ground, numbers: Ground }),
  reported: z
    .strictObject({ n: Count, each: Share.nullable() })
    .describe('Scored numbers as others report them; `each` where it is always the same one.'),
  tier: z.int().min(0).max(5),
  verdict: z.string().describe('The sentence of the finding.'),
  finding: Finding,
  funnel: Funnel,
  headline: Headline.nullable(),
  claims: Claims,
  words: z.array(WordsRow).nullable(),
  numbers: z.array(NumbersRow).nullable(),
  categorical: Flat,
  worded: Worded.nullable(),
  all: AllReadings.nullable(),
  tilt: Tilt.nullable(),
  monitor: Monitor.nullable(),
  revisions: Revisions.nullable(),
  checkable: Checkable.nullable(),
  own_probabilities: z
    .strictObject({ expected_brier: z.number(), z: z.number(), z_independent: z.number() })
    .nullable(),
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
