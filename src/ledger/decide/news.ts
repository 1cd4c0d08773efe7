import { LedgerError } from '../../core/error.ts'
import { canonicalJson } from '../../log/canonical-json.ts'

/** Whether a file adds an act to what is held; another one than the held one is refused. */
export function isNews<T extends object>(said: T | null, held: object | null | undefined): said is T {
  if (said === null) return false
  if (held === null || held === undefined) return true
  const same = Object.entries(said).every(
    ([name, value]) => canonicalJson(value) === canonicalJson(held[name as never] ?? null),
  )
  if (!same) throw new LedgerError('frozen', 'is in the ledger already and differs from this file')
  return false
}
