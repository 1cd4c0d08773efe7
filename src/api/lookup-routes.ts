import * as z from 'zod'
import { Day } from '../core/calendar.ts'
import { jsonSchema } from '../core/json-schema.ts'
import { Slug, StatementId } from '../core/slug.ts'
import { LONGEST_NAME, webAddress } from '../core/text.ts'
import * as paths from '../http/paths.ts'
import { type Lookup, lookUp, MOST_PEOPLE } from '../ledger/analyst/look-up.ts'
import { Lead } from '../scoring/document.ts'
import { act, type Route, read } from './route.ts'

const Person = z.strictObject({ id: Slug, name: z.string(), page: z.string() })

const LookupAnswer = z.strictObject({
  source: z
    .strictObject({ id: Slug, title: z.string(), page: z.string() })
    .nullable()
    .describe('The source at the address, where the ledger holds one.'),
  mentions: z
    .array(
      z.strictObject({
        exact: z.string(),
        start: z.int().min(0),
        end: z.int().min(0),
        is: Slug.nullable().describe(
          'Whose name it is; null where it may be of several, or of somebody else.',
        ),
        may: z.array(Slug).describe('Whom it may mean, where that is not certain.'),
      }),
    )
    .describe('Where the text names an analyst by the whole name; places are UTF-16 offsets.'),
  analysts: z
    .array(
      z.strictObject({
        ...Person.shape,
        lead: Lead,
        too_little: z.boolean().describe('The record is too short to say how far their word can be taken.'),
        open: z.array(
          z.strictObject({
            id: StatementId,
            said: z.string(),
            title: z.string().describe('Our question.'),
            deadline: Day,
            page: z.string(),
          }),
        ),
      }),
    )
    .describe(
      `Those who are certainly meant, at most ${MOST_PEOPLE}; of each the open forecasts that are next due.`,
    ),
  more: z.int().min(0).describe('How many more are meant.'),
  may: z
    .array(Person)
    .describe('Who may be meant: nothing is told of them, since it may be another’s record.'),
})

const answerOf = ({ source, mentions, people, more, may }: Lookup): z.infer<typeof LookupAnswer> => ({
  source: source === null ? null : { id: source.id, title: source.title, page: paths.source(source.id) },
  mentions,
  analysts: people.map(({ analyst, record, isTooLittle, open }) => ({
    ...{ id: analyst.id, name: analyst.name, page: paths.analyst(analyst.id) },
    lead: record.lead,
    too_little: isTooLittle,
    open: open.map(({ forecast, statement, question }) => ({
      id: forecast.record.id,
      said: statement.quote.exact,
      title: question.record.title,
      deadline: question.record.deadline.date,
      page: paths.forecast(forecast.record.id),
    })),
  })),
  more,
  may: may.map(({ id, name }) => ({ id, name, page: paths.analyst(id) })),
})

const LONGEST_IN_ADDRESS = 4000
const LONGEST_SENT = 100_000
const asked = (longest: number) => ({
  name: z.string().min(1).max(LONGEST_NAME).optional().describe('A person’s name.'),
  url: webAddress().optional().describe('The address of an article: who speaks in it.'),
  text: z.string().min(1).max(longest).optional().describe('A passage: whom it names, in whatever case.'),
})

export const lookupRoutes: Route[] = [
  read({
    path: '/lookup',
    summary:
      'What to know before somebody is quoted: whose record this is about, its lead sentence with what it rests on, and what is still open. By a name, an address or a passage.',
    query: z.strictObject(asked(LONGEST_IN_ADDRESS)),
    answer: LookupAnswer,
    run: async ({ db, query, now }) => ({ body: answerOf(await lookUp(db, query, now)) }),
  }),
  act({
    path: '/lookup',
    summary: 'The same for a whole text, which is not kept.',
    role: 'reader',
    body: z
      .strictObject(asked(LONGEST_SENT))
      .refine(
        (sent) => Object.values(sent).some((value) => value !== undefined),
        'asks nothing: send name, url or text',
      )
      .register(jsonSchema, { anyOf: ['name', 'url', 'text'].map((one) => ({ required: [one] })) }),
    answer: LookupAnswer,
    run: async ({ db, body, now }) => ({ body: answerOf(await lookUp(db, body, now)) }),
  }),
]
