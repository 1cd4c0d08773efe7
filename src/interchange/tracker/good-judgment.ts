import { addUpToOne } from '../../core/probability.ts'
import { counted } from '../../core/text.ts'
import type { TableRow } from '../table-rows.ts'
import { cellIn, type FileTable, type FromFile, fileTable, tableOfFiles } from './file-table.ts'
import { type IfpQuestion, ifpsOf } from './ifp-question.ts'
import {
  hasColumns,
  type Meant,
  type SeenFile,
  type Tracker,
  type TrackerTable,
  withoutLate,
} from './tracker.ts'

const OF_QUESTION = ['ifp_id', 'q_text', 'q_status', 'date_to_close', 'date_closed', 'outcome', 'options']
const OF_FORECAST = ['ifp_id', 'user_id', 'forecast_id', 'fcast_type', 'answer_option', 'value', 'timestamp']
const WITHDRAWN = '4'

const COLUMNS = [
  'ifp_id',
  'Question',
  'Forecaster',
  'timestamp',
  'value',
  'Option',
  'date_to_close',
  'outcome',
  'date_closed',
  'q_desc',
]
const MEANT: Meant = {
  columns: {
    id: 'ifp_id',
    analyst: 'Forecaster',
    probability: 'value',
    option: 'Option',
    outcome: 'outcome',
    deadline: 'date_to_close',
    known_on: 'date_closed',
    said: 'timestamp',
    created: 'timestamp',
    criteria: 'q_desc',
  },
  title: '{Question}',
}

const isQuestions = (file: SeenFile) => hasColumns(file, OF_QUESTION)
const isForecasts = (file: SeenFile) => hasColumns(file, OF_FORECAST)

/** What the Good Judgment Project published: its questions (`ifps`), and what forecasters gave each option of them. */
export const goodJudgment: Tracker = {
  name: 'the survey forecasts of the Good Judgment Project',
  isLocal: true,
  knows: (files) => files.some(isForecasts) || files.some(isQuestions),
  read: (files) => {
    const questions = files.find(isQuestions)
    const forecasts = files.filter(isForecasts)
    if (questions !== undefined && forecasts.length > 0)
      return joined(fileTable(questions), forecasts.map(fileTable))
    const of = fileTable((questions ?? forecasts[0]) as SeenFile)
    const [name, other] = questions === undefined ? ['forecasts', 'ifps.csv'] : ['questions', 'survey_fcasts']
    of.table.report(
      { line: 1 },
      'tracker_form',
      `these are ${name} of the Good Judgment Project, and ${other} is not there`,
      'Give the questions and one or more files of forecasts together.',
    )
    return { table: { ...of.table, rows: null }, meant: MEANT, notes: () => [] }
  },
}

/** What one person gave the options of a question at a time. */
type Saying = { question: IfpQuestion; rows: { of: FileTable; row: TableRow; option: string }[] }

function joined(ofQuestions: FileTable, files: readonly FileTable[]): TrackerTable {
  const questions = ifpsOf(ofQuestions)
  const sayings = new Map<string, Saying>()
  const passed = new Map<string, { noun: string; n: number }>()
  const pass = (noun: string, why: string) => passed.set(why, { noun, n: (passed.get(why)?.n ?? 0) + 1 })
  for (const of of files)
    for (const row of of.rows) {
      const at = (column: string) => cellIn(of, row, column).text
      const question = questions.get(at('ifp_id'))
      const option = question?.options.get(at('answer_option').toLowerCase())
      if (question === undefined || option === undefined) notOf(of, row, question)
      else if (at('fcast_type') === WITHDRAWN) pass('row', 'by which somebody withdrew')
      else if (/^(?:null|na)?$/iu.test(at('user_id'))) pass('row', 'of nobody (user_id NULL)')
      else {
        const key = JSON.stringify([at('ifp_id'), at('user_id'), at('forecast_id'), at('timestamp')])
        const saying = sayings.get(key) ?? { question, rows: [] }
        saying.rows.push({ of, row, option })
        sayings.set(key, saying)
      }
    }
  const made = [...sayings.values()].flatMap((saying) => {
    const cells = cellsOf(saying)
    if (cells === null) pass('forecast', 'whose probabilities do not add up to 1')
    return cells ?? []
  })
  const rows = made.map((row, i) => ({ ...row, line: i + 2 }))
  const { table, notes } = withoutLate(tableOfFiles([...files, ofQuestions], COLUMNS, rows))
  return {
    table,
    meant: MEANT,
    notes: () => [
      ...[...passed].map(([why, { noun, n }]) => `Left out: ${counted(n, noun)} ${why}.`),
      ...notes(),
    ],
  }
}

function notOf(of: FileTable, row: TableRow, question: IfpQuestion | undefined): void {
  const column = question === undefined ? 'ifp_id' : 'answer_option'
  const text = JSON.stringify(cellIn(of, row, column).text.slice(0, 40))
  of.table.report(
    { line: row.line, cell: of.at.get(column) },
    'tracker_form',
    question === undefined
      ? `there is no question ${text} among the questions`
      : `the question has no option ${text}: it has ${counted(question.options.size, 'option')}`,
    'Give the questions that these forecasts are on.',
  )
}

type Made = { named: string; cells: FromFile[] }

/** Its rows: of yes and no the one of yes, of options each; null where they do not add up to 1. */
function cellsOf({ question, rows }: Saying): Made[] | null {
  const values = rows.map(({ of, row }) => Number(cellIn(of, row, 'value').text))
  const isWhole = new Set(rows.map(({ option }) => option)).size === rows.length
  if (question.yes === null && isWhole && values.every(Number.isFinite) && !addUpToOne(values)) return null
  return rows
    .filter(({ option }) => question.yes === null || option === question.yes)
    .map(({ of, row, option }) => {
      const at = (column: string) => cellIn(of, row, column)
      return {
        named: `forecast ${at('forecast_id').text}`,
        cells: [
          at('ifp_id'),
          question.title,
          { ...at('user_id'), text: `Good Judgment forecaster ${at('user_id').text}` },
          at('timestamp'),
          at('value'),
          { ...at('answer_option'), text: question.yes === null ? option : '' },
          question.closes,
          question.outcome,
          question.known,
          question.criteria,
        ],
      }
    })
}
