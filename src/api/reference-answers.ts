import * as z from 'zod'
import { Instant } from '../core/calendar.ts'
import { RandomId } from '../core/member.ts'
import { Reference, ReferenceId, ReferenceWithdrawal } from '../core/reference.ts'
import { QuestionId } from '../core/slug.ts'
import { Act, Count, Recorded, Rev } from './recorded.ts'

const { question: _question, ...referenceFields } = Reference.shape
export const ReferenceAnswer = z.strictObject({
  ...referenceFields,
  ...Recorded,
  hindsight: z
    .boolean()
    .describe('Recorded when the outcome was known or the deadline had passed: in no figure.'),
  primary: z
    .boolean()
    .describe(
      'The one that counts: the last that was declared before the outcome was known, or else the first.',
    ),
  withdrawn: z.strictObject({ ...Act, hindsight: z.boolean().describe('Then it still counts.') }).nullable(),
})

const Right = z.strictObject({ n: Count, came_true: Count })
/** Beside the claims of a record: what the rule that everything stays as it is would have got right. */
export const NothingChangesAnswer = z.strictObject({
  in_advance: Right.describe('Of those claims whose question has such a reference, recorded in advance.'),
  with_hindsight: Right.describe(
    'Recorded when the outcome was known: in no figure, and no evidence of anything.',
  ),
})

export const ReferenceRecord = z.strictObject({
  ...Reference.shape,
  recorded_at: Instant,
  recorded_by: RandomId,
  ...Rev,
})
const OfReference = { id: ReferenceId, question: QuestionId, ...Rev }
export const ChosenRecord = z.strictObject({
  ...OfReference,
  primary: z.literal(true),
  chosen_at: Instant,
  chosen_by: RandomId,
})
export const ReferenceWithdrawn = z.strictObject({
  ...OfReference,
  ...ReferenceWithdrawal.shape,
  withdrawn_at: Instant,
  withdrawn_by: RandomId,
})
