import { expect, test } from 'vitest'
import { fixture, tracking } from './reading.ts'

const QUESTIONS = fixture('forecastbench-questions.json')
const FORECASTS = fixture('forecastbench-forecasts.json')
const RESOLUTIONS = fixture('forecastbench-resolutions.json')
const read = (questions: string, forecasts: string, resolutions: string) =>
  tracking({ 'q.json': questions, 'f.json': forecasts, 'r.json': resolutions })

const FERRIES = 'Will the weekly number of ferries have increased by'

test('the sets of a round are joined: a question on a series is one for each of its days', () => {
  const { name, problems, findings, rows, notes, records } = read(QUESTIONS, FORECASTS, RESOLUTIONS) ?? {}
  expect([name, problems, findings]).toEqual(['JSON of ForecastBench', [], []])
  expect(
    rows?.map(({ who, title, said, p, outcome, known_on, deadline }) => [
      who,
      title,
      said,
      p,
      outcome,
      known_on,
      deadline,
    ]),
  ).toEqual([
    // A market that is not resolved has a value, which is no outcome.
    [
      'Gull-7 (zero shot)',
      'Will the harbour of Invented Town be dredged before July 2025?',
      '2025-03-02',
      0.35,
      null,
      null,
      '2025-06-30',
    ],
    [
      'Gull-7 (zero shot)',
      `${FERRIES} 2025-03-09 as compared to its value on 2025-03-02?`,
      '2025-03-02',
      0.15,
      'no',
      '2025-03-09',
      '2025-03-09',
    ],
    [
      'Gull-7 (zero shot)',
      `${FERRIES} 2025-04-01 as compared to its value on 2025-03-02?`,
      '2025-03-02',
      1,
      'yes',
      '2025-04-01',
      '2025-04-01',
    ],
    [
      'Gull-7 (zero shot)',
      `${FERRIES} 2035-02-28 as compared to its value on 2025-03-02?`,
      '2025-03-02',
      0,
      null,
      null,
      '2035-02-28',
    ],
  ])
  expect(notes).toEqual(['Left out: 1 forecast on pairs of questions.'])
  const ferry = records?.questions.find(({ record }) => record.deadline.date === '2025-03-09')?.record
  expect(ferry?.criteria).toContain('once the data is published')
  expect(new Set(records?.forecasts.map(({ record }) => record.cluster))).toEqual(
    new Set(['manifold 0587u5Mk7ng2', 'fred WFERRY']),
  )
})

test('without its outcomes a round is open, and the order of the files has no part in it', () => {
  expect(tracking({ 'f.json': FORECASTS, 'q.json': QUESTIONS })?.rows.map(({ outcome }) => outcome)).toEqual([
    null,
    null,
    null,
    null,
  ])
})

test('questions without forecasts, and forecasts without their questions, say what is missing', () => {
  expect(tracking({ 'q.json': QUESTIONS })).toMatchObject({
    rows: [],
    findings: [{ path: 'q.json', line: 4, message: 'it holds questions, and no forecasts' }],
  })
  expect(tracking({ 'f.json': FORECASTS })?.findings).toMatchObject([
    {
      path: 'f.json',
      line: 5,
      marked: '"2025-03-02-llm.json"',
      message: expect.stringContaining('of which no file is given'),
    },
  ])
  const other = FORECASTS.replace('2025-03-02-llm.json', '2025-03-16-llm.json')
  expect(read(QUESTIONS, other, RESOLUTIONS)?.findings).toMatchObject([
    { path: 'f.json', line: 5, message: expect.stringContaining('another question set') },
  ])
})

test('what is damaged is told with the file and the place', () => {
  const forecasts = FORECASTS.replace('"forecast": 0.35', '"forecast": 35').replace(
    '"id": "WFERRY", "source": "fred", "forecast": 0.15',
    '"id": "WFAIRY", "source": "fred", "forecast": 0.15',
  )
  const resolutions = RESOLUTIONS.replace('"resolved_to": 1.0', '"resolved_to": "maybe"')
  expect(read(QUESTIONS, forecasts, resolutions)?.findings).toMatchObject([
    {
      path: 'f.json',
      line: 9,
      marked: '"WFAIRY"',
      message: 'no question of the set has this id and source',
    },
    { path: 'f.json', line: 8, marked: '35' },
    { path: 'r.json', line: 7, marked: '"maybe"' },
  ])
})
