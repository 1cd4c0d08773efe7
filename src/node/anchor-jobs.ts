import type { Config } from '../config.ts'
import { runAnchor } from '../jobs/anchor/anchor.ts'
import type { Job } from '../jobs/timetable.ts'
import { namedBy, partiesNamed } from './anchor-parties.ts'
import { exchange } from './exchange.ts'

/** The job that shows checkpoints to those whom the settings name; none where they name nobody. Throws `Misuse`. */
export function anchorJobs(config: Config): Job[] {
  const asked = partiesNamed(namedBy(config))
  if (asked === null) return []
  return [
    {
      name: 'anchor',
      cron: '*/5 * * * *',
      run: (ledger, now) => runAnchor(ledger, now, asked, exchange),
    },
  ]
}
