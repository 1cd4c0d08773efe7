import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, test } from 'vitest'
import { commandOn } from '../support/command.ts'
import { databaseAt } from '../support/database.ts'
import { folder, root } from '../support/process.ts'

/** A folder with a file of each tracker, and the command on a ledger in it. */
function workplace() {
  const cwd = folder()
  cpSync(join(root, 'test/fixtures/trackers'), cwd, { recursive: true })
  const settings = { RECKONING_DATABASE_URL: databaseAt(join(cwd, 'ledger.db')) }
  const run = commandOn(settings, () => new Date('2026-11-22T10:00:00.000Z'))
  return {
    at: (name: string) => join(cwd, name),
    import: (files: string[], ...told: string[]) =>
      run('import', ...files.map((name) => join(cwd, name)), '--url', 'https://tracker.example/ann', ...told),
    run,
  }
}
const ZONE = ['--zone', 'Europe/London']
const ANN = ['--analyst', 'Ann Lark']

test.each([
  [['fatebook-export.csv'], ZONE, 'Recorded 2 analysts, 1 source, 9 statements, 7 questions, 9 forecasts'],
  [['fatebook-import.csv'], [...ZONE, ...ANN], 'Recorded 1 analyst, 1 source, 5 statements, 4 questions'],
  [['fatebook-questions.json'], [], 'Recorded 2 analysts, 1 source, 7 statements, 5 questions, 7 forecasts'],
  [['predictionbook.csv'], ['--analyst', 'The mean'], 'Recorded 1 analyst, 1 source, 4 statements'],
  [['predictionbook.json'], [], 'Recorded 2 analysts, 1 source, 5 statements, 3 questions'],
  [['manifold-market.json', 'manifold-bets.json'], ['--analyst', 'The market'], 'Recorded 1 analyst'],
  [['manifold-markets.json'], ['--analyst', 'The market'], 'Recorded 1 analyst, 1 source, 1 statement'],
  [
    ['forecastbench-questions.json', 'forecastbench-forecasts.json', 'forecastbench-resolutions.json'],
    [],
    'Recorded 1 analyst, 1 source, 4 statements, 4 questions, 4 forecasts, 2 resolutions',
  ],
] as const)('%s is imported without a mapping, and again without a change', async (files, told, recorded) => {
  const here = workplace()
  expect(await here.import([...files], ...told, '--dry-run')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(recorded.replace('Recorded', 'Would record')),
  })
  expect(await here.import([...files], ...told)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(recorded),
    stderr: '',
  })
  expect((await here.import([...files], ...told)).stdout).toContain('0 entries written.')
})

it('asks by the name of the option for what a file does not say, and for nothing that it says', async () => {
  const here = workplace()
  const asked = async (file: string, ...told: string[]) => (await here.import([file], ...told)).stderr
  expect(await asked('fatebook-export.csv')).toContain('--zone is needed: the times in the file bear no zone')
  expect(await asked('fatebook-import.csv', ...ZONE)).toContain('--analyst is needed')
  expect(await asked('predictionbook.csv')).toContain('--analyst is needed')
  expect(await asked('predictionbook.json', ...ANN)).toContain('the file says who made each forecast')
  expect(await asked('manifold-market.json')).toContain(
    'reckon reference add QUESTION --kind market --from FILE',
  )
})

it('records nothing of a file of which one value is damaged', async () => {
  const here = workplace()
  const text = readFileSync(here.at('predictionbook.json'), 'utf8')
  writeFileSync(here.at('predictionbook.json'), text.replace('"confidence": 100', '"confidence": 1000'))
  const { code, stdout } = await here.import(['predictionbook.json'])
  expect(code).toBe(1)
  expect(stdout).toContain('predictionbook.json:12:73: error[table_value]: confidence is "1000 %"')
  expect(stdout).toContain('1 problem: nothing was imported.')
  expect((await here.run('due')).stdout).not.toContain('The ferry sails')
})

it('keeps what it was told beside the file, which is the same import', async () => {
  const here = workplace()
  const kept = here.at('told.yaml')
  await here.import(['fatebook-export.csv'], ...ZONE, '--save-mapping', kept)
  expect(readFileSync(kept, 'utf8')).toBe(
    'url: https://tracker.example/ann\nsource: fatebook-export.csv\ntime_zone: Europe/London\n',
  )
  const again = await here.run('import', here.at('fatebook-export.csv'), '--mapping', kept)
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('0 entries written.') })
})

it('takes a later export of the same questions for what became of them', async () => {
  const here = workplace()
  const open = readFileSync(here.at('fatebook-export.csv'), 'utf8')
  await here.import(['fatebook-export.csv'], ...ZONE)
  const decided = open.replace(
    '"2027-06-01 00:00:00","",""',
    '"2027-06-01 00:00:00","YES","2026-11-01 9:00:0"',
  )
  writeFileSync(here.at('fatebook-export.csv'), decided)
  const { stdout } = await here.import(['fatebook-export.csv'], ...ZONE)
  expect(stdout).toContain('1 resolution;')
  expect(stdout).not.toMatch(/\d+ (?:question|forecast)s?[,;]/u)
})
