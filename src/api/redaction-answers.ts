import * as z from 'zod'
import { Instant } from '../core/calendar.ts'
import { entryTypes } from '../core/entry.ts'
import { redactionClasses } from '../core/redaction.ts'
import type { Plan } from '../ledger/redaction/plan.ts'
import { MOST } from '../store/lookups.ts'
import type { RedactionRow } from '../store/redactions.ts'
import { Count } from './recorded.ts'

export const RedactionItem = z.strictObject({
  entry: Count.describe('The entry from which something was taken out.'),
  seq: Count.describe('The entry by which it was.'),
  at: Instant,
  what: z.enum(['words', 'text']).describe('`text`: the privately kept text of the source that it records.'),
  class: z.enum(redactionClasses).nullable(),
  because: z.string(),
})

export const redactionItem = ({ text, ...row }: RedactionRow): z.infer<typeof RedactionItem> => ({
  ...row,
  what: text ? 'text' : 'words',
})

const Entry = z.strictObject({ seq: Count, type: z.enum(entryTypes) })
const What = z.strictObject({
  entry_count: Count,
  entries: z.array(Entry).max(MOST).describe(`The first ${MOST} entries whose words go.`),
  texts: z.array(z.string()).max(MOST).describe('Sources whose privately kept text goes.'),
  private: z
    .array(
      z.strictObject({
        what: z.enum(['text', 'capture', 'reading', 'note', 'recheck', 'report', 'reply', 'account']),
        id: z.string(),
      }),
    )
    .max(MOST)
    .describe(
      'What is kept beside the log and holds the words. Reports and replies stay without them; the `account` of a member is what they sign in with and are written to.',
    ),
  renamed: z
    .array(z.string())
    .max(MOST)
    .describe('Ids that tell the words, and are called otherwise afterwards.'),
  left: z
    .array(Entry)
    .max(MOST)
    .describe('Entries that hold the words and are left: of members, tokens, policy and the clock.'),
})
export const RedactionPlan = What
export const RedactionRecord = What.extend({
  scrubbed: z
    .enum(['clean', 'held', 'remote'])
    .describe(
      '`clean`: the bytes are gone from the files. `held`: the write-ahead log is read at present, and is emptied as soon as it is not. `remote`: the database is kept elsewhere, where nobody here sees the disk.',
    ),
})

export function planAnswer(plan: Plan): z.infer<typeof RedactionPlan> {
  const entry = ({ seq, type }: z.infer<typeof Entry>) => ({ seq, type })
  return {
    entry_count: plan.changes.length,
    entries: plan.changes.slice(0, MOST).map(({ event }) => entry(event)),
    texts: plan.texts.slice(0, MOST).map(({ source }) => source),
    private: plan.rows.slice(0, MOST).map(({ what, id }) => ({ what, id })),
    renamed: [...plan.renamed.keys()].slice(0, MOST),
    left: plan.left.slice(0, MOST).map(entry),
  }
}
