import { lastEntry } from '../append.ts'
import type { Database } from '../database.ts'
import { countDue } from '../due.ts'
import { ask, type Query, together } from '../query.ts'

/** What stands around every page: who looks at it, the last entry of the log, and how many questions are due. */
export const readFrame = <V>(db: Database, viewer: Query<V>, now: Date) =>
  ask(db, together({ viewer, head: lastEntry, due: countDue(now) }))
