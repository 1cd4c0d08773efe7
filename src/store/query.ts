import type { Database, Row, Statement } from './database.ts'

/** What is asked of the database, and what the rows that come back mean. Several become one with `together`. */
export type Query<T> = { statements: readonly Statement[]; read: (results: readonly Row[][]) => T }
/** What a query answers. */
type Answered<Q> = Q extends Query<infer T> ? T : never

/** One statement, and the meaning of its rows. */
export const query = <T>(statement: Statement, read: (rows: Row[]) => T): Query<T> => ({
  statements: [statement],
  read: ([rows = []]) => read(rows),
})

/** What is known without asking: stands in the place of a query that is not needed. */
export const known = <T>(value: T): Query<T> => ({ statements: [], read: () => value })

/** The same rows with another meaning. */
export const mapped = <T, U>({ statements, read }: Query<T>, to: (value: T) => U): Query<U> => ({
  statements,
  read: (results) => to(read(results)),
})

type Queries = Readonly<Record<string, Query<unknown>>>
type Answers<Q extends Queries> = { [K in keyof Q]: Answered<Q[K]> }

/** Several queries as one: what a page or an answer needs, in one batch and of one moment. */
export function together<Q extends Queries>(queries: Q): Query<Answers<Q>> {
  const all = Object.entries(queries)
  return {
    statements: all.flatMap(([, { statements }]) => statements),
    read: (results) => {
      let at = 0
      return Object.fromEntries(
        all.map(([name, { statements, read }]) => {
          const own = results.slice(at, at + statements.length)
          at += statements.length
          return [name, read(own)]
        }),
      ) as Answers<Q>
    },
  }
}

/** Asks: one trip to the database, however much is asked. */
export async function ask<T>(db: Database, { statements, read }: Query<T>): Promise<T> {
  const [only] = statements
  if (only === undefined) return read([])
  return read(statements.length === 1 ? [await db.read(only)] : await db.readAll([...statements]))
}

/** Asks for several things about a record; null where the record itself is not there. */
export async function askAbout<Q extends Queries, K extends keyof Q>(db: Database, record: K, queries: Q) {
  const answers = await ask(db, together(queries))
  if (answers[record] === null) return null
  return answers as Answers<Q> & { [R in K]: NonNullable<Answered<Q[R]>> }
}

/** A page of a list: latest entry first, or in the order that the list names. `next` is where the following page begins. */
export type Page<T, K = number> = { items: T[]; next: K | null }
export type PageRequest<K = number> = { limit: number; after?: K | undefined }

/** The page in what was read of a list, which is one more than the page holds where others follow. */
export function pageOf<T, K>(read: readonly T[], limit: number, placeOf: (last: T) => K): Page<T, K> {
  const items = read.slice(0, limit)
  const last = items.at(-1)
  return { items, next: read.length > limit && last !== undefined ? placeOf(last) : null }
}
