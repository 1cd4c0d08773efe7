import { type Analyst, nameKeysOf } from '../core/analyst.ts'
import { spanOf } from '../core/calendar.ts'
import { addressKey, nameKey } from '../core/text.ts'
import { canonicalJson } from '../log/canonical-json.ts'
import {
  cell,
  change,
  common,
  insert,
  isFirst,
  type Projector,
  RECORD,
  ROWS,
  searchable,
} from './projector.ts'
import { quoteSame, sourceSame } from './twins.ts'

const searchableAnalyst = ({ id, name, aliases = [] }: Analyst) => searchable('analyst', id, name, aliases)

/** Who said what, and where. */
export const statementProjectors: readonly Projector[] = [
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
    isFirst(event) ? [{ n: event.n, ...searchableAnalyst(event.payload.record) }] : [],
  ),
  change(
    'analyst.recorded',
    `UPDATE search SET title = ${cell('title')}, body = ${cell('body')} FROM ${ROWS}
     WHERE search.rowid = (SELECT seq FROM analyst WHERE analyst.id = ${cell('id')})`,
    (event) => (isFirst(event) ? [] : [searchableAnalyst(event.payload.record)]),
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
  change(
    'statement.verified',
    `UPDATE statement SET verified_at = ${cell('at')}, verified_by = ${cell('by')} FROM ${ROWS}
     WHERE statement.id = ${cell('id')} AND verified_at IS NULL`,
    ({ at, by, payload }) => [{ id: payload.statement, at, by }],
  ),
  insert('statement.recorded', 'search', ['rowid', 'kind', 'id', 'title', 'body'], (event) => [
    {
      n: event.n,
      ...searchable('statement', event.payload.id, event.payload.quote.exact, [
        event.payload.translation?.text,
      ]),
    },
  ]),
]
