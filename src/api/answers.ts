import * as z from 'zod'
import { Analyst } from '../core/analyst.ts'
import { Day, Deadline, Instant } from '../core/calendar.ts'
import { entryTypes, payloads } from '../core/entry.ts'
import { type ExistingNoun, existingNouns } from '../core/error.ts'
import { Forecast, ReplyRequest, WithdrawalRequest } from '../core/forecast.ts'
import { fourEyesPolicies, Member, RandomId } from '../core/member.ts'
import { ObjectionHours } from '../core/objection.ts'
import { Question, QuestionFields } from '../core/question.ts'
import { ConditionRequest, NOTHING, Resolution } from '../core/resolution.ts'
import { QuestionId, Slug, StatementId } from '../core/slug.ts'
import { Source, SourceFields } from '../core/source.ts'
import { states } from '../core/state.ts'
import { Quote, Statement, Translation, VerifiedByEar } from '../core/statement.ts'
import { VerdictWords } from '../core/verdict.ts'
import * as several from '../scoring/analysts-document.ts'
import * as scores from '../scoring/document.ts'
import { MOST } from '../store/lookups.ts'
import { Viewed, WhenLogged } from './anchor-answers.ts'
import { Final } from './due-answers.ts'
import { BlindOutcomes } from './outcome-answers.ts'
import { Act, Count, Payload, Recorded, Rev } from './recorded.ts'
import { NothingChangesAnswer, ReferenceAnswer } from './reference-answers.ts'

const Heard = {
  heard_by: RandomId.optional().describe('The member who heard it; `by` recorded it as the second.'),
}
const Outcome = Resolution.shape.outcome.nullable()

export const SourceAnswer = z.strictObject({ ...SourceFields.shape, ...Recorded })
export const SourceItem = SourceAnswer.extend({ statement_count: Count, forecast_count: Count })
export const AnalystAnswer = z.strictObject({ ...Analyst.shape, ...Recorded })
export const AnalystItem = AnalystAnswer.extend({ forecast_count: Count })
const Verified = VerifiedByEar.describe(
  'Who listened to the recording, and when they said so. Without it the words of a machine transcript are not verified.',
)
const StandingStatement = z.strictObject({ ...Statement.shape, verified_by_ear: Verified.optional() })
export const StatementAnswer = z.strictObject({ ...StandingStatement.shape, ...Recorded })
const Copy = {
  archive_url: z.string(),
  archived_at: Instant.nullable().describe('When the archive took it, where its address says that.'),
  unreadable: z.string().nullable().describe('Why the copy could not be read.'),
  seq: Count,
  at: Instant.describe('When it was looked at.'),
}
export const ArchivedSource = z.strictObject({
  ...Copy,
  holds: z.array(StatementId).describe('Statements whose quotes stand in the copy.'),
  lacks: z.array(StatementId).describe('Statements whose quotes were looked for, and do not.'),
})
export const ArchivedQuote = z.strictObject({
  ...Copy,
  quote: z
    .enum(['holds', 'lacks', 'unreadable', 'not_yet'])
    .describe('Whether the copy holds the quote; `not_yet`: it was looked at before the quote was logged.'),
})
export const SourceDocument = SourceItem.extend({
  archived: ArchivedSource.nullable().describe('The copy that an archive keeps, and what stands in it.'),
  statements: z
    .array(StatementAnswer)
    .max(MOST)
    .describe(`The first ${MOST}; all are pages of /api/statements?source=….`),
})

export const QuestionAnswer = z.strictObject({
  ...QuestionFields.shape,
  ...Recorded,
  rev: Count.describe('For `If-Match: "rev-<n>"`: every amendment and resolution raises it.'),
  state: z.enum(states),
  due_at: Instant.describe('The first instant after the deadline, derived from its date and zone.'),
  condition_met: ConditionRequest.extend({ question: QuestionId, at: Instant, by: RandomId }).nullable(),
  outcome: Outcome.describe('Of the resolution in force.'),
  known_on: Day.nullable(),
  pending: z.string().nullable().describe('The id of the proposal that waits for a decision.'),
  disputed: z.boolean(),
  ...Final,
})
export const QuestionItem = QuestionAnswer.extend({ forecast_count: Count })

export const ResolutionAnswer = z.strictObject({
  ...Resolution.shape,
  seq: Count,
  state: z.enum(['proposed', 'confirmed', 'disputed', 'superseded']),
  proposed_at: Instant,
  proposed_by: RandomId,
  confirmed_at: Instant.nullable(),
  confirmed_by: RandomId.nullable(),
  ...Final,
  disputed_at: Instant.nullable(),
  disputed_by: RandomId.nullable(),
  disputed_because: z.string().nullable(),
  superseded_by: z.string().nullable().describe('`nothing` where it was taken back within a minute.'),
})

const Resolutions = z
  .array(ResolutionAnswer)
  .max(MOST)
  .describe(`Oldest first; the latest ${MOST}, all are in the history of the question.`)

