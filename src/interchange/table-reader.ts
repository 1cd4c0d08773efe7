/** All that reads tables: what a Worker has of it. */
export { readForecasts, recordsOf } from './forecast-table.ts'
export { mappingText, readMapping } from './table-mapping.ts'
export { readTable } from './table-rows.ts'
