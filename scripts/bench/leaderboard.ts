import { openDatabase } from '../../src/node/runtime.ts'
import type { Database } from '../../src/store/database.ts'
import { readAnalysts } from '../../src/store/documents/analysts.ts'
import { afterwards } from './afterwards.ts'
import { type Contents, keptLedger, LOGGED } from './ledger.ts'
import { type Extent, interleaved, type Result, round, timed } from './measure.ts'

const ROUNDS = 15

async function opened(contents: Contents): Promise<Database> {
  const db = await openDatabase({ RECKONING_DATABASE_URL: `file:${await keptLedger(contents)}` })
  afterwards(() => db.close())
  return db
}

/** B4: the list of all analysts in a large ledger against a small one with as many analysts. */
export async function leaderboard({ forecasts, few }: Extent): Promise<Result[]> {
  const analysts = forecasts >= 1_000_000 ? 5_000 : 500
  const small = Math.min(10_000, Math.round(forecasts / 10))
  const [large, little] = [
    await opened({ forecasts, analysts }),
    await opened({ forecasts: small, analysts }),
  ]
  const read = (db: Database) =>
    timed(async () => {
      const { people } = await readAnalysts(db, LOGGED)
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
