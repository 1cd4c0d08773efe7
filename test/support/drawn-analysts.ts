import type { ForecastUnit, UnitStatement } from '../../src/scoring/forecast-unit.ts'
import type { Statement } from '../../src/store/database.ts'
import { AS_OF } from '../scoring/a-unit.ts'
import { type GeneratedAnalyst, generatedAnalysts } from './generated-analysts.ts'
import { keptLedger } from './ledger.ts'

const DAY = 86_400_000
const iso = (at: Date | number) => new Date(at).toISOString()
export const idOf = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-')

/** So that it is logged as the unit says. */
function loggedAt({ logged, said_at }: UnitStatement, { known_from, deadline_end }: ForecastUnit): Date {
  const known = known_from ?? deadline_end
  if (logged === 'afterwards') return new Date(Math.max(known.getTime(), said_at.getTime()) + DAY)
  if (logged === 'late') return new Date(Math.min(said_at.getTime() + 40 * DAY, known.getTime() - 1))
  return new Date(said_at.getTime() + DAY / 2)
}

/** Rows of what a generated analyst said, as the projections of the log would hold them. */
function rowsOf({ name, units }: GeneratedAnalyst, next: () => number): Statement[] {
  const analyst = idOf(name)
  const rows: Statement[] = []
  const sources = new Set<string>()
  const insert = (table: string, record: object | null, more: Record<string, string | number | null>) => {
    const seq = next()
    const row = {
      ...(table === 'resolution' ? {} : { at: iso(0), by: 'nobody' }),
      ...(table === 'resolution' || table === 'reference' ? {} : { stream: `s${seq}` }),
      seq,
      ...(record === null ? {} : { record: JSON.stringify(record) }),
      ...more,
    }
    const names = Object.keys(row)
    rows.push({
      sql: `INSERT INTO ${table} (${names.join(',')}) VALUES (${names.map((each) => `:${each}`).join(',')})`,
      args: Object.fromEntries(
        Object.entries(row).map(([key, value]) => [key, typeof value === 'number' ? BigInt(value) : value]),
      ),
    })
  }
  insert('analyst', { id: analyst, name }, { id: analyst, sort_key: name.toLowerCase(), changed: 0 })
  for (const unit of units) {
    const question = `${analyst}_${unit.question}`
    const { outcome, state } = unit
    const decided = outcome ?? (state === 'resolved' && unit.type === 'date' ? 'not_by_deadline' : null)
    const ended = state === 'annulled' ? 'annulled' : state === 'ambiguous' ? 'ambiguous' : decided
    const known = unit.known_from ?? unit.deadline_end
    insert(
      'question',
      {
        id: question,
        title: unit.title,
        criteria: 'It is seen.',
        deadline: {
          date: unit.deadline_on,
          time_zone: 'UTC',
          ...(unit.deadline_ours ? { because: 'ours' } : {}),
        },
        ...(unit.type === 'binary' ? {} : { type: unit.type }),
        ...(unit.options === undefined ? {} : { options: unit.options }),
        ...(unit.ordered === undefined ? {} : { ordered: unit.ordered }),
        ...(unit.range == null ? {} : { range: unit.range }),
        ...(unit.family === null ? {} : { family: unit.family }),
        ...(unit.low_information ? { low_information: { because: 'easy' } } : {}),
      },
      {
        id: question,
        due_at: iso(unit.deadline_end),
        deadline_rev: 0,
        same_key: question,
        outcome: ended === null ? null : JSON.stringify(ended),
        known_on: ended === null ? null : iso(known).slice(0, 10),
        known_from: ended === null ? null : iso(known),
        pending: state === 'proposed' ? 'r' : null,
        disputed: unit.disputed ? 1 : 0,
      },
    )
    if (typeof unit.reference === 'number')
      insert(
        'reference',
        { kind: 'crowd', probability: unit.reference, source: 'a survey' },
        { question, id: 'f', at: iso(unit.opens_at) },
      )
    if (unit.annulled_because != null)
      insert(
        'resolution',
        { annulled_because: unit.annulled_because },
        {
          question,
          id: 'r',
          proposed_at: iso(known),
          proposed_by: 'a',
          confirmed_at: iso(known),
          confirmed_by: 'b',
          outcome: '"annulled"',
          known_on: iso(known).slice(0, 10),
          known_from: iso(known),
        },
      )
    unit.statements.forEach((said, i) => {
      const from = said.from ?? unit
      const coverage = said.coverage ?? unit.coverage
      const source = `${analyst}-${from.source}-${coverage}`
      if (!sources.has(source))
        insert(
          'source',
          { id: source, type: from.source_type, title: source, published: said.said_on, coverage },
          { id: source, published_to: said.said_on },
        )
      sources.add(source)
      const id = `${analyst}_${unit.id}-${i}`
      const quote = {
        id,
        source,
        analyst,
        kind: 'forecast',
        voice: said.voice,
        quote: { exact: `So, ${id}` },
      }
      insert('statement', null, {
        id,
        source,
        analyst,
        kind: 'forecast',
        quote_key: id,
        said: JSON.stringify(quote),
      })
      insert(
        'forecast',
        {
          id,
          question,
          analyst,
          source,
          said_on: { from: said.said_on, to: said.said_on },
          probability: said.probability,
          ...(from.cluster == null ? {} : { cluster: from.cluster }),
        },
        {
          id,
          question,
          analyst,
          source,
          said_to: said.said_on,
          at: iso(loggedAt(said, unit)),
          withdrawal: said.withdrawn_on == null ? null : JSON.stringify({ withdrawn_on: said.withdrawn_on }),
          retraction: said.retracted === true ? '{"because":"a mistake"}' : null,
        },
      )
    })
  }
  return rows
}

/** The thirty generated analysts in a ledger, with everything that reads it. */
export async function drawnAnalysts() {
  const held = await keptLedger({}, AS_OF)
  let seq = 1_000_000
  const analysts = generatedAnalysts()
  for (const analyst of analysts) {
    const rows = rowsOf(analyst, () => seq++)
    for (let i = 0; i < rows.length; i += 500) await held.ledger.db.write(rows.slice(i, i + 500))
  }
  return { held, analysts }
}
