import * as z from 'zod'
import { Instant } from './calendar.ts'
import { ascending, exactlyFor, jsonSchema, neededFor, onlyFor } from './json-schema.ts'
import { Chance } from './probability.ts'
import {
  AGREEMENTS as QUESTION_AGREEMENTS,
  type Question,
  QuestionFields,
  agrees as questionAgrees,
  typeOf,
} from './question.ts'
import { QuestionId, StatementId } from './slug.ts'
import { line, prose, webAddress } from './text.ts'

/** `unstated` is what came by the short form of a forecast request, which does not say what it is. */
export const referenceKinds = ['nothing_changes', 'base_rate', 'market', 'crowd', 'unstated'] as const
export type ReferenceKind = (typeof referenceKinds)[number]

const Of = z
  .strictObject({ k: z.int().min(0).max(100_000), n: z.int().min(1).max(100_000), class: line(300) })
  .refine(({ k, n }) => k <= n, { message: 'must not exceed n', path: ['k'] })
  .register(jsonSchema, ascending('/k', '/n'))

/** Which fields a kind has to name, and which ones only it may: one table for the rule and for its words in JSON Schema. */
const NEEDED: Readonly<Record<'probability' | 'of' | 'source' | 'url' | 'observed_at', ReferenceKind[]>> = {
  probability: ['nothing_changes', 'market', 'crowd', 'unstated'],
  of: ['base_rate'],
  source: ['base_rate', 'crowd', 'unstated'],
  url: ['market'],
  observed_at: ['market'],
}
const ALLOWED: Readonly<{ [field in keyof typeof NEEDED]?: ReferenceKind[] }> = {
  of: ['base_rate'],
  observed_at: ['market', 'crowd'],
}

/** Whether a form asks a kind for a field: where nothing changes there is no page that shows it. */
export const asksFor = (kind: ReferenceKind, field: keyof typeof NEEDED): boolean =>
  ALLOWED[field]?.includes(kind) ?? !(field === 'url' && kind === 'nothing_changes')

const ReferenceFields = z.strictObject({
  kind: z.enum(referenceKinds),
  /** Of yes; a base rate that does not say it is k of n. */
  probability: Chance.optional(),
  /** So many of so many of a class of earlier events. */
  of: Of.optional(),
  /** Where it is from, in words. */
  source: line(500).optional(),
  url: webAddress().optional(),
  /** When a market or a crowd stood there. */
  observed_at: Instant.optional(),
})
type Fields = z.infer<typeof ReferenceFields>

const agrees = (reference: Fields, context: z.RefinementCtx) => {
  const { kind } = reference
  for (const [field, kinds] of Object.entries(NEEDED) as [keyof typeof NEEDED, ReferenceKind[]][]) {
    const there = reference[field] !== undefined
    const allowed = ALLOWED[field]
    const message =
      there && allowed?.includes(kind) === false
        ? `is for ${allowed.join(' and ')}, not for ${kind}`
        : !there && kinds.includes(kind)
          ? `is needed for ${kind}`
          : null
    if (message !== null) context.addIssue({ code: 'custom', message, path: [field] })
  }
}
const AGREEMENTS = {
  allOf: [
    exactlyFor('kind', ['base_rate'], 'of'),
    neededFor('kind', NEEDED.probability, 'probability'),
    neededFor('kind', NEEDED.source, 'source'),
    neededFor('kind', NEEDED.url, 'url'),
    neededFor('kind', NEEDED.observed_at, 'observed_at'),
    onlyFor('kind', ['market', 'crowd'], 'observed_at'),
  ],
}

/** `ref1` and on, in the order of a question; one that came inside the entry of a forecast bears its id. */
export const ReferenceId = z.union(
  [z.string().regex(/^ref[1-9]\d{0,5}$/u), StatementId],
  'must be an id such as ref1',
)

/** A probability of yes to compare forecasts with: a record of the question, whoever answers it. */
export const Reference = ReferenceFields.extend({
  id: ReferenceId,
  question: QuestionId,
  probability: Chance,
}).superRefine(agrees)
export type Reference = z.infer<typeof Reference>

const primary = { primary: z.literal(true).optional() }

/** With `primary` it is declared the one that counts in the same call. */
export const ReferenceRequest = ReferenceFields.extend(primary)
  .superRefine(agrees)
  .register(jsonSchema, AGREEMENTS)
export type ReferenceRequest = z.infer<typeof ReferenceRequest>

/** A question by itself, with what it is compared with in the same call. */
export const QuestionAlone = QuestionFields.omit({ id: true })
  .extend({ references: z.array(ReferenceRequest).max(20).optional() })
  .superRefine(questionAgrees)
  .register(jsonSchema, QUESTION_AGREEMENTS)
export type QuestionAlone = z.infer<typeof QuestionAlone>

/** Why a reference should not have been recorded: it stays, struck through. */
export const ReferenceWithdrawal = z.strictObject({ because: prose(2000) })
export type ReferenceWithdrawal = z.infer<typeof ReferenceWithdrawal>

