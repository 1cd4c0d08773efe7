import * as z from 'zod'
import { Day } from '../core/calendar.ts'
import { codedKinds } from '../core/coding-round.ts'
import { LedgerError } from '../core/error.ts'
import { ForecastRequest, ReplyRequest, RetractionRequest, WithdrawalRequest } from '../core/forecast.ts'
import { jsonSchema } from '../core/json-schema.ts'
import { QuestionId, Slug } from '../core/slug.ts'
import { states } from '../core/state.ts'
import { VERDICTS } from '../core/verdict.ts'
import * as paths from '../http/paths.ts'
import { publishReply } from '../ledger/forecast/publish-reply.ts'
import { recordForecast } from '../ledger/forecast/record-forecast.ts'
import { retractForecast, withdrawForecast } from '../ledger/forecast/withdraw-forecast.ts'
import { ROBOTS } from '../scoring/robot.ts'
import { readComparison } from '../store/documents/comparison.ts'
import { readForecast, readReplies } from '../store/documents/forecast.ts'
import { readCalibration } from '../store/documents/track-record.ts'
import { readDue } from '../store/due.ts'
import { type ForecastFilter, LATEST_ENTRY, ORDERS, SORTS, type Sorting } from '../store/forecast-filter.ts'
import { type ForecastPlace, listForecasts } from '../store/forecasts.ts'
import { MOST } from '../store/lookups.ts'
import { firstWords, LONGEST_SEARCH, MOST_WORDS } from '../store/search.ts'
import * as answers from './answers.ts'
import { foreignCursor, NamePlace, type Place, SeqPlace } from './cursor.ts'
import { DueAnswer } from './due-answers.ts'
import { archivedQuote, dueAnswer, forecastAnswer, forecastDocument, replyAnswer } from './record.ts'
import { fields, found, list, type Route, read, write } from './route.ts'
import { PageQuery, pageOf, scorecardPage } from './scorecard-page.ts'

const Entry = z
  .string()
  .regex(/^\d{1,15}$/u, 'must be a whole number')
  .transform(Number)
jsonSchema.add(Entry.in, { type: 'integer', minimum: 0, pattern: undefined })

/** By what is known beforehand: a set of forecasts that is chosen by what became of them has no honest score. */
const Narrowing = {
  analyst: Slug.optional().describe('The id of an analyst.'),
  source: Slug.optional().describe('The id of a source.'),
  outlet: z.string().max(300).optional().describe('The publisher of the source, as it is recorded.'),
  question: QuestionId.optional().describe('The id of a question.'),
  tag: Slug.optional().describe('A topic of the question.'),
  state: z.enum(states).optional().describe('The state of the question.'),
  deadline: z
    .enum(['theirs', 'ours'])
    .optional()
    .describe('Whose deadline: the analyst’s own, or one that we set.'),
  logged: z
    .enum(['before', 'afterwards', 'proven'])
    .optional()
    .describe(
      'Logged before the outcome was known, afterwards, or proven: before, as somebody outside shows by a checkpoint.',
    ),
  coded: z
    .enum(codedKinds)
    .optional()
    .describe(
      'Whose source two members coded: blind to any reading that somebody else had published; when such a reading was published (seen); or when the outcome was known (knowing).',
    ),
  said_from: Day.optional().describe(
    'The first day; of a date that is not exact the last possible day counts.',
  ),
  said_to: Day.optional().describe('The last day.'),
  deadline_from: Day.optional().describe('The first day that may be the deadline.'),
  deadline_to: Day.optional().describe('The last.'),
  due_before: Day.optional().describe('Deadlines before this day.'),
  q: z
    .string()
    .register(jsonSchema, { maxLength: LONGEST_SEARCH })
    .optional()
    .describe(
      `Words that must all stand, in these letters or others, in the quote, the question, the analyst’s name or the title of the source; of more than ${MOST_WORDS} the first count, and searched_for says which.`,
    ),
} satisfies Partial<Record<keyof ForecastFilter, z.ZodType>>
const Filter = {
  ...Narrowing,
  verdict: z.enum(VERDICTS).optional().describe('What became of the claim.'),
  upto: Entry.optional().describe(
    'Forecasts up to this entry of the log, so that pages stay the same while others are logged.',
  ),
} satisfies Record<keyof ForecastFilter, z.ZodType>

const filterOf = (query: ForecastFilter): ForecastFilter =>
  Object.fromEntries(Object.keys(Filter).map((name) => [name, query[name as keyof ForecastFilter]]))

