import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as reader from '../../src/interchange/tracker/reader.ts'
import { type FileKind, importFiles, kindOf } from '../../src/ledger/import/import-files.ts'
import { machineMember } from '../../src/ledger/members/membership.ts'
import { testLedger } from '../support/ledger.ts'

const fileOf = (name: string) =>
  readFileSync(new URL(`../fixtures/trackers/metaculus/${name}`, import.meta.url), 'utf8')
const sent = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) })

test('a forecast that ended on Metaculus is withdrawn once, also where the end comes with a later download', async () => {
  const held = await testLedger()
  const unit = held.as(await machineMember(held.ledger, 'import'))
  const forecasts = fileOf('forecast_data.csv')
  const importing = (text: string) => {
    const files = [sent('question_data.csv', fileOf('question_data.csv')), sent('forecast_data.csv', text)]
    expect(files.map(kindOf)).toEqual<FileKind[]>(['table', 'table'])
    return importFiles(held.ledger, unit, { files, mapping: { url: 'https://example.com/t' } }, reader)
  }
  expect((await importing(forecasts)).imported?.refused).toEqual([])
  const ended = forecasts.replace(
    '2025-02-01 09:05:03.754321+00:00,,',
    '2025-02-01 09:05:03.754321+00:00,2025-03-01 00:00:00+00:00,',
  )
  expect((await importing(ended)).imported).toMatchObject({
    entries: 1,
    recorded: { withdrawal: 1 },
    refused: [],
  })
  expect((await importing(ended)).imported).toMatchObject({ entries: 0, refused: [] })
})