const { reference: _, ...forecastFields } = Forecast.shape
export const ForecastAnswer = z.strictObject({
  ...forecastFields,
  ...Recorded,
  analyst_name: z.string(),
  source: Slug,
  source_title: z.string(),
  publisher: z.string().nullable(),
  quote: Quote,
  language: SourceFields.shape.language.describe('Of the source, in which the quote is.'),
  translation: Translation.optional(),
  transcript: SourceFields.shape.transcript.describe('Who wrote the source down, where it was spoken.'),
  verified_by_ear: Verified.optional(),
  voice: Statement.shape.voice,
  checked: Statement.shape.checked,
  title: z.string().describe('Of the question: the event, worded positively.'),
  tags: z.array(Slug),
  deadline: Deadline,
  due_at: Instant,
  state: z.enum(states),
  outcome: Outcome,
  verdict: VerdictWords.describe('What became of the claim, by the side that it leans to.'),
  known_on: Day.nullable(),
  disputed: z.boolean(),
  ...Final,
  ...WhenLogged,
  withdrawn: z
    .strictObject({ forecast: StatementId, ...WithdrawalRequest.shape, ...Heard, ...Act })
    .nullable(),
  retracted: z.strictObject({ forecast: StatementId, ...Act }).nullable(),
})
const Published = {
  forecast: StatementId,
  ...Heard,
  link: payloads['reply.published'].shape.link.describe(
    'It came through a link made for the person concerned; who used the link is not known.',
  ),
  at: Instant,
  by: RandomId,
}
export const ReplyAnswer = z.strictObject({ ...ReplyRequest.shape, ...Published, seq: Count })
export const ForecastDocument = ForecastAnswer.extend({
  archived: ArchivedQuote.nullable().describe('The copy of the source that an archive keeps.'),
  replies: z
    .array(ReplyAnswer)
    .max(MOST)
    .describe(
      `Of the person concerned, oldest first; the first ${MOST}, all are pages of /api/forecasts/{id}/replies.`,
    ),
  related: z.strictObject({
    analyst: Analyst,
    source: Source,
    statement: StandingStatement,
    question: QuestionAnswer,
  }),
  resolutions: Resolutions,
})

export const HistoryItem = z.strictObject({
  seq: Count,
  at: Instant,
  by: RandomId,
  type: z.enum(entryTypes),
  rev: Count,
  payload: Payload,
  stamped_at: Instant.optional().describe('What a wrong clock stamped it with, where `at` was corrected.'),
})
export const QuestionDocument = QuestionAnswer.extend({
  if_match: z.string().describe('The value of `If-Match` for the next change.'),
  references: z
    .array(ReferenceAnswer)
    .max(MOST)
    .describe(
      `What forecasts are compared with, in the order of recording; the first ${MOST}, all are in the history.`,
    ),
  decided_blind: BlindOutcomes.describe('What two members decided of it, each on their own.'),
  forecast_count: Count,
  forecasts: z
    .array(ForecastAnswer)
    .max(MOST)
    .describe(`In the order of saying; the first ${MOST}, all are pages of /api/forecasts?question=….`),
  resolutions: Resolutions,
  history: z
    .array(HistoryItem)
    .max(MOST)
    .describe(`The first ${MOST} entries; all are pages of /api/questions/{id}/history.`),
})

export const HealthAnswer = z.strictObject({
  status: z.literal('ok'),
  ledger_size: Count,
  version: z.string(),
})
export const ReadyAnswer = z.strictObject({
  status: z.literal('ready'),
  four_eyes: z.enum(fourEyesPolicies).nullable(),
  notes: z.array(z.string()),
  engine: z.strictObject({
    sqlite: z.string(),
    driver: z.string().nullable(),
    /** Whether this SQLite can lose pages when programs checkpoint while others write. */
    wal_reset_bug: z.boolean(),
  }),
})

const ClockWord = z.strictObject({
  seq: Count,
  at: Instant,
  by: RandomId,
  from: Count.nullable().describe('The first entry that a correction puts back; null where nothing was.'),
  because: z.string().nullable(),
})
export const ClockAnswer = z.strictObject({
  shows_at: Instant.describe('What the clock of the server shows.'),
  reads_as_of: Instant.describe('The present as readers are shown it.'),
  doubt: z.strictObject({ why: z.enum(['before_build', 'behind', 'jumped']), detail: z.string() }).nullable(),
  ahead: z
    .strictObject({
      from: Count,
      to: Count,
      entries: Count,
      latest_at: Instant,
      decided_ahead: z
        .array(QuestionId)
        .describe('Questions whose outcome is said to be known after the present.'),
    })
    .nullable()
    .describe('What a correction would put back.'),
  said: z.array(ClockWord).describe('The latest 50 acceptances and corrections.'),
})
// Their own objects: what is answered is described apart from what is sent.
export const ClockAccepted = payloads['clock.accepted'].extend({})
export const ClockCorrected = payloads['clock.corrected'].extend({})

