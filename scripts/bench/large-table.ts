import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import { imported, tableOf } from './import-table.ts'
import { type Extent, type Result, round, timed } from './measure.ts'

const BYTES_EACH = 1_000
/** Of 10,000 forecasts in other benchmarks, 100,000 rows and 100 MB here. */
const ROWS_EACH = 10
const MOST_MB = 256

/** B17: a large table through the command, in as little memory as a small one; beside it the same file through csv-parse. */
export async function largeTable({ forecasts, few }: Extent): Promise<Result[]> {
  const table = await tableOf(few(ROWS_EACH) * forecasts, BYTES_EACH)
  const parsing = await timed(async () => {
    let rows = 0
    for await (const _ of createReadStream(table.path).pipe(parse())) rows++
    if (rows !== table.rows + 1) throw new Error(`csv-parse found ${rows} rows`)
  })
  const { ms, peakMb } = await imported(table)
  const perSecond = (spent: number) =>
    `${Math.round(table.rows / (spent / 1000)).toLocaleString('en')} rows/s`
  const work = `import of a table of ${table.rows.toLocaleString('en')} rows, ${Math.round(table.bytes / 1e6)} MB`
  return [
    {
      id: 'B17',
      work,
      measured: `peak memory ${Math.round(peakMb)} MB`,
      yardstick: '–',
      ratio: null,
      goal: `≤ ${MOST_MB} MB`,
      reached: peakMb <= MOST_MB,
    },
    {
      id: 'B17',
      work,
      measured: perSecond(ms),
      yardstick: `${perSecond(parsing)} csv-parse alone`,
      ratio: round(parsing / ms, 3),
      goal: '–',
      reached: null,
    },
  ]
}
