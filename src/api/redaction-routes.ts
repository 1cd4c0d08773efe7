import { RedactionRequest } from '../core/redaction.ts'
import * as paths from '../http/paths.ts'
import { redact, wouldRedact } from '../ledger/redaction/redact.ts'
import { ask } from '../store/query.ts'
import { pageOfRedactions } from '../store/redactions.ts'
import { SeqPlace } from './cursor.ts'
import {
  planAnswer,
  RedactionItem,
  RedactionPlan,
  RedactionRecord,
  redactionItem,
} from './redaction-answers.ts'
import { act, fields, list, type Route, write } from './route.ts'

export const redactionRoutes: Route[] = [
  ...list({
    path: '/redactions',
    summary: 'Where words were taken out of the record, when and why, the latest first.',
    query: {},
    item: RedactionItem,
    place: SeqPlace,
    list: ({ db }, page) => ask(db, pageOfRedactions(page)),
    read: redactionItem,
    columns: fields('entry', 'seq', 'at', 'what', 'class', 'because'),
  }),
  act({
    path: '/redactions/plan',
    summary: 'What would go if this were taken out now: nothing is written.',
    role: 'admin',
    body: RedactionRequest,
    answer: RedactionPlan,
    run: async ({ ledger, unit, body }) => ({ body: planAnswer(await wouldRedact(ledger, unit, body)) }),
  }),
  write({
    path: '/redactions',
    summary:
      'Takes words out of the record for good: openings, private texts and everything derived. Probabilities, deadlines and outcomes stay, and every proof stays valid. A retry is a new request.',
    role: 'admin',
    body: RedactionRequest,
    replays: false,
    record: RedactionRecord,
    location: () => paths.api.redactions(),
    run: async ({ ledger, unit, body }) => {
      const { idempotency: _, ...once } = unit
      const { event, plan, scrubbed } = await redact(ledger, once, body)
      return { record: { ...planAnswer(plan), scrubbed }, seq: event.seq }
    },
  }),
]
