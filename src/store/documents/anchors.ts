import { attestors } from '../anchors.ts'
import type { Database } from '../database.ts'
import { FROM, PROVEN_SQL } from '../forecast-filter.ts'
import { ask, mapped, query, together } from '../query.ts'

/** Who outside attests the log, since when and what last, and how many forecasts are proven by it. */
export const anchorsShown = mapped(
  together({
    parties: attestors,
    counts: query(
      {
        sql: `SELECT (SELECT count(*) FROM forecast WHERE retraction IS NULL) AS forecasts,
          (SELECT count(*) ${FROM} WHERE retraction IS NULL AND ${PROVEN_SQL}) AS proven`,
      },
      ([row]) => ({ forecasts: Number(row?.forecasts ?? 0), proven: Number(row?.proven ?? 0) }),
    ),
  }),
  ({ parties, counts }) => ({ parties, ...counts }),
)

/** The same, for whoever shows the log. */
export const readAnchors = (db: Database) => ask(db, anchorsShown)
export type Attested = Awaited<ReturnType<typeof readAnchors>>
