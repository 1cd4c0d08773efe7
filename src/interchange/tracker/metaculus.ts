import { counted } from '../../core/text.ts'
import { MAX_FINDINGS } from '../table-file.ts'
import type { TableRow } from '../table-rows.ts'
import { quantilesOf } from './distribution.ts'
import { cellIn, type FileTable, type FromFile, fileTable, tableOfFiles } from './file-table.ts'
import { type MetaculusQuestion, questionsOf } from './metaculus-question.ts'
import { pythonList } from './python-list.ts'
import {
  hasColumns,
  type Meant,
  type SeenFile,
  type Tracker,
  type TrackerTable,
  withoutLate,
} from './tracker.ts'

const OF_QUESTION = ['Question ID', 'Question Title', 'Question Type', 'Scheduled Close Time', 'Resolution']
const CDF = 'Continuous CDF'
const PER_CATEGORY = 'Probability Yes Per Category'
const PROBABILITY = 'Probability Yes'
const COUNT = 'Forecaster Count'
const OF_FORECAST = ['Question ID', 'Start Time', COUNT, PROBABILITY, PER_CATEGORY, CDF]
const USER = 'Forecaster Username'
const ANONYMOUS = 'Forecaster (Anonymized)'
const PERCENTILES = [
  [0.05, '5th Percentile'],
  [0.25, '25th Percentile'],
  [0.5, 'Median'],
  [0.75, '75th Percentile'],
  [0.95, '95th Percentile'],
] as const

const KIND = 'Kind'
const AGGREGATE = 'aggregate'
const FORECASTER = 'forecaster'
const quantile = (level: number) => `Quantile ${level}`
const COLUMNS = [
  'Question ID',
  'Question Title',
  'Forecaster',
  KIND,
  'Is Bot',
  'Start Time',
  PROBABILITY,
  'Option',
  'Lower Bound',
  'Upper Bound',
  'Scheduled Close Time',
  'Resolution',
  'Resolution Known Time',
  'Criteria',
  'Why closed',
  'Why known',
  'Percentiles',
  'End Time',
]

const MEANT: Meant = {
  columns: {
    id: 'Question ID',
    analyst: 'Forecaster',
    probability: PROBABILITY,
    option: 'Option',
    range_low: 'Lower Bound',
    range_high: 'Upper Bound',
    outcome: 'Resolution',
    deadline: 'Scheduled Close Time',
    known_on: 'Resolution Known Time',
    said: 'Start Time',
    created: 'Start Time',
    criteria: 'Criteria',
  },
  title: '{Question Title}',
  reasons: { deadline: 'Why closed', known_on: 'Why known' },
  words: 'Percentiles',
  ends: 'End Time',
}

const isQuestions = (file: SeenFile) => hasColumns(file, OF_QUESTION)
const isForecasts = (file: SeenFile) =>
  hasColumns(file, OF_FORECAST) && (hasColumns(file, [USER]) || hasColumns(file, [ANONYMOUS]))

/** What Metaculus gives to download: questions and forecasts in two tables, joined by the id of the question. */
export const metaculus: Tracker = {
  name: 'a download of Metaculus',
  isLocal: false,
  knows: (files) => files.some((file) => isQuestions(file) || isForecasts(file)),
  read: (files) => {
    const [questions, forecasts] = [files.find(isQuestions), files.find(isForecasts)]
    if (questions === undefined || forecasts === undefined)
      return halfOf((questions ?? forecasts) as SeenFile)
    const others = files.filter((file) => file !== questions && file !== forecasts)
    return joined(fileTable(questions), fileTable(forecasts), others)
  },
}

/** One of the two files says nothing without the other. */
function halfOf(file: SeenFile): TrackerTable {
  const of = fileTable(file)
  const [name, other] = isQuestions(file)
    ? ['the questions', 'forecast_data.csv']
    : ['the forecasts', 'question_data.csv']
  of.table.report(
    { line: 1 },
    'tracker_form',
    `these are ${name} of a download of Metaculus, and ${other} is not there`,
    `Give both files together, or the .zip they came in.`,
  )
  return { table: { ...of.table, rows: null }, meant: MEANT, notes: () => [] }
}

type Row = { line: number; cells: FromFile[]; quantiles: Answer['quantiles'] }

