import type { Analyst, AnalystRequest } from '../../core/analyst.ts'
import { invalid } from '../../core/error.ts'
import type { Held } from '../../store/lookups.ts'
import type { Ledger } from '../ledger.ts'
import { freeId } from '../naming.ts'

/** A record that a request refers to: by its id, or as a whole one that comes with it. */
export type Referred<T> = { id: string; made: { record: T }[] }

/** An analyst by id, or by name: an inline one is matched by folded name or alias (`found`), else made. */
export async function analystFrom(
  ledger: Ledger,
  analyst: string | AnalystRequest,
  found: readonly Held<Analyst>[],
  isClaimed: (claim: string) => boolean,
): Promise<Referred<Analyst>> {
  if (typeof analyst === 'string') return { id: analyst, made: [] }
  const [held, ...others] = found.map(({ record }) => record.id)
  if (others.length > 0)
    throw invalid('/analyst', `these names belong to ${[held, ...others].join(' and ')}`, 'conflict')
  if (held !== undefined) return { id: held, made: [] }
  const record = await newAnalyst(ledger, analyst, isClaimed)
  return { id: record.id, made: [{ record }] }
}

/** A new analyst, under a free id. */
export const newAnalyst = async (
  ledger: Ledger,
  request: AnalystRequest,
  isClaimed: (claim: string) => boolean,
): Promise<Analyst> => ({ id: await freeId(ledger, 'analyst', request.name, isClaimed), ...request })
