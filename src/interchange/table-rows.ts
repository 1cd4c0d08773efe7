import { CsvError, parse } from 'csv-parse/sync'
import { LedgerError } from '../core/error.ts'
import { excerptOf, type Finding } from './finding.ts'
import {
  beginningOf,
  lineReader,
  MAX_BYTES,
  MAX_FINDINGS,
  NoText,
  type TableFile,
  textsOf,
} from './table-file.ts'

/** One row: the line on which it ends, and its cells; where it stands on no line of its own, what it is called. */
export type TableRow = { line: number; cells: string[]; named?: string }
export type RowPlace = Omit<TableRow, 'cells'>
/** Where a row is, in words. */
export const whereOf = ({ line, named = `line ${line}` }: RowPlace): string => named
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

/** The rows of a table of text, or null where it is none; and where to put findings. */
export type Table = {
  /** The header first. Of a file on a disk they are read from it each time that they are asked for. */
  rows: Iterable<TableRow> | null
  /** How many there are, without the header. */
  count: number
  findings: Finding[]
  report: Report
  /** Cells are not separated by commas, so that one in a number is no end of it. */
  hasDecimalCommas: boolean
}

export const headerIn = (rows: Iterable<TableRow> | null): TableRow | undefined => {
  for (const row of rows ?? []) return row
  return undefined
}
/** The rows below the header. */
export function* below(rows: Iterable<TableRow> | null): Generator<TableRow> {
  let isHeader = true
  for (const row of rows ?? []) {
    if (!isHeader) yield row
    isHeader = false
  }
}

/**
 * Reads a table once, to see that it is one. What a file on a disk holds is never held as a whole: its rows are read from
 * it again by whoever asks for them.
 */
export function readTable(file: TableFile): Table {
  const findings: Finding[] = []
  const separator = separatorOf(file.path, beginningOf(file, LONGEST_HEADER) ?? '')
  const hasDecimalCommas = separator !== ','
  const lineOf = lineReader(file)
  const report: Report = ({ line, cell }, code, message, remedy) => {
    const within = lineOf(line)
    const { offset, length } =
      cell === undefined ? { offset: 0, length: within.length } : spanOfCell(within, cell, separator)
    const excerpt = excerptOf(within, offset, Math.max(1, length))
    const { path } = file
    findings.push({ path, line, column: offset + 1, level: 'error', code, message, remedy, excerpt })
  }
  const refuse = (code: Finding['code'], message: string, remedy: string): Table => {
    findings.length = 0
    report({ line: 1 }, code, message, remedy)
    return { rows: null, count: 0, findings, report, hasDecimalCommas }
  }
  try {
    if (file.mostRows !== undefined && file.size > MAX_BYTES)
      return refuse('too_large', 'the table is larger than 64 MiB', SPLIT)
    if (isTooLong(file)) return refuse('too_large', 'the table has more than 100,000 rows', SPLIT)
    const { width, count } = formOf(file, separator, report)
    const read = {
      *[Symbol.iterator]() {
        try {
          for (const { line, cells } of split(file, separator))
            yield { line, cells: cells.length > width ? cells.slice(0, width) : cells }
        } catch (error) {
          if (!(error instanceof CsvError || error instanceof NoText)) throw error
          throw new LedgerError('invalid', `${file.path} changed while it was being read: import it again.`)
        }
      },
    }
    const rows = findings.length > 0 ? null : file.mostRows === undefined ? read : [...read]
    return { rows, count, findings, report, hasDecimalCommas }
  } catch (error) {
    if (error instanceof NoText)
      return refuse('encoding', 'the table is not text in UTF-8 or UTF-16', 'Save it as UTF-8.')
    if (!(error instanceof CsvError)) throw error
    const { lines = 1, column } = error as unknown as { lines?: number; column?: number }
    const cell = typeof column === 'number' ? column : undefined
    const message = 'a quotation mark is not closed, or stands inside a cell'
    findings.length = 0
    report({ line: lines, cell }, 'table_syntax', message, 'Close it, or double it.')
    return { rows: null, count: 0, findings, report, hasDecimalCommas }
  }
}

const SPLIT =
  'Take a part at a time. A table in one file may be of any size where the command `reckon import` reads it.'

/** Whether a table that would be held has more rows than that; nothing is split for it. */
function isTooLong(file: TableFile): boolean {
  let left = (file.mostRows ?? Number.POSITIVE_INFINITY) + 1
  if (left === Number.POSITIVE_INFINITY) return false
  for (const text of textsOf(file))
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1))
      if (--left < 0 || (left === 0 && at < text.length - 1)) return true
  return false
}

