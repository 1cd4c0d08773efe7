import type { EntryType, Event } from '../core/entry.ts'
import { formsOf } from '../core/search-form.ts'

/** An event in the place where it is projected: `n` counts from the first event of the run. */
export type Placed<T extends EntryType> = Omit<Event<T>, 'seq'> & { n: number }
export type Cells = Record<string, string | number | null>
export type Projector = { on: EntryType; rows: (event: never) => Cells[]; sql: string }

/** The seq of the event of a row: the projection stands just before the run. */
export const SEQ = `((SELECT seq FROM projection) + 1 + (row.value ->> 'n'))`
export const ROWS = 'json_each(:rows) AS row'
export const cell = (name: string) => `row.value ->> '${name}'`

const SEQ_COLUMNS = new Set(['seq', 'rowid', 'changed'])

export function insert<T extends EntryType>(
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

export function change<T extends EntryType>(
  on: T,
  sql: string,
  rows: (event: Placed<T>) => Cells[],
): Projector {
  return { on, rows, sql }
}

export const isFirst = (event: { rev: number }) => event.rev === 0
export const common = (event: { n: number; stream: string; at: string; by: string }) => ({
  n: event.n,
  stream: event.stream,
  at: event.at,
  by: event.by,
})
export const RECORD = ['id', 'stream', 'seq', 'at', 'by']

export const SEARCH_COLUMNS = ['rowid', 'kind', 'id', 'title', 'body', 'forms']

export function searchable(kind: string, id: string, title: string, others: (string | undefined)[]) {
  const body = others.filter((text) => text !== undefined).join('\n')
  return { kind, id, title, body, forms: formsOf(`${title}\n${body}`) }
}

/** The row of the search index that stands for a record of this table, as it is now. */
export const searchChange = (table: string): string =>
  `UPDATE search SET title = ${cell('title')}, body = ${cell('body')}, forms = ${cell('forms')} FROM ${ROWS}
   WHERE search.rowid = (SELECT seq FROM ${table} WHERE ${table}.id = ${cell('id')})`
