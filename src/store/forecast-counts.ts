import { codedKinds } from '../core/coding-round.ts'
import { states } from '../core/state.ts'
import { VERDICTS } from '../core/verdict.ts'
import { CODED_SQL } from './coding.ts'
import type { Row } from './database.ts'
import { conditions, type ForecastFilter, FROM, PROVEN_SQL, STATE } from './forecast-filter.ts'
import { mapped, type Query, query, together } from './query.ts'
import { VERDICT_SQL } from './verdict.ts'

/** By which the ledger can be split. */
export const FACETS = ['verdict', 'state', 'tag', 'outlet', 'analyst', 'deadline', 'logged', 'coded'] as const
export type Facet = (typeof FACETS)[number]
/** What a facet can be set to, and how many forecasts that leaves. */
export type Choice = { value: string; name: string; n: number }
export type Counts = { all: number } & Record<Facet, Choice[]>

const SHOWN = 40

/** `also`: another value whose forecasts count for this one, too. */
type ClosedFacet = { sql: string; values: readonly string[]; also?: Readonly<Record<string, string>> }

/** Of a few values each: told in one pass. */
const CLOSED = {
  verdict: { sql: VERDICT_SQL, values: VERDICTS },
  state: { sql: STATE, values: states },
  deadline: {
    sql: "iif((question.record ->> '$.deadline.because') IS NULL, 'theirs', 'ours')",
    values: ['theirs', 'ours'],
  },
  logged: {
    sql: `CASE WHEN ${PROVEN_SQL} THEN 'proven' WHEN forecast.at >= question.known_from THEN 'afterwards' ELSE 'before' END`,
    values: ['before', 'afterwards', 'proven'],
    also: { before: 'proven' },
  },
  coded: { sql: CODED_SQL, values: codedKinds },
} as const satisfies Partial<Record<Facet, ClosedFacet>>
type Closed = keyof typeof CLOSED

/** Of as many as there are: by what is counted first, where its name is, and where that stands. */
const OPEN: Record<Exclude<Facet, Closed>, { by: string; value: string; name: string; join: string }> = {
  tag: {
    by: 'forecast.question',
    value: 'tag',
    name: 'tag',
    join: 'JOIN question_tag ON question_tag.question = some.id',
  },
  outlet: {
    by: 'forecast.source',
    value: "source.record ->> '$.publisher'",
    name: "source.record ->> '$.publisher'",
    join: 'JOIN source ON source.id = some.id',
  },
  analyst: {
    by: 'forecast.analyst',
    value: 'analyst.id',
    name: "analyst.record ->> '$.name'",
    join: 'JOIN analyst ON analyst.id = some.id',
  },
}

const toChoice = ({ value, name, n }: Row): Choice => ({
  value: String(value),
  name: String(name),
  n: Number(n),
})

/** The values of an open facet, the most frequent first. */
function openFacet(facet: Exclude<Facet, Closed>, filter: ForecastFilter, now: Date): Query<Choice[]> {
  const { by, value, name, join } = OPEN[facet]
  const { where, args } = conditions(filter, now)
  // What asks nothing of the questions is counted in an index of the forecasts.
  const from = where.includes('question.') ? FROM : 'FROM forecast'
  return query(
    {
      sql: `SELECT ${value} AS value, ${name} AS name, sum(some.n) AS n
        FROM (SELECT ${by} AS id, count(*) AS n ${from} WHERE ${where} GROUP BY 1) AS some ${join}
        GROUP BY 1 HAVING value IS NOT NULL ORDER BY n DESC, name LIMIT ${SHOWN}`,
      args,
    },
    (rows) => rows.map(toChoice),
  )
}

/** How many there are, and how they split by these closed facets. */
function closedFacets<F extends Closed>(facets: readonly F[], filter: ForecastFilter, now: Date) {
  const { where, args } = conditions(filter, now)
  const columns = facets.map((facet) => `${CLOSED[facet].sql} AS ${facet}`)
  const counts = facets.flatMap((facet) => {
    const { values, also = {} }: ClosedFacet = CLOSED[facet]
    return values.map((value) => {
      const counted = [value, also[value] ?? value].map((one) => `'${one}'`).join(', ')
      return `count(*) FILTER (WHERE ${facet} IN (${counted})) AS ${facet}_${value}`
    })
  })
  return query(
    {
      // The limit keeps what a row is from being told again for every count.
      sql: `SELECT count(*) AS n, ${counts.join(', ')}
        FROM (SELECT ${columns.join(', ')} ${FROM} WHERE ${where} LIMIT -1)`,
      args,
    },
    ([row = {}]) => ({
      all: Number(row.n ?? 0),
      ...(Object.fromEntries(
        facets.map((facet) => [
          facet,
          CLOSED[facet].values
            .map((value) => ({ value, name: value, n: Number(row[`${facet}_${value}`] ?? 0) }))
            .filter(({ n }) => n > 0),
        ]),
      ) as Record<F, Choice[]>),
    }),
  )
}

/**
 * How many forecasts a filter leaves, and beside each facet what choosing otherwise would leave: that is counted
 * without its own filter.
 */
export function countForecasts(filter: ForecastFilter, now: Date): Query<Counts> {
  const without = (facet: Facet) => ({ ...filter, [facet]: undefined })
  const chosen = (Object.keys(CLOSED) as Closed[]).filter((facet) => filter[facet] !== undefined)
  const open = (facet: Exclude<Facet, Closed>) => openFacet(facet, without(facet), now)
  const parts = together({
    closed: closedFacets(Object.keys(CLOSED) as Closed[], filter, now),
    open: together({ tag: open('tag'), outlet: open('outlet'), analyst: open('analyst') }),
    others: together(
      Object.fromEntries(
        chosen.map((facet) => [
          facet,
          mapped(closedFacets([facet], without(facet), now), (counts) => counts[facet]),
        ]),
      ),
    ),
  })
  return mapped(parts, ({ closed, open: told, others }) => ({ ...closed, ...told, ...others }))
}
