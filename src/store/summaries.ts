import { startOfDay } from '../core/calendar.ts'
import type { Resolution } from '../core/resolution.ts'
import { type AnalystSummary, type Summarised, summarised } from '../scoring/analysts.ts'
import type { Answer } from '../scoring/answer.ts'
import type { ForecastUnit } from '../scoring/forecast-unit.ts'
import type { Database, Row, Statement, Value } from './database.ts'
import { LOGGED, toLogged } from './logged-statements.ts'
import { type Query, query } from './query.ts'
import { type Decided, toUnits, unitRows } from './units.ts'

/** Raise this whenever a summary, or what is kept of the answers, is computed otherwise. */
export const SUMMARY_VERSION = 8
/** So many forecasts are read before others get their turn; an analyst with more is read alone. */
const AT_ONCE = 500

/** Whose summary it is, and how many forecasts it is made from. */
type Person = { id: string; name: string; forecasts: number }

const PERSON = `analyst.id, analyst.record ->> '$.name' AS name,
  (SELECT count(*) FROM forecast WHERE forecast.analyst = analyst.id) AS forecasts`

const toPerson = ({ id, name, forecasts }: Row): Person => ({
  id: String(id),
  name: String(name),
  forecasts: Number(forecasts),
})

const VALID = `summary.seq = analyst.changed AND summary.version = :version
  AND (summary.valid_until IS NULL OR summary.valid_until > :now)`
const at = (now: Date) => ({ version: BigInt(SUMMARY_VERSION), now: now.toISOString() })

/** Everybody by name, each with the kept summary while nothing has touched them since, and no deadline of a question that was decided early has passed. */
export type KeptSummary = Person & { summary: AnalystSummary | null }

export const keptSummaries = (now: Date): Query<KeptSummary[]> =>
  query(
    {
      sql: `SELECT ${PERSON}, CASE WHEN ${VALID} THEN summary.summary END AS summary
        FROM analyst LEFT JOIN analyst_summary AS summary ON summary.analyst = analyst.id
        ORDER BY sort_key, id`,
      args: at(now),
    },
    (rows) =>
      rows.map((row) => ({
        ...toPerson(row),
        summary: row.summary === null ? null : (JSON.parse(String(row.summary)) as AnalystSummary),
      })),
  )

/** Somebody's answers, and the instant from which they would be others; null where they have to be made. */
export type KeptAnswers = Person & { kept: { answers: Answer[]; valid_until: string | null } | null }

export const keptAnswers = (
  now: Date,
  { sql, args }: { sql: string; args: Record<string, Value> },
): Query<KeptAnswers[]> =>
  query(
    {
      sql: `SELECT ${PERSON}, valid_until, CASE WHEN ${VALID} THEN summary.answers END AS answers
        FROM analyst LEFT JOIN analyst_summary AS summary ON summary.analyst = analyst.id
        WHERE ${sql} ORDER BY analyst.id`,
      args: { ...at(now), ...args },
    },
    (rows) =>
      rows.map((row) => ({
        ...toPerson(row),
        kept:
          row.answers === null
            ? null
            : {
                answers: JSON.parse(String(row.answers)) as Answer[],
                valid_until: row.valid_until === null ? null : String(row.valid_until),
              },
      })),
  )

/** What is made of somebody's forecasts, and the instant from which a deadline that then has passed would change it. */
export type Made = Summarised & { valid_until: string | null }

export async function summarise(db: Database, analysts: readonly Person[], now: Date): Promise<Made[]> {
  const made: Made[] = []
  for (const some of portions(analysts)) {
    const args = { analysts: JSON.stringify(some.map(({ id }) => id)) }
    made.push(...summariesOf(some, await db.readAll(rowsOf(args)), now))
  }
  return made
}

const AMONG = 'IN (SELECT value FROM json_each(:analysts))'

/** What summaries are made of: the units of some analysts, and how much they said besides. */
const rowsOf = (args: { analysts: string }): Statement[] => [
  unitRows(`forecast.analyst ${AMONG}`, args),
  { sql: `SELECT analyst, ${LOGGED} FROM statement WHERE analyst ${AMONG} GROUP BY analyst`, args },
]

