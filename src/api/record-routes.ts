import * as z from 'zod'
import { type Analyst, AnalystRequest } from '../core/analyst.ts'
import { ArchiveLinkRequest } from '../core/archive.ts'
import { Day } from '../core/calendar.ts'
import { StatementRequest, VerificationRequest } from '../core/forecast.ts'
import { Slug } from '../core/slug.ts'
import { type Source, SourceRequest } from '../core/source.ts'
import { Statement } from '../core/statement.ts'
import * as paths from '../http/paths.ts'
import { recordAnalyst } from '../ledger/analyst/record-analyst.ts'
import { recordStatement } from '../ledger/forecast/record-statement.ts'
import { verifyStatement } from '../ledger/forecast/verify-statement.ts'
import { addArchiveLink } from '../ledger/source/archive-source.ts'
import { recordSource } from '../ledger/source/record-source.ts'
import { LEXICON_VERSION } from '../reading/english/lexicon.ts'
import { Checkable } from '../scoring/document.ts'
import { readAnalystsPage } from '../store/documents/analysts.ts'
import { readSource, readSources } from '../store/documents/source.ts'
import { readReceipt, readTrackRecord } from '../store/documents/track-record.ts'
import { findAnalyst, findStatement, type Held, MOST } from '../store/lookups.ts'
import { listAnalysts, listSources, listStatements } from '../store/nouns.ts'
import * as answers from './answers.ts'
import { NamePlace, SeqPlace } from './cursor.ts'
import { ReceiptAnswer } from './past-answers.ts'
import { analystsStanding, archivedSource, heldAnswer } from './record.ts'
import { fields, found, list, type Route, read, Search, write } from './route.ts'
import { PageQuery, pageOf, scorecardPage } from './scorecard-page.ts'

const withCounts = <T extends object>(row: Held<T> & { claims?: number; forecasts: number }) => ({
  ...heldAnswer(row),
  ...(row.claims === undefined ? {} : { statement_count: row.claims }),
  forecast_count: row.forecasts,
})

const OutletLines = z
  .array(z.strictObject({ outlet: z.string(), checkable: Checkable }))
  .max(MOST)
  .describe('By name; of the sources that were read from end to end.')

export const sourceRoutes: Route[] = [
  ...list({
    path: '/sources',
    summary: 'Sources, latest entry first; and what of all that is said in an outlet can be checked.',
    query: {},
    item: answers.SourceItem,
    place: SeqPlace,
    list: ({ db }, page) => listSources(db, page),
    read: (row) => withCounts<Source>(row) as z.infer<typeof answers.SourceItem>,
    beside: {
      answer: { outlets: OutletLines },
      list: async ({ db, now }, page) => {
        const { page: sources, outlets } = await readSources(db, page, now)
        return { ...sources, said: { outlets: outlets.slice(0, MOST) } }
      },
    },
    columns: [
      ...fields('id', 'type', 'title', 'publisher', 'url'),
      ['published_from', ({ published }) => (typeof published === 'string' ? published : published.from)],
      ['published_to', ({ published }) => (typeof published === 'string' ? published : published.to)],
      ['coverage', (source) => source.coverage ?? 'unstated'],
      ['statements', (source) => source.statement_count],
      ['forecasts', (source) => source.forecast_count],
      ...fields('recorded_at'),
    ],
  }),
  write({
    path: '/sources',
    summary:
      'Records a source. Its `text` stays private: quotes are checked against it, and only its hash is recorded.',
    role: 'recorder',
    body: SourceRequest,
    record: answers.SourceRecord,
    location: ({ id }) => paths.api.source(id),
    run: ({ ledger, unit, body }) => recordSource(ledger, unit, body),
  }),
  write({
    path: '/sources/:id/archive',
    summary:
      'An archived copy that somebody found: the source is recorded anew with it, and its quotes are looked for there by the job, where RECKONING_ARCHIVE is set, or by `reckon archive`.',
    role: 'recorder',
    body: ArchiveLinkRequest,
    record: answers.SourceRecord,
    location: ({ id }) => paths.api.source(id),
    run: ({ ledger, unit, body, id }) => addArchiveLink(ledger, unit, id, body),
  }),
  read({
    path: '/sources/:id',
    summary: 'One source with its statements, in the order in which they were logged.',
    answer: answers.SourceDocument,
    run: async ({ db, id }) => {
      const { source, statements, tally, archived } = found(await readSource(db, id), 'source', id)
      const { forecast, duplicate, untestable } = tally
      return {
        body: {
          ...heldAnswer(source),
          archived: archived === null ? null : archivedSource(archived),
          statement_count: forecast + duplicate + untestable,
          forecast_count: forecast,
          statements: statements.map(heldAnswer) as z.infer<typeof answers.StatementAnswer>[],
        },
      }
    },
  }),
]

const RecordQuery = z.strictObject({
  logged: z
    .enum(['live', 'proven', 'all'])
    .optional()
    .describe('Only what was written down in time, or everything; as on the page where it is left out.'),
  tag: Slug.optional().describe('Only questions of this topic.'),
  from: Day.optional().describe('Only what was said on this day or later.'),
  to: Day.optional().describe('Only what was said on this day or before.'),
  ...PageQuery,
})

