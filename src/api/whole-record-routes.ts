import * as z from 'zod'
import { Day, Instant } from '../core/calendar.ts'
import { QuestionId, Slug, StatementId } from '../core/slug.ts'
import { states } from '../core/state.ts'
import * as several from '../scoring/analysts-document.ts'
import { Funnel, WordsRow } from '../scoring/document.ts'
import { readFront } from '../store/documents/front.ts'
import { readWords } from '../store/documents/words.ts'
import type { Horizon } from '../store/horizon.ts'
import { MOST } from '../store/lookups.ts'
import * as answers from './answers.ts'
import { forecastAnswer } from './record.ts'
import { Count } from './recorded.ts'
import { type Route, read } from './route.ts'

const HorizonAnswer = z.strictObject({
  all: Count,
  items: z
    .array(
      z.strictObject({
        question: QuestionId,
        title: z.string(),
        at: Instant.describe('From when it needs a decision.'),
        day: Day.describe('The day of the deadline.'),
        voices: Count,
        state: z.enum(states),
      }),
    )
    .max(MOST)
    .describe('The nearest deadlines first.'),
})

export const RecordAnswer = z.strictObject({
  as_of: Instant,
  people: Count.describe('Of whom a claim is counted.'),
  n: Count.describe('Claims that were logged live and decided, the first of a person on a question.'),
  came_true: Count,
  promised: z.tuple([z.number(), z.number()]),
  since: Day.nullable().describe('When the first of them was said.'),
  funnel: Funnel.describe('From all that was logged to what is counted.'),
  findings: several.standing.findings,
  surprises: z
    .array(answers.ForecastAnswer)
    .max(2)
    .describe('What happened against the lowest number, and what did not against the highest; both or none.'),
  decided: z
    .array(answers.ForecastAnswer)
    .describe('Of the questions decided last the forecast that was said first.'),
  interview: Slug.nullable().describe('The source that the strip shows.'),
  example: StatementId.nullable().describe('The forecast that stands for all while little is decided.'),
  horizon: HorizonAnswer,
})

const horizonAnswer = ({ all, items }: Horizon): z.infer<typeof HorizonAnswer> => ({
  all,
  items: items.map((item) => ({ ...item, at: item.at.toISOString() })),
})

export const WordsAnswer = z.strictObject({
  as_of: Instant,
  n: Count,
  words: z.array(
    z.strictObject({
      ...WordsRow.shape,
      people: Count,
      claims: z
        .array(z.strictObject({ forecast: StatementId, analyst: Slug, said_on: Day, happened: z.boolean() }))
        .describe('None where they are more than 60.'),
    }),
  ),
})

export const wholeRecordRoutes: Route[] = [
  read({
    path: '/record',
    summary: 'The record so far, as the front page tells it: every part chosen by a published rule.',
    answer: RecordAnswer,
    run: async ({ db, now }) => {
      const { all, surprises, decided, interview, example, horizon } = await readFront(db, now)
      const { surprises: _, ...whole } = all.whole
      const { differ, fit } = all.findings
      const body: z.infer<typeof RecordAnswer> = {
        as_of: now.toISOString(),
        ...whole,
        findings: { differ: differ.slice(0, MOST), fit: fit.slice(0, MOST) },
        surprises: surprises.map((item) => forecastAnswer(item, now)),
        decided: decided.map((item) => forecastAnswer(item, now)),
        interview: interview?.source.record.id ?? null,
        example: example?.item.forecast.record.id ?? null,
        horizon: horizonAnswer(horizon),
      }
      return { body }
    },
  }),
  read({
    path: '/words',
    summary: 'What the words of everybody together turned out to mean, allowing for all phrases at once.',
    answer: WordsAnswer,
    run: async ({ db, now }) => {
      const { rows, n } = await readWords(db, now)
      const body: z.infer<typeof WordsAnswer> = { as_of: now.toISOString(), n, words: rows }
      return { body }
    },
  }),
]
