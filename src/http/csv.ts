/** The columns of a table: their names and how each cell is read from an item. */
export type Columns<T> = readonly (readonly [name: string, cell: (item: T) => unknown])[]

// A spreadsheet takes a cell that begins with one of these (full-width forms too) for a formula.
const FORMULA = /^[=+\-@\t\r＝＋－＠]/u

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n']/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** RFC 4180: one line of some cells. */
export const csvLine = (cells: readonly unknown[]): string => `${cells.map(cell).join(',')}\r\n`

/** RFC 4180: the header line. */
export const csvHeader = <T>(columns: Columns<T>): string => csvLine(columns.map(([name]) => name))

/** RFC 4180: one line an item. */
export const csvLines = <T>(columns: Columns<T>, items: readonly T[]): string =>
  items.map((item) => csvLine(columns.map(([, read]) => read(item)))).join('')
