import { type Simulation, simulateCalibrated, simulationKey } from '../../scoring/consistency-band.ts'
import { inView, type View } from '../../scoring/eligibility.ts'
import type { ForecastUnit } from '../../scoring/forecast-unit.ts'
import { leadingView } from '../../scoring/funnel.ts'
import { type ProvenCounts, provenCounts } from '../../scoring/proven.ts'
import { receiptOf } from '../../scoring/receipt.ts'
import { type NothingChanges, nothingChanges } from '../../scoring/robot.ts'
import { type TrackRecord, trackRecord } from '../../scoring/track-record.ts'
import type { Database, Row, Value } from '../database.ts'
import { conditions, type ForecastFilter } from '../forecast-filter.ts'
import { LOGGED, type LoggedStatements, toLogged } from '../logged-statements.ts'
import { analystById } from '../lookups.ts'
import { ask, askAbout, type Query, query, together } from '../query.ts'
import { toUnits, unitRows } from '../units.ts'

/** What a record is narrowed to; `from` and `to` bound the day of saying. */
export type RecordFilter = {
  /** Where it is not said, the view that says most: live, once enough was. */
  logged?: View | undefined
  tag?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

/** The document of docs/api.md, section 7, ready to be sent. */
export type RecordDocument = {
  analyst: { id: string; name: string } | null
  ledger_size: number
  /** Only what was logged live, or what is proven to be, or everything. */
  view: View
  proven: ProvenCounts
  /** What the rule "nothing changes" would have got right beside the claims of this view; null where nobody recorded it. */
  nothing_changes: NothingChanges | null
} & TrackRecord

// A simulation is a pure function of the probabilities and their groups, up to 300 ms of work: worth remembering.
const simulations = new Map<string, Simulation | null>()
const SIMULATIONS_KEPT = 200

export const rememberedSimulation: typeof simulateCalibrated = (probabilities, partitions) => {
  const key = simulationKey(probabilities, partitions)
  const known = simulations.get(key)
  if (known !== undefined) return known
  const simulation = simulateCalibrated(probabilities, partitions)
  if (simulations.size >= SIMULATIONS_KEPT) simulations.delete(simulations.keys().next().value as string)
  simulations.set(key, simulation)
  return simulation
}

function selectionOf(filter: RecordFilter): { where: string; args: Record<string, Value> } {
  const parts: string[] = []
  const args: Record<string, Value> = {}
  if (filter.tag !== undefined) {
    parts.push('forecast.question IN (SELECT question FROM question_tag WHERE tag = :tag)')
    args.tag = filter.tag
  }
  for (const [name, compareWith] of [
    ['from', '>='],
    ['to', '<='],
  ] as const) {
    const day = filter[name]
    if (day === undefined) continue
    parts.push(`forecast.said_to ${compareWith} :${name}`)
    args[name] = day
  }
  return { where: parts.map((part) => ` AND ${part}`).join(''), args }
}

/** What was logged, and how large the ledger is. */
type Logged = { size: number } & LoggedStatements

const logged = (where: string, args: Record<string, Value>): Query<Logged> =>
  query(
    {
      sql: `SELECT (SELECT coalesce(max(seq), -1) + 1 FROM entry) AS size, ${LOGGED} FROM statement WHERE ${where}`,
      args,
    },
    ([row]) => ({ size: Number(row?.size ?? 0), ...toLogged(row) }),
  )

/** The rows of all that an analyst said, or of what was said on some days, and what was logged of them. */
export const aboutAnalyst = (analyst: string, filter: RecordFilter) => {
  const { where, args } = selectionOf(filter)
  return {
    person: analystById(analyst),
    rows: query(unitRows(`forecast.analyst = :analyst${where}`, { analyst, ...args }), (rows) => rows),
    logged: logged('statement.analyst = :analyst', { analyst }),
  }
}

export type RecordSubject = {
  analyst: RecordDocument['analyst']
  logged: Logged
  now: Date
}

/** `whole` where the units are all that somebody said. */
type Shown = { view: RecordDocument['view']; whole?: boolean; filter: object; simulate?: boolean }

/** The scorecard over some units. */
export function recordOf(
  all: readonly ForecastUnit[],
  { analyst, logged, now }: RecordSubject,
  { view, whole = false, filter, simulate = true }: Shown,
): RecordDocument {
  const units = inView(all, view)
  const { logging, complete } = logged
  return {
    analyst,
    ledger_size: logged.size,
    view,
    proven: provenCounts(all, now),
    nothing_changes: nothingChanges(units, now),
    ...trackRecord(units, {
      name: analyst?.name ?? null,
      as_of: now,
      logging,
      filter: given(filter),
      left_out: all.length - units.length,
      passages: whole ? { units: all, sources: logging.complete, ...complete } : null,
      simulate: simulate ? rememberedSimulation : null,
    }),
  }
}

/** The track record of one analyst, or null when there is no such analyst. */
export async function readTrackRecord(
  db: Database,
  id: string,
  options: RecordFilter & { now: Date; simulate?: boolean },
): Promise<RecordDocument | null> {
  const { now, simulate = true, ...filter } = options
  const read = await askAbout(db, 'person', aboutAnalyst(id, filter))
  if (read === null) return null
  const units = unitsOf(read.rows, now)
  return recordOf(units, subjectOf(read, now), {
    view: filter.logged ?? leadingView(units, now),
    whole: isWhole(filter),
    filter,
    simulate,
  })
}

/** How the headline figures of that track record came about. */
export async function readReceipt(db: Database, id: string, options: RecordFilter & { now: Date }) {
  const { now, ...filter } = options
  const read = await askAbout(db, 'person', aboutAnalyst(id, filter))
  if (read === null) return null
  const units = unitsOf(read.rows, now)
  const view = filter.logged ?? leadingView(units, now)
  const subject = subjectOf(read, now)
  const record = recordOf(units, subject, { view, filter, simulate: false })
  const shown = inView(units, view)
  return {
    analyst: subject.analyst,
    view,
    filter: record.filter,
    as_of: record.as_of,
    ...receiptOf(shown, record),
  }
}

/** Whether all that somebody said is in the units: not only of a topic or of some days. */
export const isWhole = ({ tag, from, to }: RecordFilter): boolean =>
  tag === undefined && from === undefined && to === undefined

/** Whose scorecard it is. */
export const subjectOf = (
  { person, logged }: { person: { record: { id: string; name: string } }; logged: Logged },
  now: Date,
): RecordSubject => ({ analyst: { id: person.record.id, name: person.record.name }, logged, now })

const unitsOf = (rows: readonly Row[], now: Date) => toUnits(rows, now).map(({ unit }) => unit)

/** The same scorecard over any filtered set of forecasts, whoever made them. */
export async function readCalibration(
  db: Database,
  filter: ForecastFilter & { live?: boolean },
  now: Date,
): Promise<RecordDocument> {
  const { live = false, ...asked } = filter
  const { analyst } = asked
  const { where, args } = conditions(asked, now)
  const read = await ask(
    db,
    together({
      rows: query(unitRows(where, args), (rows) => rows),
      logged:
        analyst === undefined ? logged('true', {}) : logged('statement.analyst = :analyst', { analyst }),
    }),
  )
  return recordOf(
    unitsOf(read.rows, now),
    { analyst: null, logged: read.logged, now },
    { view: live ? 'live' : 'all', filter },
  )
}

const given = (filter: object) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
