import type { Draft } from '../../core/entry.ts'
import { LedgerError } from '../../core/error.ts'
import type { Statement } from '../../store/database.ts'
import type { Ledger, Unit } from '../ledger.ts'

/** One batch holds the database for itself, and travels in one request to a remote one: it has to end. */
export const BATCH = 5_000

/** Entries in batches of about 5,000. Where one fails, what was written before stands, and the error says how much. */
export async function writeInBatches(
  ledger: Ledger,
  unit: Unit,
  drafts: readonly Draft[],
  until: Date | undefined,
  /** What counts all of it against the day of the member, with the first batch. */
  spent: readonly Statement[] = [],
): Promise<void> {
  for (let from = 0; from < drafts.length; ) {
    const to = endOfBatch(drafts, from)
    const entries = drafts.slice(from, to)
    try {
      await ledger.writes.run(unit.now, async () => ({
        command: {
          entries,
          beside: from === 0 ? [...spent] : [],
          claims: [`import:${entries[0]?.stream}`],
          until,
        },
        answer: () => null,
      }))
    } catch (error) {
      throw from === 0 ? error : halfway(error, from, drafts.length)
    }
    from = to
  }
}

/** What follows on one stream stays together: a proposal would wait for ever for the confirmation of the next batch. */
function endOfBatch(drafts: readonly Draft[], from: number): number {
  let to = Math.min(from + BATCH, drafts.length)
  while (to < drafts.length && drafts[to]?.stream === drafts[to - 1]?.stream) to++
  return to
}

function halfway(error: unknown, written: number, all: number): unknown {
  if (!(error instanceof Error)) return error
  const [stand, total] = [written, all].map((n) => n.toLocaleString('en'))
  const told = `${error.message} Before that, ${stand} of ${total} entries were written, and stand; importing the same again writes what is missing.`
  return error instanceof LedgerError
    ? new LedgerError(error.code, told, error.problems)
    : Object.assign(error, { message: told })
}
