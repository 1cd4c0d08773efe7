import { expect, test } from 'vitest'
import { fixture, tracking } from './reading.ts'

const EXPORT = fixture('fatebook-export.csv')
const LONDON = { time_zone: 'Europe/London' }
const read = (text: string) => tracking({ 'anything.txt': text }, LONDON)

test('a CSV export of Fatebook is known by its header, and each row is of who made it', () => {
  const { name, isLocal, rows, findings, problems } = read(EXPORT) ?? {}
  expect({ name, isLocal, findings, problems }).toEqual({
    name: 'a CSV export of Fatebook',
    isLocal: true,
    findings: [],
    problems: [],
  })
  const ferry = {
    title: 'Does the ferry sail before Easter?',
    outcome: 'no',
    known_on: '2024-03-31',
    deadline: '2024-03-31',
  }
  expect(rows).toEqual([
    { who: 'Ann Lark', said: '2024-02-01 09:05:03', p: 0.15, ...ferry },
    { who: 'Ann Lark', said: '2024-02-20 11:40:12', p: 0.35, ...ferry },
    { who: 'Ben Moor', said: '2024-02-02 08:00:00', p: 1, ...ferry },
    {
      who: 'Ann Lark',
      title: 'Is the new pier open by June, "for good"?',
      said: '2024-02-03 07:30:09',
      p: 0.6,
      outcome: 'ambiguous',
      known_on: '2024-06-02',
      deadline: '2024-06-01',
    },
    {
      who: 'Ann Lark',
      title: 'Does the mayor stand again?',
      said: '2024-02-04 07:30:09',
      p: 0,
      outcome: null,
      known_on: null,
      deadline: '2027-06-01',
    },
    expect.objectContaining({ title: 'Who is harbour master in 2027?: Cleo Reed', p: 0.4, outcome: null }),
    expect.objectContaining({
      title: 'Who is harbour master in 2027?: Somebody else',
      p: 0.7,
      outcome: null,
    }),
    expect.objectContaining({ title: 'Which pier is painted first?: North pier', p: 0.8, outcome: 'yes' }),
    expect.objectContaining({ title: 'Which pier is painted first?: South pier', p: 0.2, outcome: 'no' }),
  ])
})

test('an option is an event of its own, resolved by itself, in one group with the others', () => {
  const { records } = read(EXPORT) ?? {}
  const groups = records?.forecasts.map(({ record }) => record.cluster).filter((one) => one !== undefined)
  expect(groups).toEqual([
    'Which pier is painted first?',
    'Which pier is painted first?',
    'Who is harbour master in 2027?',
    'Who is harbour master in 2027?',
  ])
})

test('what cannot go in is left out and told: what nobody can say the outcome of, and what was said too late', () => {
  expect(read(EXPORT)?.notes).toEqual([
    'Left out: 1 forecast on options that all were resolved to NO, which Fatebook exports of an ambiguous question, too.',
    'Left out: 1 forecast made after the question was due or decided (line 9).',
  ])
})

test('a damaged cell is told with its line, its column and what it is called there', () => {
  const broken = EXPORT.replace('"0.35"', '"1.35"').replace('"AMBIGUOUS"', '"MAYBE"')
  expect(read(broken)?.findings).toMatchObject([
    {
      path: 'anything.txt',
      line: 3,
      marked: '1.35',
      message: 'Forecast (scale = 0-1) is "1.35", not a probability from 0 to 1',
    },
    // A row is at the line on which it ends.
    { line: 6, message: expect.stringContaining('Resolution is "MAYBE"') },
  ])
})

test('another header is another table', () => {
  expect(read(EXPORT.replace('"Question resolve by"', '"Due"'))).toBe(null)
  expect(tracking({ 'a.csv': EXPORT, 'b.csv': EXPORT })).toBe(null)
})
