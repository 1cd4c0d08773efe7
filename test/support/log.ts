import type { Ledger } from '../../src/ledger/ledger.ts'
import type { Guard, LogKeeper } from '../../src/ledger/log-keeper.ts'
import { parseSigningKey, type Signer, signingKey } from '../../src/log/note.ts'
import type { Database } from '../../src/store/database.ts'

export const LOG_NAME = 'reckoning.example/api/log'

/** A key that is the same in every run. */
export async function aKey(first = 1, name = LOG_NAME): Promise<Signer> {
  const seed = Uint8Array.from({ length: 32 }, (_, at) => (first + at) & 255)
  return (await parseSigningKey(await signingKey(name, seed))) as Signer
}

/** A guard that remembers what it is given. */
export function aGuard(): Guard & { held: string | null } {
  const guard = {
    name: 'ledger.db.checkpoint',
    held: null as string | null,
    read: async () => guard.held,
    keep: async (note: string | null) => {
      guard.held = note
    },
  }
  return guard
}

/** A keeper for a ledger of the tests, with keys of theirs. */
export const aKeeper = (
  db: Database,
  keys: readonly Signer[] | string,
  guard: Guard | null = null,
): LogKeeper => ({
  db,
  pause: async () => {},
  keys: async () => keys,
  guard,
  written: () => {},
  refusal: null,
  note: null,
})

/** The ledger with its log signed by one key. */
export async function signedBy(
  ledger: Ledger,
  guard: Guard | null = null,
): Promise<Ledger & { log: LogKeeper }> {
  return { ...ledger, log: aKeeper(ledger.db, [await aKey()], guard) }
}
