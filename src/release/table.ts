import { csvHeader, csvLines } from '../http/csv.ts'

export const columnTypes = [
  'string',
  'integer',
  'number',
  'boolean',
  'date',
  'datetime',
  'array',
  'object',
] as const

/**
 * Whose a column is: made by the ledger; words that somebody else said or wrote, which stand here as quotations; names,
 * titles and addresses, in which no right is claimed or given.
 */
export const rights = ['ledger', 'quoted', 'named'] as const
export type Rights = (typeof rights)[number]

/** A column: what it is called, how it is read from an item, and all that the codebook says of it. */
export type Column<T> = {
  name: string
  type: (typeof columnTypes)[number]
  meaning: string
  read: (item: T) => unknown
  /** Without it the column is made by the ledger. */
  rights?: Rights
  /** In what its numbers are counted. */
  unit?: string
  /** Every value that it can have, with what each means. */
  levels?: Readonly<Record<string, string>>
  /** How it comes about, or when it is empty. */
  rule?: string
  /** Never empty. */
  required?: true
}

/** What each of some values means: none is left out. */
export type Levels<T extends readonly string[]> = Record<T[number], string>

type Reference = { fields: readonly string[]; table: string; of: readonly string[] }

/** A table of the data set, with its cells read already. */
export type Table = {
  name: string
  title: string
  /** What a row is. */
  row: string
  key: readonly string[]
  references: readonly Reference[]
  columns: readonly Omit<Column<never>, 'read'>[]
  csv: string
  rows: number
}

type Shape<T> = {
  name: string
  title: string
  row: string
  key: readonly string[]
  references?: readonly Reference[]
  columns: readonly Column<T>[]
}

/** A reference of one column to the ids of another table. */
export const refers = (field: string, table: string, of = 'id'): Reference => ({
  fields: [field],
  table,
  of: [of],
})

/** The table of some items; `quotes` says whether the words of others are in it. */
export function tableOf<T>(shape: Shape<T>, items: readonly T[], quotes: boolean): Table {
  const columns = shape.columns.filter(({ rights }) => quotes || rights !== 'quoted')
  const cells = columns.map(({ name, read }) => [name, read] as const)
  const { name, title, row, key, references = [] } = shape
  return {
    name,
    title,
    row,
    key,
    references,
    columns: columns.map(({ read: _, ...told }) => told),
    csv: csvHeader(cells) + csvLines(cells, items),
    rows: items.length,
  }
}

/** Where and when an entry of the log recorded it: the last columns of most tables. */
export const recorded = <T>(read: (item: T) => { seq: number; at: string }): Column<T>[] => [
  {
    name: 'seq',
    type: 'integer',
    meaning: 'The entry of the log that recorded it; its receipt is /api/log/entries/{id}/receipt.',
    read: (item) => read(item).seq,
    required: true,
  },
  {
    name: 'recorded_at',
    type: 'datetime',
    unit: 'UTC',
    meaning: 'When the server recorded it, by its own clock.',
    read: (item) => read(item).at,
    required: true,
  },
]
