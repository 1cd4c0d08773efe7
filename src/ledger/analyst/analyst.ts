import { type Analyst, type AnalystRequest, meant } from '../../core/analyst.ts'
import { invalid, LedgerError } from '../../core/error.ts'
import { unwritable } from '../../core/slug.ts'
import { type Held, takenIds } from '../../store/lookups.ts'
import { nameTaken } from '../decide/person.ts'
import type { Ledger } from '../ledger.ts'
import { freeId, idClaim } from '../naming.ts'

/** A record that a request refers to: by its id, or as a whole one that comes with it. */
export type Referred<T> = { id: string; made: { record: T; sought?: true }[] }

/** An analyst by id, or by name: an inline one is matched by folded name or alias (`found`), else made. */
export async function analystFrom(
  ledger: Ledger,
  analyst: string | AnalystRequest,
  found: readonly Held<Analyst>[],
  isClaimed: (claim: string) => boolean,
): Promise<Referred<Analyst>> {
  if (typeof analyst === 'string') return { id: analyst, made: [] }
  const [held, ...others] = meant(analyst, found).map(({ record }) => record)
  if (others.length > 0)
    throw invalid(
      '/analyst',
      `these names belong to ${[held, ...others].map((one) => one?.id).join(' and ')}`,
      'conflict',
    )
  if (held !== undefined) {
    if (analyst.id !== undefined && analyst.id !== held.id) throw nameTaken(held, false)
    return { id: held.id, made: [] }
  }
  const record = await newAnalyst(ledger, analyst, isClaimed, '/analyst')
  return { id: record.id, made: [{ record, sought: true }] }
}

/** A new analyst, under the id that is asked for or a free one; `at` is where it stands in the request. */
export const newAnalyst = async (
  ledger: Ledger,
  request: AnalystRequest,
  isClaimed: (claim: string) => boolean,
  at = '',
): Promise<Analyst> => ({ ...request, id: await idOf(ledger, request, isClaimed, at) })

async function idOf(
  ledger: Ledger,
  { id, name }: AnalystRequest,
  isClaimed: (claim: string) => boolean,
  at: string,
): Promise<string> {
  if (id === undefined) {
    const problem = unwritable(name)
    if (problem !== null) throw invalid(`${at}/id`, problem)
    return freeId(ledger, 'analyst', name, isClaimed)
  }
  const isTaken = isClaimed(idClaim('analyst', id)) || (await takenIds(ledger.db, ['analyst'], [id])).has(id)
  if (isTaken)
    throw new LedgerError(
      'duplicate',
      `The id ${id} belongs to an analyst who is recorded already.`,
      [{ pointer: `${at}/id`, message: 'belongs to an analyst who is recorded already' }],
      { existing: { analyst: id } },
    )
  return id
}
