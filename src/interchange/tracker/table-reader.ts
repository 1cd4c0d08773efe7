/** All that reads tables, those of other trackers with them: what a Worker has of it. */
export { readForecasts, recordsOf } from '../forecast-table.ts'
export { outcomeIn } from '../table-cells.ts'
export { FORECASTER } from '../table-columns.ts'
export { mappingText, readMapping } from '../table-mapping.ts'
export { readTable } from '../table-rows.ts'
export { trackedIn } from './trackers.ts'
