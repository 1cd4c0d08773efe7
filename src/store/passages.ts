import type { Source } from '../core/source.ts'
import type { StandingStatement } from '../core/statement.ts'
import type { Row, Value } from './database.ts'
import { type ForecastItem, items } from './forecasts.ts'
import { AS_READ, type Held, toHeld } from './lookups.ts'
import { mapped, type Query, query, together } from './query.ts'

/** A source and what was said in it, in order, with the forecasts among it. */
export type Passages = {
  source: Held<Source>
  statements: Held<StandingStatement>[]
  forecasts: ForecastItem[]
}

/** The passages of the source whose id this SQL gives; null where it gives none. */
export function passagesOf(id: string, args: Record<string, Value>, now: Date): Query<Passages | null> {
  const some = <T>(sql: string, read: (row: Row) => T): Query<T[]> =>
    query({ sql, args }, (rows) => rows.map(read))
  const parts = together({
    sources: some(`SELECT * FROM source WHERE id = ${id}`, toHeld<Source>),
    statements: some(`SELECT * FROM statement WHERE source = ${id} ${AS_READ}`, toHeld<StandingStatement>),
    forecasts: items(
      `WHERE forecast.id IN (SELECT id FROM statement WHERE source = ${id} ${AS_READ})`,
      args,
      now,
    ),
  })
  return mapped(parts, ({ sources: [source], ...rest }) =>
    source === undefined ? null : { source, ...rest },
  )
}
