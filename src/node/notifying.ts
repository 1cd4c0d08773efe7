import type { Config } from '../config.ts'
import { notifyJob } from '../jobs/notify/job.ts'
import type { Job } from '../jobs/timetable.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { coalesced } from '../ledger/log/integrate.ts'
import { outletsOf } from './outlets.ts'

const REST_MS = 1_000

/** The job that sends, and a way to have it run soon: somebody who asked for a link waits for it. */
export function notifying(
  ledger: Ledger,
  config: Config,
  failed: (error: unknown) => void,
): { job: Job; soon: () => void; settled: () => Promise<void> } {
  const job = notifyJob(outletsOf(config))
  const rest = () => new Promise<void>((resolve) => setTimeout(resolve, REST_MS).unref())
  const { ask, settled } = coalesced(() => job.run(ledger, ledger.clock.now()), rest, failed)
  return { job, soon: ask, settled }
}
