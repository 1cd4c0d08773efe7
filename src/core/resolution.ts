import * as z from 'zod'
import { Day, dayText, TimeZone } from './calendar.ts'
import { Commitment, Nonce } from './commitment.ts'
import { ClassSaid, CorrectionClass } from './correction.ts'
import { exactlyFor, jsonSchema } from './json-schema.ts'
import { RandomId } from './member.ts'
import { earlyOutcomes, type Question, typeOf } from './question.ts'
import { QuestionId } from './slug.ts'
import { line, prose, webAddress } from './text.ts'

/** One dated piece of evidence: where, what it says, when it was read. */
export const Evidence = z.strictObject({
  url: webAddress(),
  archive_url: webAddress().optional(),
  says: prose(2000),
  accessed: Day,
})
export type Evidence = z.infer<typeof Evidence>

export const annulledReasons = ['condition_not_met', 'moot'] as const

/** `yes`, `no`, an option, a number, a date, `not_by_deadline`, `annulled` or `ambiguous`. */
const Outcome = z.union(
  [line(200), z.number()],
  'must be yes, no, an option, a number, a date, annulled or ambiguous',
)
export type Outcome = z.infer<typeof Outcome>

/** An outcome in words. */
export function outcomeText(outcome: Outcome): string {
  if (outcome === 'not_by_deadline') return 'not by the deadline'
  if (typeof outcome === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(outcome)) return dayText(outcome)
  return typeof outcome === 'number' ? outcome.toLocaleString('en', { maximumFractionDigits: 10 }) : outcome
}

const ResolutionFields = z.strictObject({
  outcome: Outcome,
  annulled_because: z.enum(annulledReasons).optional(),
  known_on: Day,
  evidence: z.array(Evidence).min(1, 'needs at least one piece of evidence').max(50),
  rationale: prose(5000),
  because_early: prose(2000).optional(),
  /** Drawn on a page that shows the question and its criteria, and neither who forecast it nor how. */
  drawn_blind: z.literal(true).optional(),
})

const explainsAnnulment = (r: { outcome: Outcome; annulled_because?: string | undefined }) =>
  (r.outcome === 'annulled') === (r.annulled_because !== undefined)
const ANNULMENT = {
  message: 'is given exactly when the outcome is "annulled": condition_not_met or moot',
  path: ['annulled_because'],
}

/** A proposal what happened: `supersedes` names the resolution that it corrects, `also` others that it decides alike. */
export const ResolutionRequest = ResolutionFields.extend({
  supersedes: line(20).optional(),
  class: ClassSaid,
  also: z.array(QuestionId).max(50).optional(),
})
  .refine(explainsAnnulment, ANNULMENT)
  .register(jsonSchema, { allOf: [exactlyFor('outcome', ['annulled'], 'annulled_because')] })
export type ResolutionRequest = z.infer<typeof ResolutionRequest>

/** What one member decided of a question on their own, sealed until a second has decided it, too. */
export const BlindOutcome = ResolutionFields.refine(explainsAnnulment, ANNULMENT).register(jsonSchema, {
  allOf: [exactlyFor('outcome', ['annulled'], 'annulled_because')],
})
export type BlindOutcome = z.infer<typeof BlindOutcome>

const OfQuestion = { question: QuestionId }
export const OutcomeSealed = z.strictObject({ ...OfQuestion, commitment: Commitment })
export const OutcomeRevealed = z.strictObject({
  ...OfQuestion,
  member: RandomId,
  nonce: Nonce,
  outcome: BlindOutcome,
})

/** Only yes and no can be compared without a measure of how far two answers lie apart. */
export const isDecidedTwice = (question: Pick<Question, 'type'>): boolean => typeOf(question) === 'binary'

/** Why a member cannot decide a question blind (any more), or null. */
export function sealProblem(
  sealed: readonly { by: string }[],
  proposed: number,
  member: string,
): string | null {
  if (sealed.length >= 2) return 'Two members have decided this already.'
  if (sealed.some(({ by }) => by === member))
    return 'You decided this already: nothing of it changes any more, and a second member has to.'
  return proposed > 0 ? 'An outcome was proposed already: it cannot be decided blind any more.' : null
}

/** A resolution in a file may name, as text, who proposed and who confirmed it: shown as claimed. */
export const FileResolution = ResolutionFields.extend({
  proposed_by: line(200).optional(),
  confirmed_by: line(200).optional(),
}).refine(explainsAnnulment, ANNULMENT)
export type FileResolution = z.infer<typeof FileResolution>

