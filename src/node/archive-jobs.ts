import type { Config } from '../config.ts'
import { WAYBACK } from '../core/archive.ts'
import { pageText } from '../interchange/page-text.ts'
import { runArchive } from '../jobs/archive.ts'
import type { Job } from '../jobs/timetable.ts'
import { fetchPage } from './page-fetch.ts'

/** Through the guard, as everything that is fetched on Node. */
export const archivingOnNode = (mode: 'lookup' | 'save') => ({
  mode,
  archive: WAYBACK,
  fetchPage: (url: string) => fetchPage(url),
  textOf: pageText,
})

/** The job that looks for sources in an archive; none where the settings do not ask for it. */
export function archiveJobs({ RECKONING_ARCHIVE: mode }: Config): Job[] {
  if (mode === 'off') return []
  return [
    {
      name: 'archive',
      cron: '*/5 * * * *',
      run: (ledger, now) => runArchive(ledger, now, archivingOnNode(mode)),
    },
  ]
}
