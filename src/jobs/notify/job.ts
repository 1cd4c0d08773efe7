import type { Ledger } from '../../ledger/ledger.ts'
import type { Job } from '../timetable.ts'
import { runNotify } from './notify.ts'
import type { Outlets } from './outlets.ts'

/** The job that tells people and programs what happened; each entry has its own ways out. */
export const notifyJob = (outlets: Omit<Outlets, 'now'>): Job => ({
  name: 'notify',
  cron: '* * * * *',
  run: (ledger: Ledger) => runNotify(ledger, { ...outlets, now: ledger.clock.now }),
})