function summariesOf(
  analysts: readonly Pick<Person, 'id' | 'name'>[],
  [forecasts = [], statements = []]: readonly Row[][],
  now: Date,
  decided?: Decided,
): Made[] {
  const units = new Map<string, ForecastUnit[]>(analysts.map(({ id }) => [id, []]))
  for (const { analyst, unit } of toUnits(forecasts, now, decided)) units.get(analyst)?.push(unit)
  const logged = new Map(statements.map((row) => [String(row.analyst), toLogged(row)]))
  return analysts.map(({ id, name }) => {
    const own = units.get(id) ?? []
    const ahead = own
      .filter((unit) => unit.state === 'resolved' && unit.deadline_end > now)
      .map((unit) => unit.deadline_end.toISOString())
      .sort()
    const subject = { id, name, units: own, ...(logged.get(id) ?? toLogged()) }
    return { ...summarised(subject, now), valid_until: ahead[0] ?? null }
  })
}

function portions(all: readonly Person[]): Person[][] {
  const made: Person[][] = []
  let forecasts = Number.POSITIVE_INFINITY
  for (const one of all) {
    if (forecasts + one.forecasts > AT_ONCE) {
      made.push([])
      forecasts = 0
    }
    made.at(-1)?.push(one)
    forecasts += one.forecasts
  }
  return made
}

/** Keeps a summary; `seq` is SQL for the entry after which it holds. A later one is never overwritten. */
const keep = (
  { summary, answers, valid_until }: Made,
  seq: string,
  where: { sql: string; args: Record<string, Value> } = ALWAYS,
): Statement => ({
  sql: `INSERT INTO analyst_summary (analyst, seq, version, valid_until, summary, answers)
    SELECT :analyst, ${seq}, :version, :valid_until, :summary, :answers WHERE ${where.sql}
    ON CONFLICT (analyst) DO UPDATE SET seq = excluded.seq, version = excluded.version,
      valid_until = excluded.valid_until, summary = excluded.summary, answers = excluded.answers
    WHERE excluded.seq >= analyst_summary.seq`,
  args: {
    analyst: summary.id,
    version: BigInt(SUMMARY_VERSION),
    valid_until,
    summary: JSON.stringify(summary),
    answers: JSON.stringify(answers),
    ...where.args,
  },
})

const ALWAYS = { sql: 'true', args: {} }
const MOST_BESIDE = 20

/**
 * What belongs in the batch that confirms an outcome: the summaries of those who forecast it, as they will be.
 * `seq` is SQL for the confirming entry. Where anything else was appended since this was read, also in the same
 * batch, nothing is kept, and the summary is computed on the spot until the clock keeps it.
 */
export async function summariesBeside(
  db: Database,
  { question, outcome, known_on, time_zone, annulled_because }: Resolution,
  seq: string,
  now: Date,
): Promise<Statement[]> {
  const people = await db.read({
    sql: `SELECT id, record ->> '$.name' AS name, (SELECT max(seq) FROM entry) AS head FROM analyst
      WHERE id IN (SELECT analyst FROM forecast WHERE question = :question) LIMIT ${MOST_BESIDE + 1}`,
    args: { question },
  })
  // Beyond that many the clock brings the summaries up to date: a confirmation stays quick.
  if (people.length > MOST_BESIDE) return []
  const analysts = people.map((row) => ({ id: String(row.id), name: String(row.name) }))
  const unmoved = { sql: ':seq0 - 1 = :head', args: { head: BigInt(Number(people[0]?.head ?? -1)) } }
  const rows = await db.readAll(rowsOf({ analysts: JSON.stringify(analysts.map(({ id }) => id)) }))
  // What was logged live depends on what was decided, too: the units are those that will be.
  const made = summariesOf(analysts, rows, now, {
    question,
    outcome,
    known_on,
    known_from: startOfDay(known_on, time_zone).toISOString(),
    annulled_because: annulled_because ?? null,
  })
  return made.map((one) => keep(one, seq, unmoved))
}

