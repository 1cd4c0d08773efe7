import type { Ledger } from '../ledger/ledger.ts'
import { runFlagDue } from './flag-due.ts'
import { runPrune } from './prune.ts'
import { runPublishCheckpoint } from './publish-checkpoint.ts'

/** A job does everything that is due by `now`: late, twice or in two places at once comes to the same. */
export type Job = {
  name: string
  /** Five fields, UTC. Never a day of the month together with a day of the week: node-cron intersects them. */
  cron: string
  /** What was done, for the log of the server; null where there is nothing to tell. */
  run: (ledger: Ledger, now: Date) => Promise<object | null>
}

/** What runs on the clock: by node-cron on Node, by the Cron Triggers of wrangler.toml on Workers. */
export const timetable: readonly Job[] = [
  { name: 'flag-due', cron: '*/5 * * * *', run: runFlagDue },
  { name: 'publish-checkpoint', cron: '* * * * *', run: runPublishCheckpoint },
  { name: 'prune', cron: '23 3 * * *', run: runPrune },
]

/** How node-cron is asked to keep it: in UTC (it loses hours where clocks change), and one run at a time. */
export const clock = { timezone: 'UTC', noOverlap: true } as const
