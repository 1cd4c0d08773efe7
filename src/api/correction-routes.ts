import * as z from 'zod'
import { Day, Instant } from '../core/calendar.ts'
import { CORRECTIONS, type CorrectionType, correctionTypes } from '../core/corrected.ts'
import {
  ClosedReport,
  ClosingRequest,
  CorrectionPolicy,
  correctionClasses,
  DEFAULT_POLICY,
  ReportRequest,
  Subject,
} from '../core/correction.ts'
import { RandomId } from '../core/member.ts'
import { QuestionId, Slug, StatementId } from '../core/slug.ts'
import * as paths from '../http/paths.ts'
import { publishCorrectionPolicy } from '../ledger/correction/publish-policy.ts'
import { closeReport, discardReport, receiveReport } from '../ledger/correction/report.ts'
import { type CorrectionFigures, correctionPolicies } from '../store/corrections.ts'
import { listCorrections, readCorrections } from '../store/documents/corrections.ts'
import { ask } from '../store/query.ts'
import { listReports, type Report } from '../store/reports.ts'
import { NamePlace, SeqPlace } from './cursor.ts'
import { Count } from './recorded.ts'
import { act, fields, list, type Route, read, write } from './route.ts'

const Class = z.enum(correctionClasses)

const CorrectionItem = z.strictObject({
  seq: Count,
  at: Instant,
  by: RandomId,
  type: z.enum(correctionTypes as [CorrectionType, ...CorrectionType[]]),
  class: Class.nullable().describe(
    'Null where nobody said one: in entries from before there were classes, or of words that were taken out.',
  ),
  analyst: Slug.nullable(),
  source: Slug.nullable(),
  question: QuestionId.nullable(),
  forecast: StatementId.nullable(),
  what: z.string().describe('The type in words.'),
  title: z.string().nullable().describe('Of a forecast its quote, else a title or a name.'),
  because: z.string().nullable(),
  changes: z
    .array(z.strictObject({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() }))
    .describe('What stood there and what stands there now, in words; null where there was or is nothing.'),
  page: z.string().describe('The address at which a reader finds it.'),
})

const Figures = z.strictObject({
  forecasts: Count,
  by_class: z.strictObject({ correction: Count, clarification: Count, update: Count, none: Count }),
  corrections_per_100_forecasts: z
    .number()
    .nullable()
    .describe('Those of the class `correction`; null where there is no forecast.'),
  reports: z.strictObject({
    closed: Count,
    mended: Count.describe('Of these, those that led to an amendment.'),
    median_days: z
      .number()
      .nullable()
      .describe('From a report to the entry that mends it, the middle one; null where there is none.'),
  }),
})

export const figuresAnswer = (figures: CorrectionFigures): z.infer<typeof Figures> => ({
  ...figures,
  corrections_per_100_forecasts:
    figures.forecasts === 0 ? null : (100 * figures.by_class.correction) / figures.forecasts,
})

const PolicyVersion = z.strictObject({
  version: Count,
  ...CorrectionPolicy.shape,
  at: Instant,
  by: RandomId,
})
const PolicyAnswer = z.strictObject({
  is_default: z
    .boolean()
    .describe('True while nobody who keeps this ledger has published a policy of its own.'),
  ...CorrectionPolicy.shape,
  versions: z.array(PolicyVersion).describe('The latest first.'),
})

