import { expect, test } from 'vitest'
import { assess } from '../../src/scoring/eligibility.ts'
import type { ForecastUnit, UnitStatement } from '../../src/scoring/forecast-unit.ts'
import { sentencesOf } from '../../src/scoring/sentences.ts'
import { trackRecord } from '../../src/scoring/track-record.ts'

const AS_OF = new Date('2026-01-01T00:00:00Z')
const statement = (changes: Partial<UnitStatement> = {}): UnitStatement => ({
  said_on: '2024-04-03',
  said_at: new Date('2024-04-03T23:59:59Z'),
  logged: 'live',
  voice: 'quote',
  probability: { words: 'вероятно', leans: 'yes' },
  ...changes,
})
const unit = (
  n: number,
  changes: Partial<ForecastUnit> = {},
  ...statements: UnitStatement[]
): ForecastUnit => ({
  id: `s${n}_f`,
  question: `q${n}`,
  title: `Q${n}`,
  type: 'binary',
  family: null,
  source: `s${n}`,
  source_type: 'interview',
  coverage: 'unstated',
  low_information: false,
  deadline_ours: false,
  opens_at: new Date('2024-04-03T23:59:59Z'),
  deadline_on: '2025-04-03',
  deadline_end: new Date('2025-04-04T00:00:00Z'),
  state: 'resolved',
  disputed: false,
  outcome: 'yes',
  known_from: new Date('2025-04-04T00:00:00Z'),
  statements: statements.length === 0 ? [statement()] : statements,
  ...changes,
})
const statusOf = (one: ForecastUnit, asOf = AS_OF) => assess(one, asOf).status
const record = (...units: ForecastUnit[]) =>
  trackRecord(units, {
    as_of: AS_OF,
    name: 'X',
    logging: { statements: units.length, untestable: 0, duplicates: 0, sources: units.length, complete: 0 },
  } as never)

test('what leans and has no band is unmeasured once its deadline has passed, and neither vague nor scored', () => {
  expect(statusOf(unit(1))).toBe('unmeasured')
  expect(statusOf(unit(1), new Date('2025-01-01T00:00:00Z'))).toBe('awaiting_deadline')
  expect(statusOf(unit(1, { state: 'open', outcome: null, known_from: null }))).toBe('due')
  expect(statusOf(unit(1, {}, statement({ said_at: new Date('2025-05-01T00:00:00Z') })))).toBe('too_late')
  expect(statusOf(unit(1, {}, statement({ logged: 'afterwards' })))).toBe('selected')
  expect(statusOf(unit(1, { coverage: 'complete' }, statement({ logged: 'afterwards' })))).toBe('unmeasured')
})

test('a number beside it is what counts', () => {
  expect(statusOf(unit(1, {}, statement(), statement({ probability: 0.7 })))).toBe('scored')
})

test('claims count whether they came true, with what was to be expected unknown, and change no other figure', () => {
  const measured = unit(9, {}, statement({ probability: 0.8 }))
  const units = [
    unit(1),
    unit(2, { outcome: 'no' }),
    unit(3, { outcome: 'no' }, statement({ probability: { words: 'вряд ли', leans: 'no' } })),
    unit(4, { outcome: 'no' }, statement({ logged: 'afterwards' })),
  ]
  const all = record(measured, ...units)
  const { counts, claims, forecasts } = all
  expect(counts).toMatchObject({
    forecasts: 5,
    resolved: 5,
    scored: 1,
    unmeasured: 3,
    selected: 1,
    too_vague: 0,
  })
  expect(claims.unmeasured).toEqual({ n: 3, clusters: 3, came_true: 2 })
  expect({ ...claims, unmeasured: null }).toEqual({ ...record(measured).claims, unmeasured: null })
  expect(sentencesOf(all, { name: 'X' }).unmeasured).toBe(
    'In words that nobody measured, 2 of 3 more came true; what was to be expected is unknown.',
  )
  expect(forecasts.every(({ id, brier }) => (id === 's9_f') === (brier !== null))).toBe(true)
  expect(record(measured).claims.unmeasured).toEqual({ n: 0, clusters: 0, came_true: 0 })
})
