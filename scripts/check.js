/** What CI runs after the tests: every check, in turn, with its time; stops at nothing and tells all at the end. */
import { spawnSync } from 'node:child_process'
import { NOT_CHECKED } from './audit.js'

const node = (script, ...args) => [process.execPath, script, ...args]
const bin = (name, ...args) => node(`node_modules/${name}`, ...args)

// Only core/calendar.ts can ask the machine for its zone (test/architecture.test.ts), so what computes with days and
// instants is enough.
const KNOW_ZONES = [
  'core',
  'reading',
  'interchange',
  'scoring',
  'jobs',
  'ledger/propose',
  'store/due',
  'store/state',
  'web/charts',
  'web/due',
]
const elsewhere = (TZ) => [
  `tests in ${TZ}`,
  bin('vitest/vitest.mjs', 'run', '--project', 'app', ...KNOW_ZONES.map((part) => `test/${part}`)),
  { TZ },
]

const checks = [
  ['types', bin('typescript/bin/tsc', '-p', '.')],
  ['format and lint', bin('@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '.')],
  ['unused code', bin('knip/bin/knip.js')],
  ['advisories', node('scripts/audit.js')],
  ['worked example', node('scripts/reckon.js', 'check', 'predictions', '--strict')],
  ['worker', node('scripts/worker-dry-run.js')],
  ['faults', node('scripts/faults.js', '--short')],
  ['hostile requests', node('scripts/hostile.js', '--short')],
  ['simulations', node('scripts/simulate.js', '--short')],
  ['benchmarks', node('scripts/bench.js', '--smoke')],
  elsewhere('Asia/Baku'),
  elsewhere('America/Los_Angeles'),
]

const only = process.argv.slice(2)
const failed = []
const unasked = []
for (const [name, [command, ...args], environment = {}] of checks) {
  if (only.length > 0 && !only.includes(name)) continue
  const began = performance.now()
  process.stdout.write(`\n── ${name}\n`)
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...environment } })
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const word = status === 0 ? 'good' : status === NOT_CHECKED ? 'NOT CHECKED' : 'FAILED'
  process.stdout.write(`── ${name}: ${word} (${seconds} s)\n`)
  if (status === NOT_CHECKED) unasked.push(name)
  else if (status !== 0) failed.push(name)
}
if (unasked.length > 0) process.stdout.write(`\nNot checked, since nobody answered: ${unasked.join(', ')}\n`)
if (failed.length > 0) {
  process.stdout.write(`\nFailed: ${failed.join(', ')}\n`)
  process.exit(1)
}
