import * as z from 'zod'
import { Deadline, Instant } from '../core/calendar.ts'
import { QuestionId, Slug } from '../core/slug.ts'
import { MOST } from '../store/lookups.ts'
import { Count } from './recorded.ts'

/** When an outcome becomes final. */
export const Final = {
  final_at: Instant.nullable().describe(
    'When the time for objections to the outcome in force ends, or ended; null where nothing is decided.',
  ),
  is_final: z.boolean().describe('That time is over and nobody has objected. A later dispute takes it back.'),
}

export const DueItem = z.strictObject({
  question: QuestionId,
  title: z.string(),
  deadline: Deadline,
  what: z.enum(['deadline', 'condition']),
  due_at: Instant,
  days_overdue: Count,
  flagged_at: Instant.nullable(),
  answer_by: Instant.nullable().describe('Until when a dispute is to be answered; null where there is none.'),
  open_until: Instant.nullable().describe('When the time for objections ends; null where it does not run.'),
  analysts: z.array(z.strictObject({ id: Slug, name: z.string() })).describe('By name, at most 20.'),
})
export const DueAnswer = z.strictObject({
  due: z.array(DueItem).max(MOST),
  due_soon: z.array(DueItem).max(MOST),
  proposed: z.array(DueItem).max(MOST),
  disputed: z.array(DueItem).max(MOST),
  objection: z.array(DueItem).max(MOST).describe('Decided, and still open to objection.'),
})
