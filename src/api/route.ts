import * as z from 'zod'
import { notFound } from '../core/error.ts'
import { jsonSchema } from '../core/json-schema.ts'
import type { Role } from '../core/member.ts'
import { type Columns, csvHeader, csvLines } from '../http/csv.ts'
import type { Head, Host } from '../http/host.ts'
import * as paths from '../http/paths.ts'
import type { Answer, Ledger, Unit } from '../ledger/ledger.ts'
import type { Database } from '../store/database.ts'
import { MOST } from '../store/lookups.ts'
import type { Page } from '../store/query.ts'
import { firstWords, LONGEST_SEARCH, MOST_WORDS } from '../store/search.ts'

import { cursorOf, type Place, placeOf } from './cursor.ts'
import { ReceiptAddress } from './log-answers.ts'
import { recordOf } from './record.ts'
import type { Upload } from './upload.ts'

/** What a handler is given: everything checked, and the clock read once. */
export type Asked<Q = unknown, B = unknown> = {
  host: Host
  ledger: Ledger
  db: Database
  /** For a read the last quarter-hour; for a write the present. */
  now: Date
  params: Record<string, string>
  /** The head of the log, read once for a request. */
  head: () => Promise<Head>
  /** Of `/:id` and `/:rid`. */
  id: string
  rid: string
  query: Q
  body: B
  /** Who writes, when, and under which key; of a read who asks, where it needs a role. */
  unit: Unit
  /** The files of a body that is none of JSON. */
  upload: Upload | undefined
  /** Of `If-Match: "rev-<n>"`. */
  rev: number | undefined
}

export type Answered = { body: unknown; headers?: Record<string, string> }

/** One line of the table from which come handlers, checks, OpenAPI and the reference page. */
export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  summary: string
  /** The role that is needed; null for what everybody may read where the ledger is public. */
  role: Role | null
  /** Answered to anybody, even where the ledger is not public. */
  open: boolean
  query: z.ZodObject
  body: z.ZodType | null
  bodyOptional: boolean
  /** Whether the body may be files instead of JSON. */
  files: boolean
  /** Whether `If-Match: "rev-<n>"` is heeded. */
  matches: boolean
  /** Whether it has to be there. */
  needsMatch: boolean
  /** Whether `Idempotency-Key` makes a retry safe. */
  replays: boolean
  /** Private and changing without the log: no answer is ever kept or compared. */
  fresh: boolean
  status: 200 | 201
  answer: z.ZodType
  media: 'application/json' | 'text/csv' | 'text/plain' | 'application/octet-stream'
  /** Whether the last part of the address may hold slashes. */
  deep: boolean
  run: (asked: Asked) => Promise<Answered>
}

const NO_QUERY = z.strictObject({})
type NoQuery = z.infer<typeof NO_QUERY>

const base = {
  open: false,
  query: NO_QUERY,
  body: null,
  bodyOptional: false,
  files: false,
  matches: false,
  needsMatch: false,
  replays: false,
  fresh: false,
  deep: false,
  status: 200,
} as const

type Read<Q> = Pick<Route, 'path' | 'summary' | 'answer'> &
  Partial<Pick<Route, 'role' | 'open' | 'fresh' | 'media' | 'deep'>> & {
    query?: z.ZodObject & z.ZodType<Q>
    run: (asked: Asked<Q>) => Promise<Answered>
  }

/** A route that reads one thing. */
export const read = <Q = NoQuery>(route: Read<Q>): Route => ({
  ...base,
  role: null,
  media: 'application/json',
  ...route,
  query: route.query ?? NO_QUERY,
  method: 'GET',
  run: route.run as Route['run'],
})

/** What a written record says of where it is. */
export type Located = { id: string; question: string; source: string }
type Writing = { record: Record<string, unknown>; seq: number }
type Write<B> = Pick<Route, 'path' | 'summary'> & {
  role: Role
  /** Without one nothing need be sent. */
  body?: z.ZodType<B>
  bodyOptional?: true
  matches?: true
  replays?: false
  record: z.ZodType
  location: (record: Located) => string
  run: (asked: Asked<NoQuery, B>) => Promise<Answer | Writing>
}

/** A route that writes through a verb; it answers `201 {record, seq, receipt}` and where the record is. */
export const write = <B = unknown>({ record, location, run, ...route }: Write<B>): Route => ({
  ...base,
  replays: true,
  status: 201,
  bodyOptional: route.body === undefined,
  ...route,
  body: route.body ?? z.strictObject({}),
  method: 'POST',
  media: 'application/json',
  answer: z.strictObject({ record, seq: z.int().min(0), receipt: ReceiptAddress }),
  run: async (asked) => {
    const done = await run(asked as Asked<NoQuery, B>)
    const written = 'event' in done ? { record: recordOf(done.event), seq: done.event.seq } : done
    return {
      body: { ...written, receipt: paths.api.entryReceipt(written.seq) },
      headers: { Location: location(written.record as Located) },
    }
  },
})

export type Act<B> = Pick<Route, 'path' | 'summary' | 'answer'> & {
  method?: 'POST' | 'PUT' | 'DELETE'
  /** Null for what anybody may send where the ledger is public. */
  role: Role | null
  query?: z.ZodObject
  body?: z.ZodType<B>
  files?: true
  matches?: true
  needsMatch?: true
  status?: 201
  run: (asked: Asked<NoQuery, B>) => Promise<Answered>
}

/** A route that asks with a body, or changes what is private: no entry of the log comes of it. */
export const act = <B = unknown>(route: Act<B>): Route => ({
  ...base,
  method: 'POST',
  ...route,
  body: route.body ?? z.strictObject({}),
  bodyOptional: route.body === undefined,
  fresh: true,
  media: 'application/json',
  run: route.run as Route['run'],
})

