/** All that reads files which others wrote: loaded when the first is imported. */
export { readForecasts, recordsOf } from './forecast-table.ts'
export { readFolder } from './predictions-file.ts'
export { readTable } from './table-rows.ts'
