import NativeDatabase from 'libsql'
import { openDatabase } from '../../src/node/runtime.ts'
import { readTrackRecord } from '../../src/store/documents/track-record.ts'
import { afterwards } from './afterwards.ts'
import { keptLedger } from './ledger.ts'
import { type Extent, interleaved, type Result, round, timed } from './measure.ts'

const ROUNDS = 31
const FORECASTS = 200
const NOW = new Date('2026-01-01T00:00:00Z')

/** B3: the track record of an analyst with about 200 forecasts, nothing remembered, against prepared point reads of them. */
export async function trackRecords({ forecasts, few }: Extent): Promise<Result[]> {
  const path = await keptLedger({ forecasts })
  const db = await openDatabase({ RECKONING_DATABASE_URL: `file:${path}` })
  const native = new NativeDatabase(path, { readonly: true })
  afterwards(() => db.close())
  afterwards(() => native.close())
  // The analysts whose number of forecasts is nearest to 200, another one in each round.
  const analysts = (await db.read({ sql: 'SELECT analyst, count(*) AS n FROM forecast GROUP BY analyst' }))
    .map((row) => ({ id: String(row.analyst), n: Number(row.n) }))
    .sort((a, b) => Math.abs(a.n - FORECASTS) - Math.abs(b.n - FORECASTS))
    .slice(0, ROUNDS)
  const idsOf = native.prepare('SELECT id FROM forecast WHERE analyst = ?').pluck()
  const point = native.prepare('SELECT * FROM forecast WHERE id = ?')
  const read = async ({ id }: { id: string }) => {
    const record = await readTrackRecord(db, id, { now: NOW, simulate: false })
    if ((record?.counts.scored ?? 0) < FORECASTS / 2) throw new Error(`${id} has too few scored forecasts`)
  }
  const points = ({ id }: { id: string }) => {
    const ids = idsOf.all([id]) as string[]
    return timed(() => {
      for (const one of ids)
        if (point.get([one]) === undefined) throw new Error(`there is no forecast ${one}`)
    })
  }
  const at = (n: number) => analysts[n % analysts.length] as { id: string; n: number }
  for (const analyst of analysts) await read(analyst)
  let [a, b] = [0, 0]
  const [measured, yardstick] = await interleaved(
    few(ROUNDS),
    () => timed(() => read(at(a++))),
    () => points(at(b++)),
  )
  const ratio = round(measured / yardstick)
  return [
    {
      id: 'B3',
      work: `track record of ${at(0).n} forecasts among ${forecasts}, without the simulation`,
      measured: `${round(measured)} ms`,
      yardstick: `${round(yardstick)} ms prepared point reads of these rows`,
      ratio,
      goal: '≤ 4',
      reached: ratio <= 4,
    },
  ]
}
