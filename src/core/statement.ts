import * as z from 'zod'
import { Slug, StatementId } from './slug.ts'
import { line, prose } from './text.ts'

export const voices = ['quote', 'paraphrase', 'headline'] as const
type Voice = (typeof voices)[number]
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
  timecode: Timecode.optional(),
  voice: z.enum(voices),
  kind: z.enum(['forecast', 'duplicate', 'untestable']),
  reason: z.enum(untestableReasons).optional(),
  because: prose(2000).optional(),
  duplicate_of: StatementId.optional(),
  note: line(500).optional(),
  checked: Checked,
})

type Classified = { kind: string; reason?: string | undefined; duplicate_of?: string | undefined }

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

/** One passage of a source by one analyst, and what it was classified as. */
export const Statement = StatementFields.superRefine(explainsKind)
export type Statement = z.infer<typeof Statement>
export type UntestableReason = (typeof untestableReasons)[number]
