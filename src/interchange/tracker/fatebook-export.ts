import { counted } from '../../core/text.ts'
import { readTable } from '../table-rows.ts'
import { hasColumns, kept, type Meant, type SeenFile, type Tracker, withoutLate } from './tracker.ts'

const TITLE = 'Question title'
const OPTION = 'Multiple choice option'

const COLUMNS = {
  analyst: 'Forecast created by',
  probability: 'Forecast (scale = 0-1)',
  outcome: 'Resolution',
  deadline: 'Question resolve by',
  known_on: 'Resolved at',
  said: 'Forecast created at',
  created: 'Forecast created at',
  option: OPTION,
}

/** Its scores are sums over both outcomes (0 to 2) and not taken: ours are made of the forecasts. */
const MEANT: Meant = {
  columns: COLUMNS,
  title: `{${TITLE}}`,
  not_analyst: ['Question created by'],
  says: { yes: 'YES', no: 'NO' },
}

/** What Fatebook exports: a row a forecast, of everybody who made one, in the local time of its server. */
export const fatebookExport: Tracker = {
  name: 'a CSV export of Fatebook',
  isLocal: true,
  knows: ([file, ...others]) =>
    file !== undefined && others.length === 0 && hasColumns(file, [TITLE, ...Object.values(COLUMNS)]),
  read: ([file]) => {
    const whole = readTable(file as SeenFile)
    const at = whole.rows?.[0]?.cells.findIndex((name) => name.trim() === OPTION) ?? -1
    const { table, passed } = kept(whole, ({ cells }) => (cells[at] ?? '').trim() === '')
    const late = withoutLate(table)
    const options = `Left out: ${counted(passed, 'forecast')} on options of questions with several, which are not read yet.`
    return {
      table: late.table,
      meant: MEANT,
      notes: () => [...(passed === 0 ? [] : [options]), ...late.notes()],
    }
  },
}
