import { nameKeysOf } from '../core/analyst.ts'
import { dueAt, spanOf, startOfDay } from '../core/calendar.ts'
import type { EntryType, Event } from '../core/entry.ts'
import { sourceOf } from '../core/slug.ts'
import { addressKey, nameKey } from '../core/text.ts'
import { canonicalJson } from '../log/canonical-json.ts'
import type { Statement } from './database.ts'
import { questionSame, quoteSame, sourceSame } from './twins.ts'

/** An event in the place where it is projected: `n` counts from the first event of the run. */
type Placed<T extends EntryType> = Omit<Event<T>, 'seq'> & { n: number }
type Cells = Record<string, string | number | null>
type Projector = { on: EntryType; rows: (event: never) => Cells[]; sql: string }

/** The seq of the event of a row: the projection stands just before the run. */
const SEQ = `((SELECT seq FROM projection) + 1 + (row.value ->> 'n'))`
const ROWS = 'json_each(:rows) AS row'
const cell = (name: string) => `row.value ->> '${name}'`

const SEQ_COLUMNS = new Set(['seq', 'rowid', 'changed'])

function insert<T extends EntryType>(
  on: T,
  table: string,
  columns: string[],
  rows: (event: Placed<T>) => Cells[],
): Projector {
  const values = columns.map((column) => (SEQ_COLUMNS.has(column) ? SEQ : cell(column)))
  return {
    on,
    rows,
    sql: `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${ROWS}`,
  }
}

function change<T extends EntryType>(on: T, sql: string, rows: (event: Placed<T>) => Cells[]): Projector {
  return { on, rows, sql }
}

const isFirst = (event: { rev: number }) => event.rev === 0
const common = (event: { n: number; stream: string; at: string; by: string }) => ({
  n: event.n,
  stream: event.stream,
  at: event.at,
  by: event.by,
})
const RECORD = ['id', 'stream', 'seq', 'at', 'by']

/** What a question owes its state to, taken from its resolutions: the order of the events does not matter. */
const DECIDE = `UPDATE question SET
  (outcome, known_on, known_from, disputed) = (
    SELECT max(r.outcome), max(r.known_on), max(r.known_from), count(r.disputed_at) FROM resolution AS r
    WHERE r.question = question.id AND r.confirmed_at IS NOT NULL AND r.superseded_by IS NULL),
  pending = (
    SELECT max(r.id) FROM resolution AS r
    WHERE r.question = question.id AND r.confirmed_at IS NULL AND r.superseded_by IS NULL)
WHERE id IN (SELECT ${cell('question')} FROM ${ROWS})`

const decides = <
  T extends 'resolution.proposed' | 'resolution.confirmed' | 'resolution.disputed' | 'resolution.superseded',
>(
  on: T,
) => change(on, DECIDE, (event) => [{ question: event.payload.question }])

const resolutionChange = (set: string) =>
  `UPDATE resolution SET ${set} FROM ${ROWS} WHERE resolution.question = ${cell('question')} AND resolution.id = ${cell('id')}`

const searchable = (kind: string, id: string, title: string, body: (string | undefined)[]) => ({
  kind,
  id,
  title,
  body: body.filter((text) => text !== undefined).join('\n'),
})

/** The last entry that can have changed an analyst's record: what was summarised before it is out of date. */
const touches = <T extends EntryType>(on: T, join: string, rows: (event: Placed<T>) => Cells) =>
  change(
    on,
    `UPDATE analyst SET changed = max(changed, (
       SELECT max(${SEQ}) FROM ${ROWS} JOIN forecast ON ${join} WHERE forecast.analyst = analyst.id))
     WHERE id IN (SELECT forecast.analyst FROM ${ROWS} JOIN forecast ON ${join})`,
    (event) => [{ n: event.n, ...rows(event) }],
  )
const BY_QUESTION = `forecast.question = ${cell('question')}`
const BY_FORECAST = `forecast.id = ${cell('forecast')}`

