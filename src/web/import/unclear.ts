import type { FileReader } from '../../ledger/import/read-file.ts'
import { type Draft, typedIn } from '../ui/problem.ts'
import type { Unclear } from './mapping.tsx'

const MOST_UNCLEAR = 20

/** What the form has to ask besides: cells of the outcome that mean nothing here, and columns that look like names. */
export function unclearIn(
  rows: readonly { cells: readonly string[] }[],
  outcome: string,
  draft: Draft,
  reader: FileReader,
): Unclear {
  const [header, ...body] = rows
  const columns = header?.cells.map((name) => name.trim()) ?? []
  const at = columns.indexOf(outcome)
  const values = new Set<string>()
  for (const { cells } of at === -1 ? [] : body) {
    const cell = (cells[at] ?? '').trim()
    if (values.size < MOST_UNCLEAR && cell.length <= 100 && reader.outcomeIn(cell, new Map()) === undefined)
      values.add(cell)
  }
  const meanings = new Map(
    (draft.typed.get('/outcomes/value') ?? []).map((value, i) => [
      value,
      draft.typed.get('/outcomes/meaning')?.[i] ?? '',
    ]),
  )
  for (const value of meanings.keys()) values.add(value)
  return {
    outcomes: [...values].map((value) => [value, meanings.get(value) ?? '']),
    names: columns.filter(
      (name) => reader.FORECASTER.test(name) && name !== typedIn(draft, '/columns/analyst'),
    ),
  }
}
