import type { Analyst } from '../../core/analyst.ts'
import { type Comparison, compare } from '../../scoring/comparison.ts'
import { type Simulation, simulateCalibrated, simulationKey } from '../../scoring/consistency-band.ts'
import type { Logging } from '../../scoring/counts.ts'
import { liveOnly } from '../../scoring/eligibility.ts'
import type { ForecastUnit } from '../../scoring/forecast-unit.ts'
import {
  leadingView,
  type RecordFunnel,
  recordFunnel,
  type SourceFunnel,
  sourceFunnel,
} from '../../scoring/funnel.ts'
import { type TrackRecord, trackRecord } from '../../scoring/track-record.ts'
import type { Database, Row, Statement, Value } from '../database.ts'
import { conditions, type ForecastFilter } from '../forecasts.ts'
import { parsed } from '../lookups.ts'
import { toUnits, unitRows } from '../units.ts'

/** What a record is narrowed to; `from` and `to` bound the day of saying. */
export type RecordFilter = {
  logged?: 'live' | undefined
  tag?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

/** The document of docs/api.md, section 7, ready to be sent, with the numbers of the funnel. */
export type RecordDocument = {
  analyst: { id: string; name: string } | null
  ledger_size: number
  funnel: RecordFunnel
  /** Whether a page should lead with what was logged live. */
  leading: 'live' | 'all'
} & TrackRecord

// A simulation is a pure function of the probabilities, up to 300 ms of work: worth remembering.
const simulations = new Map<string, Simulation | null>()
const SIMULATIONS_KEPT = 200

export function rememberedSimulation(probabilities: readonly number[]): Simulation | null {
  const key = simulationKey(probabilities)
  const known = simulations.get(key)
  if (known !== undefined) return known
  const simulation = simulateCalibrated(probabilities)
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

/** The track record of one analyst, or null when there is no such analyst. */
export async function readTrackRecord(
  db: Database,
  analyst: string,
  options: RecordFilter & { now: Date; simulate?: boolean },
): Promise<RecordDocument | null> {
  const { now, simulate = true, ...filter } = options
  const selection = selectionOf(filter)
  const [rows = [], [counts] = []] = await db.readAll([
    unitRows(`forecast.analyst = :analyst${selection.where}`, { analyst, ...selection.args }),
    logging(
      'statement.analyst = :analyst',
      { analyst },
      '(SELECT record FROM analyst WHERE id = :analyst) AS person',
    ),
  ])
  if (counts?.person === undefined || counts.person === null) return null
  const { id, name } = parsed<Analyst>(counts.person)
  const all = toUnits(rows, now).map(({ unit }) => unit)
  const units = filter.logged === 'live' ? liveOnly(all) : all
  return {
    analyst: { id, name },
    ledger_size: Number(counts.size),
    funnel: recordFunnel(units, now),
    leading: leadingView(all, now),
    ...trackRecord(units, {
      name,
      as_of: now,
      logging: toLogging(counts),
      filter: given(filter),
      simulate: simulate ? rememberedSimulation : null,
    }),
  }
}

/** The same scorecard over any filtered set of forecasts, whoever made them. */
export async function readCalibration(
  db: Database,
  filter: ForecastFilter & { live?: boolean },
  now: Date,
): Promise<RecordDocument> {
  const { live, ...asked } = filter
  const { where, args } = conditions(asked, now)
  const [rows = [], [counts] = []] = await db.readAll([
    unitRows(where, args),
    logging(
      asked.analyst === undefined ? 'true' : 'statement.analyst = :analyst',
      asked.analyst === undefined ? {} : { analyst: asked.analyst },
    ),
  ])
  const all = toUnits(rows, now).map(({ unit }) => unit)
  const units = live === true ? liveOnly(all) : all
  return {
    analyst: null,
    ledger_size: Number(counts?.size),
    funnel: recordFunnel(units, now),
    leading: leadingView(all, now),
    ...trackRecord(units, {
      name: null,
      as_of: now,
      logging: toLogging(counts),
      filter: given(filter),
      simulate: rememberedSimulation,
    }),
  }
}

/** Two analysts on the questions that both were asked; null when one of them does not exist. */
export async function readComparison(
  db: Database,
  a: string,
  b: string,
  now: Date,
): Promise<Comparison | null> {
  const sides = await Promise.all([a, b].map((analyst) => readSide(db, analyst, now)))
  const [first, second] = sides
  return first === undefined || first === null || second === undefined || second === null
    ? null
    : compare(first, second, now)
}

async function readSide(
  db: Database,
  analyst: string,
  now: Date,
): Promise<{ name: string; units: ForecastUnit[] } | null> {
  const [people = [], rows = []] = await db.readAll([
    { sql: 'SELECT record FROM analyst WHERE id = :analyst', args: { analyst } },
    unitRows('forecast.analyst = :analyst', { analyst }),
  ])
  if (people[0] === undefined) return null
  return { name: parsed<Analyst>(people[0].record).name, units: toUnits(rows, now).map(({ unit }) => unit) }
}

/** What became of the claims of one source. */
export async function readSourceFunnel(db: Database, source: string, now: Date): Promise<SourceFunnel> {
  const [counts = [], rows = []] = await db.readAll([
    { sql: 'SELECT count(*) AS n FROM statement WHERE source = :source', args: { source } },
    unitRows('forecast.source = :source', { source }),
  ])
  return sourceFunnel(
    Number(counts[0]?.n ?? 0),
    toUnits(rows, now).map(({ unit }) => unit),
  )
}

/** What was logged, how large the ledger is, and what else is wanted of one row. */
const logging = (where: string, args: Record<string, Value>, also = 'NULL'): Statement => ({
  sql: `SELECT ${also}, (SELECT coalesce(max(seq), -1) + 1 FROM entry) AS size, count(*) AS statements,
      count(*) FILTER (WHERE kind = 'untestable') AS untestable,
      count(*) FILTER (WHERE kind = 'duplicate') AS duplicates, count(DISTINCT source) AS sources,
      count(DISTINCT CASE WHEN (SELECT record ->> '$.coverage' FROM source WHERE source.id = statement.source) = 'complete'
        THEN source END) AS complete
    FROM statement WHERE ${where}`,
  args,
})

const toLogging = (row: Row | undefined): Logging => ({
  statements: Number(row?.statements ?? 0),
  untestable: Number(row?.untestable ?? 0),
  duplicates: Number(row?.duplicates ?? 0),
  sources: Number(row?.sources ?? 0),
  complete: Number(row?.complete ?? 0),
})

const given = (filter: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
