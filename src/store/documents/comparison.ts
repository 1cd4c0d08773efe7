import type { Analyst } from '../../core/analyst.ts'
import { type Comparison, compare } from '../../scoring/comparison.ts'
import type { Database } from '../database.ts'
import { pageOfAnalysts } from '../nouns.ts'
import { ask, mapped, type Query, query, together } from '../query.ts'
import { parsed } from '../row.ts'
import { toUnits, unitRows } from '../units.ts'

/** Those of some analysts that there are, by id, and two of them on the questions that both were asked. */
type Compared = { analysts: ReadonlyMap<string, Analyst>; comparison: Comparison | null }

function compared(ids: readonly string[], now: Date): Query<Compared> {
  const among = '(SELECT value FROM json_each(:ids))'
  const args = { ids: JSON.stringify(ids) }
  const parts = together({
    analysts: query({ sql: `SELECT record FROM analyst WHERE id IN ${among}`, args }, (rows) =>
      rows.map((row) => parsed<Analyst>(row.record)),
    ),
    units: query(unitRows(`forecast.analyst IN ${among}`, args), (rows) => toUnits(rows, now)),
  })
  return mapped(parts, ({ analysts: found, units }) => {
    const analysts = new Map(found.map((analyst) => [analyst.id, analyst]))
    const [a, b] = ids.map((id) => analysts.get(id))
    const side = ({ id, name }: Analyst) => ({
      name,
      units: units.flatMap(({ analyst, unit }) => (analyst === id ? [unit] : [])),
    })
    return {
      analysts,
      comparison: a === undefined || b === undefined ? null : compare(side(a), side(b), now),
    }
  })
}

/** Two analysts on the questions that both were asked; null when one of them does not exist. */
export const readComparison = async (db: Database, a: string, b: string, now: Date) =>
  (await ask(db, compared([a, b], now))).comparison

/** The same for the page, with those who stand in its menus; `ids` are two, or none. */
export const readComparePage = (db: Database, ids: readonly string[], now: Date, most: number) =>
  ask(db, together({ compared: compared(ids, now), people: pageOfAnalysts({}, { limit: most }) }))
