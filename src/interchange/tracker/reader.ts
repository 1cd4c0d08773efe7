import type { Unpacked } from '../archive.ts'

/** All that reads files which others wrote: loaded when the first is imported. */
export { forecastRows, forecastsOf } from '../forecast-table.ts'
export { readFolder } from '../predictions-file.ts'
export { chanceIn, outcomeIn } from '../table-cells.ts'
export { FORECASTER, OPTION } from '../table-columns.ts'
export { heldFile } from '../table-file.ts'
export { mappingText, readMapping } from '../table-mapping.ts'
export { recordsOf } from '../table-records.ts'
export { readTable } from '../table-rows.ts'
export { trackedIn } from './trackers.ts'

/** The files in a zip archive: what reads them is loaded with the first. */
export const unpack = async (archive: Uint8Array): Promise<Unpacked> =>
  (await import('../archive.ts')).filesIn(archive)
