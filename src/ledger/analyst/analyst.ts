import { type Analyst, type AnalystRequest, nameKeysOf } from '../../core/analyst.ts'
import type { Draft } from '../../core/entry.ts'
import { invalid, LedgerError } from '../../core/error.ts'
import { findAnalystsByName, type Held } from '../../store/lookups.ts'
import { draft } from '../draft.ts'
import { type Ledger, newId, type Unit } from '../ledger.ts'
import { freeId, idClaim } from '../naming.ts'

/** A record that a verb refers to: held already, or made by the entries that come with it. */
export type Referred<T> = { record: T; stream: string; entries: Draft[]; claims: string[] }

/** An analyst by id, or by name: an inline one is matched by folded name or alias (`found`), else recorded. */
export async function analystFrom(
  ledger: Ledger,
  unit: Unit,
  analyst: string | AnalystRequest,
  found: Held<Analyst>[],
  isClaimed: (claim: string) => boolean,
): Promise<Referred<Analyst>> {
  const held = found[0]
  if (found.length > 1)
    throw invalid(
      '/analyst',
      `these names belong to ${found.map(({ record }) => record.id).join(' and ')}`,
      'conflict',
    )
  if (held !== undefined) return { ...held, entries: [], claims: [] }
  if (typeof analyst === 'string') throw invalid('/analyst', `there is no analyst ${JSON.stringify(analyst)}`)
  return newAnalyst(ledger, unit, analyst, isClaimed)
}

/** A new analyst; refused with `duplicate` when somebody already answers to one of the names. */
export async function newAnalyst(
  ledger: Ledger,
  unit: Unit,
  request: AnalystRequest,
  isClaimed: (claim: string) => boolean,
): Promise<Referred<Analyst>> {
  const id = await freeId(ledger, 'analyst', request.name, isClaimed)
  const record: Analyst = { id, ...request }
  const stream = newId(ledger)
  return {
    record,
    stream,
    entries: [draft(unit, 'analyst.recorded', { stream, rev: 0 }, { record })],
    claims: [idClaim('analyst', id), ...nameKeysOf(record).map((key) => `name:${key}`)],
  }
}

export async function refuseKnownName(ledger: Ledger, request: AnalystRequest): Promise<void> {
  const [held] = await findAnalystsByName(ledger.db, nameKeysOf(request))
  if (held !== undefined)
    throw new LedgerError(
      'duplicate',
      `This name belongs to the analyst ${held.record.id}.`,
      [{ pointer: '/name', message: `belongs to ${held.record.id}` }],
      { existing: { analyst: held.record.id } },
    )
}
