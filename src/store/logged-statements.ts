import type { Logging } from '../scoring/counts.ts'
import type { Row } from './database.ts'

/** Of some statements, how many there are of each kind, and in how many sources: as SQL, and read. */
export const LOGGING = `count(*) AS statements,
  count(*) FILTER (WHERE kind = 'untestable') AS untestable,
  count(*) FILTER (WHERE kind = 'duplicate') AS duplicates, count(DISTINCT source) AS sources,
  count(DISTINCT CASE WHEN (SELECT record ->> '$.coverage' FROM source WHERE source.id = statement.source) = 'complete'
    THEN source END) AS complete`

export const toLogging = (row: Row = {}): Logging => ({
  statements: Number(row.statements ?? 0),
  untestable: Number(row.untestable ?? 0),
  duplicates: Number(row.duplicates ?? 0),
  sources: Number(row.sources ?? 0),
  complete: Number(row.complete ?? 0),
})
