import type { TableMapping } from '../../src/interchange/forecast-row.ts'
import { readForecasts } from '../../src/interchange/forecast-table.ts'
import { heldFile } from '../../src/interchange/table-file.ts'
import { recordsOf } from '../../src/interchange/table-records.ts'
import { readTable } from '../../src/interchange/table-rows.ts'
import type { ForecastUnit } from '../../src/scoring/forecast-unit.ts'
import { day, said } from './a-unit.ts'

const MAPPING: TableMapping = {
  columns: { probability: 'prob1', outcome: 'prob1_outcome', date: 'date' },
  cluster: 'date',
  title: '{team1} beat {team2}',
  where: [],
  not_analyst: [],
  outcomes: new Map(),
  time_zone: 'UTC',
  accessed: '2026-11-22',
}
const SOURCE = {
  id: 'games',
  type: 'dataset',
  title: 'Games',
  url: 'https://example.com/games.csv',
  published: '2022-12-31',
  coverage: 'complete',
} as const

/** Every game a question of its own, the games of one day a group, as the documentation imports them. */
export function gamesOf(bytes: Uint8Array): ForecastUnit[] {
  const rows = readForecasts(readTable(heldFile('games.csv', bytes)), MAPPING)
  if (rows === null) throw new Error('The games were not read.')
  const records = recordsOf(rows, MAPPING, SOURCE, () => ({ id: 'a-model', name: 'A model' }))
  return records.forecasts.map(({ record }, i): ForecastUnit => {
    const { record: question, resolution } = records.questions[i] as (typeof records.questions)[number]
    const on = question.deadline.date
    const outcome = resolution?.outcome as 'yes' | 'no' | 'ambiguous'
    const probability = record.probability as number
    return {
      id: record.id,
      question: record.question,
      title: question.title,
      type: 'binary',
      family: null,
      source: 'games',
      source_type: 'dataset',
      cluster: record.cluster,
      coverage: 'complete',
      low_information: false,
      deadline_ours: false,
      opens_at: day(record.said_on.from),
      deadline_on: on,
      deadline_end: new Date(day(on).getTime() + 86_400_000),
      state: outcome === 'ambiguous' ? 'ambiguous' : 'resolved',
      annulled_because: null,
      disputed: false,
      outcome: outcome === 'ambiguous' ? null : outcome,
      known_from: day(on),
      statements: [said(probability, { said_on: record.said_on.to, logged: 'afterwards' })],
    }
  })
}