/** A reference in a file, with what became of it. */
export const FileReference = ReferenceFields.extend({
  ...primary,
  withdrawn: ReferenceWithdrawal.optional(),
}).superRefine(agrees)
export type FileReference = z.infer<typeof FileReference>

/** What a forecast request said before references were records of the question; old entries hold it, too. */
export const ShortReference = z.strictObject({ probability: Chance, says: line(300) })
export type ShortReference = z.infer<typeof ShortReference>

export const unstated = ({ probability, says }: ShortReference) =>
  ({ kind: 'unstated', probability, source: says }) as const

/** A reference beside a forecast: whole, or in the short form. */
export const ReferenceSent = z
  .union([ReferenceRequest, ShortReference])
  .transform((sent): ReferenceRequest => ('says' in sent ? unstated(sent) : sent))

/** What is said in a reference, apart from its id and its question. */
export type ReferenceSaid = Omit<Reference, 'id' | 'question'>

/** The same with its probability, where a base rate leaves that to k of n. */
export function saidIn({ kind, probability, of, source, url, observed_at }: Fields): ReferenceSaid {
  const share = of === undefined ? undefined : of.k / of.n
  return {
    kind,
    probability: (probability ?? share) as number,
    ...(of === undefined ? {} : { of }),
    ...(source === undefined ? {} : { source }),
    ...(url === undefined ? {} : { url }),
    ...(observed_at === undefined ? {} : { observed_at }),
  }
}

/** Why a question has no reference, or null: what is no yes or no is compared with its range, or with equal shares. */
export const referenceUnfit = (question: Pick<Question, 'type'>): string | null =>
  typeOf(question) === 'binary'
    ? null
    : 'is for yes/no questions: numbers and dates are compared with their range, options with equal shares'

const ROUNDED = 0.005

/** Why a probability is not that of k of n, or null; it may be rounded, or moved by one case more of each sort. */
export function baseRateProblem({ probability, of }: Fields): string | null {
  if (of === undefined || probability === undefined) return null
  const { k, n } = of
  return Math.abs(probability - k / n) <= Math.max(ROUNDED, 1 / (n + 2)) + 1e-9
    ? null
    : `is not about ${k} of ${n}, which is ${Math.round((k / n) * 1000) / 1000}`
}

type Observed = Pick<Reference, 'observed_at'>

/** Why nobody has seen it at that instant yet, or null. */
export const futureInstantProblem = ({ observed_at }: Observed, now: Date): string | null =>
  observed_at !== undefined && new Date(observed_at) > now ? 'lies in the future' : null

/** Why whoever saw it at that instant knew the outcome, or null. */
export const hindsightProblem = ({ observed_at }: Observed, known_from: Date | null): string | null =>
  observed_at !== undefined && known_from !== null && new Date(observed_at) >= known_from
    ? `lies after ${known_from.toISOString()}, from when on the outcome was known`
    : null

/** From when on whatever is said of references is said with hindsight: the outcome is known, or the deadline has passed. */
export const hindsightFrom = ({ due_at, known_from }: { due_at: Date; known_from: Date | null }): Date =>
  known_from !== null && known_from < due_at ? known_from : due_at

/** When a reference was recorded, declared the primary and withdrawn: the times of the entries, not what anybody claims. */
export type ReferenceTimes = {
  seq: number
  at: string
  withdrawn_at: string | null
  chosen: readonly { seq: number; at: string }[]
}
export type Judged = {
  /** Recorded when the outcome could be known: in no figure. */
  hindsight: boolean
  /** The one that counts. */
  primary: boolean
  /** Whether it is gone. A withdrawal with hindsight takes nothing out. */
  gone: boolean
}

/**
 * The references of a question in the order of recording. The primary is the one that was declared last, or else the
 * first; whatever was recorded, declared or withdrawn with hindsight has no say in it.
 */
export function judged<T extends ReferenceTimes>(references: readonly T[], from: Date): (T & Judged)[] {
  const inTime = ({ at }: { at: string }) => at < from.toISOString()
  const stands = (one: T) => inTime(one) && !(one.withdrawn_at !== null && inTime({ at: one.withdrawn_at }))
  const inOrder = references.toSorted((a, b) => a.seq - b.seq)
  const candidates = inOrder.filter(stands)
  const declared = ({ chosen }: T) => Math.max(-1, ...chosen.filter(inTime).map(({ seq }) => seq))
  const primary = candidates.reduce<T | undefined>(
    (best, one) => (best === undefined || declared(one) > declared(best) ? one : best),
    undefined,
  )
  return inOrder.map((one) => ({
    ...one,
    hindsight: !inTime(one),
    primary: one === primary,
    gone: one.withdrawn_at !== null && (inTime({ at: one.withdrawn_at }) || !inTime(one)),
  }))
}

/** Of all that was declared the last, in time if anything was: what a file marks as the primary. */
export function declaredOf<T extends ReferenceTimes>(references: readonly T[], from: Date): T | undefined {
  const choices = references.flatMap((one) => one.chosen.map((choice) => ({ one, ...choice })))
  const inTime = choices.filter(({ at }) => at < from.toISOString())
  return (inTime.length > 0 ? inTime : choices).toSorted((a, b) => b.seq - a.seq)[0]?.one
}
