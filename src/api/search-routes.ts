import * as z from 'zod'
import { Day } from '../core/calendar.ts'
import * as paths from '../http/paths.ts'
import { type Named, namedLike } from '../store/search.ts'
import { type Route, read, Search } from './route.ts'

const PAGES: Record<Named['kind'], (id: string) => string> = {
  analyst: paths.analyst,
  question: paths.question,
  source: paths.source,
}

const Item = z.strictObject({
  kind: z.enum(['analyst', 'question', 'source']),
  id: z.string(),
  title: z.string().describe('The name of an analyst, else a title.'),
  published: Day.nullable().describe('Of a source, the last day on which it can have been published.'),
  page: z.string().describe('The address of its page.'),
})

export const searchRoutes: Route[] = [
  read({
    path: '/search',
    summary:
      'People, questions and sources by their names and titles, those that fit best first, a few of each; forecasts are searched at /api/forecasts.',
    query: z.strictObject({ q: Search }),
    answer: z.strictObject({ items: z.array(Item) }),
    run: async ({ db, query: { q = '' } }) => {
      const items = q.trim() === '' ? [] : await namedLike(db, q)
      return { body: { items: items.map((item) => ({ ...item, page: PAGES[item.kind](item.id) })) } }
    },
  }),
]
