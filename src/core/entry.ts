import * as z from 'zod'
import { Analyst } from './analyst.ts'
import { Anchor } from './anchor.ts'
import { Archived } from './archive.ts'
import { Instant } from './calendar.ts'
import { Codebook, CodingAdjudicated, CodingRevealed, CodingSubmitted, Round, RoundClosed } from './coding.ts'
import { ClosedReport, CorrectionClass, CorrectionPolicy } from './correction.ts'
import { Forecast, ReplyRequest, WithdrawalRequest } from './forecast.ts'
import { MeasuredLexicon } from './lexicon.ts'
import {
  fourEyesPolicies,
  Member,
  MemberChange,
  RandomId,
  roles,
  Scopes,
  SecretId,
  SignInAdded,
  SignInRemoved,
} from './member.ts'
import { AnswerDays, ObjectionHours } from './objection.ts'
import { Question } from './question.ts'
import { Redacted } from './redaction.ts'
import { Reference, ReferenceId, ReferenceWithdrawal } from './reference.ts'
import { ConditionRequest, OutcomeRevealed, OutcomeSealed, Resolution } from './resolution.ts'
import { QuestionId, StatementId } from './slug.ts'
import { Source } from './source.ts'
import { Statement } from './statement.ts'
import { line, prose } from './text.ts'

const Because = prose(5000)
const ResolutionId = z.string()
/** The member who heard from the analyst what another recorded in their name. */
const Heard = { heard_by: RandomId.optional() }

/** Of which class an amendment is; what was recorded before entries said so is of none. */
const Class = { class: CorrectionClass.optional() }

/** A correction is a whole record with the reason why the one before it was wrong. */
const corrected = <T extends z.ZodType>(record: T) =>
  z.strictObject({ record, because: Because.optional(), ...Class })