/** Where the time of an entry is kept, column by column; in records within a record as `$.at`. */
const TIMES: readonly [table: string, ...columns: string[]][] = [
  ['source', 'at'],
  ['analyst', 'at'],
  ['statement', 'at'],
  ['question', 'at'],
  ['forecast', 'at'],
  ['reply', 'at'],
  ['resolution', 'proposed_at', 'confirmed_at', 'disputed_at'],
  ['member', 'at'],
  ['token', 'issued_at', 'revoked_at'],
  ['clock_word', 'at'],
]
const ACTS: readonly [table: string, ...columns: string[]][] = [
  ['question', 'condition_met'],
  ['forecast', 'withdrawal', 'retraction'],
]

/**
 * A correction of the clock: what counts as recorded later than it counts as recorded with it. Flags that were raised
 * ahead fall, to be raised anew where they are due, and every summary is made again.
 */
const corrected = (sql: string): Projector => change('clock.corrected', sql, ({ n, at }) => [{ n, at }])
const AT = `(SELECT ${cell('at')} FROM ${ROWS})`
const corrections: readonly Projector[] = [
  ...TIMES.flatMap(([table, ...columns]) =>
    columns.map((column) => corrected(`UPDATE ${table} SET ${column} = ${AT} WHERE ${column} > ${AT}`)),
  ),
  ...ACTS.flatMap(([table, ...columns]) =>
    columns.map((column) =>
      corrected(
        `UPDATE ${table} SET ${column} = json_set(${column}, '$.at', ${AT}) WHERE ${column} ->> '$.at' > ${AT}`,
      ),
    ),
  ),
  corrected(`DELETE FROM flag WHERE flagged_at > ${AT}`),
  corrected(`UPDATE analyst SET changed = (SELECT ${SEQ} FROM ${ROWS})`),
]

