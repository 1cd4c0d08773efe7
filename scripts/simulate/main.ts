import { parseArgs } from 'node:util'
import { calibration } from './calibration.ts'
import { estimates } from './estimates.ts'
import { fits } from './fits.ts'
import { ever, lead } from './lead.ts'
import { monitor } from './monitor.ts'
import { pairs } from './pairs.ts'
import { power } from './power.ts'
import { propriety } from './propriety.ts'
import { type Found, misprints } from './published.ts'
import { range } from './range.ts'
import { type Extent, held, type Scenario, tableOf } from './report.ts'
import { singleTests } from './single-tests.ts'

const { values } = parseArgs({
  options: { short: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
})
const extent: Extent = { of: (full, short) => (values.short ? short : full) }

const scenarios: Scenario[] = [
  range,
  singleTests,
  lead,
  ever,
  monitor,
  calibration,
  fits,
  pairs,
  estimates,
  propriety,
  power,
]

const wanted = values.only.split(',').filter((id) => id !== '')
const unknown = wanted.filter((id) => !scenarios.some((scenario) => scenario.id === id))
if (unknown.length > 0) {
  process.stderr.write(`No simulation: ${unknown.join(', ')}\n`)
  process.exit(2)
}
const found: Found[] = []
for (const scenario of scenarios) {
  if (wanted.length > 0 && !wanted.includes(scenario.id)) continue
  const began = performance.now()
  const lines = scenario.run(extent)
  found.push(...lines.map((line) => ({ scenario: scenario.id, line })))
  if (lines.length > 0) process.stdout.write(`${tableOf(scenario, lines)}\n`)
  process.stderr.write(`${scenario.id}: ${((performance.now() - began) / 1000).toFixed(1)} s\n`)
}
const wrong = values.short || wanted.length > 0 ? [] : misprints(found)
if (wrong.length > 0) process.stdout.write(`\nThe methods page says something else:\n${wrong.join('\n')}\n`)
const within = found.filter(({ line }) => held(line)).length
const broken = found.length - within + wrong.length
process.stdout.write(`\n${within} held, ${broken} broken\n`)
process.exitCode = broken > 0 || found.length === 0 ? 1 : 0
