import { counted } from '../../core/text.ts'
import { headerIn, readTable } from '../table-rows.ts'
import {
  cellOf,
  firstIn,
  isObject,
  itemsOf,
  type JsonAt,
  type JsonCell,
  jsonTable,
  oneOrMany,
  within,
} from './json-table.ts'
import {
  hasColumns,
  kept,
  type MadeColumn,
  type Meant,
  made,
  type SeenFile,
  type Tracker,
  withoutLate,
} from './tracker.ts'

const TITLE = 'description_with_group'
const OF_QUESTION = ['id', TITLE, 'outcome', 'deadline', 'last_judgement_at'] as const
const WITHDRAWN = 'withdrawn'

const MEANT: Meant = {
  columns: {
    id: 'id',
    probability: 'confidence',
    outcome: 'outcome',
    deadline: 'deadline',
    known_on: 'last_judgement_at',
  },
  title: `{${TITLE}}`,
  outcomes: [{ value: WITHDRAWN, meaning: 'annulled' }],
  says: { yes: 'true', no: 'false' },
}

const perCent = (cell: string): string => (/^\d+(\.\d+)?$/u.test(cell) ? `${cell} %` : cell)
/** What tells a prediction from others, for people to read too. */
const idOf = (id: string, title: string): string => `${id} ${title}`.trim().slice(0, 200)

/** What “my predictions” exports as CSV: a row a prediction, with the mean of all that anybody gave for it. */
export const predictionBookCsv: Tracker = {
  name: 'a CSV export of PredictionBook',
  isLocal: false,
  knows: ([file, ...others]) =>
    file !== undefined &&
    others.length === 0 &&
    hasColumns(file, [...OF_QUESTION, 'mean_confidence', 'creator_label', 'updated_at', WITHDRAWN]),
  read: ([file]) => {
    const whole = readTable(file as SeenFile)
    const names = headerIn(whole.rows)?.cells.map((name) => name.trim()) ?? []
    const at = (name: string) => names.indexOf(name)
    const cell = (cells: readonly string[], name: string) => (cells[at(name)] ?? '').trim()
    const isWithdrawn = (cells: readonly string[]) => cell(cells, WITHDRAWN) === 'true'
    const { table: decided, passed } = kept(
      whole,
      ({ cells }) => cell(cells, 'outcome') !== '' || isWithdrawn(cells),
    )
    const columns: MadeColumn[] = [
      { name: 'id', from: at('id'), cell: (cells) => idOf(cell(cells, 'id'), cell(cells, TITLE)) },
      { name: TITLE, from: at(TITLE) },
      {
        name: 'mean_confidence',
        from: at('mean_confidence'),
        cell: (cells) => perCent(cell(cells, 'mean_confidence')),
      },
      {
        name: 'outcome',
        from: at('outcome'),
        cell: (cells) => (isWithdrawn(cells) ? WITHDRAWN : cell(cells, 'outcome')),
      },
      { name: 'deadline', from: at('deadline') },
      {
        name: 'last_judgement_at',
        from: at('last_judgement_at'),
        cell: (cells) => cell(cells, isWithdrawn(cells) ? 'updated_at' : 'last_judgement_at'),
      },
    ]
    return {
      table: made(decided, columns),
      meant: { ...MEANT, columns: { ...MEANT.columns, probability: 'mean_confidence' } },
      notes: () => [
        'These numbers are means: mean_confidence is of everybody who answered, with all that they revised, and 0 where nobody gave a number. When it stood there the file does not say: it counts as of the day before the outcome was known or due. Who said what is in the JSON of my_predictions.',
        ...(passed() === 0
          ? []
          : [`Left out: ${counted(passed(), 'prediction')} not decided yet, whose mean still moves.`]),
      ],
    }
  },
}

const isPrediction = (value: unknown): boolean =>
  isObject(value) && Array.isArray(value.responses) && 'deadline' in value && 'outcome' in value

/**
 * What the API of PredictionBook answers, `{user, predictions}` of one’s own, a list of anybody’s, or one alone: every
 * number that anybody gave, with its time.
 */
export const predictionBookJson: Tracker = {
  name: 'JSON of PredictionBook',
  isLocal: false,
  knows: ([file, ...others]) => others.length === 0 && firstIn(file?.json, 'predictions', isPrediction),
  read: (files) => {
    const [{ json }] = files as [SeenFile]
    const rows: JsonCell[][] = []
    let comments = 0
    for (const prediction of oneOrMany(json, 'predictions', isPrediction)) {
      if (!isPrediction(prediction.value)) rows.push(rowOf(prediction, prediction))
      for (const response of itemsOf(within(prediction, 'responses')))
        if (isObject(response.value) && response.value.confidence === null) comments++
        else rows.push(rowOf(prediction, response))
    }
    const columns = [
      'id',
      TITLE,
      'outcome',
      'deadline',
      'last_judgement_at',
      'user_label',
      'confidence',
      'created_at',
    ]
    const { table, notes } = withoutLate(jsonTable(files, columns, rows))
    return {
      table,
      meant: {
        ...MEANT,
        columns: { ...MEANT.columns, analyst: 'user_label', said: 'created_at', created: 'created_at' },
      },
      notes: () => [
        ...(comments === 0 ? [] : [`Left out: ${counted(comments, 'comment')} without a number.`]),
        ...notes(),
      ],
    }
  },
}

function rowOf(prediction: JsonAt, response: JsonAt): JsonCell[] {
  const of = (key: string) => within(prediction, key)
  const isWithdrawn = of(WITHDRAWN).value === true
  const confidence = within(response, 'confidence')
  return [
    { at: of('id'), text: idOf(cellOf(of('id').value), cellOf(of(TITLE).value)) },
    { at: of(TITLE) },
    isWithdrawn ? { at: of(WITHDRAWN), text: WITHDRAWN } : { at: of('outcome') },
    { at: of('deadline') },
    { at: of(isWithdrawn ? 'updated_at' : 'last_judgement_at') },
    { at: within(response, 'user_label') },
    { at: confidence, text: perCent(cellOf(confidence.value)) },
    { at: within(response, 'created_at') },
  ]
}
