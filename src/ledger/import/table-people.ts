import { type Analyst, type AnalystRequest, meant } from '../../core/analyst.ts'
import { invalid, LedgerError } from '../../core/error.ts'
import { nameKey } from '../../core/name.ts'
import { slugCandidates, unwritable } from '../../core/slug.ts'
import type { Source } from '../../core/source.ts'
import { personName } from '../../core/text.ts'
import type { AnalystOf } from '../../interchange/table-records.ts'
import type { Report } from '../../interchange/table-rows.ts'
import type { Database } from '../../store/database.ts'
import { findAnalystsByName, takenIds } from '../../store/lookups.ts'

/** The names in a column by their keys, each as it comes first, and in which line. */
export type Names = ReadonlyMap<string, { name: string; line: number }>

/** The analysts of a table: the one who was named, or those of a column. */
export async function analystsOf(
  db: Database,
  request: AnalystRequest | null,
  names: Names,
  report: Report,
): Promise<AnalystOf> {
  if (request !== null) {
    const analyst = await analystNamed(db, request)
    return () => analyst
  }
  const analysts = new Map<string, Analyst>()
  const ids = new Set<string>()
  for (const [key, { name, line }] of names) {
    const problem = personName().safeParse(name).error?.issues[0]?.message
    if (problem !== undefined) {
      report({ line }, 'table_value', `the name of the analyst ${problem}`, 'Give the name of a person.')
      break
    }
    const analyst = await analystNamed(db, { name }, ids)
    ids.add(analyst.id)
    analysts.set(key, analyst)
  }
  return (name) => analysts.get(nameKey(name ?? '')) as Analyst
}

async function analystNamed(
  db: Database,
  request: AnalystRequest,
  others: ReadonlySet<string> = new Set(),
): Promise<Analyst> {
  const { id, name } = request
  const [held, ...more] = meant(request, await findAnalystsByName(db, [nameKey(name)]))
  if (more.length > 0)
    throw new LedgerError(
      'similar',
      `${name} may be ${[held, ...more].map((one) => one?.record.id).join(' or ')}.`,
      [{ pointer: '/distinct_from', message: 'must say which of them it is not' }],
      { similar: [held, ...more].flatMap((one) => (one === undefined ? [] : [one.record])) },
    )
  if (held !== undefined) return held.record
  if (id !== undefined) return { ...request, id }
  const problem = unwritable(name)
  if (problem !== null) throw invalid('/analyst_id', `is needed: the id of ${name} ${problem}`)
  const ids = slugCandidates('analyst', name, 'of-a-table')
  const taken = await takenIds(db, ['analyst'], ids)
  return { ...request, id: ids.find((one) => !taken.has(one) && !others.has(one)) as string }
}

/** The source at an address that the ledger does not hold; when it was published, its rows say. */
export async function newSource(
  db: Database,
  { title, url }: { title: string; url: string },
  accessed: string,
): Promise<Source> {
  const ids = slugCandidates('table', title, 'of-forecasts')
  const taken = await takenIds(db, ['source'], ids)
  const id = ids.find((one) => !taken.has(one)) as string
  return { id, type: 'dataset', title, url, published: '', accessed, coverage: 'complete' }
}

/** The source of an address, later where the table has grown; everything else of it stays. */
export const grown = (held: Source, day: string, accessed: string): Source =>
  held.type === 'dataset' && typeof held.published === 'string' && day > held.published
    ? { ...held, published: day, accessed }
    : held
