import { expect, test } from 'vitest'
import { folderOf } from '../../src/core/folder.ts'
import { readFolder } from '../../src/interchange/predictions-file.ts'
import { formatFolder } from '../../src/interchange/predictions-text.ts'
import { readRecords } from '../../src/store/records.ts'
import { client, forecastBody } from './client.ts'

const NAMES = [
  'Null',
  'Undefined',
  'NaN',
  'None',
  'True',
  'False',
  'constructor',
  'toString',
  'New',
  'Jo Null',
]

test.each(NAMES)('somebody called %s has a record, a page and a line in every file', async (name) => {
  const { post, get, ledger } = await client()
  const logged = await post(
    '/api/forecasts',
    forecastBody({ analyst: { name, aliases: ['Null-Void', 'None Other'] } }),
  )
  expect([logged.status, logged.text]).toEqual([201, expect.stringContaining('analyst')])
  const { analysts } = await readRecords(ledger.db)
  const [{ record }] = analysts as [(typeof analysts)[0]]
  expect(record.name).toBe(name)
  for (const path of [
    '/',
    '/analysts',
    `/analysts/${record.id}`,
    `/api/analysts/${record.id}`,
    '/api/forecasts.csv',
  ]) {
    const { status, text } = await get(path)
    expect([path, status, text.includes(name)]).toEqual([path, 200, true])
  }
  const folder = folderOf(await readRecords(ledger.db))
  const files = formatFolder(folder).map(({ path, text }) => ({ path, bytes: text }))
  expect(readFolder(files)).toEqual({ folder, findings: [] })
})

test('what an object holds by itself is an option like any other', async () => {
  const { post, get, ledger, at } = await client()
  const options = ['constructor', 'toString', 'hasOwnProperty', 'other']
  const { question } = forecastBody()
  const logged = await post(
    '/api/forecasts',
    forecastBody({
      question: { ...question, type: 'multiple_choice', options },
      probability: { constructor: 0.6, other: 0.4 },
    }),
  )
  expect(logged.status).toBe(201)
  const folder = folderOf(await readRecords(ledger.db))
  const files = formatFolder(folder).map(({ path, text }) => ({ path, bytes: text }))
  expect(readFolder(files)).toEqual({ folder, findings: [] })
  at('2027-01-02T10:00:00.000Z')
  const [{ record }] = (await readRecords(ledger.db)).questions as unknown as [{ record: { id: string } }]
  const resolved = await post(`/api/questions/${record.id}/resolutions`, {
    outcome: 'toString',
    known_on: '2027-01-01',
    rationale: 'It is reported.',
    evidence: [{ url: 'https://example.com/evidence', says: 'So it is.', accessed: '2027-01-02' }],
  })
  expect([resolved.status, resolved.text]).toEqual([201, expect.anything()])
  const [analyst] = (await readRecords(ledger.db)).analysts
  const page = await get(`/analysts/${analyst?.record.id}`)
  expect([page.status, /NaN/u.test(page.text)]).toEqual([200, false])
})

test('a name that an object cannot hold is no option', async () => {
  const { post } = await client()
  const { question } = forecastBody()
  const refused = await post(
    '/api/forecasts',
    forecastBody({
      question: { ...question, type: 'multiple_choice', options: ['__proto__', 'other'] },
      probability: { other: 1 },
    }),
  )
  expect(refused.status).toBe(422)
})
