import type { TableMappingFile } from '../../core/table-mapping.ts'
import type { FileReader } from '../../ledger/import/read-file.ts'
import { type Draft, typedIn } from '../ui/problem.ts'
import type { Unclear } from './mapping.tsx'

const MOST_UNCLEAR = 20

/** The column of the outcome, and those that are filled where a row is no question of yes or no. */
type Asked = { outcome: string; notYesOrNo: readonly string[] }

export const askedBy = ({
  columns,
  quantiles = {},
}: Pick<TableMappingFile, 'columns' | 'quantiles'>): Asked => ({
  outcome: columns?.outcome ?? '',
  notYesOrNo: [
    ...Object.values(quantiles),
    ...[columns?.option, columns?.low, columns?.high, columns?.value].filter((name) => name !== undefined),
  ],
})

/** What the form has to ask besides: cells of the outcome that mean nothing here, and columns that look like names. */
export function unclearIn(
  rows: readonly { cells: readonly string[] }[],
  { outcome, notYesOrNo }: Asked,
  draft: Draft,
  reader: FileReader,
): Unclear {
  const [header, ...body] = rows
  const columns = header?.cells.map((name) => name.trim()) ?? []
  const places = (names: readonly string[]) =>
    names.map((name) => columns.indexOf(name)).filter((at) => at !== -1)
  const [at] = places([outcome])
  const others = places(notYesOrNo)
  const isUnclear = (cell: string) => cell.length <= 100 && reader.outcomeIn(cell, new Map()) === undefined
  const values = new Set<string>()
  for (const { cells } of at === undefined ? [] : body) {
    const cell = (cells[at as number] ?? '').trim()
    const isOther = others.some((other) => (cells[other] ?? '').trim() !== '')
    if (values.size < MOST_UNCLEAR && !isOther && isUnclear(cell)) values.add(cell)
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
