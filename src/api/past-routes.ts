import * as z from 'zod'
import { AsOfText } from '../core/as-of.ts'
import { notFound } from '../core/error.ts'
import { QuestionId, Slug } from '../core/slug.ts'
import { besideEarlier } from '../http/past.ts'
import { changeTypes } from '../store/changes.ts'
import { readChanges } from '../store/documents/changes.ts'
import { ChangesAnswer } from './past-answers.ts'
import { type Route, read } from './route.ts'

const Since = AsOfText.describe('A day, of which the end counts, or the number of an entry.')

export const pastRoutes: Route[] = [
  read({
    path: '/changes',
    summary:
      'What has changed in the record since a day or an entry, of one analyst, one question or all; with `as_of`, until then.',
    query: z.strictObject({
      since: Since,
      analyst: Slug.optional().describe('Only what concerns this analyst.'),
      question: QuestionId.optional().describe('Only what concerns this question.'),
    }),
    answer: ChangesAnswer,
    run: ({ host, db, now, query: { since, analyst, question } }) =>
      besideEarlier(host, since, async (then) => {
        const made = await readChanges({ db, now }, { ...then, seq: then.moment.seq }, { analyst, question })
        if (made === null)
          throw analyst === undefined ? notFound('question', question ?? '') : notFound('analyst', analyst)
        const { counts, changes, more, figures } = made
        const { seq, at } = await host.head()
        return {
          body: {
            since: { entry: then.moment.seq, at: then.moment.at },
            as_of: { entry: seq, at },
            analyst: analyst ?? null,
            question: question ?? null,
            counts: Object.fromEntries(changeTypes.map((type) => [type, counts[type] ?? 0])),
            changes,
            more,
            figures,
          },
        }
      }),
  }),
]