export const correctionRoutes: Route[] = [
  ...list({
    path: '/corrections',
    summary:
      'Everything that was amended, superseded, withdrawn or retracted, each once, the latest first, with its class and its reason.',
    query: {
      class: z
        .enum([...correctionClasses, 'none'])
        .optional()
        .describe('`none`: of which nobody said a class.'),
      type: z
        .enum(correctionTypes as [CorrectionType, ...CorrectionType[]])
        .optional()
        .describe('What was done: the type of its entry.'),
      from: Day.optional().describe('The first day, in UTC.'),
      to: Day.optional().describe('The last day, in UTC.'),
    },
    item: CorrectionItem,
    place: SeqPlace,
    list: ({ db, query }, page) => listCorrections(db, query, page),
    beside: {
      answer: { figures: Figures },
      list: async ({ db, query }, page) => {
        const { figures, corrections } = await readCorrections(db, query, page)
        return { ...corrections, said: { figures: figuresAnswer(figures) } }
      },
    },
    read: ({ leaf: _, voice: __, ...correction }) => ({
      ...correction,
      what: CORRECTIONS[correction.type],
      page: paths.correction(correction.seq),
    }),
    columns: [
      ...fields('seq', 'at', 'class', 'type', 'what', 'title', 'analyst', 'source', 'question', 'forecast'),
      ['from', ({ changes }) => changes.map(({ field, from }) => `${field}: ${from ?? ''}`).join('\n')],
      ['to', ({ changes }) => changes.map(({ field, to }) => `${field}: ${to ?? ''}`).join('\n')],
      ...fields('because', 'by', 'page'),
    ],
  }),
  read({
    path: '/corrections/policy',
    summary: 'How this ledger corrects itself: the policy that holds, and those before it.',
    answer: PolicyAnswer,
    run: async ({ db }) => {
      const held = await ask(db, correctionPolicies)
      const versions = held.map(({ record, at, by }, i) => ({ version: held.length - i, ...record, at, by }))
      const [current] = held
      return {
        body: { is_default: current === undefined, ...(current?.record ?? DEFAULT_POLICY), versions },
      }
    },
  }),
  write({
    path: '/corrections/policy',
    summary: 'Publishes a new version of the policy. Those before it stay where they can be read.',
    role: 'admin',
    body: CorrectionPolicy,
    record: PolicyVersion,
    location: paths.api.correctionPolicy,
    run: ({ ledger, unit, body }) => publishCorrectionPolicy(ledger, unit, body),
  }),
]

const ReportItem = z.strictObject({
  id: RandomId,
  received_at: Instant,
  about: Subject,
  text: z.string(),
  answer_to: z.string().nullable(),
})
const reportAnswer = ({ subject, ...report }: Report): z.infer<typeof ReportItem> => ({
  ...report,
  about: subject,
})

export const reportRoutes: Route[] = [
  act({
    path: '/reports',
    summary:
      'Reports that something is wrong with a forecast, a question, a person or a source. It takes no token, waits privately until a member closes it, and is no part of the log.',
    role: null,
    body: ReportRequest,
    status: 201,
    answer: z.strictObject({ id: RandomId, received_at: Instant }),
    run: async ({ ledger, unit, body }) => ({ body: await receiveReport(ledger, unit.now, body) }),
  }),
  ...list({
    path: '/reports',
    summary: 'What readers reported and nobody has closed yet, the oldest first. For members only.',
    role: 'recorder',
    fresh: true,
    query: {},
    item: ReportItem,
    place: NamePlace,
    list: ({ db }, page) => listReports(db, page),
    read: reportAnswer,
    columns: fields('id', 'received_at', 'about', 'text', 'answer_to'),
  }),
  write({
    path: '/reports/:id/closing',
    summary:
      'Closes a report: with the entry that mends it, or with why nothing was changed. That is recorded; the words of the reader and where to answer are deleted.',
    role: 'recorder',
    body: ClosingRequest,
    record: z.strictObject({ id: RandomId, ...ClosedReport.shape, at: Instant, by: RandomId }),
    location: () => paths.api.corrections(),
    run: ({ ledger, unit, id, body }) => closeReport(ledger, unit, id, body),
  }),
  act({
    method: 'DELETE',
    path: '/reports/:id',
    summary: 'Drops what is no report at all, such as advertising. Nothing of it is recorded.',
    role: 'recorder',
    answer: z.strictObject({ discarded: z.literal(true) }),
    run: async ({ ledger, unit, id }) => {
      await discardReport(ledger, unit, id)
      return { body: { discarded: true } }
    },
  }),
]
