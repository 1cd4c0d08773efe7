import { counted } from '../../core/text.ts'
import { MAX_FINDINGS } from '../table-file.ts'
import {
  cellOf,
  isObject,
  itemsOf,
  type JsonAt,
  type JsonCell,
  jsonTable,
  unreadable,
  within,
} from './json-table.ts'
import { type Meant, type SeenFile, type Tracker, type TrackerTable, withoutLate } from './tracker.ts'

const LISTS = ['questions', 'forecasts', 'resolutions'] as const
type List = (typeof LISTS)[number]
type Sets = Record<List, JsonAt[]>

/** The sets that files hold, each by the list in it; null where one of them is of another kind. */
function setsIn(files: readonly SeenFile[]): Sets | null {
  const sets: Sets = { questions: [], forecasts: [], resolutions: [] }
  for (const [file, { json }] of files.entries()) {
    const list = LISTS.find((name) => isObject(json) && Array.isArray(json[name]))
    if (list === undefined || !isObject(json) || !('question_set' in json && 'forecast_due_date' in json))
      return null
    sets[list].push({ value: json, path: [], file })
  }
  return files.length === 0 ? null : sets
}

const COLUMNS = [
  'id',
  'question',
  'criteria',
  'model',
  'forecast',
  'forecast_due_date',
  'resolution_date',
  'resolved_to',
  'resolved_on',
  'series',
] as const
const MEANT: Meant = {
  columns: {
    id: 'id',
    criteria: 'criteria',
    analyst: 'model',
    probability: 'forecast',
    said: 'forecast_due_date',
    deadline: 'resolution_date',
    outcome: 'resolved_to',
    known_on: 'resolved_on',
  },
  title: '{question}',
  cluster: 'series',
}

const textOf = (at: JsonAt, key: string): string => cellOf(within(at, key).value)
const isUnsaid = (text: string): boolean => text === '' || text === 'N/A'
/** A question has one id and one source; a pair of them has two. */
const keyOf = (at: JsonAt): string => `${textOf(at, 'source')} ${textOf(at, 'id')}`
const isPair = (at: JsonAt): boolean => Array.isArray(within(at, 'id').value)

/**
 * The sets of ForecastBench: questions, what a model or a group of people forecast on them, and, where it is given, what
 * became of them. Questions on a series are asked for several days, each of which is a question here.
 */
export const forecastBench: Tracker = {
  name: 'JSON of ForecastBench',
  isLocal: false,
  knows: (files) => setsIn(files) !== null,
  read: (files) => {
    const sets = setsIn(files) as Sets
    const [questions, another] = sets.questions
    const [first] = [...sets.forecasts, ...sets.resolutions, ...sets.questions] as [JsonAt]
    const refuse = (at: JsonAt, message: string, remedy: string) => ({
      table: unreadable(files, at, message, remedy),
      meant: MEANT,
      notes: () => [],
    })
    if (sets.forecasts.length === 0)
      return refuse(
        within(questions ?? first, questions === undefined ? 'resolutions' : 'questions'),
        `it holds ${questions === undefined ? 'outcomes' : 'questions'}, and no forecasts`,
        'Give the forecast sets of whoever forecast on them beside it. A question by itself is logged with the first forecast on it.',
      )
    const named = within(first, 'question_set')
    if (questions === undefined || another !== undefined)
      return refuse(
        named,
        `it is on the question set ${cellOf(named.value)}, of which ${questions === undefined ? 'no' : 'more than one'} file is given`,
        'Give that question set beside it, and no other.',
      )
    const other = [...sets.forecasts, ...sets.resolutions].find(
      (set) => textOf(set, 'question_set') !== textOf(questions, 'question_set'),
    )
    return other === undefined
      ? tableOf(files, { ...sets, questions: [questions] })
      : refuse(
          within(other, 'question_set'),
          `it is on another question set than the questions, which are ${textOf(questions, 'question_set')}`,
          'Give the sets of one round.',
        )
  },
}

