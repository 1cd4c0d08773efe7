import { type Analyst, likeness, nameKeysOf, nearKeysOf } from '../core/analyst.ts'
import { LONGEST_NAME } from '../core/text.ts'
import type { Database, Statement } from './database.ts'
import { ask, known, mapped, type Query, query } from './query.ts'
import { refuseWhere } from './refusal.ts'
import { parsed } from './row.ts'

/** Whoever a new analyst might be: those of the same name or one like it; and which of the ids it names are known. */
export type Persons = { like: Analyst[]; known: ReadonlySet<string> }

const NOBODY: Persons = { like: [], known: new Set() }

const MOST = 500
const MOST_OFFERED = 5

/** The analysts of a name like one of these. */
function personsOf(analysts: readonly Analyst[]): Query<Persons> {
  if (analysts.length === 0) return known(NOBODY)
  const asked = {
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
  }
  return query(asked, (rows) => ({
    like: rows.filter(({ record }) => record !== null).map(({ record }) => parsed<Analyst>(record)),
    known: new Set(rows.filter(({ record }) => record === null).map(({ id }) => String(id))),
  }))
}
export const readPersons = (db: Database, analysts: readonly Analyst[]) => ask(db, personsOf(analysts))

/** The analysts that are found by one of these keys of their names. */
export const personsNear = (keys: readonly string[]): Query<Analyst[]> =>
  keys.length === 0
    ? known([])
    : query(
        {
          sql: `SELECT record FROM analyst WHERE id IN (
              SELECT analyst FROM json_each(:keys) AS wanted CROSS JOIN analyst_near ON near_key = wanted.value)
            ORDER BY seq LIMIT ${MOST}`,
          args: { keys: JSON.stringify(keys) },
        },
        (rows) => rows.map(({ record }) => parsed<Analyst>(record)),
      )

/** Who speaks in a source, whoever forecast most first. */
export const speakersIn = (source: string): Query<Analyst[]> =>
  query(
    {
      sql: `SELECT analyst.record FROM analyst JOIN statement ON statement.analyst = analyst.id
        WHERE statement.source = :source GROUP BY analyst.id ORDER BY count(*) DESC, analyst.seq LIMIT ${MOST}`,
      args: { source },
    },
    (rows) => rows.map(({ record }) => parsed<Analyst>(record)),
  )

/** Whom a name means that is recorded, and who else it may mean: nobody where it is spelled as one of them is. */
export type Likely = { is: Analyst | null; may: Analyst[] }

export function likelyOf(name: string): Query<Likely> {
  const typed = { id: '', name: name.slice(0, LONGEST_NAME) }
  return mapped(personsOf([typed]), ({ like }) => {
    const by = (kind: ReturnType<typeof likeness>) => like.filter((held) => likeness(typed, held) === kind)
    const [exact] = by('spelling')
    if (exact !== undefined) return { is: exact, may: [] }
    const same = by('name')
    return same.length === 1
      ? { is: same[0] as Analyst, may: same }
      : { is: null, may: [...same, ...by('near')].slice(0, MOST_OFFERED) }
  })
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