export const analystRoutes: Route[] = [
  ...list({
    path: '/analysts',
    summary:
      'Analysts by name, with what came true of all that each said live; and over all of the ledger, who can be told apart, who raises an alarm and who differs.',
    query: { q: Search },
    item: answers.AnalystItem,
    place: NamePlace,
    list: ({ db, query }, page) => listAnalysts(db, { q: query.q }, page),
    read: (row) => withCounts<Analyst>(row),
    beside: {
      answer: answers.AnalystsStanding,
      list: async ({ db, query, now }, page) => {
        const read = await readAnalystsPage(db, [{ q: query.q }, page], now)
        return { ...read.page, said: analystsStanding(read.all, read.page.items) }
      },
    },
    columns: [
      ...fields('id', 'name', 'affiliation', 'role'),
      ['forecasts', (analyst) => analyst.forecast_count],
      ...fields('recorded_at'),
    ],
  }),
  write({
    path: '/analysts',
    summary: 'Records an analyst.',
    role: 'recorder',
    body: AnalystRequest,
    record: answers.AnalystRecord,
    location: ({ id }) => paths.api.analyst(id),
    run: ({ ledger, unit, body }) => recordAnalyst(ledger, unit, body),
  }),
  read({
    path: '/analysts/:id',
    summary: 'One analyst.',
    answer: answers.AnalystAnswer,
    run: async ({ db, id }) => ({
      body: heldAnswer(found(await findAnalyst(db, id), 'analyst', id)),
    }),
  }),
  read({
    path: '/analysts/:id/track-record',
    summary: 'The scorecard of one analyst, as its page leads with it; `logged` chooses.',
    query: RecordQuery,
    answer: answers.TrackRecordAnswer,
    run: async ({ host, head, db, now, query: { limit, cursor, ...filter }, id }) => ({
      body: await scorecardPage(
        { host, head },
        ['/analysts/:id/track-record', id, filter, now],
        { limit, cursor },
        async () => found(await readTrackRecord(db, id, { ...filter, now }), 'analyst', id),
      ),
    }),
  }),
  read({
    path: '/analysts/:id/track-record/receipt',
    summary:
      'How the headline figures of that scorecard came about: the units, the formulas and the values in full. docs/recompute.py makes them again.',
    query: RecordQuery,
    answer: ReceiptAnswer,
    run: async ({ host, head, db, now, query: { limit, cursor, ...filter }, id }) => {
      const { units, ...receipt } = found(await readReceipt(db, id, { ...filter, now }), 'analyst', id)
      const page = pageOf('/analysts/:id/track-record/receipt', units, (unit) => [unit.said_on, unit.id], {
        limit,
        cursor,
      })
      const { version, build } = host
      return {
        body: {
          ...receipt,
          entry: (await head()).seq,
          made_by: { version, build, lexicon: LEXICON_VERSION },
          of_units: units.length,
          units: page.items,
          next_cursor: page.next_cursor,
        },
      }
    },
  }),
]

export const statementRoutes: Route[] = [
  ...list({
    path: '/statements',
    summary: 'Statements of every kind, latest entry first.',
    query: {
      source: Slug.optional().describe('The id of a source.'),
      analyst: Slug.optional().describe('The id of an analyst.'),
      kind: Statement.shape.kind.optional().describe('What kind of passage.'),
      q: Search,
    },
    item: answers.StatementAnswer,
    place: SeqPlace,
    list: ({ db, query: { source, analyst, kind, q } }, page) =>
      listStatements(db, { source, analyst, kind, q }, page),
    read: (row) => heldAnswer(row) as z.infer<typeof answers.StatementAnswer>,
    columns: [
      ...fields('id', 'source', 'analyst', 'kind', 'reason', 'duplicate_of', 'voice'),
      ['quote', (statement) => statement.quote.exact],
      ...fields('checked'),
      ['translation', (statement) => statement.translation?.text],
      ['verified_by_ear', (statement) => statement.verified_by_ear?.at],
      ...fields('recorded_at'),
    ],
  }),
  write({
    path: '/statements',
    summary:
      'Logs a remark that is no forecast: untestable, or a duplicate of another statement of the source.',
    role: 'recorder',
    body: StatementRequest,
    record: answers.StatementRecord,
    location: ({ id }) => paths.api.statement(id),
    run: ({ ledger, unit, body }) => recordStatement(ledger, unit, body),
  }),
  write({
    path: '/statements/:id/verification',
    summary:
      'Somebody listened to the recording: the words of this statement are what is heard there. Once is enough.',
    role: 'recorder',
    body: VerificationRequest,
    bodyOptional: true,
    record: answers.VerificationRecord,
    location: ({ id }) => paths.api.statement(id),
    run: ({ ledger, unit, body, id }) => verifyStatement(ledger, unit, id, body ?? {}),
  }),
  read({
    path: '/statements/:id',
    summary: 'One statement.',
    answer: answers.StatementAnswer,
    run: async ({ db, id }) => ({
      body: heldAnswer(found(await findStatement(db, id), 'statement', id)) as z.infer<
        typeof answers.StatementAnswer
      >,
    }),
  }),
]