/** Brings up to `limit` summaries that are out of date up to date; answers how many there were. */
export async function refreshSummaries(db: Database, now: Date, limit: number): Promise<number> {
  const rows = await db.read({
    sql: `SELECT ${PERSON}, analyst.changed
      FROM analyst LEFT JOIN analyst_summary AS summary ON summary.analyst = analyst.id
      WHERE NOT coalesce(${VALID}, false) ORDER BY analyst.changed LIMIT :limit`,
    args: { ...at(now), limit: BigInt(limit) },
  })
  const changed = new Map(rows.map((row) => [String(row.id), Number(row.changed)]))
  const made = await summarise(db, rows.map(toPerson), now)
  if (made.length > 0) await db.write(made.map((one) => keep(one, String(changed.get(one.summary.id)))))
  return made.length
}

/** Of a summary that no deadline will change any more. */
const EVER = new Date('9999-12-31T00:00:00.000Z')
/** The last instant for which something was kept. */
export const lastInstant = (valid_until: string | null): Date =>
  valid_until === null ? EVER : new Date(Date.parse(valid_until) - 1)

/** The analysts whose kept summary would be shown and is not what their forecasts give. */
export async function falseSummaries(db: Database): Promise<string[]> {
  const claimed = await claimedSummaries(db)
  const wrong: string[] = []
  for (const claim of claimed) {
    if (await holds(db, claim)) continue
    // Where nothing keeps the moment still, it may have been replaced while it was computed.
    const [still] = await claimedSummaries(db, claim.analyst)
    if (still !== undefined && !(await holds(db, still))) wrong.push(claim.analyst)
  }
  return wrong
}

type Claim = {
  analyst: string
  changed: number | null
  seq: number
  valid_until: string | null
  summary: string
  answers: string
}

const decoder = new TextDecoder()

/** Those that are shown now, or would be by a later entry or program: only an outdated one claims nothing. */
async function claimedSummaries(db: Database, analyst?: string): Promise<Claim[]> {
  const rows = await db.read({
    sql: `SELECT CAST(summary.analyst AS BLOB) AS analyst, analyst.changed, summary.seq,
        CAST(valid_until AS BLOB) AS valid_until, CAST(summary AS BLOB) AS summary,
        CAST(answers AS BLOB) AS answers
      FROM analyst_summary AS summary LEFT JOIN analyst ON analyst.id = summary.analyst
      WHERE NOT (summary.seq < coalesce(analyst.changed, -1) OR version < :version)
        AND (:analyst IS NULL OR summary.analyst = :analyst)`,
    args: { version: BigInt(SUMMARY_VERSION), analyst: analyst ?? null },
  })
  const text = (blob: unknown) => decoder.decode(blob as ArrayBuffer)
  return rows.map((row) => ({
    analyst: text(row.analyst),
    changed: row.changed === null ? null : Number(row.changed),
    seq: Number(row.seq),
    valid_until: row.valid_until === null ? null : text(row.valid_until),
    summary: text(row.summary),
    answers: text(row.answers),
  }))
}

/** Computed again for the last instant for which it was kept: what holds until then is the same all the time. */
async function holds(db: Database, { analyst, changed, seq, valid_until, ...kept }: Claim): Promise<boolean> {
  const last = lastInstant(valid_until)
  if (changed !== seq || Number.isNaN(last.getTime())) return false
  const [person] = await db.read({
    sql: `SELECT ${PERSON} FROM analyst WHERE id = :analyst`,
    args: { analyst },
  })
  const [made] = person === undefined ? [] : await summarise(db, [toPerson(person)], last)
  return (
    made !== undefined &&
    made.valid_until === valid_until &&
    agree(made.summary, parsedOrNull(kept.summary)) &&
    agree(made.answers, parsedOrNull(kept.answers))
  )
}

/** What a text says, where it can be read. */
export function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const LAST_DIGITS = 1e-9

/** The same members and values; sums of another machine may differ in their last digits. */
export function agree(made: unknown, kept: unknown): boolean {
  if (typeof made === 'number' && typeof kept === 'number')
    return Math.abs(made - kept) <= LAST_DIGITS * Math.max(1, Math.abs(made))
  if (typeof made !== 'object' || made === null || typeof kept !== 'object' || kept === null)
    return made === kept
  const names = Object.keys(made)
  return (
    Array.isArray(made) === Array.isArray(kept) &&
    names.length === Object.keys(kept).length &&
    names.every((name) => agree(made[name as keyof typeof made], kept[name as keyof typeof kept]))
  )
}