/** The projections in the order in which they are written: one SQL statement a line, whatever the number of events. */
const projectors: readonly Projector[] = [
  insert(
    'source.recorded',
    'source',
    [...RECORD, 'address_key', 'same_key', 'published_to', 'record'],
    (event) => {
      if (!isFirst(event)) return []
      const { record } = event.payload
      return [
        {
          ...common(event),
          id: record.id,
          address_key: record.url === undefined ? null : addressKey(record.url),
          same_key: sourceSame(record),
          published_to: spanOf(record.published).to,
          record: canonicalJson(record),
        },
      ]
    },
  ),
  change(
    'source.recorded',
    `UPDATE source SET address_key = ${cell('address_key')}, same_key = ${cell('same_key')}, published_to = ${cell('published_to')}, record = ${cell('record')}
     FROM ${ROWS} WHERE source.id = ${cell('id')}`,
    (event) =>
      isFirst(event)
        ? []
        : [
            {
              id: event.payload.record.id,
              address_key:
                event.payload.record.url === undefined ? null : addressKey(event.payload.record.url),
              same_key: sourceSame(event.payload.record),
              published_to: spanOf(event.payload.record.published).to,
              record: canonicalJson(event.payload.record),
            },
          ],
  ),
  insert('analyst.recorded', 'analyst', [...RECORD, 'sort_key', 'changed', 'record'], (event) =>
    isFirst(event)
      ? [
          {
            ...common(event),
            id: event.payload.record.id,
            sort_key: nameKey(event.payload.record.name),
            record: canonicalJson(event.payload.record),
          },
        ]
      : [],
  ),
  change(
    'analyst.recorded',
    `UPDATE analyst SET sort_key = ${cell('sort_key')}, record = ${cell('record')} FROM ${ROWS} WHERE analyst.id = ${cell('id')}`,
    (event) =>
      isFirst(event)
        ? []
        : [
            {
              id: event.payload.record.id,
              sort_key: nameKey(event.payload.record.name),
              record: canonicalJson(event.payload.record),
            },
          ],
  ),
  change(
    'analyst.recorded',
    `DELETE FROM analyst_name WHERE analyst IN (SELECT ${cell('id')} FROM ${ROWS})`,
    (event) => (isFirst(event) ? [] : [{ id: event.payload.record.id }]),
  ),
  insert('analyst.recorded', 'analyst_name', ['name_key', 'analyst'], (event) =>
    nameKeysOf(event.payload.record).map((name_key) => ({
      n: event.n,
      name_key,
      analyst: event.payload.record.id,
    })),
  ),
  insert('analyst.recorded', 'search', ['rowid', 'kind', 'id', 'title', 'body'], (event) =>
    isFirst(event)
      ? [
          {
            n: event.n,
            ...searchable(
              'analyst',
              event.payload.record.id,
              event.payload.record.name,
              event.payload.record.aliases ?? [],
            ),
          },
        ]
      : [],
  ),
  change(
    'analyst.recorded',
    `UPDATE search SET title = ${cell('title')}, body = ${cell('body')} FROM ${ROWS}
     WHERE search.rowid = (SELECT seq FROM analyst WHERE analyst.id = ${cell('id')})`,
    (event) =>
      isFirst(event)
        ? []
        : [
            searchable(
              'analyst',
              event.payload.record.id,
              event.payload.record.name,
              event.payload.record.aliases ?? [],
            ),
          ],
  ),
  insert(
    'statement.recorded',
    'statement',
    [...RECORD, 'source', 'analyst', 'kind', 'quote_key', 'record'],
    (event) => {
      const { id, source, analyst, kind, quote } = event.payload
      const quote_key = quoteSame(quote)
      return [
        { ...common(event), id, source, analyst, kind, quote_key, record: canonicalJson(event.payload) },
      ]
    },
  ),
  insert('statement.recorded', 'search', ['rowid', 'kind', 'id', 'title', 'body'], (event) => [
    { n: event.n, ...searchable('statement', event.payload.id, event.payload.quote.exact, []) },
  ]),
  insert(
    'question.recorded',
    'question',
    [...RECORD, 'due_at', 'deadline_rev', 'condition_due_at', 'same_key', 'record'],
    (event) => [
      {
        ...common(event),
        id: event.payload.id,
        due_at: dueAt(event.payload.deadline).toISOString(),
        deadline_rev: 0,
        condition_due_at: event.payload.condition
          ? dueAt(event.payload.condition.deadline).toISOString()
          : null,
        same_key: questionSame(event.payload),
        record: canonicalJson(event.payload),
      },
    ],
  ),
  insert('question.recorded', 'question_tag', ['tag', 'question'], (event) =>
    (event.payload.tags ?? []).map((tag) => ({ n: event.n, tag, question: event.payload.id })),
  ),
  insert('question.recorded', 'search', ['rowid', 'kind', 'id', 'title', 'body'], (event) => [
    {
      n: event.n,
      ...searchable('question', event.payload.id, event.payload.title, [
        event.payload.criteria,
        event.payload.fine_print,
      ]),
    },
  ]),
  change(
    'question.amended',
    `UPDATE question SET due_at = ${cell('due_at')}, condition_due_at = ${cell('condition_due_at')}, same_key = ${cell('same_key')}, record = ${cell('record')},
       deadline_rev = CASE WHEN due_at = ${cell('due_at')} AND condition_due_at IS ${cell('condition_due_at')}
         THEN deadline_rev ELSE ${cell('rev')} END
     FROM ${ROWS} WHERE question.id = ${cell('id')}`,
    (event) => [
      {
        id: event.payload.record.id,
        rev: event.rev,
        due_at: dueAt(event.payload.record.deadline).toISOString(),
        condition_due_at: event.payload.record.condition
          ? dueAt(event.payload.record.condition.deadline).toISOString()
          : null,
        same_key: questionSame(event.payload.record),
        record: canonicalJson(event.payload.record),
      },
    ],
  ),
  change(
    'question.amended',
    `DELETE FROM question_tag WHERE question IN (SELECT ${cell('id')} FROM ${ROWS})`,
    (event) => [{ id: event.payload.record.id }],
  ),
  insert('question.amended', 'question_tag', ['tag', 'question'], (event) =>
    (event.payload.record.tags ?? []).map((tag) => ({ n: event.n, tag, question: event.payload.record.id })),
  ),
  change(
    'question.amended',
    `UPDATE search SET title = ${cell('title')}, body = ${cell('body')} FROM ${ROWS}
     WHERE search.rowid = (SELECT seq FROM question WHERE question.id = ${cell('id')})`,
    ({ payload: { record } }) => [
      searchable('question', record.id, record.title, [record.criteria, record.fine_print]),
    ],
  ),
  change(
    'condition.met',
    `UPDATE question SET condition_met = ${cell('record')} FROM ${ROWS} WHERE question.id = ${cell('question')}`,
    (event) => [
      {
        question: event.payload.question,
        record: canonicalJson({ ...event.payload, at: event.at, by: event.by }),
      },
    ],
  ),
  insert(
    'forecast.recorded',
    'forecast',
    [...RECORD, 'question', 'analyst', 'source', 'said_to', 'record'],
    (event) => {
      const { id, question, analyst, statement, said_on } = event.payload
      const source = sourceOf(statement)
      return [
        {
          ...common(event),
          id,
          question,
          analyst,
          source,
          said_to: said_on.to,
          record: canonicalJson(event.payload),
        },
      ]
    },
  ),
  change(
    'forecast.withdrawn',
    `UPDATE forecast SET withdrawal = ${cell('record')} FROM ${ROWS} WHERE forecast.id = ${cell('id')}`,
    (event) => [
      { id: event.payload.forecast, record: canonicalJson({ ...event.payload, at: event.at, by: event.by }) },
    ],
  ),
  change(
    'retracted',
    `UPDATE forecast SET retraction = ${cell('record')} FROM ${ROWS} WHERE forecast.id = ${cell('id')}`,
    (event) => [
      { id: event.payload.forecast, record: canonicalJson({ ...event.payload, at: event.at, by: event.by }) },
    ],
  ),
  insert('reply.published', 'reply', ['seq', 'at', 'by', 'forecast', 'record'], ({ n, at, by, payload }) => [
    { n, at, by, forecast: payload.forecast, record: canonicalJson(payload) },
  ]),
  insert(
    'resolution.proposed',
    'resolution',
    ['question', 'id', 'seq', 'proposed_at', 'proposed_by', 'outcome', 'known_on', 'known_from', 'record'],
    (event) => [
      {
        n: event.n,
        question: event.payload.question,
        id: event.payload.id,
        proposed_at: event.at,
        proposed_by: event.by,
        outcome: canonicalJson(event.payload.outcome),
        known_on: event.payload.known_on,
        known_from: startOfDay(event.payload.known_on, event.payload.time_zone).toISOString(),
        record: canonicalJson(event.payload),
      },
    ],
  ),
  change(
    'resolution.confirmed',
    resolutionChange(`confirmed_at = ${cell('at')}, confirmed_by = ${cell('by')}`),
    ({ at, by, payload: { question, id } }) => [{ question, id, at, by }],
  ),
  change(
    'resolution.disputed',
    resolutionChange(
      `disputed_at = ${cell('at')}, disputed_by = ${cell('by')}, disputed_because = ${cell('because')}`,
    ),
    ({ at, by, payload: { question, id, because } }) => [{ question, id, at, by, because }],
  ),
  change(
    'resolution.superseded',
    resolutionChange(`superseded_by = ${cell('superseded_by')}`),
    ({ payload: { question, id, superseded_by } }) => [{ question, id, superseded_by }],
  ),
  decides('resolution.proposed'),
  decides('resolution.confirmed'),
  decides('resolution.disputed'),
  decides('resolution.superseded'),
  touches('forecast.recorded', BY_FORECAST, ({ payload }) => ({ forecast: payload.id })),
  touches('forecast.withdrawn', BY_FORECAST, ({ payload }) => ({ forecast: payload.forecast })),
  touches('retracted', BY_FORECAST, ({ payload }) => ({ forecast: payload.forecast })),
  touches('question.amended', BY_QUESTION, ({ payload }) => ({ question: payload.record.id })),
  touches('resolution.confirmed', BY_QUESTION, ({ payload }) => ({ question: payload.question })),
  touches('resolution.superseded', BY_QUESTION, ({ payload }) => ({ question: payload.question })),
  touches('source.recorded', `forecast.source = ${cell('source')}`, ({ payload }) => ({
    source: payload.record.id,
  })),
  insert('questions.flagged', 'flag', ['question', 'deadline_rev', 'what', 'flagged_at', 'seq'], (event) =>
    event.payload.questions.map(({ id, deadline_rev, what }) => ({
      n: event.n,
      question: id,
      deadline_rev,
      what,
      flagged_at: event.at,
    })),
  ),
  insert(
    'member.added',
    'member',
    ['id', 'name', 'role', 'machine', 'seq', 'at'],
    ({ n, at, payload: { id, name, role, machine } }) => [
      { n, at, id, name, role, machine: machine === true ? 1 : 0 },
    ],
  ),
  change(
    'member.changed',
    `UPDATE member SET role = coalesce(${cell('role')}, role), suspended = coalesce(${cell('suspended')}, suspended),
       because = ${cell('because')}
     FROM ${ROWS} WHERE member.id = ${cell('id')}`,
    ({ payload: { id, role, suspended, because } }) => [
      { id, role: role ?? null, suspended: suspended === undefined ? null : Number(suspended), because },
    ],
  ),
  insert(
    'token.issued',
    'token',
    ['id', 'stream', 'member', 'name', 'role', 'issued_at', 'expires_at'],
    ({ n, at, stream, payload: { id, member, name, role, expires_at } }) => [
      { n, id, stream, member, name, role, issued_at: at, expires_at: expires_at ?? null },
    ],
  ),
  change(
    'token.revoked',
    `UPDATE token SET revoked_at = ${cell('at')} FROM ${ROWS} WHERE token.id = ${cell('id')}`,
    ({ at, payload }) => [{ id: payload.id, at }],
  ),
  change(
    'policy.changed',
    `INSERT INTO policy (one, stream, four_eyes, four_eyes_in_force)
     SELECT 1, ${cell('stream')}, ${cell('four_eyes')}, ${cell('in_force')} FROM ${ROWS} WHERE true
     ON CONFLICT (one) DO UPDATE SET four_eyes = excluded.four_eyes, four_eyes_in_force = excluded.four_eyes_in_force`,
    ({ stream, payload }) => [
      { stream, four_eyes: payload.four_eyes, in_force: payload.four_eyes_in_force ? 1 : 0 },
    ],
  ),
  ...corrections,
  insert(
    'clock.accepted',
    'clock_word',
    ['seq', 'at', 'by', 'corrects_from', 'because'],
    ({ n, at, by, payload }) => [{ n, at, by, corrects_from: null, because: payload.because ?? null }],
  ),
  insert(
    'clock.corrected',
    'clock_word',
    ['seq', 'at', 'by', 'corrects_from', 'because'],
    ({ n, at, by, payload }) => [{ n, at, by, corrects_from: payload.from, because: payload.because }],
  ),
]