/** The recorded proposal. */
export const Resolution = ResolutionFields.extend({
  id: z.string().regex(/^r[1-9]\d{0,5}$/u),
  question: QuestionId,
  /** The zone of `known_on`: that of the question. */
  time_zone: TimeZone,
  supersedes: z.string().optional(),
  /** Where it corrects an outcome that was in force: of which class that is. */
  class: CorrectionClass.optional(),
  claimed: z
    .strictObject({ proposed_by: line(200).optional(), confirmed_by: line(200).optional() })
    .optional(),
}).refine(explainsAnnulment, ANNULMENT)
export type Resolution = z.infer<typeof Resolution>

export const DisputeRequest = z.strictObject({ because: prose(5000) })
export type DisputeRequest = z.infer<typeof DisputeRequest>

/** What supersedes a resolution that was taken back: no other took its place. */
export const NOTHING = 'nothing'
/** Within this time whoever proposed or confirmed by mistake can take it back. */
export const TAKE_BACK_MS = 60_000

export const ConditionRequest = z.strictObject({
  met_on: Day,
  evidence: z.array(Evidence).min(1, 'needs at least one piece of evidence').max(50),
  rationale: prose(5000).optional(),
})
export type ConditionRequest = z.infer<typeof ConditionRequest>

/** A conditional question has an answer only once its condition was met; unmet, it is annulled. */
export const needsCondition = (question: Pick<Question, 'condition'>, outcome: Outcome): boolean =>
  question.condition !== undefined && outcome !== 'annulled' && outcome !== 'ambiguous'

/** Why a condition was not met on that day, or null. */
export function metProblem({ condition }: Pick<Question, 'condition'>, met_on: string): string | null {
  return condition !== undefined && met_on > condition.deadline.date
    ? `lies after the deadline of the condition, ${condition.deadline.date}`
    : null
}

/** Why a question is not annulled for its condition, or null; `isMet` says that the condition was met. */
export function annulmentProblem(
  { condition }: Pick<Question, 'condition'>,
  { annulled_because }: Pick<Resolution, 'annulled_because'>,
  isMet: boolean,
): string | null {
  if (annulled_because !== 'condition_not_met') return null
  if (condition === undefined) return 'the question has no condition that could fail'
  return isMet ? 'the condition was recorded as met' : null
}

/** Why an outcome was not known on its day without a reason why, or null: that day lies before the deadline. */
export function knownProblem(
  question: Pick<Question, 'type' | 'early' | 'deadline' | 'condition'>,
  resolution: Pick<Resolution, 'outcome' | 'annulled_because' | 'known_on' | 'because_early'>,
): string | null {
  const { annulled_because, known_on } = resolution
  const deadline = annulled_because === 'condition_not_met' ? question.condition?.deadline : question.deadline
  if (deadline === undefined || known_on >= deadline.date || mayBeEarly(question, resolution)) return null
  return `lies before the deadline of ${deadline.date}: this outcome was not known then; if it was, say why in because_early`
}

function mayBeEarly(
  question: Pick<Question, 'type' | 'early'>,
  { outcome, annulled_because, because_early }: Parameters<typeof knownProblem>[1],
): boolean {
  if (because_early !== undefined || annulled_because === 'moot') return true
  if (annulled_because === 'condition_not_met') return false
  if (typeOf(question) !== 'binary') return outcome !== 'ambiguous' && outcome !== 'not_by_deadline'
  return earlyOutcomes(question).some((early) => early === outcome)
}

/** Why an outcome does not answer the question, or null. */
export function outcomeProblem(question: Question, outcome: Outcome): string | null {
  if (outcome === 'annulled' || outcome === 'ambiguous') return null
  switch (typeOf(question)) {
    case 'binary':
      return outcome === 'yes' || outcome === 'no' ? null : 'must be "yes", "no", "annulled" or "ambiguous"'
    case 'multiple_choice':
      return question.options?.includes(String(outcome)) === true
        ? null
        : `must be one of ${question.options?.map((option) => JSON.stringify(option)).join(', ')}, "annulled" or "ambiguous"`
    case 'numeric':
      return typeof outcome === 'number' ? null : 'must be a number, "annulled" or "ambiguous"'
    case 'date':
      return outcome === 'not_by_deadline' || Day.safeParse(outcome).success
        ? null
        : 'must be a date, "not_by_deadline", "annulled" or "ambiguous"'
  }
}