function tableOf(files: readonly SeenFile[], sets: Sets): TrackerTable {
  const [set] = sets.questions as [JsonAt]
  const asked = new Map(itemsOf(within(set, 'questions')).map((question) => [keyOf(question), question]))
  const outcomes = new Map<string, JsonAt>()
  for (const one of sets.resolutions.flatMap((each) => itemsOf(within(each, 'resolutions')))) {
    const isOfSeries = Array.isArray(within(asked.get(keyOf(one)) ?? one, 'resolution_dates').value)
    if (!isPair(one)) outcomes.set(`${keyOf(one)} ${isOfSeries ? textOf(one, 'resolution_date') : ''}`, one)
  }
  const rows: JsonCell[][] = []
  const unknown: JsonAt[] = []
  let pairs = 0
  for (const forecasts of sets.forecasts)
    for (const forecast of itemsOf(within(forecasts, 'forecasts'))) {
      if (isPair(forecast)) pairs++
      else {
        const question = asked.get(keyOf(forecast))
        if (question === undefined) {
          unknown.push(within(forecast, 'id'))
          continue
        }
        const day = textOf(forecast, 'resolution_date')
        const isOfSeries = Array.isArray(within(question, 'resolution_dates').value)
        const outcome = outcomes.get(`${keyOf(forecast)} ${isOfSeries ? day : ''}`)
        rows.push(rowOf({ forecasts, forecast, question, outcome, isOfSeries }))
      }
    }
  const whole = jsonTable(files, COLUMNS, rows)
  for (const at of unknown.slice(0, MAX_FINDINGS))
    whole.findings.push(
      ...unreadable(files, at, 'no question of the set has this id and source', 'Give the set that it is of.')
        .findings,
    )
  const { table, notes } = withoutLate(whole)
  return {
    table,
    meant: MEANT,
    notes: () => [
      ...(pairs === 0 ? [] : [`Left out: ${counted(pairs, 'forecast')} on pairs of questions.`]),
      ...notes(),
    ],
  }
}

type Joined = {
  forecasts: JsonAt
  forecast: JsonAt
  question: JsonAt
  outcome: JsonAt | undefined
  isOfSeries: boolean
}

function rowOf({ forecasts, forecast, question, outcome, isOfSeries }: Joined): JsonCell[] {
  const of = (key: string): JsonAt => within(question, key)
  const due = within(forecasts, 'forecast_due_date')
  const day = isOfSeries ? within(forecast, 'resolution_date') : of('market_info_close_datetime')
  const filled = (key: string): string => {
    const { value } = of(key)
    const text = typeof value === 'string' ? value : ''
    return text
      .replaceAll('{resolution_date}', cellOf(day.value))
      .replaceAll('{forecast_due_date}', cellOf(due.value))
  }
  const isDecided = outcome !== undefined && within(outcome, 'resolved').value === true
  const at = outcome ?? forecast
  return [
    { at: within(forecast, 'id'), text: idOf(forecast, isOfSeries ? cellOf(day.value) : '') },
    {
      at: question === undefined ? within(forecast, 'id') : of('question'),
      text: titleOf(filled('question')),
    },
    { at: of('resolution_criteria'), text: criteriaOf(filled) },
    { at: within(forecasts, 'model') },
    { at: within(forecast, 'forecast') },
    { at: due },
    { at: day, text: isUnsaid(cellOf(day.value)) ? '' : cellOf(day.value) },
    { at: within(at, 'resolved_to'), text: isDecided ? textOf(at, 'resolved_to') : '' },
    { at: within(at, 'resolution_date'), text: isDecided ? textOf(at, 'resolution_date') : '' },
    { at: within(forecast, 'id'), text: keyOf(forecast).slice(0, 100) },
  ]
}

/** Titles come twice in a round. Of an id of more than forty letters, the end is what tells it from others. */
const idOf = (forecast: JsonAt, day: string): string =>
  cellOf(`${textOf(forecast, 'source')} ${day} ${textOf(forecast, 'id').slice(-40)}`)

const LONGEST_TITLE = 300

/** Some questions go on for paragraphs: the first line is what is asked, and all of it stands in the criteria. */
function titleOf(question: string): string {
  const line = cellOf(question.trim().split('\n')[0] ?? '')
  return [...line].length > LONGEST_TITLE ? `${[...line].slice(0, LONGEST_TITLE - 1).join('')}…` : line
}

const criteriaOf = (filled: (key: string) => string): string =>
  ['question', 'resolution_criteria', 'market_info_resolution_criteria']
    .map((key) => filled(key).replaceAll('\r\n', '\n').trim())
    .filter((text) => !isUnsaid(text))
    .join('\n\n')
    .slice(0, 10_000)