const UNEVEN = 'Give every row one cell for each column, and put a cell that holds a comma in quotes.'

/** How wide a table is and how many rows it has below its header; what makes it no table is reported. */
function formOf(file: TableFile, separator: string, report: Report): { width: number; count: number } {
  let header: TableRow | null = null
  let [named, count, uneven, isBlankBeyond] = [0, 0, 0, true]
  for (const row of split(file, separator)) {
    if (header === null) {
      header = row
      named = row.cells.findLastIndex((name) => name.trim() !== '') + 1
      if (row.cells.length > 1 || !/[;\t,]/u.test(row.cells[0] ?? '')) continue
      report(
        { line: row.line },
        'table_syntax',
        `the cells are not separated by ${separator === ',' ? 'commas' : 'tabs'}`,
        'Save a .csv file with commas, a .tsv file with tabs, and decimals with a point.',
      )
      return { width: 1, count }
    }
    count++
    const [wide, wanted] = [row.cells.length, header.cells.length]
    if (isBlankBeyond && named < wanted)
      isBlankBeyond = row.cells.slice(named).every((cell) => cell.trim() === '')
    if (wide === wanted || ++uneven > MAX_FINDINGS) continue
    const message = `the row has ${counted(wide)}, the header ${counted(wanted)}`
    report({ line: row.line }, 'table_syntax', message, UNEVEN)
  }
  const wide = header?.cells.length ?? 0
  if (header === null) report({ line: 1 }, 'table_syntax', 'the table is empty', 'Give it a header and rows.')
  else if (count === 0)
    report(
      { line: header.line },
      'table_syntax',
      'there is no row below the header',
      'Give the table its rows.',
    )
  // A spreadsheet leaves columns without a name and without a cell at the end.
  return { width: named > 0 && uneven === 0 && isBlankBeyond ? named : wide, count }
}

const counted = (n: number) => `${n} ${n === 1 ? 'cell' : 'cells'}`

/** The rows of a file, in parts of its text that end where a row does. Throws `CsvError` and `NoText`. */
function* split(file: TableFile, delimiter: string): Generator<TableRow> {
  let linesBefore = 0
  for (const { text, ending } of partsOf(file)) {
    const options = {
      delimiter,
      record_delimiter: ending,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
    } as const
    try {
      const read = parse(text, options) as unknown as { record: string[]; info: { lines: number } }[]
      for (const { record, info } of read) yield { cells: record, line: linesBefore + info.lines }
    } catch (error) {
      if (error instanceof CsvError) {
        const at = error as unknown as { lines?: number }
        at.lines = linesBefore + (at.lines ?? 1)
      }
      throw error
    }
    linesBefore += text.split(/\r\n|\n|\r/u).length - 1
  }
}

/** No row is longer: what goes on without an end has a quotation mark that is not closed. */
const LONGEST_ROW = 4_000_000

/** A text in parts that end where a row does, and what ends its rows: as the first does, so do all. */
function* partsOf(file: TableFile): Generator<{ text: string; ending: string }> {
  let [rest, isQuoted] = ['', false]
  let ending: string | null = null
  for (const text of unbroken(textsOf(file))) {
    let end = 0
    for (let at = 0; at < text.length; at++) {
      const letter = text.charCodeAt(at)
      if (letter === QUOTE) isQuoted = !isQuoted
      else if (!isQuoted && (letter === LF || letter === CR)) {
        ending ??= letter === LF ? '\n' : text[at + 1] === '\n' ? '\r\n' : '\r'
        if (text.startsWith(ending, at + 1 - ending.length)) end = at + 1
      }
    }
    if (end === 0 && rest.length < LONGEST_ROW) {
      rest += text
      continue
    }
    const split = end === 0 ? text.length : end
    yield { text: rest + text.slice(0, split), ending: ending ?? '\n' }
    rest = text.slice(split)
  }
  if (rest !== '') yield { text: rest, ending: ending ?? '\n' }
}

/** The same pieces, of which none ends between the two letters of one line break. */
function* unbroken(texts: Iterable<string>): Generator<string> {
  let held = ''
  for (const text of texts) {
    const whole = held + text
    held = whole.endsWith('\r') ? '\r' : ''
    yield whole.slice(0, whole.length - held.length)
  }
  yield held
}
const [QUOTE, LF, CR] = [34, 10, 13]

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
export const LONGEST_HEADER = 100_000

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
