import * as z from 'zod'
import { states } from '../../core/state.ts'
import * as paths from '../../http/paths.ts'
import { Place, searchOf, words } from '../../http/search-params.ts'
import type { ForecastFilter } from '../../store/forecasts.ts'

/** What the address of the ledger can say. */
const LedgerQuery = {
  state: z.enum(states).optional(),
  tag: words(80).optional(),
  deadline: z.enum(['theirs', 'ours']).optional(),
  logged: z.enum(['before', 'afterwards']).optional(),
  analyst: words(80).optional(),
  source: words(80).optional(),
  q: words(500).optional(),
  before: Place.optional(),
}
export type LedgerQuery = z.infer<z.ZodObject<typeof LedgerQuery>>

export const readQuery = (url: URL): LedgerQuery => searchOf(url, LedgerQuery)

export const filterOf = ({ before: _, ...filter }: LedgerQuery): ForecastFilter => filter

/** Where an address of the ledger from when it stood at `/` leads now; null where it says nothing of the ledger. */
export const movedToLedger = ({ search, searchParams }: URL): Response | null =>
  Object.keys(LedgerQuery).some((name) => searchParams.has(name))
    ? new Response(null, { status: 301, headers: { location: paths.ledger() + search } })
    : null

/** What an address says with one thing changed; the page begins anew. */
export const searchWith = (
  query: LedgerQuery,
  changes: Partial<Record<keyof LedgerQuery, string | undefined>> = {},
) => ({ ...query, before: undefined, ...changes })