function joined(ofQuestions: FileTable, ofForecasts: FileTable, others: readonly SeenFile[]): TrackerTable {
  const { questions, notes } = questionsOf(ofQuestions)
  const rows: Row[] = []
  const passed = new Map<string, number>()
  const methods = new Map<string, number>()
  for (const row of ofForecasts.rows) {
    if (ofForecasts.table.findings.length >= MAX_FINDINGS) break
    const question = questionOf(ofForecasts, row, questions)
    if (question === null) continue
    const who = forecasterIn(ofForecasts, row)
    if (who.method !== null) methods.set(who.method, (methods.get(who.method) ?? 0) + 1)
    const answers = answersIn(ofForecasts, row, question)
    if (typeof answers === 'string') passed.set(answers, (passed.get(answers) ?? 0) + 1)
    else for (const answer of answers) rows.push(rowOf(ofForecasts, row, question, who, answer))
  }
  const isOnlyAggregates = rows.length > 0 && rows.every(({ cells }) => cells[3]?.text === AGGREGATE)
  const levels = [...new Set(rows.flatMap(({ quantiles }) => [...(quantiles?.keys() ?? [])]))].sort(
    (a, b) => a - b,
  )
  for (const { cells, quantiles } of rows) {
    const blank = { ...(cells[0] as FromFile), text: '' }
    cells.push(...levels.map((level) => quantiles?.get(level) ?? blank))
  }
  const columns = [...COLUMNS, ...levels.map(quantile)]
  const { table, notes: late } = withoutLate(tableOfFiles([ofForecasts, ofQuestions], columns, rows))
  return {
    table,
    meant: {
      ...MEANT,
      quantiles: Object.fromEntries(levels.map((level) => [String(level), quantile(level)])),
      where: [{ column: KIND, value: isOnlyAggregates ? AGGREGATE : FORECASTER }],
    },
    notes: () => [
      ...aggregatesIn(methods, isOnlyAggregates),
      ...notes,
      ...[...passed].map(([why, n]) => `Left out: ${counted(n, 'forecast')} ${why}.`),
      ...(others.length === 0 ? [] : [`Not read: ${others.map(({ path }) => path).join(', ')}.`]),
      ...late(),
    ],
  }
}

function aggregatesIn(methods: ReadonlyMap<string, number>, isOnly: boolean): string[] {
  const all = [...methods.values()].reduce((sum, n) => sum + n, 0)
  const names = [...methods.keys()].join(', ')
  if (all === 0) return []
  return isOnly
    ? [
        `All of its forecasts are aggregates of many forecasters (${names}): they are credited to the community.`,
      ]
    : [
        `Of its forecasts ${all.toLocaleString('en')} are aggregates (${names}): they are taken only where the column ${KIND} is asked to be ${AGGREGATE}.`,
      ]
}

function questionOf(
  of: FileTable,
  row: TableRow,
  questions: ReadonlyMap<string, MetaculusQuestion>,
): MetaculusQuestion | null {
  const id = cellIn(of, row, 'Question ID').text
  const question = questions.get(id)
  if (question === undefined)
    of.table.report(
      { line: row.line, cell: of.at.get('Question ID') },
      'tracker_form',
      `there is no question ${JSON.stringify(id.slice(0, 40))} in the other file`,
      'Give both files of one download.',
    )
  return question ?? null
}

type Who = { name: FromFile; kind: string; method: string | null }

/** Who made a forecast: an aggregate says of how many it is made, or stands where a person has an id. */
function forecasterIn(of: FileTable, row: TableRow): Who {
  const name = cellIn(of, row, of.at.has(USER) ? USER : ANONYMOUS)
  const isHash = /^[0-9a-f]{64}$/u.test(name.text)
  const hasId = of.at.has('Forecaster ID') ? cellIn(of, row, 'Forecaster ID').text !== '' : isHash
  const isAggregate = cellIn(of, row, COUNT).text !== '' || (!hasId && name.text !== '')
  const text = isAggregate
    ? `Metaculus community (${name.text.replaceAll('_', ' ')})`
    : isHash
      ? `Metaculus forecaster ${name.text.slice(0, 12)}`
      : name.text
  return {
    name: { ...name, text },
    kind: isAggregate ? AGGREGATE : FORECASTER,
    method: isAggregate ? name.text : null,
  }
}

