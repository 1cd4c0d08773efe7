import NativeDatabase from 'libsql'
import { afterwards } from './afterwards.ts'
import { keptLedger } from './ledger.ts'
import { type Extent, type Result, round } from './measure.ts'

/** B12: what a ledger takes on the disk, against the canonical JSON of all its envelopes and payloads. */
export async function disk({ forecasts }: Extent): Promise<Result[]> {
  const path = await keptLedger({ forecasts })
  const native = new NativeDatabase(path, { readonly: true })
  afterwards(() => native.close())
  const one = (sql: string) => Number(Object.values(native.prepare(sql).get([]) as object)[0])
  const pragma = (name: string) => one(`PRAGMA ${name}`)
  const bytes = (pragma('page_count') - pragma('freelist_count')) * pragma('page_size')
  const said =
    one('SELECT sum(octet_length(bytes)) FROM entry') +
    one('SELECT sum(octet_length(disclosure)) FROM opening')
  const ratio = round(bytes / said)
  return [
    {
      id: 'B12',
      work: `disk for ${forecasts} forecasts`,
      measured: `${Math.round(bytes / forecasts)} bytes a forecast`,
      yardstick: `${Math.round(said / forecasts)} bytes of envelopes and payloads`,
      ratio,
      goal: '≤ 3',
      reached: ratio <= 3,
    },
  ]
}
