import type { Ledger } from '../ledger/ledger.ts'
import { machineMember, SCHEDULER } from '../ledger/members/membership.ts'
import { type Flagged, flagDue } from '../ledger/resolution/flag-due.ts'
import { refreshPairs } from '../store/pairs.ts'
import { refreshSummaries } from '../store/summaries.ts'

// A run that finds more leaves the rest to the next one.
const SUMMARIES_A_RUN = 500

/**
 * One run for everything that is due by now, in the name of the scheduler, and for the summaries and pairs that are
 * out of date. It never resolves anything.
 */
export async function runFlagDue(ledger: Ledger, now: Date): Promise<Flagged> {
  const flagged = await flagDue(ledger, { now, by: await machineMember(ledger, SCHEDULER) })
  const refreshed = await refreshSummaries(ledger.db, now, SUMMARIES_A_RUN)
  // Before every summary is up to date the pairs would be made of what is not kept.
  if (refreshed < SUMMARIES_A_RUN) await refreshPairs(ledger.db, now)
  return flagged
}
