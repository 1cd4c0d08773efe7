import { parseArgs } from 'node:util'
import { besideReaders } from './beside-readers.ts'
import { calibrations } from './calibration.ts'
import { durableWrites } from './durable-writes.ts'
import { hotReads } from './hot-reads.ts'
import { leaderboard } from './leaderboard.ts'
import type { Result } from './measure.ts'
import { startUp } from './start-up.ts'
import { trackRecords } from './track-record.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    size: { type: 'string', default: '10000' },
  },
})

const benchmarks: { ids: string[]; run: (size: number) => Promise<Result[]> }[] = [
  { ids: ['B1', 'B2'], run: hotReads },
  { ids: ['B3'], run: trackRecords },
  { ids: ['B4'], run: leaderboard },
  { ids: ['B7'], run: durableWrites },
  { ids: ['B9'], run: calibrations },
  { ids: ['B10'], run: startUp },
  { ids: ['B13'], run: besideReaders },
]

const wanted = values.only.split(',').filter((id) => id !== '')
const results: Result[] = []
for (const { ids, run } of benchmarks) {
  if (wanted.length > 0 && !ids.some((id) => wanted.includes(id))) continue
  process.stderr.write(`${ids.join(', ')} …\n`)
  results.push(...(await run(Number(values.size))))
}

if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`)
else {
  const rows = [
    ['', 'work', 'measured', 'yardstick', 'ratio', 'goal', ''],
    ...results.map((r) => [
      r.id,
      r.work,
      r.measured,
      r.yardstick,
      String(r.ratio ?? '–'),
      r.goal,
      r.reached === null ? 'not compared' : r.reached ? 'reached' : 'MISSED',
    ]),
  ]
  const widths = (rows[0] as string[]).map((_, i) =>
    Math.max(...rows.map((row) => (row[i] as string).length)),
  )
  for (const row of rows)
    process.stdout.write(
      `${row
        .map((cell, i) => cell.padEnd(widths[i] as number))
        .join('  ')
        .trimEnd()}\n`,
    )
}
process.exit(0)
