import { type Proven, provenBefore } from '../core/anchor.ts'
import { lastInstantOf, startOfDay } from '../core/calendar.ts'
import type { Forecast } from '../core/forecast.ts'
import { loggedWhen } from '../core/forecast.ts'
import { type Question, typeOf } from '../core/question.ts'
import { hindsightFrom, type Judged, judged } from '../core/reference.ts'
import { coverageOf, type Source } from '../core/source.ts'
import { stateOf } from '../core/state.ts'
import type { StandingStatement as StatementRecord } from '../core/statement.ts'
import type { ForecastUnit, UnitReference, UnitStatement } from '../scoring/forecast-unit.ts'
import type { Row, Statement } from './database.ts'
import { type Query, query } from './query.ts'
import { REFERENCES, type ReferenceOfUnit } from './question-references.ts'
import { parsed } from './row.ts'

/** What a forecast, its question and its source say: one JSON text a row. */
type UnitRow = {
  analyst: string
  at: string
  forecast: Forecast
  asked: Question
  due_at: string
  condition_due_at: string | null
  condition_met: 0 | 1
  outcome: string | number | null
  known_on: string | null
  known_from: string | null
  pending: 0 | 1
  disputed: number
  annulled_because: 'condition_not_met' | 'moot' | null
  withdrawal: { withdrawn_on: string } | null
  retracted: 0 | 1
  proven: Proven | null
  source: string
  from: Source
  said: StatementRecord
  references: ReferenceOfUnit[]
}

const QUOTED = (column: string) => `coalesce('"' || ${column} || '"', 'null')`
const FLAG = (condition: string) => `iif(${condition}, 1, 0)`
/** Members of a row as SQL for JSON. Ids, instants and the words of closed sets have nothing to escape. */
const MEMBERS: Record<keyof UnitRow, string> = {
  forecast: 'forecast.record',
  asked: 'question.record',
  analyst: QUOTED('forecast.analyst'),
  at: QUOTED('forecast.at'),
  withdrawal: "coalesce(forecast.withdrawal, 'null')",
  retracted: FLAG('forecast.retraction IS NOT NULL'),
  proven: "coalesce(forecast.proven, 'null')",
  outcome: "coalesce(question.outcome, 'null')",
  due_at: QUOTED('question.due_at'),
  condition_due_at: QUOTED('question.condition_due_at'),
  condition_met: FLAG('question.condition_met IS NOT NULL'),
  known_on: QUOTED('question.known_on'),
  known_from: QUOTED('question.known_from'),
  pending: FLAG('question.pending IS NOT NULL'),
  disputed: 'question.disputed',
  annulled_because: `coalesce(CASE WHEN question.outcome = '"annulled"' THEN (
    SELECT r.record -> '$.annulled_because' FROM resolution AS r
    WHERE r.question = question.id AND r.confirmed_at IS NOT NULL AND r.superseded_by IS NULL) END, 'null')`,
  source: QUOTED('forecast.source'),
  from: 'source.record',
  said: 'statement.record',
  references: REFERENCES,
}
const textOf = (members: readonly (keyof UnitRow)[]) =>
  `format('{${members.map((name) => `"${name}":%s`).join(',')}}', ${members.map((name) => MEMBERS[name]).join(', ')})`
const UNIT = textOf(Object.keys(MEMBERS) as (keyof UnitRow)[])
const OF_QUESTION = [
  'asked',
  'outcome',
  'due_at',
  'condition_due_at',
  'condition_met',
  'known_on',
  'known_from',
  'pending',
  'disputed',
  'annulled_because',
  'references',
] as const satisfies (keyof UnitRow)[]
type AskedRow = Pick<UnitRow, (typeof OF_QUESTION)[number]>

/**
 * What a unit is made of: one row a forecast, those of one analyst and question together, in the order of saying.
 * The records are texts of JSON already, and every column that comes over singly costs the driver its time: a row is
 * put together as one text.
 */
export const unitRows = (where: string, args: NonNullable<Statement['args']>): Statement => ({
  sql: `SELECT ${UNIT} AS unit
    FROM forecast
    JOIN question ON question.id = forecast.question
    JOIN source ON source.id = forecast.source
    JOIN statement ON statement.id = forecast.id
    WHERE ${where}
    ORDER BY forecast.analyst, forecast.question, forecast.said_to, forecast.seq`,
  args,
})

/** What will be decided about a question, where a unit is wanted as it will stand then. */
export type Decided = Pick<UnitRow, 'outcome' | 'known_on' | 'known_from' | 'annulled_because'> & {
  question: string
}

/** A unit with the analyst whose it is, the tags of its question, and the row of the first forecast in it. */
type Read = { analyst: string; tags: readonly string[]; unit: ForecastUnit; first: Row }

