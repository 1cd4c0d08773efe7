import { join } from 'node:path'
import { openDatabase } from '../../src/node/runtime.ts'
import type { Database } from '../../src/store/database.ts'
import { readAnalysts } from '../../src/store/documents/analysts.ts'
import { refreshPairs } from '../../src/store/pairs.ts'
import { refreshSummaries } from '../../src/store/summaries.ts'
import { afterwards } from './afterwards.ts'
import { generatedFolder } from './hot-reads.ts'
import { type Extent, interleaved, type Result, round, timed } from './measure.ts'

const ROUNDS = 15
const NOW = new Date('2026-01-01T00:00:00Z')
const AT_ONCE = 500

/** A ledger whose summaries and pairs are up to date, as the clock leaves them. */
async function kept(forecasts: number, analysts: number): Promise<Database> {
  const place = await generatedFolder(forecasts, analysts)
  const db = await openDatabase({ RECKONING_DATABASE_URL: `file:${join(place, 'reckoning.db')}` })
  afterwards(() => db.close())
  while ((await refreshSummaries(db, NOW, AT_ONCE)) === AT_ONCE);
  await refreshPairs(db, NOW)
  return db
}

/** B4: the list of all analysts in a large ledger against a small one with as many analysts. */
export async function leaderboard({ forecasts, few }: Extent): Promise<Result[]> {
  const analysts = forecasts >= 100_000 ? 5_000 : 500
  const small = Math.min(10_000, Math.round(forecasts / 10))
  const [large, little] = [await kept(forecasts, analysts), await kept(small, analysts)]
  const read = (db: Database) =>
    timed(async () => {
      const { people } = await readAnalysts(db, NOW)
      if (people.length !== analysts) throw new Error(`${people.length} of ${analysts} analysts`)
    })
  for (const db of [large, little]) await read(db)
  const [measured, yardstick] = await interleaved(
    few(ROUNDS),
    () => read(large),
    () => read(little),
  )
  const ratio = round(measured / yardstick)
  return [
    {
      id: 'B4',
      work: `list of ${analysts} analysts among ${forecasts} forecasts`,
      measured: `${round(measured)} ms`,
      yardstick: `${round(yardstick)} ms the same among ${small}`,
      ratio,
      goal: '≤ 1.5',
      reached: ratio <= 1.5,
    },
  ]
}
