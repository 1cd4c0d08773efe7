import * as z from 'zod'
import { AnalystRequest } from './analyst.ts'
import { Dated, Day, DaySpan, earlierProblem } from './calendar.ts'
import type { Problem } from './error.ts'
import { ascending, exactlyFor, jsonSchema } from './json-schema.ts'
import { Categorical, Chance, Probability, Unmeasured } from './probability.ts'
import { type Question, QuestionRequest } from './question.ts'
import { ReferenceSent, ShortReference } from './reference.ts'
import { QuestionId, Slug, StatementId, sourceOf, Tags } from './slug.ts'
import { type Source, SourceRequest } from './source.ts'
import { explainsKind, QuoteSent, Timecode, Translation, untestableReasons, voices } from './statement.ts'
import { line, prose, webAddress } from './text.ts'

/**
 * An analyst's probability for a question at a time, from a statement that bears the same id. `cluster` names
 * what makes rows of a dataset dependent, such as their date. `reference` stands only in entries of before references
 * were records of the question, and is read as one of them.
 */
export const Forecast = z.strictObject({
  id: StatementId,
  question: QuestionId,
  analyst: Slug,
  statement: StatementId,
  said_on: DaySpan,
  probability: Probability,
  reference: ShortReference.optional(),
  cluster: line(100).optional(),
})
export type Forecast = z.infer<typeof Forecast>

/** What looks back in a forecast on this question, which stands in it or is `held` already; or null. */
export function deadlineProblem(
  { deadline }: Pick<Question, 'deadline'>,
  said: DaySpan,
  held: boolean,
): Problem | null {
  const earlier = earlierProblem(deadline.date, said)
  if (earlier === null) return null
  const message = `${earlier}: a forecast looks forward`
  return held
    ? { pointer: '/question', message: `its deadline, ${deadline.date}, ${message}` }
    : { pointer: '/question/deadline/date', message }
}

/**
 * What an analyst says of one question in one source is one claim, however often it stands there. A data set holds what
 * was said at many times: there each row is one.
 */
export const claimKey = (
  { analyst, question, statement }: Pick<Forecast, 'analyst' | 'question' | 'statement'>,
  type: Source['type'] | undefined,
): string => `${analyst} ${question} ${type === 'dataset' ? statement : sourceOf(statement)}`

/** Words alone are read through the lexicon; numbers beside them are the editor's and need a `because`. */
const WordsRequest = z.strictObject({
  words: line(300),
  low: Chance.optional(),
  mid: Chance.optional(),
  high: Chance.optional(),
  lexicon: line(40).optional(),
  key: z
    .string()
    .regex(/^[a-z0-9_]+$/u)
    .optional(),
  because: prose(2000).optional(),
})
jsonSchema.add(WordsRequest, ascending('/low', '/mid', '/high'))
export type WordsRequest = z.infer<typeof WordsRequest>

const wordsOnly = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'words' in value &&
  !('categorical' in value) &&
  !('leans' in value)

/** The same for a reader of the schema: which of them is meant shows by its names. */
export const ProbabilitySent = z.union([Probability, WordsRequest])

/** A probability as a client or a file writes it. */
export const ProbabilityRequest = z.unknown().transform((value, context): Probability | WordsRequest => {
  const schema = wordsOnly(value)
    ? WordsRequest
    : isFlat(value)
      ? Categorical
      : isLeaning(value)
        ? Unmeasured
        : Probability
  const read = schema.safeParse(value)
  if (read.success) return read.data
  // As they are, so that the faces can choose the branch that was meant.
  for (const issue of read.error.issues) context.addIssue({ ...issue, input: value } as never)
  return z.NEVER
})
const isFlat = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'categorical' in value
const isLeaning = (value: unknown): boolean => typeof value === 'object' && value !== null && 'leans' in value

const named = <T extends z.ZodType>(id: z.ZodType<string>, whole: T, what: string) =>
  z.union([id, whole], {
    error: (issue) =>
      typeof issue.input === 'object' && issue.input !== null
        ? undefined
        : `must be the id of ${what} or a whole new one`,
  })

const Saying = {
  analyst: named(Slug, AnalystRequest, 'an analyst'),
  source: named(Slug, SourceRequest, 'a source'),
  quote: QuoteSent,
  translation: Translation.optional(),
  /** Said by whoever logs it: they listened to the passage. */
  verified_by_ear: z.literal(true).optional(),
  voice: z.enum(voices).optional(),
  timecode: Timecode.optional(),
}

/** One call logs one forecast, with whatever of its analyst, source and question is new. */
export const ForecastRequest = z.strictObject({
  ...Saying,
  question: named(QuestionId, QuestionRequest, 'a question'),
  probability: ProbabilityRequest,
  said_on: Dated.optional(),
  reference: ReferenceSent.optional(),
  tags: Tags.optional(),
})
export type ForecastRequest = z.infer<typeof ForecastRequest>

/** A remark that is no forecast: a duplicate of another statement, or untestable. */
export const StatementRequest = z
  .strictObject({
    ...Saying,
    kind: z.enum(['duplicate', 'untestable']),
    reason: z.enum(untestableReasons).optional(),
    because: prose(2000).optional(),
    duplicate_of: StatementId.optional(),
  })
  .superRefine(explainsKind)
  .register(jsonSchema, {
    allOf: [exactlyFor('kind', ['untestable'], 'reason'), exactlyFor('kind', ['duplicate'], 'duplicate_of')],
  })
export type StatementRequest = z.infer<typeof StatementRequest>

/** The analyst took it back: their own act, dated, and where they said so. */
export const WithdrawalRequest = z.strictObject({
  withdrawn_on: Day,
  because: prose(2000),
  url: webAddress().optional(),
})
export type WithdrawalRequest = z.infer<typeof WithdrawalRequest>

/** It was logged by mistake: our act, by a second person. */
export const RetractionRequest = z.strictObject({ because: prose(2000) })
export type RetractionRequest = z.infer<typeof RetractionRequest>

/** Somebody listened to the recording, and the words of the statement are what is heard there. */
export const VerificationRequest = z.strictObject({ note: prose(2000).optional() })
export type VerificationRequest = z.infer<typeof VerificationRequest>

/** What the person concerned answers to a forecast and to what became of it, published beside it. */
export const ReplyRequest = z.strictObject({
  text: prose(5000),
  url: webAddress().optional(),
  replied_on: Day,
})
export type ReplyRequest = z.infer<typeof ReplyRequest>

export type Logged = 'live' | 'late' | 'afterwards'
const LIVE_WITHIN_MS = 30 * 86_400_000

/**
 * When a forecast was logged, measured against what could be known: `live` before the deadline's end and within
 * 30 days of the saying, `late` after that, `afterwards` from `knownFrom` on (00:00 of known_on in its zone).
 */
export function loggedWhen(at: Date, said: Date, dueAt: Date, knownFrom: Date | null): Logged {
  if (knownFrom !== null && at.getTime() >= knownFrom.getTime()) return 'afterwards'
  return at.getTime() < dueAt.getTime() && at.getTime() - said.getTime() <= LIVE_WITHIN_MS ? 'live' : 'late'
}
