import { counted } from '../../core/text.ts'
import { below, headerIn, readTable, type TableRow } from '../table-rows.ts'
import { hasColumns, kept, type Meant, made, type SeenFile, type Tracker, withoutLate } from './tracker.ts'

const TITLE = 'Question title'
const OPTION = 'Multiple choice option'
const RESOLUTION = 'Resolution'
const EVENT = 'Event'
const QUESTION = 'Question of the option'

const COLUMNS = {
  analyst: 'Forecast created by',
  probability: 'Forecast (scale = 0-1)',
  outcome: RESOLUTION,
  deadline: 'Question resolve by',
  known_on: 'Resolved at',
  said: 'Forecast created at',
  created: 'Forecast created at',
}

/** Its scores are sums over both outcomes (0 to 2) and not taken: ours are made of the forecasts. */
const MEANT: Meant = {
  columns: COLUMNS,
  title: `{${EVENT}}`,
  cluster: QUESTION,
  not_analyst: ['Question created by'],
  says: { yes: 'YES', no: 'NO' },
}

/**
 * What Fatebook exports: a row a forecast, of everybody who made one, in the local time of its server. Its options are
 * forecast one by one, need not add up to 1 and are resolved each for itself: each is an event, of one group.
 */
export const fatebookExport: Tracker = {
  name: 'a CSV export of Fatebook',
  isLocal: true,
  knows: ([file, ...others]) =>
    file !== undefined && others.length === 0 && hasColumns(file, [TITLE, OPTION, ...Object.values(COLUMNS)]),
  read: ([file]) => {
    const whole = readTable(file as SeenFile)
    const names = headerIn(whole.rows)?.cells.map((name) => name.trim()) ?? []
    const at = (name: string) => names.indexOf(name)
    const cell = (cells: readonly string[], name: string) => (cells[at(name)] ?? '').trim()
    const told = untoldIn(below(whole.rows), cell)
    const { table: rows, passed } = kept(
      whole,
      ({ cells }) => !told.has(cell(cells, TITLE)) || cell(cells, OPTION) === '',
    )
    const { table, notes } = withoutLate(
      made(rows, [
        ...names.map((name, from) => ({ name, from })).filter(({ name }) => name !== OPTION),
        { name: EVENT, from: at(TITLE), cell: (cells) => eventOf(cell(cells, TITLE), cell(cells, OPTION)) },
        {
          name: QUESTION,
          from: at(OPTION),
          cell: (cells) => (cell(cells, OPTION) === '' ? '' : groupOf(cell(cells, TITLE))),
        },
      ]),
    )
    return { table, meant: MEANT, notes: () => [...(passed() === 0 ? [] : [untold(passed())]), ...notes()] }
  },
}

/** Questions whose options all were resolved to NO: by another answer, or as ambiguous, which Fatebook exports alike. */
function untoldIn(
  rows: Iterable<TableRow>,
  cell: (cells: readonly string[], name: string) => string,
): ReadonlySet<string> {
  const said = new Map<string, boolean>()
  for (const { cells } of rows) {
    const title = cell(cells, TITLE)
    if (cell(cells, OPTION) !== '')
      said.set(title, (said.get(title) ?? true) && cell(cells, RESOLUTION).toUpperCase() === 'NO')
  }
  return new Set([...said].flatMap(([title, isUntold]) => (isUntold ? [title] : [])))
}

const untold = (n: number): string =>
  `Left out: ${counted(n, 'forecast')} on options that all were resolved to NO, which Fatebook exports of an ambiguous question, too.`

/** An option as an event of its own. */
export const eventOf = (title: string, option: string): string =>
  option === '' ? title : `${title}: ${option}`
/** What options of one question share. */
export const groupOf = (title: string): string => title.slice(0, 100).trim()
