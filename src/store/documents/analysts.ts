import { type AnalystSummary, type Standing, standingOf } from '../../scoring/analysts.ts'
import type { Database } from '../database.ts'
import { currentRulings, keptPairs } from '../pairs.ts'
import { ask, together } from '../query.ts'
import { keptSummaries, summarise } from '../summaries.ts'

/** What is said over all analysts, by name, and how much each said in all. */
export type AnalystsDocument = Standing & { logged: ReadonlyMap<string, number> }

/** What is not kept, or no longer holds, is made on the spot. */
export async function readAnalysts(db: Database, now: Date): Promise<AnalystsDocument> {
  const { people, pairs } = await ask(db, together({ people: keptSummaries(now), pairs: keptPairs(now) }))
  const made = await summarise(
    db,
    people.filter(({ summary }) => summary === null),
    now,
  )
  const fresh = new Map(made.map((one) => [one.summary.id, one]))
  const rulings = await currentRulings(db, pairs, now, fresh)
  const summaries = people.map(({ id, summary }) => summary ?? (fresh.get(id)?.summary as AnalystSummary))
  return {
    ...standingOf(summaries, rulings),
    logged: new Map(people.map(({ id, forecasts }) => [id, forecasts])),
  }
}
