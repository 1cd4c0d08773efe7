/** All that reads tables: what a Worker has of it. */
export { readForecasts, recordsOf } from './forecast-table.ts'
export { outcomeIn } from './table-cells.ts'
export { FORECASTER } from './table-columns.ts'
export { mappingText, readMapping } from './table-mapping.ts'
export { readTable } from './table-rows.ts'