export const Limit = z
  .string()
  .regex(/^([1-9][0-9]?|1[0-9]{2}|200)$/u, `must be a whole number from 1 to ${MOST}`)
  .transform(Number)
jsonSchema.add(Limit.in, {
  description: 'How many at most.',
  type: 'integer',
  minimum: 1,
  maximum: MOST,
  pattern: undefined,
})
export const Cursor = z.string().max(1000, 'is not a cursor of ours').register(jsonSchema, {
  minLength: 1,
  pattern: '^[A-Za-z0-9_-]+$',
  'x-opaque': 'next_cursor',
  description: 'The `next_cursor` of the page before, of the same list; any other is refused (400).',
})
/** What a list is searched for. */
export const Search = z
  .string()
  .register(jsonSchema, { maxLength: LONGEST_SEARCH })
  .optional()
  .describe(
    `Words that must all be there; of more than ${MOST_WORDS} the first count, and searched_for says which.`,
  )

/** The columns that are fields of the item by their names. */
export const fields = <N extends string>(...names: N[]) =>
  names.map((name) => [name, (item: { readonly [F in N]?: unknown }) => item[name]] as const)

type List<Q extends z.ZodRawShape, K extends Place, R, T> = Pick<Route, 'path' | 'summary'> & {
  role?: Role
  fresh?: true
  query: Q
  item: z.ZodType<T>
  place: z.ZodType<K>
  list: (
    asked: Asked<z.infer<z.ZodObject<Q>>>,
    page: { limit: number; after?: K | undefined },
  ) => Promise<Page<R, K>>
  read: (row: R, now: Date) => T
  columns: Columns<T>
  /** What the JSON says beside the items of a page, read with them. */
  beside?: {
    answer: z.ZodRawShape
    list: (
      asked: Asked<z.infer<z.ZodObject<Q>>>,
      page: { limit: number; after?: K | undefined },
    ) => Promise<Page<R, K> & { said: object }>
  }
}

const DEFAULT_LIMIT = 50

/** By it spreadsheets know that a text is UTF-8. */
const BYTE_ORDER_MARK = '\ufeff'
const Bom = z
  .enum(['0', '1'])
  .optional()
  .describe('0 leaves out the byte order mark, with which a spreadsheet reads the letters right.')

/** A list as `{items, next_cursor}`, and its twin as CSV: all of it, or as much as `limit` says. */
export function list<Q extends z.ZodRawShape, K extends Place, R, T>(route: List<Q, K, R, T>): Route[] {
  const { path, summary, item, columns, place, beside } = route
  const query = z.strictObject({ ...route.query, limit: Limit.optional(), cursor: Cursor.optional() })
  type Query = z.infer<z.ZodObject<Q>> & { limit?: number; cursor?: string }
  const after = (asked: Asked<Query>): K | undefined =>
    asked.query.cursor === undefined ? undefined : placeOf(path, place, asked.query.cursor)
  const json = read<Query>({
    path,
    summary,
    role: route.role ?? null,
    fresh: route.fresh ?? false,
    query: query as unknown as z.ZodObject & z.ZodType<Query>,
    answer: z.strictObject({
      items: z.array(item),
      next_cursor: z.string().nullable(),
      ...beside?.answer,
      ...('q' in route.query ? { searched_for: z.string().optional() } : {}),
    }),
    run: async (asked) => {
      const wanted = { limit: asked.query.limit ?? DEFAULT_LIMIT, after: after(asked) }
      const page: Page<R, K> & { said?: object } = await (beside?.list ?? route.list)(asked, wanted)
      const next_cursor = page.next === null ? null : cursorOf(path, page.next)
      const { q } = asked.query as { q?: unknown }
      const searched_for = typeof q === 'string' ? firstWords(q) : null
      const items = page.items.map((row) => route.read(row, asked.now))
      const said = { ...page.said, ...(searched_for === null ? {} : { searched_for }) }
      return { body: { items, next_cursor, ...said } }
    },
  })
  const csv: Route = {
    ...json,
    path: `${path}.csv`,
    summary: `${summary.replace(/\.$/u, '')}, as CSV.`,
    media: 'text/csv',
    query: query.extend({ bom: Bom }) as unknown as Route['query'],
    answer: z.string(),
    run: async (plain) => {
      const asked = plain as Asked<Query & { bom?: '0' | '1' }>
      let left = asked.query.limit ?? Number.POSITIVE_INFINITY
      const first = await route.list(asked, { limit: Math.min(MOST, left), after: after(asked) })
      let page: Page<R, K> | null = first
      const encoder = new TextEncoder()
      let text = (asked.query.bom === '0' ? '' : BYTE_ORDER_MARK) + csvHeader(columns)
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          if (page === null) return controller.close()
          text += csvLines(
            columns,
            page.items.map((row) => route.read(row, asked.now)),
          )
          left -= page.items.length
          const next: K | null = page.next
          controller.enqueue(encoder.encode(text))
          text = ''
          page =
            next === null || left <= 0
              ? null
              : await route.list(asked, { limit: Math.min(MOST, left), after: next })
        },
      })
      return { body }
    },
  }
  return [json, csv]
}

/** A page of a list that is short enough to be read whole. */
export function pageOfAll<T>(all: T[], page: { limit: number; after?: number | undefined }): Page<T> {
  const from = page.after ?? 0
  const to = from + page.limit
  return { items: all.slice(from, to), next: to < all.length ? to : null }
}

/** What was found, or `not_found`. */
export function found<T>(value: T | null, noun: string, id: string): T {
  if (value === null) throw notFound(noun, id)
  return value
}
