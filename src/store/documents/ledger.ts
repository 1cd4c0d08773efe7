import type { Database } from '../database.ts'
import { type Counts, countForecasts } from '../forecast-counts.ts'
import type { ForecastFilter, Sorting } from '../forecast-filter.ts'
import { pageOfForecasts } from '../forecasts.ts'
import { analystById } from '../lookups.ts'
import { totals } from '../nouns.ts'
import { ask, known, mapped, type Query, together } from '../query.ts'
import { searchBesides } from '../search.ts'

export const ON_A_PAGE = 50
const BESIDES = 10

export type LedgerRequest = {
  filter: ForecastFilter
  sorting: Sorting
  /** From 1. */
  page: number
  grouped: boolean
}

/** Of what everything public is a function, besides what is asked. */
type Moment = { now: Date; seq: number }

const MOST_KEPT = 200
const kept = new WeakMap<Database, { of: string; counts: Map<string, Counts> }>()

/** How many a filter leaves, counted once for all pages of a list until the next entry. */
function countedOnce(db: Database, filter: ForecastFilter, { now, seq }: Moment): Query<Counts> {
  const of = `${seq} ${now.toISOString()}`
  const held = kept.get(db)
  const { counts } = held?.of === of ? held : { counts: new Map<string, Counts>() }
  if (held?.counts !== counts) kept.set(db, { of, counts })
  const key = JSON.stringify(Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1)))
  const made = counts.get(key)
  if (made !== undefined) return known(made)
  return mapped(countForecasts(filter, now), (fresh) => {
    if (counts.size < MOST_KEPT) counts.set(key, fresh)
    return fresh
  })
}

/** The list of forecasts as its page shows it: narrowed, ordered, counted, with what a search finds besides. */
export function readLedger(db: Database, { filter, sorting, page, grouped }: LedgerRequest, moment: Moment) {
  const { q, analyst, source } = filter
  const { now } = moment
  return ask(
    db,
    together({
      page: pageOfForecasts(filter, now, {
        limit: ON_A_PAGE,
        offset: (page - 1) * ON_A_PAGE,
        sorting,
        grouped,
      }),
      totals,
      counts: countedOnce(db, filter, moment),
      analyst: analyst === undefined ? known(null) : analystById(analyst),
      besides: q === undefined || page > 1 ? known(null) : searchBesides({ q, analyst, source }, BESIDES),
    }),
  )
}
