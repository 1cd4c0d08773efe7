import type { Database } from '../database.ts'
import { countForecasts, type Facets, type ForecastFilter, pageOfForecasts } from '../forecasts.ts'
import { analystById } from '../lookups.ts'
import { totals } from '../nouns.ts'
import { ask, known, mapped, type Query, together } from '../query.ts'
import { searchBesides } from '../search.ts'
import { onlySource } from './source.ts'

const ON_A_PAGE = 50
const BESIDES = 10

/** By which the ledger can be split. */
export type Facet = 'state' | 'tag' | 'deadline' | 'logged' | 'analyst'

/** What is left by a filter, and beside each facet what choosing otherwise would leave: counted without its own group. */
function split(filter: ForecastFilter, now: Date) {
  const without = (facet: Facet): Query<Facets | null> =>
    filter[facet] === undefined ? known(null) : countForecasts({ ...filter, [facet]: undefined }, now)
  const parts = together({
    counts: countForecasts(filter, now),
    state: without('state'),
    tag: without('tag'),
    deadline: without('deadline'),
    logged: without('logged'),
    analyst: without('analyst'),
  })
  return mapped(parts, ({ counts, ...others }) => ({
    counts,
    without: Object.fromEntries(
      Object.entries(others).map(([facet, facets]) => [facet, facets ?? counts]),
    ) as Record<Facet, Facets>,
  }))
}

/** The list of forecasts as the front page shows it: narrowed, counted, with what a search finds besides. */
export function readLedger(
  db: Database,
  { before, ...filter }: ForecastFilter & { before?: number | undefined },
  now: Date,
) {
  const { q, analyst, source } = filter
  const isNarrowed = Object.values(filter).some((value) => value !== undefined)
  return ask(
    db,
    together({
      page: pageOfForecasts(filter, now, { limit: ON_A_PAGE, before }),
      totals,
      facets: split(filter, now),
      analyst: analyst === undefined ? known(null) : analystById(analyst),
      besides:
        q === undefined || before !== undefined
          ? known(null)
          : searchBesides({ q, analyst, source }, BESIDES),
      only: isNarrowed ? known(null) : onlySource(now),
    }),
  )
}
