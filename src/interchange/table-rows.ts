import { CsvError, parse } from 'csv-parse/sync'
import { excerptOf, type Finding } from './finding.ts'

/** A larger table is refused. */
export const MAX_BYTES = 64 * 1024 * 1024
export const MAX_ROWS = 100_000
/** Whoever mends that many sees the others next time. */
export const MAX_FINDINGS = 100

/** One row: the line on which it ends, and its cells; where it stands on no line of its own, what it is called. */
export type TableRow = { line: number; cells: string[]; named?: string }
/** Where a row is, in words. */
export const whereOf = ({ line, named = `line ${line}` }: TableRow): string => named
/** Reports what is wrong at a line, or in it at the cell of a column. */
export type Report = (
  place: { line: number; cell?: number | undefined },
  code: Finding['code'],
  message: string,
  remedy: string,
) => void

/** What stands between the cells: by the name of the file, or else what alone stands in the header. */
function separatorOf(path: string, text: string): string {
  if (/\.tsv$/iu.test(path)) return '\t'
  const header = text.slice(0, Math.max(0, text.search(/[\r\n]/u))).replaceAll(/"[^"]*"/gu, '')
  const [only, ...others] = SEPARATORS.filter((separator) => header.includes(separator))
  return only !== undefined && others.length === 0 ? only : ','
}
const SEPARATORS = [',', ';', '\t', '|']

/** The rows of a table of text, the header first, or null where it is none; and where to put findings. */
export type Table = {
  rows: TableRow[] | null
  findings: Finding[]
  report: Report
  /** Cells are not separated by commas, so that one in a number is no end of it. */
  hasDecimalCommas: boolean
}

export function readTable(file: { path: string; bytes: Uint8Array }): Table {
  const findings: Finding[] = []
  const text = textOf(file.bytes)
  const separator = separatorOf(file.path, text ?? '')
  const hasDecimalCommas = separator !== ','
  let lines: string[] | null = null
  const report: Report = ({ line, cell }, code, message, remedy) => {
    lines ??= (text ?? '').split(/\r\n|\n|\r/u)
    const within = lines[line - 1] ?? ''
    const { offset, length } =
      cell === undefined ? { offset: 0, length: within.length } : spanOfCell(within, cell, separator)
    const excerpt = excerptOf(within, offset, Math.max(1, length))
    const { path } = file
    findings.push({ path, line, column: offset + 1, level: 'error', code, message, remedy, excerpt })
  }
  const refuse = (code: Finding['code'], message: string, remedy: string) => {
    report({ line: 1 }, code, message, remedy)
    return { rows: null, findings, report, hasDecimalCommas }
  }
  if (text === null)
    return refuse('encoding', 'the table is not text in UTF-8 or UTF-16', 'Save it as UTF-8.')
  if (file.bytes.length > MAX_BYTES)
    return refuse('too_large', 'the table is larger than 64 MiB', 'Split it by years.')
  if (isLonger(text, MAX_ROWS + 1))
    return refuse('too_large', 'the table has more than 100,000 rows', 'Split it by years.')
  return { rows: parsed(text, separator, report), findings, report, hasDecimalCommas }
}

/** What stands in a file of UTF-8 or UTF-16, without its mark; null where it is no text. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    const [first, second] = bytes
    const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
    const encoding = isWide ? (first === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8'
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return text.includes('\u0000') ? null : text
  } catch {
    return null
  }
}

/** Whether a text has more lines than that; nothing is split for it. */
function isLonger(text: string, lines: number): boolean {
  let at = -1
  for (let seen = 0; seen < lines; seen++) {
    at = text.indexOf('\n', at + 1)
    if (at === -1) return false
  }
  return at < text.length - 1
}

const UNEVEN = 'Give every row one cell for each column, and put a cell that holds a comma in quotes.'

function parsed(text: string, separator: string, report: Report): TableRow[] | null {
  const read = split(text, separator, report)
  if (read === null) return null
  const rows = withoutEmptyEnd(read)
  const [header, ...body] = rows
  const wide = header?.cells.length ?? 0
  if (header === undefined)
    report({ line: 1 }, 'table_syntax', 'the table is empty', 'Give it a header and rows.')
  else if (wide === 1 && /[;\t,]/u.test(header.cells[0] ?? ''))
    report(
      { line: header.line },
      'table_syntax',
      `the cells are not separated by ${separator === ',' ? 'commas' : 'tabs'}`,
      'Save a .csv file with commas, a .tsv file with tabs, and decimals with a point.',
    )
  else if (body.length === 0)
    report(
      { line: header.line },
      'table_syntax',
      'there is no row below the header',
      'Give the table its rows.',
    )
  else {
    const uneven = body.filter(({ cells }) => cells.length !== wide).slice(0, MAX_FINDINGS)
    for (const { line, cells } of uneven)
      report(
        { line },
        'table_syntax',
        `the row has ${counted(cells.length)}, the header ${counted(wide)}`,
        UNEVEN,
      )
    if (uneven.length === 0) return rows
  }
  return null
}

/** The names in the first line, or null where there is none that is closed. */
export function headerOf({ path, text }: { path: string; text: string }): string[] | null {
  try {
    const delimiter = separatorOf(path, text)
    const [names] = parse(text.slice(0, LONGEST_HEADER), {
      delimiter,
      to: 1,
      relax_column_count: true,
    }) as string[][]
    return names?.map((name) => name.trim()) ?? null
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return null
  }
}
const LONGEST_HEADER = 100_000

/** A spreadsheet leaves columns without a name and without a cell at the end. */
function withoutEmptyEnd(rows: TableRow[]): TableRow[] {
  const [header] = rows
  const names = header?.cells ?? []
  const width = names.findLastIndex((name) => name.trim() !== '') + 1
  const isEmpty = ({ cells }: TableRow) => cells.slice(width).every((cell) => cell.trim() === '')
  const isEven = rows.every(({ cells }) => cells.length === names.length)
  return width === 0 || width === names.length || !isEven || !rows.every(isEmpty)
    ? rows
    : rows.map(({ line, cells }) => ({ line, cells: cells.slice(0, width) }))
}

const counted = (n: number) => `${n} ${n === 1 ? 'cell' : 'cells'}`

function split(text: string, delimiter: string, report: Report): TableRow[] | null {
  try {
    const options = { delimiter, info: true, skip_empty_lines: true, relax_column_count: true } as const
    const read = parse(text, options) as unknown as { record: string[]; info: { lines: number } }[]
    return read.map(({ record, info }) => ({ cells: record, line: info.lines }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const { lines = 1, column } = error as unknown as { lines?: number; column?: number }
    const cell = typeof column === 'number' ? column : undefined
    const message = 'a quotation mark is not closed, or stands inside a cell'
    report({ line: lines, cell }, 'table_syntax', message, 'Close it, or double it.')
    return null
  }
}

/** Where a cell stands in its line, without its quotes. */
function spanOfCell(line: string, cell: number, separator: string): { offset: number; length: number } {
  let [from, column, isQuoted] = [0, 0, false]
  for (let at = 0; at <= line.length; at++) {
    if (line[at] === '"') isQuoted = !isQuoted
    if (at < line.length && (line[at] !== separator || isQuoted)) continue
    if (column === cell) {
      const marks = line[from] === '"' ? 1 : 0
      return { offset: from + marks, length: Math.max(0, at - from - 2 * marks) }
    }
    column++
    from = at + 1
  }
  return { offset: 0, length: line.length }
}