/** What each type of entry carries in its sealed part. */
export const payloads = {
  'source.recorded': corrected(Source),
  /** Where an archive keeps a source, and which quotes stand there. */
  'source.archived': Archived,
  'analyst.recorded': corrected(Analyst),
  'statement.recorded': Statement,
  /** Somebody listened to the recording: these are the words. */
  'statement.verified': z.strictObject({ statement: StatementId, note: prose(2000).optional() }),
  'question.recorded': Question,
  'question.amended': z.strictObject({ record: Question, because: Because, ...Class }),
  'condition.met': ConditionRequest.extend({ question: QuestionId }),
  'reference.recorded': Reference,
  /** The reference that counts, from here on; before anybody declares one it is the first. */
  'reference.chosen': z.strictObject({ question: QuestionId, id: ReferenceId }),
  'reference.withdrawn': ReferenceWithdrawal.extend({ question: QuestionId, id: ReferenceId }),
  'forecast.recorded': Forecast,
  'forecast.withdrawn': WithdrawalRequest.extend({ forecast: StatementId, because: Because, ...Heard }),
  retracted: z.strictObject({ forecast: StatementId, because: Because }),
  'resolution.proposed': Resolution,
  'resolution.confirmed': z.strictObject({
    question: QuestionId,
    id: ResolutionId,
    /** For so long it is open to objection; entries of before there was such a time have none. */
    objection_hours: ObjectionHours.optional(),
  }),
  /** That a member decided it on their own, and its hash; nobody learns what it says before a second has, too. */
  'outcome.sealed': OutcomeSealed,
  /** Both are shown in one batch, with what proves that they are what was sealed. */
  'outcome.revealed': OutcomeRevealed,
  'resolution.disputed': z.strictObject({ question: QuestionId, id: ResolutionId, because: Because }),
  'resolution.superseded': z.strictObject({
    question: QuestionId,
    id: ResolutionId,
    /** The resolution that took its place, or `nothing` where it was taken back within a minute. */
    superseded_by: ResolutionId,
    ...Class,
  }),
  /** Words are taken out of what an earlier entry recorded, or the private text of a source goes. */
  redacted: Redacted,
  'reply.published': ReplyRequest.extend({
    forecast: StatementId,
    ...Heard,
    /** It came through a link that this member made for the person concerned; who used it is not known. */
    link: z.strictObject({ made_by: RandomId, made_at: Instant, used_at: Instant }).optional(),
  }),
  /** How the ledger corrects itself, anew. */
  'correction_policy.published': CorrectionPolicy,
  'report.closed': ClosedReport,
  'questions.flagged': z.strictObject({
    questions: z
      .array(
        z.strictObject({
          id: QuestionId,
          deadline_rev: z.int().min(0),
          what: z.enum(['deadline', 'condition']),
        }),
      )
      .min(1)
      .max(1000),
  }),
  /** How texts are coded: every round names the version that held when it was opened. */
  'codebook.published': Codebook,
  'coding.opened': Round,
  /** That a coding is in, and its hash; nobody learns what it says before the other one is. */
  'coding.submitted': CodingSubmitted,
  /** Both are shown in one batch, with what proves that they are what was submitted. */
  'coding.revealed': CodingRevealed,
  'coding.adjudicated': CodingAdjudicated,
  'coding.closed': RoundClosed,
  'member.added': Member,
  'member.changed': MemberChange.safeExtend({ id: RandomId }),
  /** A sign-in link was made for them. */
  'member.invited': z.strictObject({ id: RandomId }),
  /** Somebody else ended one session of theirs or, without one, all of them and the links not used yet. */
  'member.signed_out': z.strictObject({ id: RandomId, session: SecretId.optional() }),
  'member.sign_in_added': SignInAdded,
  'member.sign_in_removed': SignInRemoved,
  /** What entries about members recorded is taken out: what is read in its place is told to nobody either. */
  'member.redacted': Redacted,
  'token.issued': z.strictObject({
    id: line(40),
    member: RandomId,
    name: line(200),
    role: z.enum(roles),
    scopes: Scopes.optional(),
    expires_at: Instant.optional(),
  }),
  'token.revoked': z.strictObject({ id: line(40) }),
  /** Of the times what is not named stays as it was. */
  'policy.changed': z.strictObject({
    four_eyes: z.enum(fourEyesPolicies),
    four_eyes_in_force: z.boolean(),
    objection_hours: ObjectionHours.optional(),
    answer_days: AnswerDays.optional(),
  }),
  /** What a newsroom measured with its own readers: words of probability in one language. */
  'lexicon.measured': MeasuredLexicon,
  /** An administrator says that the clock is right which this entry is stamped with. */
  'clock.accepted': z.strictObject({ because: Because.optional() }),
  /** The same of a clock that shows less than the last entry: what was stamped ahead counts as recorded now. */
  'clock.corrected': z.strictObject({
    /** The first entry that was stamped ahead. */
    from: z.int().min(0),
    because: Because,
  }),
  /** Somebody outside attests that the log was this one when it was so long, and mostly since when. */
  'checkpoint.anchored': Anchor,
  /** The end of the log was lost, and given up where no backup holds it; their places are taken again. */
  'log.restored': z.strictObject({
    lost: z.strictObject({ from: z.int().min(0), to: z.int().min(0) }),
    because: Because,
    /** The last checkpoint that was published of what is given up, where it was kept. */
    published: z.string().max(20_000).optional(),
  }),
  /** Another key signs from here on: verifier keys of signed notes. */
  'key.rotated': z.strictObject({
    from: line(1000),
    to: line(1000),
    because: Because,
    /** Nobody holds the old key any more: it has not signed for the new one. */
    is_lost: z.literal(true).optional(),
  }),
} as const

export type EntryType = keyof typeof payloads
export const entryTypes = Object.keys(payloads) as EntryType[]

/** Whether the openings of a type are told to nobody: members, tokens and policy. */
export const isWithheld = (type: string): boolean => /^(member|token|policy)\./u.test(type)

export type Payload<T extends EntryType = EntryType> = z.infer<(typeof payloads)[T]>

/** The envelope of an entry, in clear: JCS of it is what is hashed. */
export const Envelope = z.strictObject({
  v: z.literal(1),
  at: Instant,
  by: RandomId,
  type: z.enum(entryTypes),
  stream: RandomId,
  rev: z.int().min(0),
  refs: z.array(RandomId).max(1000),
  sealed: z.string().regex(/^[A-Za-z0-9_-]{43}$/u),
})
export type Envelope = z.infer<typeof Envelope>

/** What a verb wants recorded; the store adds time, seal and place. */
export type Draft<T extends EntryType = EntryType> = {
  [K in T]: { type: K; stream: string; rev: number; by: string; refs: string[]; payload: Payload<K> }
}[T]

/** An entry as it is read back: its place, its envelope and its opened payload. */
export type Event<T extends EntryType = EntryType> = {
  [K in T]: Omit<Envelope, 'type' | 'v' | 'sealed'> & {
    seq: number
    type: K
    payload: Payload<K>
    /** What its envelope says, where a correction of the clock puts `at` back. */
    stamped_at?: string
  }
}[T]
