import { expect, test } from 'vitest'
import { folderOf } from '../../src/core/folder.ts'
import { readFolder } from '../../src/interchange/predictions-file.ts'
import { formatFolder } from '../../src/interchange/predictions-text.ts'
import { scoreUnit } from '../../src/scoring/unit-score.ts'
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
    '/ledger',
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
  expect(readFolder(files, { importing: true }).folder).toEqual(folder)
})

test('what an object holds by itself is an option like any other', async () => {
  const { post, ledger } = await client()
  const options = ['constructor', 'toString', 'hasOwnProperty', 'other']
  const { question } = forecastBody()
  const logged = await post(
    '/api/forecasts',
    forecastBody({
      question: { ...question, type: 'multiple_choice', options },
      probability: { constructor: 0.6, other: 0.4 },
    }),
  )
  expect([logged.status, logged.text]).toEqual([201, expect.anything()])
  const folder = folderOf(await readRecords(ledger.db))
  const files = formatFolder(folder).map(({ path, text }) => ({ path, bytes: text }))
  expect(readFolder(files, { importing: true }).folder).toEqual(folder)
  const scored = (names: string[], stated: Record<string, number>) =>
    scoreUnit(
      { type: 'multiple_choice', options: names, outcome: names[1] as string, deadline_on: '2026-12-31' },
      stated,
    )
  expect(scored(options, { constructor: 0.6, other: 0.4 })).toEqual(
    scored(['a', 'b', 'c', 'other'], { a: 0.6, other: 0.4 }),
  )
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
