import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { recordsOf } from '../../src/core/folder.ts'
import { demoFounded, fillDemo } from '../../src/demo/ledger.ts'
import { readFolder } from '../../src/interchange/predictions-file.ts'
import { runFlagDue } from '../../src/jobs/flag-due.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { importFolder } from '../../src/ledger/import/import-folder.ts'
import { changePolicy } from '../../src/ledger/members/membership.ts'
import { aForecast, keptLedger, NOW, type TestLedger } from './ledger.ts'

const FOLDER = new URL('../../predictions', import.meta.url).pathname

/** The interview of the repository, as the first start imports it. */
export async function importWorkedExample(test: TestLedger): Promise<void> {
  const files = readdirSync(FOLDER, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => ({ path: `predictions/${path}`, bytes: readFileSync(join(FOLDER, path)) }))
  const { folder, findings } = readFolder(files)
  if (folder === null) throw new Error(JSON.stringify(findings, null, 1))
  const { refused } = await importFolder(test.ledger, test.unit, recordsOf(folder))
  if (refused.length > 0) throw new Error(JSON.stringify(refused, null, 1))
}

/** The ids of the analysts: four of those of `reckon demo`, and a fifth with nothing decided. */
export const INVENTED = {
  overconfident: 'ada-overton-invented',
  calibrated: 'ben-calder-invented',
  words: 'cleo-marsh-invented',
  few: 'dan-ellery-invented',
  new: 'eve-farrow-invented',
} as const

/** Before the day on which the rare records begin. */
const TODAY = '2026-11-10'
/** So few that two who differ cannot be told apart yet. */
const MONTHS = 72

/** The last years of the ledger of `reckon demo` (without its crowd, unless it is asked for), and Eve Farrow, of whom nothing is decided. Whoever made it closes it. */
export async function inventedLedger(months = MONTHS, { crowd = false } = {}): ReturnType<typeof keptLedger> {
  const held = await keptLedger({}, demoFounded(TODAY, months))
  await fillDemo(held.ledger, TODAY, { months, crowd })
  held.at(`${TODAY}T08:00:00.000Z`)
  // What comes after is written by one person alone.
  await changePolicy(held.ledger, held.unit, 'off')
  const analyst = { name: 'Eve Farrow (invented)' }
  await recordForecast(held.ledger, held.unit, aForecast({ analyst, probability: 0.35 }))
  await runFlagDue(held.ledger, held.unit.now)
  held.at(NOW.toISOString())
  return held
}
