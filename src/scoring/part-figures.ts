import { claimCounts } from './claims.ts'
import type { ClaimFigures } from './document.ts'
import { isBinary } from './figures.ts'
import type { ForecastUnit } from './forecast-unit.ts'
import { rowsOf } from './scored-row.ts'
import { scoredRows } from './track-record.ts'

/** What a table says of a part of a record, such as a topic: it counts, and tests nothing. */
export type PartFigures = {
  forecasts: number
  claims: Pick<ClaimFigures, 'n' | 'clusters' | 'came_true' | 'promised'>
}

export function partFigures(units: readonly ForecastUnit[], asOf: Date): PartFigures {
  const rows = rowsOf(units, asOf)
  return {
    forecasts: rows.filter(({ eligibility }) => eligibility.status !== 'retracted').length,
    claims: claimCounts(scoredRows(rows).filter(isBinary)),
  }
}