// After one of these the order matters, so it ends the run of events that are written together.
const endsRun = (event: { type: EntryType; rev: number }) =>
  event.type === 'question.amended' ||
  event.type === 'policy.changed' ||
  event.type === 'member.changed' ||
  event.type === 'clock.corrected' ||
  ((event.type === 'source.recorded' || event.type === 'analyst.recorded') && event.rev > 0)

/**
 * The statements that write these events, in log order, into the projections, which must stand just before them.
 * The same code serves an append and a rebuild.
 */
export function project(events: readonly Omit<Event, 'seq'>[]): Statement[] {
  const statements: Statement[] = []
  let run: Omit<Event, 'seq'>[] = []
  const flush = () => {
    if (run.length === 0) return
    statements.push(...projectRun(run))
    run = []
  }
  for (const event of events) {
    if (endsRun(event)) flush()
    run.push(event)
    if (endsRun(event)) flush()
  }
  flush()
  return statements
}

function projectRun(run: readonly Omit<Event, 'seq'>[]): Statement[] {
  const byType = new Map<EntryType, (Omit<Event, 'seq'> & { n: number })[]>()
  run.forEach((event, n) => {
    const placed = { ...event, n }
    const list = byType.get(event.type)
    if (list === undefined) byType.set(event.type, [placed])
    else list.push(placed)
  })
  const statements: Statement[] = []
  for (const projector of projectors) {
    const rows = (byType.get(projector.on) ?? []).flatMap((event) => projector.rows(event as never))
    if (rows.length > 0) statements.push({ sql: projector.sql, args: { rows: JSON.stringify(rows) } })
  }
  statements.push({ sql: 'UPDATE projection SET seq = seq + :count', args: { count: BigInt(run.length) } })
  return statements
}
