import { expect, test } from 'vitest'
import { fixture, tracking } from './reading.ts'

const TABLE = fixture('fatebook-import.csv')
const read = (text: string) =>
  tracking({ 'a.csv': text }, { time_zone: 'Europe/London', analyst: 'Ann Lark' })

test('the table that Fatebook takes in is in per cent, of one person, with the days that Fatebook would take', () => {
  const { rows, findings, notes, records } = read(TABLE) ?? {}
  expect(findings).toEqual([])
  expect(
    rows?.map(({ said, p, outcome, known_on, deadline }) => [said, p, outcome, known_on, deadline]),
  ).toEqual([
    ['2024-02-01', 0.15, 'no', '2024-03-31', '2024-03-31'],
    ['2024-02-20', 0.35, 'no', '2024-03-31', '2024-03-31'],
    ['2024-02-03', 1, 'yes', '2024-02-04', '2024-02-04'],
    ['2024-02-04', 0.605, 'ambiguous', '2024-06-02', '2024-06-01'],
    ['2024-02-04', 0, null, null, '2027-06-01'],
  ])
  expect(notes).toEqual([
    '2 rows without a day to resolve by, or of the resolution: as Fatebook does, the day after the question was asked is taken, and the record says so.',
    'Left out: 1 forecast made after the question was due or decided (line 7).',
  ])
  const snow = records?.questions.find(({ record }) => record.title === 'Will it snow tonight?')
  expect(snow?.record.deadline).toEqual({
    date: '2024-02-04',
    time_zone: 'Europe/London',
    because: 'No day to resolve by was given; Fatebook takes the day after the question was asked.',
  })
  expect(snow?.record.criteria).toContain('says YES')
  expect(snow?.resolution?.rationale).toContain('No day of the resolution was given')
})

test('columns that are optional may be missing, and whose forecasts they are is asked', () => {
  const text = 'resolution,qCreatedAt,forecast,questionTitle\nNO,2024-02-03 22:00,70,Does it snow?\n'
  expect(read(text)?.rows).toMatchObject([{ said: '2024-02-03 22:00:00', p: 0.7, deadline: '2024-02-04' }])
  expect(tracking({ 'a.csv': text }, { time_zone: 'UTC' })?.problems).toMatchObject([{ pointer: '/analyst' }])
})

test('numbers that look as if they were from 0 to 1 are asked about, and a sign says that they are not', () => {
  const rows = (a: string, b: string) =>
    `questionTitle,forecast,qCreatedAt,resolution\nA,${a},2024-02-03,NO\nB,${b},2024-02-03,\n`
  expect(read(rows('0.7', '1'))?.findings).toMatchObject([
    { line: 1, marked: 'forecast', message: expect.stringContaining('in per cent') },
  ])
  expect(read(rows('0.7%', '1'))?.rows.map(({ p }) => p)).toEqual([0.007, 0.01])
})

test('a damaged cell is told where it stands in the file, whatever was made of it', () => {
  const broken = TABLE.replace('15%', 'likely')
    .replace('AMBIGUOUS', 'MAYBE')
    .replace(',2024-02-03,yes', ',03/02/2024,yes')
  expect(read(broken)?.findings).toMatchObject([
    { line: 2, marked: 'likely' },
    { line: 4, marked: '03/02/2024', message: expect.stringContaining('resolveBy') },
    { line: 4, message: expect.stringContaining('resolvedAt') },
    { line: 4, message: expect.stringContaining('fCreatedAt') },
    { line: 5, marked: 'MAYBE' },
  ])
})
