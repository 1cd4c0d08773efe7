import { type Analyst, nameKeysOf, nearKeysOf } from '../core/analyst.ts'
import { spanOf } from '../core/calendar.ts'
import type { Payload } from '../core/entry.ts'
import { nameKey } from '../core/name.ts'
import { addressKey } from '../core/text.ts'
import { canonicalJson } from '../log/canonical-json.ts'
import {
  type Cells,
  cell,
  change,
  common,
  first,
  insert,
  later,
  type Placed,
  type Projector,
  RECORD,
  ROWS,
  SEARCH_COLUMNS,
  SEQ,
  searchable,
  searchChange,
  touches,
  update,
} from './projection-sql.ts'
import { quoteSame, sourceSame } from './twins.ts'

type Recorded = 'source.recorded' | 'analyst.recorded'
type Noun<T extends Recorded> = Payload<T>['record']

/** A record that is recorded again under its id: the first entry makes its row, with `made` besides, the others change it. */
const recorded = <T extends Recorded>(
  on: T,
  table: string,
  columns: string[],
  cells: (record: Noun<T>) => Cells,
  made: string[] = [],
): Projector[] => [
  insert(
    on,
    table,
    [...RECORD, ...columns, ...made],
    first((event: Placed<T>) => ({ ...common(event), ...cells(event.payload.record) })),
  ),
  update(
    on,
    table,
    columns,
    later((event: Placed<T>) => cells(event.payload.record)),
  ),
]

/** The same of what a search finds of it. */
const searched = <T extends Recorded>(
  on: T,
  table: string,
  found: (record: Noun<T>) => Cells,
): Projector[] => [
  insert(
    on,
    'search',
    SEARCH_COLUMNS,
    first((event: Placed<T>) => ({ n: event.n, ...found(event.payload.record) })),
  ),
  change(
    on,
    searchChange(table),
    later((event: Placed<T>) => found(event.payload.record)),
  ),
]

/** The names by which an analyst is found, made anew with every entry. */
const named = (
  table: string,
  column: string,
  keysOf: (analyst: Analyst) => readonly string[],
): Projector[] => [
  change(
    'analyst.recorded',
    `DELETE FROM ${table} WHERE analyst IN (SELECT ${cell('id')} FROM ${ROWS})`,
    later((event) => ({ id: event.payload.record.id })),
  ),
  insert('analyst.recorded', table, [column, 'analyst'], ({ n, payload: { record } }) =>
    keysOf(record).map((key) => ({ n, [column]: key, analyst: record.id })),
  ),
]

/** Who said what, and where. */
export const statementProjectors: readonly Projector[] = [
  ...recorded(
    'source.recorded',
    'source',
    ['address_key', 'same_key', 'published_to', 'record'],
    (source) => ({
      id: source.id,
      address_key: source.url === undefined ? null : addressKey(source.url),
      same_key: sourceSame(source),
      published_to: spanOf(source.published).to,
      record: canonicalJson(source),
    }),
  ),
  ...searched('source.recorded', 'source', ({ id, title, publisher }) =>
    searchable('source', id, title, [publisher]),
  ),
  ...recorded(
    'analyst.recorded',
    'analyst',
    ['sort_key', 'record'],
    (analyst) => ({ id: analyst.id, sort_key: nameKey(analyst.name), record: canonicalJson(analyst) }),
    ['changed'],
  ),
  touches(
    'analyst.recorded',
    `(SELECT id AS analyst FROM analyst) AS said ON said.analyst = ${cell('id')}`,
    later(({ payload }) => ({ id: payload.record.id })),
  ),
  ...named('analyst_near', 'near_key', nearKeysOf),
  ...named('analyst_name', 'name_key', nameKeysOf),
  ...searched('analyst.recorded', 'analyst', ({ id, name, aliases = [] }) =>
    searchable('analyst', id, name, aliases),
  ),
  insert(
    'statement.recorded',
    'statement',
    [...RECORD, 'source', 'analyst', 'kind', 'quote_key', 'said'],
    (event) => {
      const { id, source, analyst, kind, quote } = event.payload
      const quote_key = quoteSame(quote)
      return [{ ...common(event), id, source, analyst, kind, quote_key, said: canonicalJson(event.payload) }]
    },
  ),
  touches('statement.recorded', `statement AS said ON said.id = ${cell('id')}`, ({ payload: { id } }) => [
    { id },
  ]),
  touches('source.recorded', `statement AS said ON said.source = ${cell('id')}`, ({ payload }) => [
    { id: payload.record.id },
  ]),
  change(
    'source.archived',
    `INSERT OR REPLACE INTO archived (source, seq, at, by, record)
     SELECT ${cell('source')}, ${SEQ}, ${cell('at')}, ${cell('by')}, ${cell('record')} FROM ${ROWS}`,
    ({ n, at, by, payload }) => [{ n, at, by, source: payload.source, record: canonicalJson(payload) }],
  ),
  change(
    'statement.verified',
    `UPDATE statement SET verified_at = ${cell('at')}, verified_by = ${cell('by')} FROM ${ROWS}
     WHERE statement.id = ${cell('id')} AND verified_at IS NULL`,
    ({ at, by, payload }) => [{ id: payload.statement, at, by }],
  ),
  insert('statement.recorded', 'search', SEARCH_COLUMNS, (event) => [
    {
      n: event.n,
      ...searchable('statement', event.payload.id, event.payload.quote.exact, [
        event.payload.translation?.text,
      ]),
    },
  ]),
]