/** The units behind some rows. */
export function toUnits(rows: readonly Row[], now: Date, decided?: Decided): Read[] {
  const units: Read[] = []
  let group: UnitRow[] = []
  let first: Row = {}
  const close = () => {
    const [{ analyst, asked } = {}] = group
    if (analyst !== undefined)
      units.push({ analyst, tags: asked?.tags ?? [], unit: toUnit(group, now), first })
    group = []
  }
  for (const text of rows) {
    const read = parsed<UnitRow>(text.unit)
    const row = read.asked.id === decided?.question ? { ...read, ...decided, pending: 0 as const } : read
    if (group[0] !== undefined && (group[0].asked.id !== row.asked.id || group[0].analyst !== row.analyst))
      close()
    if (group.length === 0) first = text
    group.push(row)
  }
  close()
  return units
}

/** What a line of a record shows besides its figures. */
export type Saying = Pick<Forecast, 'said_on' | 'probability'> &
  Pick<Question, 'deadline'> & {
    statement: StatementRecord
    source: Source
    /** Whether the resolution in force is disputed. */
    disputed: boolean
  }

/** What was said in the forecast of a row. */
export function toSaying({ unit }: Row): Saying {
  const { said, from, forecast, asked, disputed } = parsed<UnitRow>(unit)
  const { said_on, probability } = forecast
  return {
    statement: said,
    source: from,
    said_on,
    probability,
    deadline: asked.deadline,
    disputed: disputed > 0,
  }
}

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text))

function toUnit(rows: readonly UnitRow[], now: Date): ForecastUnit {
  const first = rows[0] as UnitRow
  const { asked } = first
  const zone = asked.deadline.time_zone
  const due_at = new Date(first.due_at)
  const known_from = instant(first.known_from)
  const statements = rows.map(
    ({ forecast, at, said, from, withdrawal, retracted, proven }): UnitStatement => {
      const said_at = lastInstantOf(forecast.said_on.to, zone)
      return {
        said_on: forecast.said_on.to,
        said_at,
        logged: loggedWhen(new Date(at), said_at, due_at, known_from),
        voice: said.voice === 'paraphrase' ? 'paraphrase' : 'quote',
        probability: forecast.probability,
        coverage: coverageOf(from),
        outlet: from.publisher,
        from: { source: from.id, source_type: from.type, cluster: forecast.cluster ?? null },
        withdrawn_on: withdrawal?.withdrawn_on ?? null,
        withdrawn_at: withdrawal === null ? null : startOfDay(withdrawal.withdrawn_on, zone),
        retracted: retracted === 1,
        proven: provenBefore(proven, due_at, known_from),
      }
    },
  )
  return {
    ...askedOf(first, now),
    id: first.forecast.id,
    source: first.source,
    source_type: first.from.type,
    cluster: first.forecast.cluster ?? null,
    coverage: coverageOf(first.from),
    opens_at:
      asked.opens === undefined ? (statements[0] as UnitStatement).said_at : startOfDay(asked.opens, zone),
    statements,
  }
}

/** The questions that a rule can answer, whoever did; nobody said them, so each stands by itself. */
export const askedUnits = (now: Date): Query<ForecastUnit[]> =>
  query(
    {
      sql: `SELECT ${textOf(OF_QUESTION)} AS asked FROM question
        WHERE EXISTS (SELECT 1 FROM reference WHERE reference.question = question.id) ORDER BY id`,
    },
    (rows) =>
      rows.map(({ asked }) => {
        const row = parsed<AskedRow>(asked)
        const { id } = row.asked
        const by = { id, source: id, source_type: 'other', cluster: null, coverage: 'complete' } as const
        return { ...askedOf(row, now), ...by, opens_at: new Date(row.due_at), statements: [] }
      }),
  )

/** What a unit is told of its question. */
function askedOf(row: AskedRow, now: Date) {
  const { asked, outcome } = row
  const due_at = new Date(row.due_at)
  const known_from = instant(row.known_from)
  const references = judged(row.references, hindsightFrom({ due_at, known_from }))
  return {
    question: asked.id,
    title: asked.title,
    type: typeOf(asked),
    ...(asked.options === undefined ? {} : { options: asked.options }),
    ...(asked.ordered === undefined ? {} : { ordered: asked.ordered }),
    range: asked.range ?? null,
    family: asked.family ?? null,
    low_information: asked.low_information !== undefined,
    deadline_ours: asked.deadline.because !== undefined,
    deadline_on: asked.deadline.date,
    deadline_end: due_at,
    state: stateOf(
      {
        due_at,
        condition_due_at: instant(row.condition_due_at),
        condition_met: row.condition_met === 1,
        outcome,
        pending: row.pending === 1,
      },
      now,
    ),
    annulled_because: row.annulled_because,
    if_yes: asked.if_yes,
    if_no: asked.if_no,
    disputed: row.disputed > 0,
    outcome: outcome === 'not_by_deadline' ? null : outcome,
    known_on: row.known_on,
    known_from,
    reference: references.find(({ primary }) => primary)?.probability ?? null,
    references: references.filter(({ gone }) => !gone).map(toUnitReference),
  }
}

const toUnitReference = ({
  kind,
  probability,
  at,
  hindsight,
  primary,
}: ReferenceOfUnit & Judged): UnitReference => ({
  kind,
  probability,
  recorded_at: new Date(at),
  hindsight,
  primary,
})
