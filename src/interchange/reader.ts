/** All that reads files which others wrote: loaded when the first is imported. */
export { readForecasts, recordsOf } from './forecast-table.ts'
export { readFolder } from './predictions-file.ts'
export { outcomeIn } from './table-cells.ts'
export { FORECASTER } from './table-columns.ts'
export { mappingText, readMapping } from './table-mapping.ts'
export { readTable } from './table-rows.ts'
