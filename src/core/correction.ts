import * as z from 'zod'
import { Instant } from './calendar.ts'
import { exactlyFor, jsonSchema } from './json-schema.ts'
import { QuestionId, Slug, StatementId } from './slug.ts'
import { line, prose } from './text.ts'

/** What an amendment of the record says of what stood there before. */
export const correctionClasses = ['correction', 'clarification', 'update'] as const
export const CorrectionClass = z.enum(correctionClasses)
export type CorrectionClass = z.infer<typeof CorrectionClass>

/** Each class as it is called, and what whoever chooses it says. */
export const CLASS_WORDS: Record<CorrectionClass, { name: string; means: string }> = {
  correction: { name: 'Correction', means: 'We were wrong: what stood here was not so.' },
  clarification: {
    name: 'Clarification',
    means: 'What stood here was right, but could be misread: the words are clearer, the meaning is the same.',
  },
  update: {
    name: 'Update',
    means: 'What stood here was right when it was written: something came to pass since.',
  },
}

/** As whoever amends without saying of which class it is has said: nobody's rate is lowered by leaving it out. */
export const UNSAID: CorrectionClass = 'correction'

/** The class in a request. */
export const ClassSaid = CorrectionClass.optional().describe(
  'correction: we were wrong; clarification: it was right, but could be misread; update: it was right when it was written. Left out, it is a correction.',
)

/** A reason for a change, as a file gives it: alone (which says a correction), or under the class that it is. */
export const Amends = z.union(
  [
    prose(5000),
    z.strictObject({ correction: prose(5000) }),
    z.strictObject({ clarification: prose(5000) }),
    z.strictObject({ update: prose(5000) }),
  ],
  'must be a reason, or one of correction, clarification and update with its reason',
)
export type Amends = z.infer<typeof Amends>

/** The reason of a change in a file, and the class that it is of. */
export function amending(amends: Amends): { because: string; class: CorrectionClass } {
  if (typeof amends === 'string') return { because: amends, class: UNSAID }
  const [[name, because] = ['', '']] = Object.entries(amends)
  return { because, class: name as CorrectionClass }
}

/** How long the page concerned says that something on it was amended, while no policy says otherwise. */
export const NOTICE_DAYS = 30

/** How a ledger corrects itself, as whoever keeps it says. */
export const CorrectionPolicy = z.strictObject({
  text: prose(20_000),
  /** For how many days the page concerned shows a notice. */
  notice_days: z.int().min(1).max(365),
})
export type CorrectionPolicy = z.infer<typeof CorrectionPolicy>

/** What holds, and is shown to be nobody's own, until somebody who keeps the ledger writes another. */
export const DEFAULT_POLICY: CorrectionPolicy = {
  text: [
    'We correct what is wrong in this record as soon as we know it, and in the open. Nothing is overwritten: what was written first stays in the history, with the date of the change, its reason and who made it.',
    'Every change says what it is. A correction: we were wrong. A clarification: it was right, but could be misread. An update: it was right when it was written, and something came to pass since.',
    `Each change is listed once under Corrections, with what stood there before and what stands there now. For ${NOTICE_DAYS} days the page concerned says so on top.`,
    'Whoever finds something wrong can tell us from every page, with or without an address to be answered at. A member reads it, and either mends it or says why not. The address is never published, and is deleted when the report is closed, at the latest after 90 days.',
    'Criteria do not change once the deadline has passed or an outcome was proposed. An outcome that turns out to be wrong is superseded by another one, with its own evidence and a second person.',
  ].join('\n\n'),
  notice_days: NOTICE_DAYS,
}

/** What somebody can report something about. */
export const reportable = ['forecast', 'question', 'analyst', 'source'] as const
export type Reportable = (typeof reportable)[number]

const ID: Record<Reportable, z.ZodType<string>> = {
  forecast: StatementId,
  question: QuestionId,
  analyst: Slug,
  source: Slug,
}

const WORDS = '[a-z0-9]+(?:-[a-z0-9]+)*'
/** A record by its kind and id, as addresses write it: `forecast:2024-04-interview#03`. */
export const Subject = z
  .string()
  .max(200)
  .refine(
    (text) => subjectOf(text) !== null,
    'must be forecast, question, analyst or source, a colon and an id',
  )
  .register(jsonSchema, {
    maxLength: 200,
    anyOf: [
      { pattern: `^(?:question|analyst|source):${WORDS}$`, maxLength: 80 },
      { pattern: `^(?:forecast|question):${WORDS}_${WORDS}$`, maxLength: 170 },
    ],
    description: 'What it is about, such as `question:a-new-war-begins`.',
  })

/** The kind and the id that a subject names; null for what is none. */
export function subjectOf(text: string): { kind: Reportable; id: string } | null {
  const [kind = '', ...rest] = text.split(':')
  const known = reportable.find((one) => one === kind)
  const id = rest.join(':')
  return known !== undefined && ID[known].safeParse(id).success ? { kind: known, id } : null
}

/** What a reader says is wrong. `answer_to` is kept privately, and only until the report is closed. */
export const ReportRequest = z.strictObject({
  about: Subject,
  text: prose(2000),
  answer_to: line(200).optional(),
})
export type ReportRequest = z.infer<typeof ReportRequest>

/** Reports wait privately; of more than this none is taken, so that nobody can push out the others. */
export const MOST_OPEN_REPORTS = 500
/** How long an address to answer at is kept at most. */
export const ANSWER_KEPT_DAYS = 90

export const reportOutcomes = ['mended', 'not_changed'] as const

const mends = (closing: { outcome: string; mended_by?: number | undefined }) =>
  (closing.outcome === 'mended') === (closing.mended_by !== undefined)
const MENDING = {
  message: 'is the number of the entry that mends it, given exactly when the outcome is "mended"',
  path: ['mended_by'],
}

const Closing = z.strictObject({
  outcome: z.enum(reportOutcomes),
  /** The entry that mends it. */
  mended_by: z.int().min(0).optional(),
  /** Public, as the entry is. */
  because: prose(2000),
})

/** What became of a report: what mends it, or why nothing was changed. */
export const ClosingRequest = Closing.refine(mends, MENDING).register(jsonSchema, {
  allOf: [exactlyFor('outcome', ['mended'], 'mended_by')],
})
export type ClosingRequest = z.infer<typeof ClosingRequest>

/** The same as it is recorded: nothing of what the reader wrote, and nothing of who it was. */
export const ClosedReport = Closing.extend({ about: Subject, received_at: Instant }).refine(mends, MENDING)
export type ClosedReport = z.infer<typeof ClosedReport>
