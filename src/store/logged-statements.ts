import type { Logging } from '../scoring/counts.ts'
import type { Row } from './database.ts'

/** Of some statements, how many there are of each kind and in how many sources; and of those read to the end, what is no forecast. */
export type LoggedStatements = { logging: Logging; complete: { untestable: number; duplicates: number } }

const COMPLETE = `(SELECT record ->> '$.coverage' FROM source WHERE source.id = statement.source) = 'complete'`

export const LOGGED = `count(*) AS statements,
  count(*) FILTER (WHERE kind = 'untestable') AS untestable,
  count(*) FILTER (WHERE kind = 'duplicate') AS duplicates, count(DISTINCT source) AS sources,
  count(DISTINCT CASE WHEN ${COMPLETE} THEN source END) AS complete,
  count(*) FILTER (WHERE kind = 'untestable' AND ${COMPLETE}) AS complete_untestable,
  count(*) FILTER (WHERE kind = 'duplicate' AND ${COMPLETE}) AS complete_duplicates`

export const toLogged = (row: Row = {}): LoggedStatements => ({
  logging: {
    statements: Number(row.statements ?? 0),
    untestable: Number(row.untestable ?? 0),
    duplicates: Number(row.duplicates ?? 0),
    sources: Number(row.sources ?? 0),
    complete: Number(row.complete ?? 0),
  },
  complete: {
    untestable: Number(row.complete_untestable ?? 0),
    duplicates: Number(row.complete_duplicates ?? 0),
  },
})
