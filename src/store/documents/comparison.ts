import type { Analyst } from '../../core/analyst.ts'
import { type Comparison, compare } from '../../scoring/comparison.ts'
import type { ForecastUnit } from '../../scoring/forecast-unit.ts'
import type { Database } from '../database.ts'
import { pageOfAnalysts } from '../nouns.ts'
import { currentRulings, keptPairs } from '../pairs.ts'
import { ask, mapped, type Query, query, together } from '../query.ts'
import { parsed } from '../row.ts'
import { toUnits, unitRows } from '../units.ts'

/** Those of some analysts that there are, by id, with all that they forecast. */
type Held = ReadonlyMap<string, Analyst & { units: ForecastUnit[] }>

function held(ids: readonly string[], now: Date): Query<Held> {
  const among = '(SELECT value FROM json_each(:ids))'
  const args = { ids: JSON.stringify(ids) }
  const read = together({
    analysts: query({ sql: `SELECT record FROM analyst WHERE id IN ${among}`, args }, (rows) =>
      rows.map((row) => parsed<Analyst>(row.record)),
    ),
    units: query(unitRows(`forecast.analyst IN ${among}`, args), (rows) => toUnits(rows, now)),
  })
  return mapped(read, ({ analysts, units }) => {
    const own = (id: string) => units.flatMap(({ analyst, unit }) => (analyst === id ? [unit] : []))
    return new Map(analysts.map((analyst) => [analyst.id, { ...analyst, units: own(analyst.id) }]))
  })
}

/** Two analysts on the questions that both were asked, by the pairs of the ledger; null where one does not exist. */
async function comparisonOf(
  db: Database,
  analysts: Held,
  kept: Parameters<typeof currentRulings>[1],
  ids: readonly string[],
  now: Date,
): Promise<Comparison | null> {
  const [a, b] = ids.map((id) => analysts.get(id))
  if (a === undefined || b === undefined) return null
  return compare(a, b, now, await currentRulings(db, kept, now))
}

const parts = (ids: readonly string[], now: Date) => ({ analysts: held(ids, now), kept: keptPairs(now) })

export async function readComparison(
  db: Database,
  a: string,
  b: string,
  now: Date,
): Promise<Comparison | null> {
  const { analysts, kept } = await ask(db, together(parts([a, b], now)))
  return comparisonOf(db, analysts, kept, [a, b], now)
}

/** The same for the page, with those who stand in its menus; `ids` are two, or none. */
export async function readComparePage(db: Database, ids: readonly string[], now: Date, most: number) {
  const { analysts, kept, people } = await ask(
    db,
    together({ ...parts(ids, now), people: pageOfAnalysts({}, { limit: most }) }),
  )
  return { analysts, comparison: await comparisonOf(db, analysts, kept, ids, now), people }
}
