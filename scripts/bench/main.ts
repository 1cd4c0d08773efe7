import { parseArgs } from 'node:util'
import { tidyUp } from './afterwards.ts'
import { besideReaders } from './beside-readers.ts'
import { bulkImport } from './bulk-import.ts'
import { calibrations } from './calibration.ts'
import { coldPages } from './cold-pages.ts'
import { disk } from './disk.ts'
import { dueJob } from './due-job.ts'
import { durableWrites } from './durable-writes.ts'
import { hotReads } from './hot-reads.ts'
import { largeTable } from './large-table.ts'
import { leaderboard } from './leaderboard.ts'
import { listPages } from './list-pages.ts'
import type { Extent, Result } from './measure.ts'
import { peers } from './peers.ts'
import { startUp } from './start-up.ts'
import { trackRecords } from './track-record.ts'
import { verification } from './verification.ts'
import { overTheWire } from './wire.ts'
import { workerRequests } from './worker.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    size: { type: 'string' },
    smoke: { type: 'boolean', default: false },
    against: { type: 'string' },
    peers: { type: 'boolean', default: false },
  },
})
const { smoke } = values
/** Two analysts of as many forecasts as B3 asks for. */
const SMALL = 400
const USUAL = 10_000
const extent: Extent = {
  forecasts: Number(values.size ?? (smoke ? SMALL : USUAL)),
  few: (whole) => (smoke ? 1 : whole),
  against: values.against ?? null,
}

const benchmarks: { ids: string[]; run: (extent: Extent) => Promise<Result[]> }[] = [
  { ids: ['B1', 'B2'], run: hotReads },
  { ids: ['B3'], run: trackRecords },
  { ids: ['B4'], run: leaderboard },
  { ids: ['B5'], run: dueJob },
  { ids: ['B6'], run: bulkImport },
  { ids: ['B7'], run: durableWrites },
  { ids: ['B8'], run: verification },
  { ids: ['B9'], run: calibrations },
  { ids: ['B10'], run: startUp },
  { ids: ['B12'], run: disk },
  { ids: ['B13'], run: besideReaders },
  { ids: ['B14'], run: overTheWire },
  { ids: ['B16'], run: listPages },
  { ids: ['B19'], run: coldPages },
  { ids: ['B17'], run: largeTable },
  { ids: ['B18'], run: workerRequests },
]

/** Only where it is asked for: it needs programs that are not ours. */
if (values.peers) benchmarks.splice(0, Number.POSITIVE_INFINITY, { ids: ['peers'], run: peers })

const wanted = values.only.split(',').filter((id) => id !== '')
const unknown = wanted.filter((id) => !benchmarks.some(({ ids }) => ids.includes(id)))
if (unknown.length > 0) {
  process.stderr.write(`No benchmark: ${unknown.join(', ')}\n`)
  process.exit(2)
}
const results: Result[] = []
const failed: string[] = []
for (const { ids, run } of benchmarks) {
  if (wanted.length > 0 && !ids.some((id) => wanted.includes(id))) continue
  const name = ids.join(', ')
  process.stderr.write(`${name} …\n`)
  const began = performance.now()
  const seconds = () => ((performance.now() - began) / 1000).toFixed(1)
  try {
    results.push(...(await run(extent)))
    if (smoke) process.stdout.write(`✓ ${name} (${seconds()} s)\n`)
  } catch (error) {
    failed.push(name)
    const why = error instanceof Error ? error.stack : error
    process.stderr.write(`✗ ${name}: ${why} (${seconds()} s)\n`)
  } finally {
    await tidyUp()
  }
}

if (smoke) process.stdout.write('Nothing was measured: each ran once, as small as it gets.\n')
else if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`)
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
if (failed.length > 0) process.stderr.write(`\nFailed: ${failed.join('; ')}\n`)
process.exit(failed.length > 0 ? 1 : 0)
