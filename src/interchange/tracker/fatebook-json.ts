import { counted } from '../../core/text.ts'
import { eventOf, groupOf } from './fatebook-export.ts'
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
import { type Meant, type SeenFile, type Tracker, withoutLate } from './tracker.ts'

const COLUMNS = [
  'title',
  'user',
  'forecast',
  'createdAt',
  'resolution',
  'resolveBy',
  'resolvedAt',
  'question of the option',
] as const
const MEANT: Meant = {
  columns: {
    analyst: 'user',
    probability: 'forecast',
    outcome: 'resolution',
    deadline: 'resolveBy',
    known_on: 'resolvedAt',
    said: 'createdAt',
    created: 'createdAt',
  },
  title: '{title}',
  cluster: 'question of the option',
  says: { yes: 'YES', no: 'NO' },
}

const isQuestion = (value: unknown): boolean =>
  isObject(value) && 'resolveBy' in value && Array.isArray(value.forecasts)

/**
 * What the API of Fatebook answers about one question (`getQuestion`) or several (`getQuestions`, `{items}`): forecasts of
 * everybody, at instants of UTC.
 */
export const fatebookJson: Tracker = {
  name: 'JSON of Fatebook',
  isLocal: false,
  knows: ([file, ...others]) => others.length === 0 && firstIn(file?.json, 'items', isQuestion),
  read: (files) => {
    const [{ json }] = files as [SeenFile]
    const rows: JsonCell[][] = []
    const left = { options: 0, hidden: 0 }
    for (const question of oneOrMany(json, 'items', isQuestion)) {
      if (!isQuestion(question.value)) rows.push(rowOf(question, question, null))
      for (const forecast of itemsOf(within(question, 'forecasts'))) {
        const option = optionOf(question, forecast)
        if (isObject(forecast.value) && forecast.value.forecast === null) left.hidden++
        else if (option !== null && resolutionOf(question, option) === null) left.options++
        else rows.push(rowOf(question, forecast, option))
      }
    }
    const { table, notes } = withoutLate(jsonTable(files, COLUMNS, rows))
    return {
      table,
      meant: MEANT,
      notes: () => [
        ...(left.options === 0
          ? []
          : [
              `Left out: ${counted(left.options, 'forecast')} on options of resolved questions: this JSON does not say which option came true, the CSV export does.`,
            ]),
        ...(left.hidden === 0
          ? []
          : [`Left out: ${counted(left.hidden, 'forecast')} whose number Fatebook hides from this account.`]),
        ...notes(),
      ],
    }
  },
}

/** The option that a forecast is on, with what its question says of it; null where the question has none. */
function optionOf(question: JsonAt, forecast: JsonAt): JsonAt | null {
  const own = within(forecast, 'option')
  const id = own.value == null ? within(forecast, 'optionId').value : within(own, 'id').value
  const listed = itemsOf(within(question, 'options')).find((option) => within(option, 'id').value === id)
  return listed ?? (own.value == null ? null : own)
}

/** How an option was resolved: by itself, or with its question; null where nothing says which one came true. */
function resolutionOf(question: JsonAt, option: JsonAt): JsonAt | null {
  const whole = within(question, 'resolution')
  const own = within(option, 'resolution')
  if (whole.value === 'AMBIGUOUS' || own.value == null) return whole.value === 'YES' ? null : whole
  return own
}

function rowOf(question: JsonAt, forecast: JsonAt, option: JsonAt | null): JsonCell[] {
  const of = (key: string) => ({ at: within(question, key) })
  const title = cellOf(within(question, 'title').value)
  const isOfOption = option !== null
  const text = isOfOption ? cellOf(within(option, 'text').value) : ''
  const resolved = isOfOption ? within(option, 'resolvedAt') : null
  return [
    { at: isOfOption ? within(option, 'text') : within(question, 'title'), text: eventOf(title, text) },
    { at: within(within(forecast, 'user'), 'name') },
    { at: within(forecast, 'forecast') },
    { at: within(forecast, 'createdAt') },
    isOfOption ? { at: resolutionOf(question, option) ?? within(question, 'resolution') } : of('resolution'),
    of('resolveBy'),
    resolved?.value == null ? of('resolvedAt') : { at: resolved },
    { at: within(question, 'title'), text: isOfOption ? groupOf(title) : '' },
  ]
}
