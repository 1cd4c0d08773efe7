import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readForecastTable } from '../../src/interchange/forecast-table.ts'
import type { ForecastUnit } from '../../src/scoring/forecast-unit.ts'
import { differences } from '../support/golden-adapter.ts'
import { AS_OF, day, recordOf, said } from './a-unit.ts'

const file = (name: string) => readFileSync(new URL(`../fixtures/fivethirtyeight/${name}`, import.meta.url))
const before = JSON.parse(file('figures.json').toString()) as Record<string, unknown>

/** Every game a question of its own, the games of one day a group, as the documentation imports them. */
function gamesOf(bytes: Uint8Array): ForecastUnit[] {
  const { records } = readForecastTable(
    { path: 'games.csv', bytes },
    {
      analyst: { id: 'a-model', name: 'A model' },
      source: 'Games',
      url: 'https://example.com/games.csv',
      probability: 'prob1',
      outcome: 'prob1_outcome',
      date: 'date',
      title: '{team1} beat {team2}',
      cluster: 'date',
      time_zone: 'UTC',
      accessed: '2026-11-22',
    },
  )
  if (records === null) throw new Error('The games were not read.')
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

test.each([
  ['nfl', () => file('nfl_games.csv')],
  ['nba', () => gunzipSync(file('nba_games.csv.gz'))],
])('the games of the %s keep every figure that nobody decided to change', (league, bytes) => {
  const record = recordOf(gamesOf(new Uint8Array(bytes())), { as_of: AS_OF, simulate: null })
  expect(differences(before[league], record, { abs: 1e-12, rel: 1e-12 })).toEqual([])
})
