import type { Search } from '../../http/paths.ts'
import * as paths from '../../http/paths.ts'
import type { ForecastFilter } from '../../store/forecast-filter.ts'
import { askedFor } from '../ledger/filters.tsx'
import { filterOf, readQuery } from '../ledger/query.ts'
import type { PageContext } from '../ui/page.ts'

/** What a feed is asked for: what the same address of the ledger would be narrowed by. */
export type Asked = {
  filter: ForecastFilter & Search
  /** "Newly logged · Ada Overton, economy": what a feed is of, and what that is narrowed by. */
  titled: (title: string, analyst: string | undefined) => string
  /** An address as others see it: of the moment that is shown. */
  outside: (path: string) => string
  /** The moment of an entry, none later than the last one: what a wrong clock stamped ahead was recorded by then. */
  notAhead: (at: string) => string
}

export function askedOf({ host, url, origin, head }: PageContext): Asked {
  const query = readQuery(url)
  const filter = filterOf(query)
  return {
    filter: filter as Asked['filter'],
    titled: (title, analyst) => {
      const said = askedFor({ query, analyst: analyst ?? query.analyst }).map(([, words]) => words)
      return said.length === 0 ? title : `${title} · ${said.join(', ')}`
    },
    outside: (path) => origin + (host.asOf === undefined ? path : paths.asOf(path, host.asOf.as_of)),
    notAhead: (at) => (head.at !== null && at > head.at ? head.at : at),
  }
}

/** When a feed last changed: with its latest entry, or never where it has none. */
export const latestOf = (entries: readonly { updated: string }[]): string =>
  entries.reduce((last, { updated }) => (updated > last ? updated : last), '1970-01-01T00:00:00.000Z')
