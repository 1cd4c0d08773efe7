/** What CI runs after the tests: every check with its time; stops at nothing and tells all at the end. */
import { spawn } from 'node:child_process'
import { NOT_CHECKED } from './audit.js'

const node = (script, ...args) => [process.execPath, script, ...args]
const bin = (name, ...args) => node(`node_modules/${name}`, ...args)

// Only core/calendar.ts can ask the machine for its zone (test/architecture.test.ts), so the tests of what computes
// with days and instants are enough. The suite itself runs to the east of UTC (vitest.config.ts), these to the west.
const KNOW_ZONES = [
  'core/calendar',
  'core/clock',
  'core/records',
  'core/resolution',
  'core/state',
  'reading/horizon',
  'reading/russian',
  'reading/written-date',
  'interchange/forecast-table',
  'interchange/predictions-file',
  'interchange/statement-check',
  'scoring/eligibility',
  'scoring/track-record',
  'jobs',
  'ledger/propose',
  'store/due',
  'store/state',
  'web/charts',
  'web/due',
]
const WEST = 'America/Los_Angeles'
const elsewhere = [
  `tests in ${WEST}`,
  bin(
    'vitest/vitest.mjs',
    'run',
    '--project',
    'app',
    '--maxWorkers',
    '1',
    ...KNOW_ZONES.map((part) => `test/${part}`),
  ),
  { env: { TEST_ZONE: WEST }, beside: true },
]

const BESIDE = { beside: true }
/**
 * Those that neither need a machine to themselves nor use all of it stand `beside` each other, two at a time, what takes
 * longest first.
 */
const checks = [
  // It builds the command, which others run.
  ['worked example', node('scripts/reckon.js', 'check', 'predictions', '--strict')],
  ['hostile requests', node('scripts/hostile.js', '--short'), BESIDE],
  elsewhere,
  ['benchmarks', node('scripts/bench.js', '--smoke'), BESIDE],
  ['simulations', node('scripts/simulate.js', '--short'), BESIDE],
  ['types', bin('typescript/bin/tsc', '-p', '.'), BESIDE],
  ['format and lint', bin('@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '.'), BESIDE],
  ['unused code', bin('knip/bin/knip.js'), BESIDE],
  ['worker', node('scripts/worker-dry-run.js'), BESIDE],
  ['other readers of the log', node('scripts/sumdb.js'), BESIDE],
  ['other readers of the data set', node('scripts/dataset.js'), BESIDE],
  ['advisories', node('scripts/audit.js'), BESIDE],
  ['faults', node('scripts/faults.js', '--short')],
]

const failed = []
const unasked = []
/** Runs one; what it prints is told whole when it has ended, as one of several prints at a time. */
function run([name, [command, ...args], { env }]) {
  const began = performance.now()
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const printed = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => printed.push(part))
  return new Promise((ended) => {
    child.on('close', (status) => {
      const seconds = ((performance.now() - began) / 1000).toFixed(1)
      const word = status === 0 ? 'good' : status === NOT_CHECKED ? 'NOT CHECKED' : 'FAILED'
      process.stdout.write(
        `\n── ${name}\n${Buffer.concat(printed).toString()}── ${name}: ${word} (${seconds} s)\n`,
      )
      if (status === NOT_CHECKED) unasked.push(name)
      else if (status !== 0) failed.push(name)
      ended()
    })
  })
}

const only = process.argv.slice(2)
const wanted = checks
  .filter(([name]) => only.length === 0 || only.includes(name))
  .map(([name, command, how = {}]) => [name, command, how])
const lane = async (queue) => {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) await run(next)
}
const [first, ...rest] = wanted
if (first !== undefined) await run(first)
const together = rest.filter(([, , { beside }]) => beside)
await Promise.all([lane(together), lane(together)])
await lane(rest.filter(([, , { beside }]) => !beside))
if (unasked.length > 0)
  process.stdout.write(
    `\nNot checked, since nobody answered or a program is not installed: ${unasked.join(', ')}\n`,
  )
if (failed.length > 0) {
  process.stdout.write(`\nFailed: ${failed.join(', ')}\n`)
  process.exit(1)
}
