import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { commandOn } from '../support/command.ts'
import { databaseAt } from '../support/database.ts'
import { folder } from '../support/process.ts'

const TALK = `source: {id: 2024-01-talk, type: interview, title: A talk, published: 2024-01-15, coverage: complete}
analyst: ada-lovelace
statements:
  - id: flood
    quote: if the dam breaks, the town will be flooded
    question:
      title: The town is flooded
      criteria: A street stands under water.
      condition: {text: The dam breaks., deadline: {date: 2024-05-01, time_zone: UTC}}
      deadline: {date: 2024-06-01, time_zone: UTC}
    probability: {words: will be flooded, categorical: "yes"}
`
const question = '2024-01-talk_flood'
const evidence = ['--evidence', 'https://example.com/dam', '--says', 'It is reported.']
const answer = ['--outcome', 'yes', '--known-on', '2024-06-02', '--rationale', 'It stood there.', ...evidence]

it('a conditional question is answered on the command line after its condition was recorded', async () => {
  const cwd = folder()
  const environment = { RECKONING_DATABASE_URL: databaseAt(join(cwd, 'ledger.db')) }
  const run = commandOn(environment, () => new Date('2026-11-22T10:00:00.000Z'))
  mkdirSync(join(cwd, 'in', '2024'), { recursive: true })
  writeFileSync(join(cwd, 'in', 'analysts.yaml'), 'analysts:\n  - {id: ada-lovelace, name: Ada Lovelace}\n')
  writeFileSync(join(cwd, 'in', '2024', '2024-01-talk.yaml'), TALK)
  expect(await run('import', join(cwd, 'in'))).toMatchObject({ code: 0 })

  expect(await run('resolve', question, ...answer)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('“The dam breaks.”): record first, with evidence, that it was met'),
  })
  const met = ['--condition-met', '2024-04-02']
  expect(await run('resolve', question, ...met)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--evidence'),
  })
  expect(await run('resolve', question, '--condition-met', 'spring', ...evidence)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--condition-met must be a date'),
  })
  expect(await run('resolve', question, ...met, ...answer)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('stands by itself'),
  })
  expect(await run('resolve', question, ...met, ...evidence)).toMatchObject({
    code: 0,
    stdout: 'The condition is recorded as met on 2024-04-02.\n',
  })
  expect(await run('resolve', question, ...answer, '--confirm')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      /^Resolved: yes \(r1\)\. It counts, and is open to objection until .* UTC\.\n$/u,
    ),
  })
  expect(await run('verify')).toMatchObject({ code: 0 })
})
