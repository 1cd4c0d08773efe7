import { addDays } from '../../core/calendar.ts'
import { counted } from '../../core/text.ts'
import { momentIn } from '../table-cells.ts'
import { below, headerIn, readTable } from '../table-rows.ts'
import {
  hasColumns,
  type MadeColumn,
  type Meant,
  made,
  type SeenFile,
  type Tracker,
  withoutLate,
} from './tracker.ts'

const NEEDED = ['questionTitle', 'forecast', 'qCreatedAt', 'resolution']
const MEANT: Meant = {
  columns: {
    probability: 'forecast',
    outcome: 'resolution',
    deadline: 'resolveBy',
    known_on: 'resolvedAt',
    said: 'fCreatedAt',
    created: 'fCreatedAt',
  },
  title: '{questionTitle}',
  says: { yes: 'YES', no: 'NO' },
  reasons: { deadline: 'no resolveBy', known_on: 'no resolvedAt' },
}
const NO_RESOLVE_BY = 'No day to resolve by was given; Fatebook takes the day after the question was asked.'
const NO_RESOLVED_AT =
  'No day of the resolution was given; Fatebook takes the day after the question was asked.'

/**
 * The table that Fatebook takes in: forecasts of one person in per cent, with or without their sign. Where it leaves days
 * out they are those that Fatebook takes, and the record says so.
 */
export const fatebookImport: Tracker = {
  name: 'a table for Fatebook to import',
  isLocal: true,
  knows: ([file, ...others]) => file !== undefined && others.length === 0 && hasColumns(file, NEEDED),
  read: ([file]) => {
    const whole = readTable(file as SeenFile)
    const names = headerIn(whole.rows)?.cells.map((name) => name.trim()) ?? []
    const at = (name: string) => names.indexOf(name)
    const cell = (cells: readonly string[], name: string) => (cells[at(name)] ?? '').trim()
    const asked = at('qCreatedAt')
    const lacks = (cells: readonly string[], name: string) => cell(cells, name) === ''
    const isUnsaid = (cells: readonly string[]) => lacks(cells, 'resolvedAt') && !lacks(cells, 'resolution')
    const fromOf = (name: string) => (cells: readonly string[]) => (lacks(cells, name) ? asked : at(name))
    /** A cell, or where it is empty the day after the question was asked. */
    const dayOf = (name: string, isNeeded: (cells: readonly string[]) => boolean): MadeColumn => ({
      name,
      from: fromOf(name),
      cell: (cells) =>
        lacks(cells, name) && isNeeded(cells) ? dayAfter(cell(cells, 'qCreatedAt')) : cell(cells, name),
    })
    const columns: MadeColumn[] = [
      { name: 'questionTitle', from: at('questionTitle') },
      { name: 'forecast', from: at('forecast'), cell: (cells) => perCent(cell(cells, 'forecast')) },
      {
        name: 'fCreatedAt',
        from: fromOf('fCreatedAt'),
        cell: (cells) => cell(cells, 'fCreatedAt') || cell(cells, 'qCreatedAt'),
      },
      { name: 'resolution', from: at('resolution') },
      dayOf('resolveBy', () => true),
      dayOf('resolvedAt', isUnsaid),
      {
        name: 'no resolveBy',
        from: asked,
        cell: (cells) => (lacks(cells, 'resolveBy') ? NO_RESOLVE_BY : ''),
      },
      { name: 'no resolvedAt', from: asked, cell: (cells) => (isUnsaid(cells) ? NO_RESOLVED_AT : '') },
    ]
    let [assumed, hasFractions, hasOthers] = [0, false, false]
    for (const { cells } of below(whole.rows)) {
      const number = cell(cells, 'forecast')
      if (lacks(cells, 'resolveBy') || isUnsaid(cells)) assumed++
      if (isFraction(number)) hasFractions = true
      else if (!/^[01]?$/u.test(number)) hasOthers = true
    }
    // Whoever wrote them from 0 to 1 would have 0.7 % recorded for 70 %.
    if (hasFractions && !hasOthers)
      whole.report(
        { line: 1, cell: at('forecast') },
        'tracker_form',
        'every forecast is at most 1, and this format of Fatebook is in per cent',
        'Write 70 for 70 %, and a real 0.7 % with its sign; or import it as an ordinary table, by a mapping.',
      )
    const { table, notes } = withoutLate(made(whole, columns))
    return {
      table,
      meant: MEANT,
      notes: () => [
        ...(assumed === 0
          ? []
          : [
              `${counted(assumed, 'row')} without a day to resolve by, or of the resolution: as Fatebook does, the day after the question was asked is taken, and the record says so.`,
            ]),
        ...notes(),
      ],
    }
  },
}

const isFraction = (cell: string): boolean => /^0?\.\d+$/u.test(cell)

/** Fatebook reads any number as per cent. */
const perCent = (cell: string): string => (/^[\d.,]+$/u.test(cell) ? `${cell} %` : cell)

/** The day after that of a cell; of what is none, or can be two, it is none, and the table complains. */
function dayAfter(cell: string): string {
  const read = momentIn(cell, 'UTC', undefined)
  return 'day' in read ? addDays(read.day, 1) : `the day after ${cell}`
}
