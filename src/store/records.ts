import type { Analyst } from '../core/analyst.ts'
import type { LedgerRecords } from '../core/folder.ts'
import type { WithdrawalRequest } from '../core/forecast.ts'
import { declaredOf, hindsightFrom, saidIn } from '../core/reference.ts'
import type { ConditionRequest, FileResolution } from '../core/resolution.ts'
import type { Source } from '../core/source.ts'
import type { StandingStatement as StatementRecord } from '../core/statement.ts'
import type { Database, Row } from './database.ts'
import {
  type QuestionRow,
  type ResolutionRow,
  toForecast,
  toHeld,
  toQuestion,
  toResolution,
} from './lookups.ts'
import { type ReferenceRow, referencesOf, toReference } from './question-references.ts'

/** Everything that `predictions/` files can say, in the order of the log. */
export async function readRecords(db: Database): Promise<LedgerRecords> {
  const [
    analysts = [],
    sources = [],
    statements = [],
    questionRows = [],
    referenceRows = [],
    forecasts = [],
    resolutions = [],
  ] = await db.readAll([
    { sql: 'SELECT * FROM analyst ORDER BY seq' },
    { sql: 'SELECT * FROM source ORDER BY seq' },
    { sql: 'SELECT * FROM statement ORDER BY seq' },
    { sql: 'SELECT *, 0 AS rev FROM question ORDER BY seq' },
    referencesOf(),
    { sql: 'SELECT * FROM forecast ORDER BY seq' },
    { sql: 'SELECT * FROM resolution WHERE superseded_by IS NULL ORDER BY confirmed_at IS NULL, seq' },
  ])
  const standing = new Map<string, ResolutionRow>()
  for (const row of resolutions.map(toResolution))
    if (!standing.has(row.record.question)) standing.set(row.record.question, row)
  const questions = questionRows.map(toQuestion)
  return {
    analysts: analysts.map((row) => ({ record: toHeld<Analyst>(row).record })),
    sources: sources.map((row) => ({ record: toHeld<Source>(row).record })),
    statements: statements.map((row) => toHeld<StatementRecord>(row).record),
    questions: questions.map(({ record, condition_met }) => ({
      record,
      resolution: fileResolution(standing.get(record.id)),
      condition_met: condition_met === null ? null : fileCondition(condition_met),
    })),
    references: fileReferences(questions, referenceRows.map(toReference)),
    forecasts: forecasts.map(toForecast).map(({ record, withdrawal, retraction }) => ({
      record,
      withdrawn: withdrawal === null ? null : fileWithdrawal(withdrawal),
      retracted: retraction === null ? null : { because: retraction.because },
    })),
  }
}

/** The references of each question, as files say them. */
function fileReferences(
  questions: readonly QuestionRow[],
  rows: readonly ReferenceRow[],
): LedgerRecords['references'] {
  const on = new Map<string, ReferenceRow[]>()
  for (const row of rows) on.set(row.question, [...(on.get(row.question) ?? []), row])
  return questions.flatMap((question) => {
    const all = on.get(question.record.id) ?? []
    const declared = declaredOf(all, hindsightFrom(question))
    return all.map((row) => ({
      question: row.question,
      record: saidIn(row.record),
      primary: row === declared,
      withdrawn: row.withdrawn_because === null ? null : { because: row.withdrawn_because },
    }))
  })
}

/** A resolution as a file says it: by whom and when it was recorded stays in the log. */
export function fileResolution(row: ResolutionRow | undefined): FileResolution | null {
  if (row === undefined) return null
  const {
    id: _,
    question: __,
    time_zone: ___,
    supersedes: ____,
    class: _____,
    claimed,
    ...fields
  } = row.record
  return { ...fields, ...claimed }
}

const fileWithdrawal = ({ withdrawn_on, because, url }: WithdrawalRequest): WithdrawalRequest =>
  url === undefined ? { withdrawn_on, because } : { withdrawn_on, because, url }

const fileCondition = ({ met_on, evidence, rationale }: ConditionRequest): ConditionRequest =>
  rationale === undefined ? { met_on, evidence } : { met_on, evidence, rationale }

/** The day on which the evidence of each of these questions was read. */
export async function readEvidenceDays(
  db: Database,
  questions: string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.read({
    sql: `SELECT question, record ->> '$.evidence[0].accessed' AS accessed FROM resolution
      WHERE superseded_by IS NULL AND question IN (SELECT value FROM json_each(:questions)) ORDER BY confirmed_at IS NOT NULL, seq`,
    args: { questions: JSON.stringify(questions) },
  })
  return new Map(rows.map((row) => [String(row.question), String(row.accessed)]))
}

/** The options of each of these questions, in the order in which they were recorded. */
export async function readOptions(
  db: Database,
  questions: string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db.read({
    sql: `SELECT id, record ->> '$.options' AS options FROM question
      WHERE record ->> '$.options' IS NOT NULL AND id IN (SELECT value FROM json_each(:questions))`,
    args: { questions: JSON.stringify(questions) },
  })
  return new Map(rows.map((row) => [String(row.id), JSON.parse(String(row.options)) as string[]]))
}

/** Every id that a file may refer to although it does not define it. */
export async function readIds(
  db: Database,
): Promise<Record<'analysts' | 'statements' | 'questions', ReadonlySet<string>>> {
  const [analysts = [], statements = [], questions = []] = await db.readAll(
    ['analyst', 'statement', 'question'].map((table) => ({ sql: `SELECT id FROM ${table}` })),
  )
  const idsOf = (rows: Row[]) => new Set(rows.map((row) => String(row.id)))
  return { analysts: idsOf(analysts), statements: idsOf(statements), questions: idsOf(questions) }
}

/** Whether the ledger holds no source: then the first start imports the folder. */
export async function isEmpty(db: Database): Promise<boolean> {
  const [row] = await db.read({ sql: 'SELECT 1 FROM source LIMIT 1' })
  return row === undefined
}

export type OfSource = {
  statement: string
  question: string
  title: string
  deadline: string
  isDecided: boolean
}

/** The forecasts that the ledger holds of one source, with their questions, so many at a time. */
export async function* readOfSource(db: Database, source: string): AsyncGenerator<OfSource[]> {
  for (let after = 0n; ; ) {
    const rows = await db.read({
      sql: `SELECT forecast.rowid AS place, forecast.id AS statement, question.id AS question,
          question.record ->> '$.title' AS title, question.record ->> '$.deadline.date' AS deadline,
          EXISTS (SELECT 1 FROM resolution WHERE resolution.question = question.id AND superseded_by IS NULL) AS decided
        FROM forecast JOIN question ON question.id = forecast.question
        WHERE forecast.source = :source AND forecast.rowid > :after ORDER BY forecast.rowid LIMIT ${AT_ONCE}`,
      args: { source, after },
    })
    const last = rows.at(-1)
    if (last === undefined) return
    after = BigInt(last.place as number)
    yield rows.map((row) => ({
      statement: String(row.statement),
      question: String(row.question),
      title: String(row.title),
      deadline: String(row.deadline),
      isDecided: Number(row.decided) === 1,
    }))
  }
}
const AT_ONCE = 2_000
