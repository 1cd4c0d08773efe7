import type { Config } from '../config.ts'
import { WAYBACK } from '../core/archive.ts'
import { pageText } from '../interchange/page-text.ts'
import { archiveJob } from '../jobs/archive.ts'
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
export const archiveJobs = ({ RECKONING_ARCHIVE: mode }: Config): Job[] =>
  mode === 'off' ? [] : [archiveJob(archivingOnNode(mode))]
