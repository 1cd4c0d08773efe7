import { type AnalystSummary, type Standing, standingOf } from '../../scoring/analysts.ts'
import { type WholeRecord, wholeRecord } from '../../scoring/whole-record.ts'
import type { Database } from '../database.ts'
import { pageOfAnalysts } from '../nouns.ts'
import { currentRulings, type KeptPairs, keptPairs } from '../pairs.ts'
import { ask, together } from '../query.ts'
import { type KeptSummary, keptSummaries, summarise } from '../summaries.ts'

/** What is said over all analysts, by name, how much each said in all, and the record of all together. */
export type AnalystsDocument = Standing & { logged: ReadonlyMap<string, number>; whole: WholeRecord }

type Kept = { people: KeptSummary[]; pairs: KeptPairs }
export const kept = (now: Date) => ({ people: keptSummaries(now), pairs: keptPairs(now) })

/** What is not kept, or no longer holds, is made on the spot. */
export async function standing(db: Database, { people, pairs }: Kept, now: Date): Promise<AnalystsDocument> {
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
    whole: wholeRecord(summaries),
    logged: new Map(people.map(({ id, forecasts }) => [id, forecasts])),
  }
}

export const readAnalysts = async (db: Database, now: Date): Promise<AnalystsDocument> =>
  standing(db, await ask(db, together(kept(now))), now)

/** The same, with a page of the list of all. */
export async function readAnalystsPage(db: Database, asked: Parameters<typeof pageOfAnalysts>, now: Date) {
  const { page, ...rest } = await ask(db, together({ page: pageOfAnalysts(...asked), ...kept(now) }))
  return { page, all: await standing(db, rest, now) }
}
