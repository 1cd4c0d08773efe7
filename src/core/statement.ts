import * as z from 'zod'
import { Instant } from './calendar.ts'
import { jsonSchema } from './json-schema.ts'
import { LanguageTag } from './language.ts'
import { RandomId } from './member.ts'
import { Slug, StatementId } from './slug.ts'
import { line, prose } from './text.ts'

export const voices = ['quote', 'paraphrase', 'headline'] as const
type Voice = (typeof voices)[number]
export const statementKinds = ['forecast', 'duplicate', 'untestable'] as const
type StatementKind = (typeof statementKinds)[number]
export const untestableReasons = ['present_state', 'motive', 'rhetorical', 'normative', 'no_event'] as const

const position = z.number().int().min(0).max(10_000_000).optional()

export const LONGEST_QUOTE = 5_000
/** How much of what stands around it a quote may have, before and after. */
export const LONGEST_CONTEXT = 500

/** W3C TextQuoteSelector and TextPositionSelector; `[…]` in `exact` marks an omission. */
export const Quote = z.strictObject({
  exact: prose(LONGEST_QUOTE),
  prefix: prose(LONGEST_CONTEXT).optional(),
  suffix: prose(LONGEST_CONTEXT).optional(),
  start: position,
  end: position,
})
export type Quote = z.infer<typeof Quote>

/**
 * The words in another language, beside the quote, which is the original and stands in the source. `by` says who
 * translated it, unless a machine did; without a language it is in that of the ledger, English.
 */
export const Translation = z
  .strictObject({
    text: prose(LONGEST_QUOTE),
    by: line(200).optional(),
    language: LanguageTag.optional(),
    machine: z.boolean().optional(),
  })
  .refine(({ by, machine }) => by !== undefined || machine === true, {
    message: 'is required, unless a machine translated it (machine: true)',
    path: ['by'],
  })
  .register(jsonSchema, {
    anyOf: [{ required: ['by'] }, { required: ['machine'], properties: { machine: { const: true } } }],
  })
export type Translation = z.infer<typeof Translation>

/** What says that somebody listened to a passage of a transcript and heard these words. */
export const VerifiedByEar = z.strictObject({ at: Instant, by: RandomId })

/** Where in a recording it is said: minutes and seconds, or hours before them. */
export const Timecode = z
  .string()
  .regex(/^(\d{1,2}:)?\d{1,3}:\d{2}$/u, 'must be a time such as 12:34 or 1:02:03')

/** Why these words cannot carry a forecast, or null. */
export const voiceProblem = (voice: Voice | undefined): string | null =>
  voice === 'headline' ? 'a headline is not the words of the analyst and carries no forecast' : null

/** A quote as it is sent: the words alone, or with what stands around them. */
export const QuoteSent = z.union(
  [prose(LONGEST_QUOTE), Quote],
  'must be the words said, or {exact, prefix, suffix}',
)

/** Whether the quote was found in the text of its source, or the text is not held. */
const Checked = z.enum(['found', 'unchecked'])

const StatementFields = z.strictObject({
  id: StatementId,
  source: Slug,
  analyst: Slug,
  quote: Quote,
  translation: Translation.optional(),
  timecode: Timecode.optional(),
  voice: z.enum(voices),
  kind: z.enum(statementKinds),
  reason: z.enum(untestableReasons).optional(),
  because: prose(2000).optional(),
  duplicate_of: StatementId.optional(),
  note: line(500).optional(),
  checked: Checked,
})

type Classified = { kind: StatementKind; reason?: string | undefined; duplicate_of?: string | undefined }

/** What a kind of statement owes, for every schema of one. */
export const explainsKind = ({ kind, reason, duplicate_of }: Classified, context: z.RefinementCtx) => {
  const owe = (holds: boolean, path: string, message: string) => {
    if (!holds) context.addIssue({ code: 'custom', path: [path], message })
  }
  owe((kind === 'untestable') === (reason !== undefined), 'reason', 'is given exactly for what is untestable')
  owe(
    (kind === 'duplicate') === (duplicate_of !== undefined),
    'duplicate_of',
    'is given exactly for a duplicate',
  )
}

/** Why a passage of this source cannot be said to repeat that statement, or null. */
export function originalProblem(
  original: { source: string; kind: StatementKind | undefined },
  source: string,
): string | null {
  if (original.source !== source)
    return 'is in another source: the same claim in a later source is a forecast again'
  return original.kind === 'duplicate' ? 'is itself a duplicate: name the passage that is repeated' : null
}

/** One passage of a source by one analyst, and what it was classified as. */
export const Statement = StatementFields.superRefine(explainsKind)
export type Statement = z.infer<typeof Statement>

/** A statement as it stands now: a file says only that it was verified, the log also when and by whom. */
export type StandingStatement = Statement & {
  verified_by_ear?: true | z.infer<typeof VerifiedByEar> | undefined
}

/** What everybody who shows a statement says of it, where a program wrote its source down; or null. */
export const transcriptCaveat = (
  statement: Pick<StandingStatement, 'verified_by_ear'>,
  source: { transcript?: string | undefined },
): string | null =>
  source.transcript !== 'machine'
    ? null
    : statement.verified_by_ear === undefined
      ? 'machine transcript, not verified by ear'
      : 'machine transcript, verified by ear'
export type UntestableReason = (typeof untestableReasons)[number]