/** The records that writes answer, each derived from its entry alone. */
export const ConditionRecord = ConditionRequest.extend({ id: QuestionId, question: QuestionId, ...Rev })
export const ProposedRecord = z.strictObject({
  ...Resolution.shape,
  state: z.literal('proposed'),
  proposed_at: Instant,
  proposed_by: RandomId,
  ...Rev,
})
const Decided = { id: z.string(), question: QuestionId, ...Rev }
export const ConfirmedRecord = z.strictObject({
  ...Decided,
  state: z.literal('confirmed'),
  objection_hours: ObjectionHours.optional().describe('For so long it is open to objection.'),
  confirmed_at: Instant,
  confirmed_by: RandomId,
})
export const DisputedRecord = z.strictObject({
  ...Decided,
  state: z.literal('disputed'),
  because: z.string(),
  disputed_at: Instant,
  disputed_by: RandomId,
})
export const QuestionRecord = z.strictObject({ ...Question.shape, ...Rev })
export const WithdrawalRecord = z.strictObject({
  id: StatementId,
  ...WithdrawalRequest.shape,
  ...Heard,
  ...Act,
})
export const RetractionRecord = z.strictObject({ id: StatementId, ...Act })
export const ReplyRecord = z.strictObject({ id: StatementId, ...ReplyRequest.shape, ...Published })
export const TakenBackRecord = z.strictObject({
  ...Decided,
  state: z.literal('superseded'),
  superseded_by: z.literal(NOTHING),
})
export const RevocationRecord = z.strictObject({
  id: z.string(),
  state: z.literal('revoked'),
  revoked_at: Instant,
})

export const ProblemAnswer = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.strictObject({ pointer: z.string(), message: z.string() })).optional(),
  existing: z
    .strictObject(
      Object.fromEntries(existingNouns.map((noun) => [noun, z.string().optional()])) as Record<
        ExistingNoun,
        z.ZodOptional<z.ZodString>
      >,
    )
    .optional()
    .describe('Ids of what is there already, where that is why the request was refused.'),
  similar: z
    .array(z.strictObject({ id: Slug, name: z.string() }))
    .optional()
    .describe('Analysts whom the name in the request may mean.'),
})

const NextCursor = z.string().nullable().describe('For `cursor`: where the next page begins.')

/** The scorecard; a part is null exactly when `withheld` says why. */
export const TrackRecordAnswer = z.strictObject({
  analyst: z.strictObject({ id: Slug, name: z.string() }).nullable(),
  as_of: Instant,
  ledger_size: Count,
  ...Viewed,
  nothing_changes: NothingChangesAnswer.nullable().describe(
    'What the rule that nothing changes would have got right beside these claims; null where it is recorded of none.',
  ),
  filter: z.record(z.string(), z.union([z.string(), z.boolean()])),
  ...scores.recordFigures,
  forecasts: z
    .array(scores.ForecastLine)
    .max(MOST)
    .describe('One page of them, in the order of saying; every figure is over all of them.'),
  next_cursor: NextCursor,
  withheld: scores.Withheld,
})

/** What is said of several analysts beside the list of them. */
export const AnalystsStanding = {
  figures: z
    .array(several.AnalystFigures)
    .max(MOST)
    .describe(
      'Of those on this page: what came true of all that they said live, and what was to be expected.',
    ),
  ...several.standing,
  withheld: scores.Withheld,
}

export const ComparisonAnswer = z.strictObject({
  as_of: Instant,
  common: Count.describe('Yes/no questions that both forecast, live, decided and past their deadline.'),
  clusters: Count,
  a: several.ComparedSide,
  b: several.ComparedSide,
  difference: several.Difference.nullable(),
  ruling: several.PairRuling.describe('What the pairs of the ledger say of these two, as on /analysts.'),
  later_by: z
    .number()
    .nullable()
    .describe(
      'Days by which a spoke later than b, the median of the questions that count; below 0, a was earlier.',
    ),
  verdict: z.string(),
  earlier: z.string().nullable(),
  nearer: z
    .strictObject({ a: Count, b: Count, same: Count, depends: Count })
    .describe('On how many common questions each was nearer to what happened.'),
  nearest: z.string().nullable().describe('The same as a sentence.'),
  questions: z
    .array(several.ComparedQuestion)
    .max(MOST)
    .describe('One page of the common questions; every figure is over all of them.'),
  next_cursor: NextCursor,
  withheld: scores.Withheld,
})

export const SourceRecord = Source
export const AnalystRecord = Analyst
export const StatementRecord = Statement
export const VerificationRecord = z.strictObject({
  id: StatementId,
  ...payloads['statement.verified'].shape,
  ...VerifiedByEar.shape,
})
export const ForecastRecord = Forecast
export const MemberRecord = Member
