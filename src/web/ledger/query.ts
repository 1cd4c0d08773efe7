import * as z from 'zod'
import { codedKinds } from '../../core/coding-round.ts'
import { states } from '../../core/state.ts'
import { VERDICTS } from '../../core/verdict.ts'
import * as paths from '../../http/paths.ts'
import { Place, searchOf, words } from '../../http/search-params.ts'
import {
  type ForecastFilter,
  LATEST_ENTRY,
  ORDERS,
  SORTS,
  type Sorting,
} from '../../store/forecast-filter.ts'
import { DayTyped } from '../ui/day-typed.ts'

/** By what the list can be narrowed, in the order in which that is told. */
const FilterQuery = {
  q: words(500).optional(),
  verdict: z.enum(VERDICTS).optional(),
  state: z.enum(states).optional(),
  analyst: words(80).optional(),
  outlet: words(300).optional(),
  source: words(80).optional(),
  question: words(200).optional(),
  tag: words(80).optional(),
  said_from: DayTyped('from').optional(),
  said_to: DayTyped('to').optional(),
  deadline_from: DayTyped('from').optional(),
  deadline_to: DayTyped('to').optional(),
  deadline: z.enum(['theirs', 'ours']).optional(),
  logged: z.enum(['before', 'afterwards', 'proven']).optional(),
  coded: z.enum(codedKinds).optional(),
} satisfies Partial<Record<keyof ForecastFilter, z.ZodType>>
export type FilterName = keyof typeof FilterQuery
export const FILTERS = Object.keys(FilterQuery) as FilterName[]

/** What the address of the ledger can say. */
const LedgerQuery = {
  ...FilterQuery,
  sort: z.enum(SORTS).optional(),
  order: z.enum(ORDERS).optional(),
  group: z.enum(['question']).optional(),
  rows: z.enum(['comfortable']).optional(),
  page: Place.refine((page) => page > 0, 'begins at 1').optional(),
  /** The last entry that the list goes up to: its pages stay what they are while others are logged. */
  upto: Place.optional(),
  /** The same in addresses of before: up to the entry before this one. */
  before: Place.optional(),
}
export type LedgerQuery = z.infer<z.ZodObject<typeof LedgerQuery>>

export function readQuery(url: URL): LedgerQuery {
  const { before, ...query } = searchOf(url, LedgerQuery)
  return before === undefined ? query : { ...query, upto: Math.max(0, before - 1) }
}

export const filterOf = (query: LedgerQuery): ForecastFilter =>
  Object.fromEntries(FILTERS.flatMap((name) => (query[name] === undefined ? [] : [[name, query[name]]])))

export const sortingOf = ({ sort, order }: LedgerQuery): Sorting => ({
  sort: sort ?? LATEST_ENTRY.sort,
  order: order ?? LATEST_ENTRY.order,
})

/** Where an address of the ledger from when it stood at `/` leads now; null where it says nothing of the ledger. */
export const movedToLedger = ({ search, searchParams }: URL): Response | null =>
  Object.keys(LedgerQuery).some((name) => searchParams.has(name))
    ? new Response(null, { status: 301, headers: { location: paths.ledger() + search } })
    : null

type Changes = Partial<Record<keyof LedgerQuery, string | number | undefined>>

/** What an address says with something changed, in one order; the list begins anew. */
export function searchWith(query: LedgerQuery, changes: Changes = {}): Changes {
  const said: Changes = { ...query, page: undefined, upto: undefined, ...changes }
  return Object.fromEntries(Object.keys(LedgerQuery).map((name) => [name, said[name as keyof LedgerQuery]]))
}

/** The same list as a program asks for it: how rows are drawn is nothing to it. */
export const twinSearch = (query: LedgerQuery) => searchWith(query, { group: undefined, rows: undefined })
