import type { Database } from '../database.ts'
import { ask, type Query, query, together } from '../query.ts'
import { number, rowOf, text } from '../row.ts'

/** What has a page of its own. */
export const mappedNouns = ['analyst', 'question', 'source', 'forecast'] as const
export type MappedNoun = (typeof mappedNouns)[number]

/** How many addresses stand in one file: fewer than the 50,000 that are allowed, so that each is soon made. */
export const MAPPED_AT_ONCE = 10_000

const lastOf = (stream: string) => `(SELECT at FROM entry WHERE stream = ${stream} ORDER BY rev DESC LIMIT 1)`
/** The last entry that changed what a page says: of the record itself, and of what stands on its page. */
const CHANGED: Record<MappedNoun, string> = {
  analyst: 'coalesce((SELECT at FROM entry WHERE seq = analyst.changed), analyst.at)',
  question: lastOf('question.stream'),
  source: `max(${lastOf('source.stream')},
    coalesce((SELECT at FROM statement WHERE statement.source = source.id ORDER BY seq DESC LIMIT 1), ''))`,
  forecast: `max(${lastOf('forecast.stream')},
    ${lastOf('(SELECT stream FROM question WHERE question.id = forecast.question)')})`,
}

const toMapped = rowOf({ id: text, at: text })
export type Mapped = ReturnType<typeof toMapped>

const counted = (noun: MappedNoun): Query<number> =>
  query({ sql: `SELECT count(*) AS n FROM ${noun}` }, ([row]) => number(row?.n as never))

/** How many records of each kind have a page. */
export const countMapped = (db: Database) =>
  ask(
    db,
    together(
      Object.fromEntries(mappedNouns.map((noun) => [noun, counted(noun)])) as Record<
        MappedNoun,
        Query<number>
      >,
    ),
  )

/** The records of one file of the map, and when what their pages say last changed. */
export const readMapped = (db: Database, noun: MappedNoun, part: number): Promise<Mapped[]> =>
  ask(
    db,
    query(
      {
        sql: `SELECT id, ${CHANGED[noun]} AS at FROM ${noun} ORDER BY seq LIMIT :most OFFSET :from`,
        args: { most: BigInt(MAPPED_AT_ONCE), from: BigInt(MAPPED_AT_ONCE * (part - 1)) },
      },
      (rows) => rows.map(toMapped),
    ),
  )
