import { counted } from '../../core/text.ts'
import { cellOf, isObject, itemsOf, type JsonAt, type JsonCell, jsonTable, within } from './json-table.ts'
import { type Meant, type SeenFile, type Tracker, withoutLate } from './tracker.ts'

const COLUMNS = ['title', 'user', 'forecast', 'createdAt', 'resolution', 'resolveBy', 'resolvedAt'] as const
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
  says: { yes: 'YES', no: 'NO' },
}

const isQuestion = (value: unknown): boolean =>
  isObject(value) && 'resolveBy' in value && Array.isArray(value.forecasts)

/** One question (`getQuestion`), `{items}` of several (`getQuestions`), or a list of them. */
function questionsIn(value: unknown): JsonAt[] {
  const whole: JsonAt = { value, path: [], file: 0 }
  if (isQuestion(value)) return [whole]
  return itemsOf(isObject(value) ? within(whole, 'items') : whole)
}

/** What the API of Fatebook answers about questions: forecasts of everybody, at instants of UTC. */
export const fatebookJson: Tracker = {
  name: 'JSON of Fatebook',
  isLocal: false,
  knows: ([file, ...others]) => {
    const [first] = file === undefined ? [] : questionsIn(file.json)
    return others.length === 0 && first !== undefined && isQuestion(first.value)
  },
  read: (files) => {
    const [{ json }] = files as [SeenFile]
    const rows: JsonCell[][] = []
    const left = { options: 0, hidden: 0 }
    for (const question of questionsIn(json)) {
      if (!isQuestion(question.value)) rows.push(rowOf(question, question))
      const isChoice = cellOf(within(question, 'type').value) === 'MULTIPLE_CHOICE'
      for (const forecast of itemsOf(within(question, 'forecasts'))) {
        const number = within(forecast, 'forecast')
        if (isChoice || within(forecast, 'option').value != null) left.options++
        else if (isObject(forecast.value) && number.value === null) left.hidden++
        else rows.push(rowOf(question, forecast))
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
              `Left out: ${counted(left.options, 'forecast')} on options of questions with several, which are not read yet.`,
            ]),
        ...(left.hidden === 0
          ? []
          : [`Left out: ${counted(left.hidden, 'forecast')} whose number Fatebook hides from this account.`]),
        ...notes(),
      ],
    }
  },
}

const rowOf = (question: JsonAt, forecast: JsonAt): JsonCell[] => {
  const of = (key: string) => ({ at: within(question, key) })
  return [
    of('title'),
    { at: within(within(forecast, 'user'), 'name') },
    { at: within(forecast, 'forecast') },
    { at: within(forecast, 'createdAt') },
    of('resolution'),
    of('resolveBy'),
    of('resolvedAt'),
  ]
}
