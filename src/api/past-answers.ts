import * as z from 'zod'
import { Instant } from '../core/calendar.ts'
import { QuestionId, Slug, StatementId } from '../core/slug.ts'
import { voices } from '../core/statement.ts'
import { receipt } from '../scoring/receipt.ts'
import { changeTypes } from '../store/changes.ts'
import { MOST } from '../store/lookups.ts'
import { Count } from './recorded.ts'

/** How the headline figures of a scorecard came about; docs/recompute.py makes them again from this alone. */
export const ReceiptAnswer = z.strictObject({
  analyst: z.strictObject({ id: Slug, name: z.string() }).nullable(),
  as_of: Instant,
  entry: z.int().describe('The last entry of the log that is in it.'),
  made_by: z.strictObject({ version: z.string(), build: z.string(), lexicon: z.string() }),
  view: z.enum(['live', 'proven', 'all']),
  filter: z.record(z.string(), z.union([z.string(), z.boolean()])),
  ...receipt,
  of_units: Count.describe('How many units there are on all pages.'),
  units: receipt.units.max(MOST).describe('One page of them, in the order of saying.'),
  next_cursor: z.string().nullable().describe('For `cursor`: where the next page begins.'),
})

const Moment = z.strictObject({
  entry: z.int().min(0).describe('The last entry that could be read then.'),
  at: Instant.describe('When that was recorded.'),
})

/** The difference of two moments of the record. */
export const ChangesAnswer = z.strictObject({
  since: Moment,
  as_of: Moment,
  analyst: Slug.nullable(),
  question: QuestionId.nullable(),
  counts: z.record(z.enum(changeTypes), Count),
  changes: z
    .array(
      z.strictObject({
        entry: z.int().min(0),
        at: Instant,
        type: z.enum(changeTypes),
        question: QuestionId,
        question_title: z.string(),
        forecast: StatementId.nullable(),
        analyst: z.string().nullable(),
        quote: z.string().nullable().describe('Of a forecast: what was said.'),
        voice: z.enum(voices).nullable().describe('Only of `quote` the words are the speaker’s own.'),
        happened: z.string().nullable().describe('What happened, where that was confirmed.'),
        reserve: z
          .string()
          .nullable()
          .describe('With what reserve: disputed, or open to objection until when; null where it has none.'),
      }),
    )
    .max(MOST)
    .describe('The latest first.'),
  more: Count.describe('Earlier changes that are not listed; `as_of` with the number of an entry goes on.'),
  figures: z.array(
    z.strictObject({
      figure: z.string(),
      before: z.union([z.number(), z.string()]).nullable(),
      after: z.union([z.number(), z.string()]).nullable(),
    }),
  ),
})
