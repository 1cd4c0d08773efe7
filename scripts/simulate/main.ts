import { parseArgs } from 'node:util'
import { calibration } from './calibration.ts'
import { estimates } from './estimates.ts'
import { fits } from './fits.ts'
import { ever, lead } from './lead.ts'
import { monitor } from './monitor.ts'
import { pairs } from './pairs.ts'
import { power } from './power.ts'
import { propriety } from './propriety.ts'
import { range } from './range.ts'
import { type Extent, held, type Line, type Scenario, tableOf } from './report.ts'
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
const lines: Line[] = []
for (const scenario of scenarios) {
  if (wanted.length > 0 && !wanted.includes(scenario.id)) continue
  const began = performance.now()
  const made = scenario.run(extent)
  lines.push(...made)
  if (made.length > 0) process.stdout.write(`${tableOf(scenario, made)}\n`)
  process.stderr.write(`${scenario.id}: ${((performance.now() - began) / 1000).toFixed(1)} s\n`)
}
const broken = lines.filter((line) => !held(line)).length
process.stdout.write(`\n${lines.length - broken} held, ${broken} broken\n`)
process.exitCode = broken > 0 || lines.length === 0 ? 1 : 0
