import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { differences } from '../support/golden-adapter.ts'
import { AS_OF, recordOf } from './a-unit.ts'
import { gamesOf } from './games.ts'

const file = (name: string) => readFileSync(new URL(`../fixtures/fivethirtyeight/${name}`, import.meta.url))
const before = JSON.parse(file('figures.json').toString()) as Record<string, unknown>

test.each([
  ['nfl', () => file('nfl_games.csv')],
  ['nba', () => gunzipSync(file('nba_games.csv.gz'))],
])('the games of the %s keep every figure that nobody decided to change', (league, bytes) => {
  const record = recordOf(gamesOf(new Uint8Array(bytes())), { as_of: AS_OF, simulate: null })
  expect(differences(before[league], record, { abs: 1e-12, rel: 1e-12 })).toEqual([])
})
