import { lastEntry, momentQuery } from '../append.ts'
import type { Database } from '../database.ts'
import { countDue } from '../due.ts'
import { ask, type Query, together } from '../query.ts'

/** The head of a database that is far away, with what every page says of it beside: one trip less for each of them. */
export async function readFarHead(db: Database, at: Date) {
  const { head, questions } = await ask(db, together({ head: momentQuery, questions: countDue(at) }))
  return { ...head, due: { at: at.toISOString(), questions } }
}

/** What stands around every page: who looks at it, the last entry of the log, and how many questions are due. */
export const readFrame = <V>(db: Database, viewer: Query<V>, now: Date) =>
  ask(db, together({ viewer, head: lastEntry, due: countDue(now) }))
