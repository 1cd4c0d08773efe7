import * as z from 'zod'
import {
  AllReadings,
  CalibrationFigures,
  Checkable,
  Claims,
  Count,
  Decomposition,
  Finding,
  Flat,
  Headline,
  Monitor,
  NumbersRow,
  PlannedWindow,
  ReferenceFigures,
  Revisions,
  Share,
  Tilt,
  TypeFigure,
  Worded,
  WordsRow,
  YearFigure,
} from './figure-documents.ts'

export * from './figure-documents.ts'

/** A scorecard, as it is made here and as the API describes it; docs/scoring.md and /methods say what each part means. */

/** What stands on top of a record, the same wherever it is told. */
export const Lead = z.strictObject({
  sentence: z
    .string()
    .describe('That of the finding, with what it is about where that is a part of the record.'),
  numbers: z.string().nullable().describe('What it rests on.'),
  how_sure: z
    .string()
    .nullable()
    .describe('How often chance alone would show as much; of few claims why they say little.'),
})
export type Lead = z.infer<typeof Lead>

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
  not_final: Count.describe('Decided, counted, and still open to objection.'),
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
  by: z.enum(['source', 'development']).describe('Which of the two tells so little.'),
  largest_share: Share.describe('Of the largest source or development in all.'),
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
  'no_window',
  'no_complete_source',
  'hindsight_reference',
  'too_few_analysts',
  'no_detectable_differences',
  'no_stated_probabilities',
  'too_few_stated',
  'no_worded_probabilities',
  'no_phrases',
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

/** Every figure of a record, each null where `withheld` says why. */
export const recordFigures = {
  counts: Counts,
  coverage: z.strictObject({ sources: Count, complete: Count }),
  grounds: z.strictObject({ scored: Ground, claims: Ground, numbers: Ground }),
  reported: z
    .strictObject({ n: Count, each: Share.nullable() })
    .describe('Scored numbers as others report them; `each` where it is always the same one.'),
  tier: z.int().min(0).max(5),
  lead: Lead,
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
  planned_window: PlannedWindow.nullable(),
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
