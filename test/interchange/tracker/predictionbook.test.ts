import { expect, test } from 'vitest'
import { fixture, tracking } from './reading.ts'

const CSV = fixture('predictionbook.csv')
const JSON_FILE = fixture('predictionbook.json')
const MEAN = { analyst: 'PredictionBook, mean of all who answered' }
const short = (rows: NonNullable<ReturnType<typeof tracking>>['rows'] | undefined) =>
  rows?.map(({ who, title, said, p, outcome, known_on }) => [who, title, said, p, outcome, known_on])

test('the CSV of PredictionBook holds means, is said to, and is nobody’s until somebody says whose', () => {
  expect(tracking({ 'a.csv': CSV })?.problems).toMatchObject([{ pointer: '/analyst' }])
  const { rows, findings, notes, name } = tracking({ 'a.csv': CSV }, MEAN) ?? {}
  expect([name, findings]).toEqual(['a CSV export of PredictionBook', []])
  expect(short(rows)).toEqual([
    [null, '[Harbour] The ferry sails in winter, twice', '2008-12-30', 0.15, 'no', '2009-01-02'],
    [null, 'The pier opens', '2009-05-19', 1, 'yes', '2009-05-20'],
    [null, 'The mayor says "never"', '2009-05-31', 0, 'no', '2009-06-03'],
    [null, 'It snows in March', '2008-11-04', 0.35, 'annulled', '2008-11-05'],
  ])
  expect(notes?.[0]).toContain('These numbers are means')
  expect(notes?.[1]).toBe('Left out: 1 prediction not decided yet, whose mean still moves.')
})

test('the JSON of PredictionBook is what each said and revised; a comment without a number is none', () => {
  const { rows, findings, notes, problems } = tracking({ 'a.json': JSON_FILE }) ?? {}
  const ferry = '[Harbour] The ferry sails in winter, twice'
  expect([findings, problems]).toEqual([[], []])
  expect(short(rows)).toEqual([
    ['Ann Lark', ferry, '2008-08-14 02:28:40', 0.15, 'no', '2009-01-02'],
    ['Ben Moor', ferry, '2008-08-15 10:00:00', 1, 'no', '2009-01-02'],
    ['Ann Lark', ferry, '2008-09-16 10:00:00', 0, 'no', '2009-01-02'],
    ['Ann Lark', 'The bridge still stands', '2008-08-17 03:00:00', 0.95, null, null],
    ['Ann Lark', 'It snows in March', '2008-08-18 03:00:00', 0.35, 'annulled', '2008-11-05'],
  ])
  expect(notes).toEqual([
    'Left out: 1 comment without a number.',
    'Left out: 1 forecast made after the question was due or decided (forecast 4).',
  ])
})

test('one prediction alone and a list of them are read, too', () => {
  const { predictions } = JSON.parse(JSON_FILE)
  expect(tracking({ 'a.json': JSON.stringify(predictions) })?.rows).toHaveLength(5)
  expect(tracking({ 'a.json': JSON.stringify(predictions[1]) })?.rows).toMatchObject([
    { p: 0.95, outcome: null },
  ])
})

test('what is damaged is told with its place', () => {
  const csv = CSV.replace(',101,15,false', ',101,115,false').replace('2009-05-20 10:00:00+00:00', '')
  expect(tracking({ 'a.csv': csv }, MEAN)?.findings).toMatchObject([
    { line: 2, marked: '115', message: expect.stringContaining('mean_confidence is "115 %"') },
    { line: 3, message: expect.stringContaining('and yet the outcome is known') },
  ])
  const json = JSON_FILE.replace('"confidence": 100', '"confidence": 1000').replace(
    '"outcome": null',
    '"outcome": "maybe"',
  )
  expect(tracking({ 'a.json': json })?.findings).toMatchObject([
    { line: 12, marked: '1000' },
    { marked: '"maybe"', message: expect.stringContaining('outcome is "maybe"') },
  ])
})
