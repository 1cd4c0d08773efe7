import { expect, test } from 'vitest'
import { fixture, tracking } from './reading.ts'

const QUESTIONS = fixture('fatebook-questions.json')
const read = (text: string) => tracking({ 'questions.json': text })

test('what the API of Fatebook answers is read: who, when, how sure, and what became of it', () => {
  const { name, isLocal, problems, rows, findings, notes } = read(QUESTIONS) ?? {}
  expect({ name, isLocal, problems, findings }).toEqual({
    name: 'JSON of Fatebook',
    isLocal: false,
    problems: [],
    findings: [],
  })
  expect(rows?.map((row) => [row.who, row.title, row.said, row.p, row.outcome, row.known_on])).toEqual([
    ['Ann Lark', 'Does the ferry sail before Easter?', '2024-02-20 11:40:12', 0.35, 'no', '2024-03-31'],
    ['Ann Lark', 'Does the ferry sail before Easter?', '2024-02-01 09:05:03', 0.15, 'no', '2024-03-31'],
    ['Ben Moor', 'Does the ferry sail before Easter?', '2024-02-02 23:30:00', 1, 'no', '2024-03-31'],
    [
      'Ann Lark',
      'Is the new pier open by June, "for good"?',
      '2024-02-03 07:30:09',
      0.6,
      'ambiguous',
      '2024-06-02',
    ],
    ['Ann Lark', 'Does the mayor stand again?', '2024-02-04 07:30:09', 0, null, null],
    ['Ann Lark', 'Who is harbour master in 2027?: Cleo Reed', '2024-02-05 09:00:01', 0.4, null, null],
    ['Ann Lark', 'Who is harbour master in 2027?: Somebody else', '2024-02-05 09:00:09', 0.7, null, null],
  ])
  expect(notes).toEqual([
    'Left out: 1 forecast on options of resolved questions: this JSON does not say which option came true, the CSV export does.',
    'Left out: 1 forecast whose number Fatebook hides from this account.',
    'Left out: 1 forecast made after the question was due or decided (forecast 4).',
  ])
})

test('one question alone and a list of questions are the same', () => {
  const [ferry, pier] = JSON.parse(QUESTIONS).items
  expect(read(JSON.stringify(ferry))?.rows).toEqual(read(JSON.stringify({ items: [ferry] }))?.rows)
  expect(read(JSON.stringify([ferry, pier]))?.rows).toHaveLength(4)
})

test('an instant is of the day that it was in the zone that was named', () => {
  const tokyo = tracking({ 'a.json': QUESTIONS }, { time_zone: 'Asia/Tokyo' })
  expect(tokyo?.rows[2]?.said).toBe('2024-02-03 08:30:00')
})

test('a damaged value is told with its line and column in the file', () => {
  const broken = QUESTIONS.replace('"forecast": 0.6,', '"forecast": 1.6,')
    .replace('"resolution": "NO"', '"resolution": "PERHAPS"')
    .replace('"name": "Ben Moor", "image": "https', '"nom": "Ben Moor", "image": "https')
  const line = (text: string) => broken.split('\n').findIndex((one) => one.includes(text)) + 1
  expect(read(broken)?.findings).toMatchObject([
    { path: 'questions.json', line: line('PERHAPS'), column: 39, marked: '"PERHAPS"' },
    { line: line('"nom"'), marked: '{', message: expect.stringContaining('user is ""') },
    { line: line('1.6'), marked: '1.6', message: 'forecast is "1.6", not a probability from 0 to 1' },
  ])
})

test('what is no question among the others is no reason to pass over it', () => {
  const items = JSON.parse(QUESTIONS).items
  expect(read(JSON.stringify({ items: [items[0], 7] }))?.findings.length).toBeGreaterThan(0)
  expect(read('{"items": []}')).toBe(null)
  expect(read(QUESTIONS.slice(0, -9))).toBe(null)
  const deep = `${'['.repeat(65)}1${']'.repeat(65)}`
  expect(read(QUESTIONS.replace('"notes": null', `"notes": ${deep}`))).toBe(null)
  expect(read(QUESTIONS.replace('"notes": null', `"notes": "\\"${deep}"`))?.findings).toEqual([])
})

test('an option is resolved as the file says of it, or of its question, and never guessed', () => {
  const pier = JSON.parse(QUESTIONS).items.find(({ title }: { title: string }) => title.includes('painted'))
  const as = (resolution: string, own?: string) =>
    read(
      JSON.stringify({
        ...pier,
        resolution,
        ...(own === undefined
          ? {}
          : {
              options: [
                { id: 'o3', text: 'North pier', resolution: own, resolvedAt: '2024-04-19T10:00:00Z' },
              ],
            }),
      }),
    )?.rows.map(({ outcome, known_on }) => [outcome, known_on])
  expect(as('YES')).toEqual([])
  expect(as('YES', 'YES')).toEqual([['yes', '2024-04-19']])
  expect(as('YES', 'NO')).toEqual([['no', '2024-04-19']])
  // Another answer than any of the options came true.
  expect(as('NO')).toEqual([['no', '2024-04-20']])
  // Fatebook resolves the options of an ambiguous question to NO.
  expect(as('AMBIGUOUS', 'NO')?.[0]?.[0]).toBe('ambiguous')
})

test('more forecasts than a table may hold are refused, and told where', () => {
  const { items } = JSON.parse(QUESTIONS)
  const many = { ...items[2], forecasts: Array.from({ length: 100_001 }, () => ({ forecast: 0.5 })) }
  expect(read(JSON.stringify(many))).toMatchObject({
    rows: [],
    findings: [{ line: 1, message: 'there are more than 100,000 forecasts' }],
  })
})
