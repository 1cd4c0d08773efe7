import type { Analyst } from '../../core/analyst.ts'
import { provenBefore } from '../../core/anchor.ts'
import { lastInstantOf } from '../../core/calendar.ts'
import { loggedWhen } from '../../core/forecast.ts'
import { hindsightFrom, judged } from '../../core/reference.ts'
import type { Source } from '../../core/source.ts'
import { stateOf } from '../../core/state.ts'
import type { StandingStatement } from '../../core/statement.ts'
import { codedRounds } from '../coding.ts'
import type { Database } from '../database.ts'
import {
  QUESTION_COLUMNS,
  type QuestionRow,
  toForecast,
  toHeld,
  toQuestion,
  toResolution,
} from '../lookups.ts'
import { ask, query, together } from '../query.ts'
import { type ReferenceRow, referencesOf, toReference } from '../question-references.ts'
import { everyReply } from '../replies.ts'
import { ledgerAgreement } from './coding.ts'
import { readTrackRecord } from './track-record.ts'

const VIEWS = ['live', 'all'] as const

const all = {
  analysts: query({ sql: 'SELECT * FROM analyst ORDER BY id' }, (rows) => rows.map(toHeld<Analyst>)),
  sources: query({ sql: 'SELECT * FROM source ORDER BY id' }, (rows) => rows.map(toHeld<Source>)),
  statements: query({ sql: 'SELECT * FROM statement ORDER BY id' }, (rows) =>
    rows.map(toHeld<StandingStatement>),
  ),
  questions: query({ sql: `SELECT ${QUESTION_COLUMNS} FROM question ORDER BY id` }, (rows) =>
    rows.map(toQuestion),
  ),
  references: query(referencesOf(), (rows) => rows.map(toReference)),
  forecasts: query({ sql: 'SELECT * FROM forecast ORDER BY id' }, (rows) => rows.map(toForecast)),
  resolutions: query({ sql: 'SELECT * FROM resolution ORDER BY question, seq' }, (rows) =>
    rows.map(toResolution),
  ),
  replies: everyReply,
  rounds: codedRounds,
  agreement: ledgerAgreement(),
}

/** All that was recorded and is public, in an order that depends on nothing but itself. */
export type Recorded = Awaited<ReturnType<typeof readRecorded>>

export async function readRecorded(db: Database, now: Date) {
  const { questions, references, forecasts, agreement, ...rest } = await ask(db, together(all))
  const asked = new Map(questions.map((question) => [question.record.id, question]))
  return {
    ...rest,
    agreement: agreement.agreement,
    outcome_agreement: agreement.outcome,
    questions: questions.map((question) => ({ ...question, state: stateNow(question, now) })),
    references: judgedReferences(asked, references),
    forecasts: forecasts.map((forecast) => ({ ...forecast, ...loggedHow(asked, forecast) })),
  }
}

/** The same with what is computed of it. */
export type Dataset = Awaited<ReturnType<typeof readDataset>>

/** Read of a database on which nobody writes, such as one of the past. */
export async function readDataset(db: Database, now: Date) {
  const recorded = await readRecorded(db, now)
  const records = []
  for (const { record } of recorded.analysts)
    for (const logged of VIEWS) {
      const made = await readTrackRecord(db, record.id, { now, logged, simulate: false })
      if (made !== null) records.push(made)
    }
  return { ...recorded, records }
}

const stateNow = (question: QuestionRow, now: Date) =>
  stateOf(
    { ...question, condition_met: question.condition_met !== null, pending: question.pending !== null },
    now,
  )

function judgedReferences(asked: ReadonlyMap<string, QuestionRow>, rows: readonly ReferenceRow[]) {
  const on = new Map<string, ReferenceRow[]>()
  for (const row of rows) on.set(row.question, [...(on.get(row.question) ?? []), row])
  return [...asked].flatMap(([id, question]) => judged(on.get(id) ?? [], hindsightFrom(question)))
}

function loggedHow(
  asked: ReadonlyMap<string, QuestionRow>,
  { record, at, proven }: ReturnType<typeof toForecast>,
) {
  const { due_at, known_from, record: question } = asked.get(record.question) as QuestionRow
  const said = lastInstantOf(record.said_on.to, question.deadline.time_zone)
  return {
    logged: loggedWhen(new Date(at), said, due_at, known_from),
    proven_at: provenBefore(proven, due_at, known_from)?.at ?? null,
  }
}