/** A probability, of an option or of yes, or the quantiles of a curve. */
type Answer = { probability?: FromFile; option?: FromFile; quantiles?: ReadonlyMap<number, FromFile> }
const NO_NUMBERS = 'that hold no numbers for their question'

/** What a forecast says, an answer an option; or why it is left out. What is damaged is reported. */
function answersIn(of: FileTable, row: TableRow, question: MetaculusQuestion): Answer[] | string {
  const list = cellIn(of, row, PER_CATEGORY)
  const each = list.text === '' ? null : pythonList(list.text)
  if (list.text !== '' && each === null) return damaged(list, 'is no list of probabilities')
  if (question.type === 'binary') {
    const yes = cellIn(of, row, PROBABILITY)
    if (yes.text !== '') return [{ probability: yes }]
    // A geometric mean stands there as the probabilities of no and of yes.
    return each?.length === 2 ? [{ probability: { ...list, text: String(each[1] ?? '') } }] : NO_NUMBERS
  }
  if (question.type === 'options') {
    if (question.options.length === 0) return []
    if (each === null) return NO_NUMBERS
    if (each.length !== question.options.length)
      return damaged(list, `gives ${each.length} probabilities to ${question.options.length} options`)
    return each.flatMap((probability, i): Answer[] =>
      probability === null
        ? []
        : [
            {
              probability: { ...list, text: String(probability) },
              option: { ...list, text: question.options[i] as string },
            },
          ],
    )
  }
  if (question.type === 'other') return `on questions of type ${question.typeSaid}, which are not read`
  return curveIn(of, row, question)
}

/** The quantiles of a curve, or the percentiles that stand beside it where it is left out. */
function curveIn(of: FileTable, row: TableRow, question: MetaculusQuestion): Answer[] | string {
  const curve = cellIn(of, row, CDF)
  const cdf = curve.text === '' ? null : pythonList(curve.text)
  if (curve.text !== '' && cdf === null) return damaged(curve, 'is no list of numbers')
  if (cdf !== null && question.points !== null) {
    const values = quantilesOf(question.points, cdf.map(Number))
    if (values === null)
      return damaged(curve, `is no distribution over the ${question.points.length} points of its question`)
    return [
      { quantiles: new Map(values.map(({ level, at }) => [level, { ...curve, text: question.text(at) }])) },
    ]
  }
  const stated = new Map<number, FromFile>(
    PERCENTILES.map(([level, column]) => [level, cellIn(of, row, column)]),
  )
  if ([...stated.values()].every(({ text }) => text === '')) return NO_NUMBERS
  return [{ quantiles: stated }]
}

/** What the file itself says of a curve in numbers that people read. */
function percentilesIn(of: FileTable, row: TableRow): string {
  const stated = PERCENTILES.flatMap(([, column]) => {
    const { text } = cellIn(of, row, column)
    return text === '' ? [] : [`${column} ${text}`]
  })
  return stated.length === 0 ? 'a curve (Continuous CDF)' : stated.join(', ')
}

function damaged({ of, line, column }: FromFile, what: string): Answer[] {
  of.table.report(
    { line, cell: of.at.get(column) },
    'tracker_form',
    `${column} ${what}`,
    'Download the file again: it is not as Metaculus writes it.',
  )
  return []
}

function rowOf(of: FileTable, row: TableRow, question: MetaculusQuestion, who: Who, answer: Answer): Row {
  const blank: FromFile = { ...cellIn(of, row, 'Question ID'), text: '' }
  return {
    line: row.line,
    quantiles: answer.quantiles,
    cells: [
      cellIn(of, row, 'Question ID'),
      question.title,
      who.name,
      { ...blank, text: who.kind },
      cellIn(of, row, 'Is Bot'),
      cellIn(of, row, 'Start Time'),
      answer.probability ?? blank,
      answer.option ?? blank,
      question.low,
      question.high,
      question.closes,
      question.outcome,
      question.known,
      question.criteria,
      question.whyClosed,
      question.whyKnown,
      { ...cellIn(of, row, CDF), text: answer.quantiles === undefined ? '' : percentilesIn(of, row) },
      cellIn(of, row, 'End Time'),
    ],
  }
}
