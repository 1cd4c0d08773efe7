import * as z from 'zod'
import { Analyst } from './analyst.ts'
import { Dated } from './calendar.ts'
import { Amends } from './correction.ts'
import { ProbabilityRequest, RetractionRequest, WithdrawalRequest } from './forecast.ts'
import { agrees, QuestionFields } from './question.ts'
import { FileReference, saidIn } from './reference.ts'
import { ConditionRequest, FileResolution } from './resolution.ts'
import { QuestionId, Slug, StatementId, Tags } from './slug.ts'
import { explainsSelection, SELECTION, SourceFields } from './source.ts'
import { QuoteSent, Timecode, Translation, untestableReasons, voices } from './statement.ts'
import { line, prose } from './text.ts'

// What is in the ledger is frozen, so a change must say why, and of which class it is.
const amends = { amends: Amends.optional() }
/** What forecasts on a question are compared with, written in the question. */
const references = {
  references: z
    .array(FileReference)
    .min(1)
    .max(50)
    .superRefine((all, context) => {
      const declared = all.findIndex(({ primary }) => primary === true)
      const standing = new Set<string>()
      for (const [i, { primary, withdrawn, ...fields }] of all.entries()) {
        const said = JSON.stringify(saidIn(fields))
        if (primary === true && i !== declared)
          context.addIssue({
            code: 'custom',
            path: [i, 'primary'],
            message: 'is said of another one already',
          })
        if (withdrawn === undefined && standing.has(said))
          context.addIssue({ code: 'custom', path: [i], message: 'stands there twice' })
        if (withdrawn === undefined) standing.add(said)
      }
    })
    .optional(),
}
const outcomes = { resolution: FileResolution.optional(), condition_met: ConditionRequest.optional() }

/** A question inside a statement takes the statement's id unless it names its own. */
const InlineQuestion = QuestionFields.extend({
  id: QuestionId.optional(),
  ...amends,
  ...references,
}).superRefine(agrees)

export const FileStatement = z.strictObject({
  id: Slug,
  analyst: Slug.optional(),
  quote: QuoteSent,
  translation: Translation.optional(),
  verified_by_ear: z.literal(true).optional(),
  timecode: Timecode.optional(),
  voice: z.enum(voices).optional(),
  note: line(500).optional(),
  said_on: Dated.optional(),
  untestable: z
    .strictObject({ reason: z.enum(untestableReasons), because: prose(2000).optional() })
    .optional(),
  duplicate_of: z.union([Slug, StatementId]).optional(),
  because: prose(2000).optional(),
  question: z.union([QuestionId, InlineQuestion]).optional(),
  probability: ProbabilityRequest.optional(),
  withdrawn: WithdrawalRequest.optional(),
  retracted: RetractionRequest.optional(),
  ...outcomes,
})
export type FileStatement = z.infer<typeof FileStatement>

/** `predictions/<year>/<source id>.yaml` */
export const SourceFile = z.strictObject({
  source: SourceFields.extend(amends).refine(explainsSelection, SELECTION),
  analyst: Slug.optional(),
  tags: Tags.optional(),
  statements: z.array(FileStatement).max(1000),
})
export type SourceFile = z.infer<typeof SourceFile>

/** `predictions/analysts.yaml` */
export const AnalystsFile = z.strictObject({ analysts: z.array(Analyst.extend(amends)) })
export type AnalystsFile = z.infer<typeof AnalystsFile>

/** `predictions/questions.yaml`: questions that belong to no single statement. */
export const QuestionsFile = z.strictObject({
  questions: z.array(QuestionFields.extend({ ...amends, ...references, ...outcomes }).superRefine(agrees)),
})
export type QuestionsFile = z.infer<typeof QuestionsFile>

/** A whole folder of `predictions/`, read as one unit. */
export type PredictionsFolder = {
  analysts: AnalystsFile['analysts']
  questions: QuestionsFile['questions']
  sources: SourceFile[]
}
