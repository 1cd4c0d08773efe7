import type { Draft } from '../../core/entry.ts'
import { LedgerError } from '../../core/error.ts'
import type { Statement } from '../../store/database.ts'
import type { Ledger, Unit } from '../ledger.ts'

/** One batch holds the database for itself, and travels in one request to a remote one: it has to end. */
export const BATCH = 5_000
/** What is longer is not one batch in any case, and goes in smaller ones, which take less memory. */
const OF_MANY = 2_000

/** Entries in batches of about 2,000. Where one fails, what was written before stands, and the error says how much. */
export async function writeInBatches(
  ledger: Ledger,
  unit: Unit,
  drafts: Iterable<Draft>,
  /** How many these are. */
  all: number,
  {
    until,
    spent = [],
    progress,
  }: {
    until?: Date | undefined
    /** What counts all of it against the day of the member, with the first batch. */
    spent?: readonly Statement[]
    progress?: ((done: number, of: number) => void) | undefined
  } = {},
): Promise<void> {
  let written = 0
  for (const entries of batchesOf(drafts)) {
    try {
      await ledger.writes.run(unit.now, async () => ({
        command: {
          entries,
          beside: written === 0 ? [...spent] : [],
          claims: [`import:${entries[0]?.stream}`],
          until,
        },
        answer: () => null,
      }))
    } catch (error) {
      throw written === 0 ? error : halfway(error, written, all)
    }
    written += entries.length
    progress?.(written, all)
  }
}

/** What follows on one stream stays together: a proposal would wait for ever for the confirmation of the next batch. */
function* batchesOf(drafts: Iterable<Draft>): Generator<Draft[]> {
  let batch: Draft[] = []
  for (const draft of drafts) {
    if (batch.length >= OF_MANY && draft.stream !== batch.at(-1)?.stream) {
      yield batch
      batch = []
    }
    batch.push(draft)
  }
  if (batch.length > 0) yield batch
}

function halfway(error: unknown, written: number, all: number): unknown {
  if (!(error instanceof Error)) return error
  const [stand, total] = [written, all].map((n) => n.toLocaleString('en'))
  const told = `${error.message} Before that, ${stand} of ${total} entries were written, and stand; importing the same again writes what is missing.`
  return error instanceof LedgerError
    ? new LedgerError(error.code, told, error.problems)
    : Object.assign(error, { message: told })
}
