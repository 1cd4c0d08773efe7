import type { Analyst } from '../../core/analyst.ts'
import { type Comparison, compare, type Side } from '../../scoring/comparison.ts'
import type { ForecastUnit } from '../../scoring/forecast-unit.ts'
import { ROBOTS, robotOf, robotRulings, robotSide } from '../../scoring/robot.ts'
import type { Database } from '../database.ts'
import { pageOfAnalysts } from '../nouns.ts'
import { currentRulings, keptPairs } from '../pairs.ts'
import { ask, known, mapped, type Query, query, together } from '../query.ts'
import { parsed } from '../row.ts'
import { askedUnits, toUnits, unitRows } from '../units.ts'

/** Those of some analysts that there are, by id, with all that they forecast. */
type Held = ReadonlyMap<string, Analyst & { units: readonly ForecastUnit[] }>

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

/** Whoever of these is a rule, as if it were an analyst: it was asked what the other was, or all that it can answer. */
function withRobots(analysts: Held, ids: readonly string[], asked: readonly ForecastUnit[]): Held {
  const all = new Map(analysts)
  for (const id of ids) {
    const robot = robotOf(id)
    const other = analysts.get(ids.find((one) => one !== id) ?? '')
    if (robot !== undefined) all.set(id, robotSide(robot, other?.units ?? asked))
  }
  return all
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
  if (!ids.some(robotOf)) return compare(a, b, now, await currentRulings(db, kept, now))
  // Nobody knows when a rule spoke: what counts is that it was recorded in advance.
  const rulings = robotRulings(againstRules(a, b), now)
  return { ...compare(a, b, now, rulings), later_by: null, earlier: null }
}

/** Somebody, and every rule on the same questions: they are tested together. Two rules are tested by themselves. */
function againstRules(a: Side, b: Side): Side[] {
  const person = [a, b].find(({ id }) => robotOf(id) === undefined)
  return person === undefined ? [a, b] : [person, ...ROBOTS.map((robot) => robotSide(robot, person.units))]
}

const parts = (ids: readonly string[], now: Date) => ({
  found: held(ids, now),
  asked: ids.length > 0 && ids.every(robotOf) ? askedUnits(now) : known([]),
  kept: keptPairs(now),
})

export async function readComparison(
  db: Database,
  a: string,
  b: string,
  now: Date,
): Promise<Comparison | null> {
  const { found, asked, kept } = await ask(db, together(parts([a, b], now)))
  return comparisonOf(db, withRobots(found, [a, b], asked), kept, [a, b], now)
}

/** The same for the page, with those who stand in its menus; `ids` are two, or none. */
export async function readComparePage(db: Database, ids: readonly string[], now: Date, most: number) {
  const { found, asked, kept, people } = await ask(
    db,
    together({ ...parts(ids, now), people: pageOfAnalysts({}, { limit: most }) }),
  )
  const analysts = withRobots(found, ids, asked)
  return { analysts, comparison: await comparisonOf(db, analysts, kept, ids, now), people }
}
