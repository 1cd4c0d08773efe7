import * as z from 'zod'
import { LedgerError } from '../../core/error.ts'
import { states } from '../../core/state.ts'
import type { ForecastFilter } from '../../store/forecasts.ts'

const text = (maxLength: number) => z.string().max(maxLength)

/** What the address of the ledger can say; an empty value says nothing. */
const LedgerQuery = z.object({
  state: z.enum(states).optional(),
  tag: text(80).optional(),
  deadline: z.enum(['theirs', 'ours']).optional(),
  logged: z.enum(['before', 'afterwards']).optional(),
  analyst: text(80).optional(),
  source: text(80).optional(),
  q: text(500).optional(),
  before: z
    .string()
    .regex(/^\d{1,15}$/u)
    .transform(Number)
    .optional(),
})
export type LedgerQuery = z.infer<typeof LedgerQuery>

export type Facet = 'state' | 'tag' | 'deadline' | 'logged' | 'analyst'

/** Reads the address; names the first thing in it that cannot be. */
export function readQuery(url: URL): LedgerQuery {
  const given = Object.fromEntries([...url.searchParams].filter(([, value]) => value.trim() !== ''))
  const read = LedgerQuery.safeParse(given)
  if (read.success) return read.data
  const [name = ''] = read.error.issues[0]?.path ?? []
  throw new LedgerError(
    'malformed',
    `The address says something about “${String(name)}” that cannot be read.`,
  )
}

export const filterOf = ({ before: _, ...filter }: LedgerQuery): ForecastFilter => filter

/** The search part of an address with one thing changed; the page begins anew. */
export function searchWith(
  query: LedgerQuery,
  changes: Partial<Record<keyof LedgerQuery, string | undefined>>,
): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...query, before: undefined, ...changes }))
    if (value !== undefined) search.set(name, String(value))
  const said = search.toString()
  return said === '' ? '' : `?${said}`
}