const Order = {
  sort: z
    .enum(SORTS)
    .optional()
    .describe(
      'What comes first: the latest entry, what was said last, the last deadline, what was decided last, or the surprise (how little what was said left for what happened). What cannot be ordered comes last.',
    ),
  order: z.enum(ORDERS).optional().describe('`desc`, or `asc` for the other way round.'),
}
type Ordered = { sort?: Sorting['sort'] | undefined; order?: Sorting['order'] | undefined }
const sortingOf = ({ sort, order }: Ordered): Sorting => ({
  ...LATEST_ENTRY,
  ...(sort && { sort }),
  ...(order && { order }),
})

// The usual order goes by the entry alone. Another says in its cursor which it is: it is none for any other.
const isUsual = ({ sort, order }: Sorting) => sort === LATEST_ENTRY.sort && order === LATEST_ENTRY.order
const nameOf = ({ sort, order }: Sorting) => `${sort} ${order}`

function cursorPlace(sorting: Sorting, { key, seq }: ForecastPlace): Place {
  return isUsual(sorting) ? seq : [JSON.stringify([nameOf(sorting), key]), String(seq)]
}

function placeIn(sorting: Sorting, place: Place): ForecastPlace {
  if (isUsual(sorting) && typeof place === 'number') return { key: place, seq: place }
  const [told, seq] = Array.isArray(place) ? place : ['[]', '0']
  const [of, key] = JSON.parse(told) as [string?, ForecastPlace['key']?]
  if (of !== nameOf(sorting) || key === undefined) throw foreignCursor()
  return { key, seq: Number(seq) }
}

type ForecastAnswer = z.infer<typeof answers.ForecastAnswer>
const band = (name: 'low' | 'mid' | 'high') => (forecast: ForecastAnswer) =>
  typeof forecast.probability === 'number'
    ? forecast.probability
    : (forecast.probability as Record<string, unknown>)[name]

export const forecastRoutes: Route[] = [
  ...list({
    path: '/forecasts',
    summary: 'Forecasts, latest entry first or in another order.',
    query: { ...Filter, ...Order },
    item: answers.ForecastAnswer,
    place: z.union([SeqPlace, NamePlace]),
    list: async ({ db, query, now }, { limit, after }) => {
      const sorting = sortingOf(query)
      const place = after === undefined ? undefined : placeIn(sorting, after)
      const page = await listForecasts(db, filterOf(query), now, { limit, sorting, after: place })
      return { ...page, next: page.next === null ? null : cursorPlace(sorting, page.next) }
    },
    read: forecastAnswer,
    columns: [
      ...fields('id', 'analyst', 'analyst_name', 'source', 'publisher'),
      ['said_from', (forecast) => forecast.said_on.from],
      ['said_to', (forecast) => forecast.said_on.to],
      ['quote', (forecast) => forecast.quote.exact],
      ['translation', (forecast) => forecast.translation?.text],
      ...fields('transcript'),
      ['verified_by_ear', (forecast) => forecast.verified_by_ear?.at],
      ...fields('question', 'title'),
      ['deadline', (forecast) => forecast.deadline.date],
      ['time_zone', (forecast) => forecast.deadline.time_zone],
      [
        'words',
        ({ probability }) =>
          typeof probability === 'object' && 'words' in probability ? probability.words : null,
      ],
      ['categorical', ({ probability }) => (probability as { categorical?: unknown }).categorical],
      ['low', band('low')],
      ['mid', band('mid')],
      ['high', band('high')],
      ...fields('probability', 'state', 'outcome'),
      ['verdict', ({ verdict }) => verdict.kind],
      ...fields('known_on', 'logged'),
      ['withdrawn_on', (forecast) => forecast.withdrawn?.withdrawn_on],
      ['retracted', (forecast) => forecast.retracted !== null],
      ['tags', (forecast) => forecast.tags.join(' ')],
      ...fields('recorded_at'),
    ],
  }),
  write({
    path: '/forecasts',
    summary: 'Logs one forecast, with whatever of its analyst, source and question is new.',
    role: 'recorder',
    body: ForecastRequest,
    record: answers.ForecastRecord,
    location: ({ id }) => paths.api.forecast(id),
    run: ({ ledger, unit, body }) => recordForecast(ledger, unit, body),
  }),
  read({
    path: '/forecasts/:id',
    summary: 'One forecast with its statement, question, analyst, source, resolutions and replies.',
    answer: answers.ForecastDocument,
    run: async ({ db, now, id }) => {
      const { item, resolutions, replies, archived } = found(await readForecast(db, id, now), 'forecast', id)
      return {
        body: { ...forecastDocument(item, resolutions, replies, now), archived: archivedQuote(archived, id) },
      }
    },
  }),
  write({
    path: '/forecasts/:id/withdrawal',
    summary:
      'The analyst took the forecast back, before its deadline. With four eyes in force it needs the url where they said so, or a second member (`heard`).',
    role: 'recorder',
    body: WithdrawalRequest,
    record: answers.WithdrawalRecord,
    location: ({ id }) => paths.api.forecast(id),
    run: ({ ledger, unit, body, id }) => withdrawForecast(ledger, unit, id, body),
  }),
  write({
    path: '/forecasts/:id/retraction',
    summary:
      'It was logged by mistake: struck through, unscored and counted. With four eyes in force, by another member.',
    role: 'resolver',
    body: RetractionRequest,
    record: answers.RetractionRecord,
    location: ({ id }) => paths.api.forecast(id),
    run: ({ ledger, unit, body, id }) => retractForecast(ledger, unit, id, body),
  }),
  ...list({
    path: '/forecasts/:id/replies',
    summary: 'What the person concerned replied to a forecast, oldest first.',
    query: {},
    item: answers.ReplyAnswer,
    place: SeqPlace,
    list: async ({ db, id }, page) => found(await readReplies(db, id, page), 'forecast', id).replies,
    read: replyAnswer,
    columns: fields('seq', 'at', 'by', 'replied_on', 'text', 'url'),
  }),
  write({
    path: '/forecasts/:id/replies',
    summary:
      'Publishes what the person concerned replies. With four eyes in force it needs the url where they said it, or a second member (`heard`).',
    role: 'recorder',
    body: ReplyRequest,
    record: answers.ReplyRecord,
    location: ({ id }) => paths.api.forecast(id),
    run: ({ ledger, unit, body, id }) => publishReply(ledger, unit, id, body),
  }),
]

