import { lastInstantOf, startOfDay } from '../core/calendar.ts'
import type { Forecast } from '../core/forecast.ts'
import { loggedWhen } from '../core/forecast.ts'
import { type Question, typeOf } from '../core/question.ts'
import { stateOf } from '../core/state.ts'
import type { ForecastUnit, UnitStatement } from '../scoring/forecast-unit.ts'
import type { Row, Statement } from './database.ts'
import { parsed } from './lookups.ts'

/** What a unit is made of: one row a forecast, those of one analyst and question together, in the order of saying. */
export const unitRows = (where: string, args: NonNullable<Statement['args']>): Statement => ({
  sql: `SELECT forecast.analyst, forecast.at, forecast.record AS forecast, forecast.withdrawal, forecast.retraction,
      forecast.question, question.record AS question_record, question.due_at, question.condition_due_at,
      question.condition_met IS NOT NULL AS condition_met, question.outcome, question.known_from,
      question.pending IS NOT NULL AS pending, question.disputed,
      CASE WHEN question.outcome = '"annulled"' THEN (
        SELECT r.record ->> '$.annulled_because' FROM resolution AS r
        WHERE r.question = question.id AND r.confirmed_at IS NOT NULL AND r.superseded_by IS NULL) END AS annulled_because,
      forecast.source, source.record ->> '$.type' AS source_type, source.record ->> '$.coverage' AS coverage,
      statement.record ->> '$.voice' AS voice
    FROM forecast
    JOIN question ON question.id = forecast.question
    JOIN source ON source.id = forecast.source
    JOIN statement ON statement.id = forecast.id
    WHERE ${where}
    ORDER BY forecast.analyst, forecast.question, forecast.said_to, forecast.seq`,
  args,
})

/** The units behind some rows, each with the analyst whose they are. */
export function toUnits(rows: readonly Row[], now: Date): { analyst: string; unit: ForecastUnit }[] {
  const units: { analyst: string; unit: ForecastUnit }[] = []
  let group: Row[] = []
  const close = () => {
    if (group[0] !== undefined) units.push({ analyst: String(group[0].analyst), unit: toUnit(group, now) })
    group = []
  }
  for (const row of rows) {
    if (group[0] !== undefined && (group[0].question !== row.question || group[0].analyst !== row.analyst))
      close()
    group.push(row)
  }
  close()
  return units
}

const instant = (value: unknown): Date | null =>
  value === null || value === undefined ? null : new Date(String(value))

function toUnit(rows: readonly Row[], now: Date): ForecastUnit {
  const first = rows[0] as Row
  const question = parsed<Question>(first.question_record)
  const forecasts = rows.map((row) => parsed<Forecast>(row.forecast))
  const zone = question.deadline.time_zone
  const due_at = new Date(String(first.due_at))
  const known_from = instant(first.known_from)
  const outcome = first.outcome === null ? null : parsed<string | number>(first.outcome)
  const statements = rows.map((row, i): UnitStatement => {
    const forecast = forecasts[i] as Forecast
    const said_at = lastInstantOf(forecast.said_on.to, zone)
    const withdrawal = row.withdrawal === null ? null : parsed<{ withdrawn_on: string }>(row.withdrawal)
    return {
      said_on: forecast.said_on.to,
      said_at,
      logged: loggedWhen(new Date(String(row.at)), said_at, due_at, known_from),
      voice: row.voice === 'paraphrase' ? 'paraphrase' : 'quote',
      probability: forecast.probability,
      coverage: coverageOf(row.coverage),
      withdrawn_at: withdrawal === null ? null : startOfDay(withdrawal.withdrawn_on, zone),
      retracted: row.retraction !== null,
    }
  })
  const reference = forecasts.find((forecast) => forecast.reference !== undefined)?.reference
  return {
    id: (forecasts[0] as Forecast).id,
    question: question.id,
    title: question.title,
    type: typeOf(question),
    ...(question.options === undefined ? {} : { options: question.options }),
    ...(question.ordered === undefined ? {} : { ordered: question.ordered }),
    range: question.range ?? null,
    family: question.family ?? null,
    source: String(first.source),
    source_type: String(first.source_type),
    cluster: (forecasts[0] as Forecast).cluster ?? null,
    coverage: coverageOf(first.coverage),
    low_information: question.low_information !== undefined,
    deadline_ours: question.deadline.because !== undefined,
    opens_at:
      question.opens === undefined
        ? (statements[0] as UnitStatement).said_at
        : startOfDay(question.opens, zone),
    deadline_on: question.deadline.date,
    deadline_end: due_at,
    state: stateOf(
      {
        due_at,
        condition_due_at: instant(first.condition_due_at),
        condition_met: Number(first.condition_met) === 1,
        outcome,
        pending: Number(first.pending) === 1,
      },
      now,
    ),
    annulled_because: (first.annulled_because ?? null) as 'condition_not_met' | 'moot' | null,
    disputed: Number(first.disputed) > 0,
    outcome: outcome === 'not_by_deadline' ? null : outcome,
    known_from,
    statements,
    reference: reference?.probability ?? null,
  }
}

const coverageOf = (value: unknown) => (value === 'complete' || value === 'selected' ? value : 'unstated')
