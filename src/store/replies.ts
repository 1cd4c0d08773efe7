import type { Payload } from '../core/entry.ts'
import type { Value } from './database.ts'
import { firstForecastsOn, MOST } from './lookups.ts'
import { mapped, type Page, type PageRequest, pageOf, type Query, query } from './query.ts'
import { json, number, rowOf, text } from './row.ts'

const toReply = rowOf({ record: json<Payload<'reply.published'>>(), seq: number, at: text, by: text })
export type Reply = ReturnType<typeof toReply>

const replies = (where: string, args: Record<string, Value>, limit = MOST): Query<Reply[]> =>
  query(
    {
      sql: `SELECT * FROM reply WHERE ${where} ORDER BY seq LIMIT :limit`,
      args: { ...args, limit: BigInt(limit) },
    },
    (rows) => rows.map(toReply),
  )

/** What the person concerned replied first to a forecast, oldest first. */
export const repliesTo = (forecast: string) => replies('forecast = :forecast', { forecast })

/** What was replied first to the first forecasts on a question, oldest first. */
export const repliesOn = (question: string, forecasts: number) =>
  replies(`forecast IN (${firstForecastsOn('id')})`, { question, forecasts: BigInt(forecasts) })

/** Every reply, oldest first. */
export const everyReply: Query<Reply[]> = query({ sql: 'SELECT * FROM reply ORDER BY seq' }, (rows) =>
  rows.map(toReply),
)

/** A page of the replies to one forecast, oldest first. */
export const pageOfReplies = (forecast: string, page: PageRequest): Query<Page<Reply>> =>
  mapped(
    replies(
      'forecast = :forecast AND seq > :after',
      { forecast, after: BigInt(page.after ?? -1) },
      page.limit + 1,
    ),
    (rows) => pageOf(rows, page.limit, ({ seq }) => seq),
  )
