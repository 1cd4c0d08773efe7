import { type Analyst, nameKeysOf, nearKeysOf } from '../core/analyst.ts'
import type { Database, Statement } from './database.ts'
import { parsed } from './lookups.ts'
import { refuseWhere } from './refusal.ts'

/** Whoever a new analyst might be: those of the same name or one like it; and which of the ids it names are known. */
export type Persons = { like: Analyst[]; known: ReadonlySet<string> }

export const NOBODY: Persons = { like: [], known: new Set() }

const MOST = 500

/** The analysts of a name like one of these, in one read. */
export async function readPersons(db: Database, analysts: readonly Analyst[]): Promise<Persons> {
  if (analysts.length === 0) return NOBODY
  const rows = await db.read({
    sql: `SELECT id, NULL AS record FROM analyst WHERE id IN (SELECT value FROM json_each(:others))
      UNION ALL
      SELECT id, record FROM (
        SELECT id, record FROM analyst WHERE id IN (
          SELECT analyst FROM analyst_name WHERE name_key IN (SELECT value FROM json_each(:names))
          UNION SELECT analyst FROM analyst_near WHERE near_key IN (SELECT value FROM json_each(:near)))
        ORDER BY seq LIMIT ${MOST})`,
    args: {
      others: JSON.stringify(analysts.flatMap(({ distinct_from = [] }) => distinct_from)),
      names: JSON.stringify(analysts.flatMap(nameKeysOf)),
      near: JSON.stringify(analysts.flatMap(nearKeysOf)),
    },
  })
  return {
    like: rows.filter(({ record }) => record !== null).map(({ record }) => parsed<Analyst>(record)),
    known: new Set(rows.filter(({ record }) => record === null).map(({ id }) => String(id))),
  }
}

/**
 * In the batch that records these: it is refused when somebody took one of their names meanwhile. No index does it: a
 * ledger from before the rule must still rebuild. `besides` are analysts of the same name who are somebody else.
 */
export const refuseNamesTaken = (analysts: readonly Analyst[], besides: readonly string[]): Statement[] =>
  analysts.length === 0
    ? []
    : [
        refuseWhere(
          `SELECT 1 FROM json_each(:made) AS made JOIN analyst_name ON name_key = made.value ->> 'key'
            WHERE analyst <> made.value ->> 'id' AND analyst NOT IN (SELECT value FROM json_each(:besides))`,
          {
            made: JSON.stringify(
              analysts.flatMap((analyst) => nameKeysOf(analyst).map((key) => ({ key, id: analyst.id }))),
            ),
            besides: JSON.stringify(besides),
          },
        ),
      ]
