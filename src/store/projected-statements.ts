import { type Analyst, nameKeysOf, nearKeysOf } from '../core/analyst.ts'
import { spanOf } from '../core/calendar.ts'
import { nameKey } from '../core/name.ts'
import type { Source } from '../core/source.ts'
import { addressKey } from '../core/text.ts'
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
  SEARCH_COLUMNS,
  searchable,
  searchChange,
} from './projector.ts'
import { quoteSame, sourceSame } from './twins.ts'

const searchableSource = ({ id, title, publisher }: Source) => searchable('source', id, title, [publisher])
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
  insert('source.recorded', 'search', SEARCH_COLUMNS, (event) =>
    isFirst(event) ? [{ n: event.n, ...searchableSource(event.payload.record) }] : [],
  ),
  change('source.recorded', searchChange('source'), (event) =>
    isFirst(event) ? [] : [searchableSource(event.payload.record)],
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
  change(
    'analyst.recorded',
    `DELETE FROM analyst_near WHERE analyst IN (SELECT ${cell('id')} FROM ${ROWS})`,
    (event) => (isFirst(event) ? [] : [{ id: event.payload.record.id }]),
  ),
  insert('analyst.recorded', 'analyst_near', ['near_key', 'analyst'], (event) =>
    nearKeysOf(event.payload.record).map((near_key) => ({
      n: event.n,
      near_key,
      analyst: event.payload.record.id,
    })),
  ),
  insert('analyst.recorded', 'analyst_name', ['name_key', 'analyst'], (event) =>
    nameKeysOf(event.payload.record).map((name_key) => ({
      n: event.n,
      name_key,
      analyst: event.payload.record.id,
    })),
  ),
  insert('analyst.recorded', 'search', SEARCH_COLUMNS, (event) =>
    isFirst(event) ? [{ n: event.n, ...searchableAnalyst(event.payload.record) }] : [],
  ),
  change('analyst.recorded', searchChange('analyst'), (event) =>
    isFirst(event) ? [] : [searchableAnalyst(event.payload.record)],
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
  insert('statement.recorded', 'search', SEARCH_COLUMNS, (event) => [
    { n: event.n, ...searchable('statement', event.payload.id, event.payload.quote.exact, []) },
  ]),
]
