import { excerptOf, type Finding } from '../finding.ts'
import { bytesIn, MAX_ROWS, textOf } from '../table-file.ts'
import type { Report, Table } from '../table-rows.ts'
import { type JsonPath, jsonPlaces } from './json-place.ts'
import type { SeenFile } from './tracker.ts'

/** A value in a file of JSON, with the way to it. */
export type JsonAt = { value: unknown; path: JsonPath; file: number }

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands under a key, if anything. */
export const within = ({ value, path, file }: JsonAt, key: string): JsonAt => ({
  value: isObject(value) ? value[key] : undefined,
  path: [...path, key],
  file,
})

/** The values of a list; nothing else is one. */
export const itemsOf = ({ value, path, file }: JsonAt): JsonAt[] =>
  Array.isArray(value) ? value.map((item, i) => ({ value: item, path: [...path, i], file })) : []

/** What is read of a file that holds one of a kind alone, a list of them, or such a list under a key. */
export function oneOrMany(json: unknown, key: string, isOf: (value: unknown) => boolean): JsonAt[] {
  const whole: JsonAt = { value: json, path: [], file: 0 }
  if (isOf(json)) return [whole]
  return itemsOf(isObject(json) ? within(whole, key) : whole)
}

/** Whether a value is of a kind, or the first of its list, or of the list under a key. */
export function firstIn(value: unknown, key: string, isOf: (value: unknown) => boolean): boolean {
  const list = isObject(value) ? value[key] : value
  return isOf(value) || (Array.isArray(list) && isOf(list[0]))
}

/** A value as the cell of a table holds it: in one line; nothing for what is no text, number or yes and no. */
export const cellOf = (value: unknown): string =>
  typeof value === 'string'
    ? value.replaceAll(/\s+/gu, ' ').trim()
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : ''

/** What a row says under a column, and where it says so; `text` where the cell is said otherwise than the file has it. */
export type JsonCell = { at: JsonAt; text?: string }

/** Rows made of items of JSON. A row is known by its number, from 1 on, and findings point into the file. */
export function jsonTable(
  files: readonly SeenFile[],
  columns: readonly string[],
  rows: readonly (readonly JsonCell[])[],
): Table {
  const findings: Finding[] = []
  const told = new Set<string>()
  const placing = new Map<number, (path: JsonPath) => Place>()
  const placed = ({ file, path }: JsonAt): Place => {
    const place = placing.get(file) ?? placesIn(files[file] as SeenFile)
    placing.set(file, place)
    return place(path)
  }
  const report: Report = ({ line, cell }, code, message, remedy) => {
    const row = rows[line - 1]
    const at = row?.[cell ?? 0]?.at ?? { value: null, path: [], file: 0 }
    const path = cell === undefined ? at.path.slice(0, -1) : at.path
    // What a question says wrongly is wrong once, however many forecasts are on it: they are not even looked up.
    const key = JSON.stringify([at.file, path, message])
    if (told.has(key)) return
    told.add(key)
    const place = placed({ ...at, path })
    const isTold = findings.some(
      (one) =>
        one.message === message &&
        one.path === place.path &&
        one.line === place.line &&
        one.column === place.column,
    )
    if (!isTold) findings.push({ ...place, level: 'error', code, message, remedy })
  }
  if (rows.length > MAX_ROWS)
    report({ line: 1 }, 'too_large', 'there are more than 100,000 forecasts', 'Split it by years.')
  return {
    rows:
      rows.length > MAX_ROWS
        ? null
        : [
            { line: 0, cells: [...columns] },
            ...rows.map((cells, i) => ({
              line: i + 1,
              cells: cells.map(({ at, text }) => text ?? cellOf(at.value)),
              named: `forecast ${i + 1}`,
            })),
          ],
    count: rows.length,
    findings,
    report,
    hasDecimalCommas: false,
  }
}

type Place = Pick<Finding, 'path' | 'line' | 'column' | 'excerpt'>

/** As much of a line as an excerpt can show, where a file is one line. */
const SHOWN = 400

function placesIn(file: SeenFile): (path: JsonPath) => Place {
  const { path: name } = file
  const text = textOf(bytesIn(file) ?? new Uint8Array()) ?? ''
  const place = jsonPlaces(text)
  const starts = [0, ...[...text.matchAll(/\r\n|\n|\r/gu)].map(({ 0: end, index }) => index + end.length)]
  return (path) => {
    const { offset, length } = place(path)
    const at = starts.findLastIndex((start) => start <= offset)
    const start = starts[at] ?? 0
    const from = Math.max(start, offset - SHOWN)
    const [line = ''] = text
      .slice(from, Math.min(offset + SHOWN, starts[at + 1] ?? text.length))
      .split(/[\r\n]/u)
    return {
      path: name,
      line: at + 1,
      column: offset - start + 1,
      excerpt: excerptOf(line, offset - from, length),
    }
  }
}

/** A table of nothing but what is wrong with its file. */
export function unreadable(
  files: readonly SeenFile[],
  { path, file }: JsonAt,
  message: string,
  remedy: string,
): Table {
  const table = jsonTable(files, [], [[{ at: { value: null, path: [...path], file } }]])
  table.report({ line: 1, cell: 0 }, 'tracker_form', message, remedy)
  return { ...table, rows: null }
}
