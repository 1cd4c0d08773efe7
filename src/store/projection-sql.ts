import type { EntryType, Event } from '../core/entry.ts'
import { foldedWords } from '../core/folded-text.ts'
import { formsOf } from '../core/search-form.ts'

/** An event in the place where it is projected: `n` counts from the first event of the run. */
export type Placed<T extends EntryType> = Omit<Event<T>, 'seq'> & { n: number }
/** A row as JSON, by the names of its columns. */
export type Cells = Record<string, string | number | null>
/** What entries of one type write into one table: the rows of each, and the SQL that takes them all at once. */
export type Projector = { on: EntryType; rows: (event: never) => Cells[]; sql: string }

/** The seq of the event of a row: the projection stands just before the run. */
export const SEQ = `((SELECT seq FROM projection) + 1 + (row.value ->> 'n'))`
export const ROWS = 'json_each(:rows) AS row'
export const cell = (name: string) => `row.value ->> '${name}'`

const SEQ_COLUMNS = new Set(['seq', 'rowid', 'changed'])

type Rows<T extends EntryType> = (event: Placed<T>) => Cells[]

export const change = <T extends EntryType>(on: T, sql: string, rows: Rows<T>): Projector => ({
  on,
  rows,
  sql,
})

export function insert<T extends EntryType>(
  on: T,
  table: string,
  columns: string[],
  rows: Rows<T>,
): Projector {
  const values = columns.map((column) => (SEQ_COLUMNS.has(column) ? SEQ : cell(column)))
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${ROWS}`
  return change(on, sql, rows)
}

/** Sets some columns of the rows that have the keys of the cells. */
export function update<T extends EntryType>(
  on: T,
  table: string,
  columns: string[],
  rows: Rows<T>,
  keys: string[] = ['id'],
): Projector {
  const set = columns.map((column) => `${column} = ${cell(column)}`).join(', ')
  const where = keys.map((key) => `${table}.${key} = ${cell(key)}`).join(' AND ')
  return change(on, `UPDATE ${table} SET ${set} FROM ${ROWS} WHERE ${where}`, rows)
}

export const isFirst = (event: { rev: number }) => event.rev === 0
/** A row of the first entry of its record, or of every later one. */
export const first =
  <E extends { rev: number }>(row: (event: E) => Cells) =>
  (event: E) =>
    isFirst(event) ? [row(event)] : []
export const later =
  <E extends { rev: number }>(row: (event: E) => Cells) =>
  (event: E) =>
    isFirst(event) ? [] : [row(event)]

type Common = { n: number; stream: string; at: string; by: string }
export const common = ({ n, stream, at, by }: Common) => ({ n, stream, at, by })
export const RECORD = ['id', 'stream', 'seq', 'at', 'by']

export const SEARCH_COLUMNS = ['rowid', 'kind', 'id', 'shown', 'title', 'body', 'forms']

/** What a search finds of a record: its words as quotes are compared, and how else they may be written. */
export function searchable(kind: string, id: string, title: string, others: (string | undefined)[]) {
  const told = others.filter((text) => text !== undefined)
  const body = told.map(foldedWords).join('\n')
  return {
    kind,
    id,
    shown: title,
    title: foldedWords(title),
    body,
    forms: formsOf([title, ...told].join('\n')),
  }
}

/** The row of the search index that stands for a record of this table, as it is now. */
export const searchChange = (table: string): string =>
  `UPDATE search SET shown = ${cell('shown')}, title = ${cell('title')}, body = ${cell('body')}, forms = ${cell('forms')} FROM ${ROWS}
   WHERE search.rowid = (SELECT seq FROM ${table} WHERE ${table}.id = ${cell('id')})`

/**
 * The last entry that can have changed what is said of an analyst: what was summarised before it is out of date. `said`
 * joins what was touched, with the `analyst` whose it is.
 */
export const touches = <T extends EntryType>(on: T, said: string, rows: Rows<T>): Projector =>
  change(
    on,
    `UPDATE analyst SET changed = max(changed, touched.seq) FROM (
       SELECT said.analyst AS id, max(${SEQ}) AS seq FROM ${ROWS} JOIN ${said} GROUP BY said.analyst) AS touched
     WHERE analyst.id = touched.id`,
    (event) => rows(event).map((cells) => ({ n: event.n, ...cells })),
  )
