import type { Database } from '../database.ts'
import { type ForecastItem, items } from '../forecasts.ts'
import { horizonOf } from '../horizon.ts'
import { toResolution } from '../lookups.ts'
import { totals } from '../nouns.ts'
import { passagesOf } from '../passages.ts'
import { ask, query, together } from '../query.ts'
import { kept, standing } from './analysts.ts'

/** Of fewer claims than this nothing is said over all. */
export const ENOUGH_DECIDED = 20
const JUST_DECIDED = 6
/** A strip of fewer passages shows nothing. */
export const LEAST_PASSAGES = 5

/** The last source read from end to end that says enough, and of which something is decided, as SQL. */
const ONE_INTERVIEW = `(SELECT id FROM source WHERE record ->> '$.coverage' = 'complete'
  AND (SELECT count(*) FROM statement WHERE statement.source = source.id) >= ${LEAST_PASSAGES}
  AND EXISTS (SELECT 1 FROM forecast JOIN question ON question.id = forecast.question
    WHERE forecast.source = source.id AND forecast.retraction IS NULL AND question.outcome IS NOT NULL)
  ORDER BY seq DESC LIMIT 1)`

/** The last claim that was decided and could have gone otherwise, or else the last of all, as SQL. */
const EXAMPLE = `coalesce(${[
  "AND question.outcome IN ('\"yes\"', '\"no\"') AND question.record ->> '$.low_information' IS NULL",
  '',
]
  .map(
    (more) => `(SELECT forecast.id FROM forecast JOIN question ON question.id = forecast.question
      JOIN statement ON statement.id = forecast.id
      WHERE forecast.retraction IS NULL AND statement.record ->> '$.voice' = 'quote' ${more}
      ORDER BY forecast.seq DESC LIMIT 1)`,
  )
  .join(', ')})`

/** What surprised most as far as it is kept, as SQL: so that it need not be asked for when all is known. */
const LIKELY = (['happened', 'did_not'] as const)
  .map(
    (which) => `SELECT id FROM (SELECT summary ->> '$.surprises.${which}.forecast' AS id FROM analyst_summary
      WHERE id IS NOT NULL ORDER BY summary ->> '$.surprises.${which}.probability' ${which === 'happened' ? 'ASC' : 'DESC'},
        summary ->> '$.surprises.${which}.said_on' DESC, id LIMIT 3)`,
  )
  .join(' UNION ')

/** What was decided last: of each question the claim that was made first. */
const justDecided = (now: Date) => {
  const inForce = (columns: string) =>
    `SELECT ${columns} FROM resolution WHERE confirmed_at IS NOT NULL AND superseded_by IS NULL`
  return items(
    `WHERE forecast.id IN (
      SELECT (SELECT id FROM forecast AS said WHERE said.question = last.question AND retraction IS NULL
        ORDER BY said_to, seq LIMIT 1)
      FROM (${inForce('question')} AND EXISTS (SELECT 1 FROM forecast WHERE forecast.question = resolution.question AND retraction IS NULL)
        ORDER BY confirmed_at DESC, seq DESC LIMIT ${JUST_DECIDED}) AS last)
    ORDER BY (${inForce('confirmed_at')} AND resolution.question = question.id) DESC, forecast.seq DESC`,
    {},
    now,
  )
}

/** The record so far, as the front page tells it. */
export async function readFront(db: Database, now: Date) {
  const { people, pairs, ...read } = await ask(
    db,
    together({
      ...kept(now),
      totals,
      horizon: horizonOf(now),
      decided: justDecided(now),
      interview: passagesOf(ONE_INTERVIEW, {}, now),
      likely: items(`WHERE forecast.id IN (${LIKELY})`, {}, now),
      example: items(`WHERE forecast.id = ${EXAMPLE}`, {}, now),
      resolutions: query(
        {
          sql: `SELECT * FROM resolution WHERE confirmed_at IS NOT NULL AND superseded_by IS NULL
            AND question = (SELECT question FROM forecast WHERE id = ${EXAMPLE})`,
        },
        (rows) => rows.map(toResolution),
      ),
    }),
  )
  const all = await standing(db, { people, pairs }, now)
  const named = all.whole.surprises?.map(({ forecast }) => forecast) ?? []
  const { example, resolutions, likely, ...rest } = read
  const surprises = await itemsOf(db, named, likely, now)
  return {
    ...rest,
    all,
    isEnough: all.whole.n >= ENOUGH_DECIDED,
    surprises,
    example: example[0] === undefined ? null : { item: example[0], resolution: resolutions[0] ?? null },
  }
}
export type FrontDocument = Awaited<ReturnType<typeof readFront>>

/** These forecasts in this order; only what was not read along is asked for. */
async function itemsOf(db: Database, ids: readonly string[], read: readonly ForecastItem[], now: Date) {
  const idOf = ({ forecast }: ForecastItem) => forecast.record.id
  const held = new Map(read.map((item) => [idOf(item), item]))
  const missing = ids.filter((id) => !held.has(id))
  const args = { ids: JSON.stringify(missing) }
  const more =
    missing.length === 0
      ? []
      : await ask(db, items('WHERE forecast.id IN (SELECT value FROM json_each(:ids))', args, now))
  for (const item of more) held.set(idOf(item), item)
  return ids.map((id) => held.get(id) as ForecastItem)
}
