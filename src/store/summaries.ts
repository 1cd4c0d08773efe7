import { startOfDay } from '../core/calendar.ts'
import type { Resolution } from '../core/resolution.ts'
import { type AnalystSummary, analystEstimates, analystSummary, type Estimates } from '../scoring/analysts.ts'
import type { ForecastUnit } from '../scoring/forecast-unit.ts'
import type { Database, Row, Statement, Value } from './database.ts'
import { toUnits, unitRows } from './units.ts'

/** Raise this whenever a summary is computed otherwise. */
const SUMMARY_VERSION = 2
/** So many forecasts are read before others get their turn; an analyst with more is read alone. */
const AT_ONCE = 500

/** One line an analyst, by name, with the estimates where they can be given, and how much each said in all. */
export type Summaries = {
  summaries: AnalystSummary[]
  estimates: Estimates | null
  logged: ReadonlyMap<string, number>
}

/**
 * The list of analysts. A kept summary counts while nothing has touched its analyst since, and no deadline of a
 * question that was decided early has passed; the others are computed on the spot.
 */
export async function readAnalystSummaries(db: Database, now: Date): Promise<Summaries> {
  const rows = await db.read({
    sql: `SELECT ${PERSON}, CASE WHEN ${VALID} THEN summary.summary END AS summary
      FROM analyst LEFT JOIN analyst_summary AS summary ON summary.analyst = analyst.id
      ORDER BY sort_key, id`,
    args: { version: BigInt(SUMMARY_VERSION), now: now.toISOString() },
  })
  const stale = rows.filter((row) => row.summary === null).map(toPerson)
  const fresh = new Map((await summarise(db, stale, now)).map((made) => [made.summary.id, made.summary]))
  const summaries = rows.map((row) => {
    const id = String(row.id)
    return fresh.get(id) ?? { ...(JSON.parse(String(row.summary)) as AnalystSummary), name: String(row.name) }
  })
  const logged = new Map(rows.map(toPerson).map(({ id, forecasts }) => [id, forecasts]))
  return { summaries, estimates: analystEstimates(summaries), logged }
}

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

type Made = { summary: AnalystSummary; valid_until: string | null }

async function summarise(db: Database, analysts: readonly Person[], now: Date): Promise<Made[]> {
  const made: Made[] = []
  for (const some of portions(analysts)) {
    const rows = await db.read(
      unitRows('forecast.analyst IN (SELECT value FROM json_each(:analysts))', {
        analysts: JSON.stringify(some.map(({ id }) => id)),
      }),
    )
    const units = new Map<string, ForecastUnit[]>(some.map(({ id }) => [id, []]))
    for (const { analyst, unit } of toUnits(rows, now)) units.get(analyst)?.push(unit)
    for (const analyst of some) made.push(summaryOf(analyst, units.get(analyst.id) ?? [], now))
  }
  return made
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

/** A summary, and the instant from which a deadline that then has passed would change it. */
function summaryOf(analyst: { id: string; name: string }, units: ForecastUnit[], now: Date): Made {
  const ahead = units
    .filter((unit) => unit.state === 'resolved' && unit.deadline_end > now)
    .map((unit) => unit.deadline_end.toISOString())
    .sort()
  return { summary: analystSummary({ ...analyst, units }, now), valid_until: ahead[0] ?? null }
}

/** Keeps a summary; `seq` is SQL for the entry after which it holds. A later one is never overwritten. */
const keep = (
  { summary, valid_until }: Made,
  seq: string,
  where: { sql: string; args: Record<string, Value> } = ALWAYS,
): Statement => ({
  sql: `INSERT INTO analyst_summary (analyst, seq, version, valid_until, summary)
    SELECT :analyst, ${seq}, :version, :valid_until, :summary WHERE ${where.sql}
    ON CONFLICT (analyst) DO UPDATE SET seq = excluded.seq, version = excluded.version,
      valid_until = excluded.valid_until, summary = excluded.summary
    WHERE excluded.seq >= analyst_summary.seq`,
  args: {
    analyst: summary.id,
    version: BigInt(SUMMARY_VERSION),
    valid_until,
    summary: JSON.stringify(summary),
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
  const rows = await db.read(
    unitRows('forecast.analyst IN (SELECT value FROM json_each(:analysts))', {
      analysts: JSON.stringify(analysts.map(({ id }) => id)),
    }),
  )
  // What was logged live depends on what was decided, too: the units are those that will be.
  const units = toUnits(rows, now, {
    question,
    outcome,
    known_on,
    known_from: startOfDay(known_on, time_zone).toISOString(),
    annulled_because: annulled_because ?? null,
  })
  return analysts.map((analyst) => {
    const own = units.filter((row) => row.analyst === analyst.id).map(({ unit }) => unit)
    return keep(summaryOf(analyst, own, now), seq, unmoved)
  })
}

/** Brings up to `limit` summaries that are out of date up to date; answers how many there were. */
export async function refreshSummaries(db: Database, now: Date, limit: number): Promise<number> {
  const rows = await db.read({
    sql: `SELECT ${PERSON}, analyst.changed
      FROM analyst LEFT JOIN analyst_summary AS summary ON summary.analyst = analyst.id
      WHERE NOT coalesce(${VALID}, false) ORDER BY analyst.changed LIMIT :limit`,
    args: { version: BigInt(SUMMARY_VERSION), now: now.toISOString(), limit: BigInt(limit) },
  })
  const changed = new Map(rows.map((row) => [String(row.id), Number(row.changed)]))
  const made = await summarise(db, rows.map(toPerson), now)
  if (made.length > 0) await db.write(made.map((one) => keep(one, String(changed.get(one.summary.id)))))
  return made.length
}

/** The instant of a summary that no deadline will change any more. */
const EVER = new Date('9999-12-31T00:00:00.000Z')

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
  text: string
}

const decoder = new TextDecoder()

/** Those that are shown now, or would be by a later entry or program: only an outdated one claims nothing. */
async function claimedSummaries(db: Database, analyst?: string): Promise<Claim[]> {
  const rows = await db.read({
    sql: `SELECT CAST(summary.analyst AS BLOB) AS analyst, analyst.changed, summary.seq,
        CAST(valid_until AS BLOB) AS valid_until, CAST(summary AS BLOB) AS summary
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
    text: text(row.summary),
  }))
}

/** Computed again for the last instant for which it was kept: what holds until then is the same all the time. */
async function holds(db: Database, { analyst, changed, seq, valid_until, text }: Claim): Promise<boolean> {
  const last = valid_until === null ? EVER : new Date(Date.parse(valid_until) - 1)
  if (changed !== seq || Number.isNaN(last.getTime())) return false
  const [made] = await summarise(db, [{ id: analyst, name: '', forecasts: 0 }], last)
  return made !== undefined && made.valid_until === valid_until && agree(made.summary, parsedOrNull(text))
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const LAST_DIGITS = 1e-9

/** The same members and values; sums of another machine may differ in their last digits, and the name is not read from it. */
function agree(made: unknown, kept: unknown): boolean {
  if (typeof made === 'number' && typeof kept === 'number')
    return Math.abs(made - kept) <= LAST_DIGITS * Math.max(1, Math.abs(made))
  if (typeof made !== 'object' || made === null || typeof kept !== 'object' || kept === null)
    return made === kept
  const names = Object.keys(made)
  return (
    Array.isArray(made) === Array.isArray(kept) &&
    names.length === Object.keys(kept).length &&
    names.every(
      (name) => name === 'name' || agree(made[name as keyof typeof made], kept[name as keyof typeof kept]),
    )
  )
}