const SLUG = '(?:rule:)?[a-z0-9]+(?:-[a-z0-9]+)*'
const TWO = 'names two analysts: analysts=a,b'
const Pair = z
  .string(TWO)
  .max(161, TWO)
  .regex(new RegExp(`^${SLUG},${SLUG}$`, 'u'), TWO)
  .register(jsonSchema, {
    'x-rules': [{ differ: ',' }],
    examples: ['ada-lovelace,charles-babbage'],
    description: `Two analysts that are not the same; one of them, or both, may be a rule: ${ROBOTS.map(({ id }) => id).join(', ')}.`,
  })
  .transform((text) => text.split(',') as [string, string])
  .refine(([a, b]) => a !== b, 'names one analyst twice')

export const readingRoutes: Route[] = [
  read({
    path: '/due',
    summary: `What needs somebody: due, due soon, waiting for a second person, disputed, open to objection. At most ${MOST} of each, the most urgent first; all are pages of /api/questions?state=….`,
    answer: DueAnswer,
    run: async ({ db, now }) => ({ body: dueAnswer(await readDue(db, now)) }),
  }),
  read({
    path: '/calibration',
    summary: 'The scorecard over any filtered set of forecasts.',
    query: z.strictObject({
      ...Narrowing,
      logged: z
        .enum(['before', 'afterwards', 'proven', 'live'])
        .optional()
        .describe(
          'Logged before the outcome was known, afterwards, proven to be before by somebody outside, or live: before it, and within 30 days of being said.',
        ),
      ...PageQuery,
    }),
    answer: answers.TrackRecordAnswer,
    run: async ({ host, head, db, now, query: { logged, q, limit, cursor, ...query } }) => {
      const searched = q === undefined ? {} : { q: firstWords(q) ?? q }
      const filter = filterOf({ ...query, ...searched, logged: logged === 'live' ? undefined : logged })
      const asked = { ...filter, live: logged === 'live' }
      return {
        body: await scorecardPage({ host, head }, ['/calibration', '', asked, now], { limit, cursor }, () =>
          readCalibration(db, asked, now),
        ),
      }
    },
  }),
  read({
    path: '/compare',
    summary:
      'Two analysts on the questions that both were asked; a rule answers each by a reference that was recorded in advance.',
    query: z.strictObject({ analysts: Pair, ...PageQuery }),
    answer: answers.ComparisonAnswer,
    run: async ({ db, now, query: { analysts, ...page } }) => {
      const comparison = await readComparison(db, analysts[0], analysts[1], now)
      if (comparison === null)
        throw new LedgerError('not_found', `${analysts.join(' and ')} are not both analysts here.`)
      const { questions, ...figures } = comparison
      const { items, next_cursor } = pageOf('/compare', questions, ({ question }) => [question, ''], page)
      return { body: { ...figures, questions: items, next_cursor } }
    },
  }),
]
