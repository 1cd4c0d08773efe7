import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { damagedCopies } from './damaged-copies.ts'
import type { Fault } from './fault.ts'
import { verifyBesideWriters } from './verify-beside-writers.ts'

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
  },
})

const faults: readonly Fault[] = [damagedCopies, verifyBesideWriters]

const wanted = values.only.split(',').filter((name) => name !== '')
let failed = 0
for (const fault of faults) {
  if (wanted.length > 0 && !wanted.includes(fault.name)) continue
  const folder = mkdtempSync(join(tmpdir(), `reckoning-${fault.name}-`))
  const began = performance.now()
  const seconds = () => ((performance.now() - began) / 1000).toFixed(1)
  try {
    const said = await fault.run({ short: values.short, seed: Number(values.seed), folder })
    process.stdout.write(`✓ ${fault.name}: ${said} (${seconds()} s)\n`)
  } catch (error) {
    failed++
    process.stdout.write(
      `✗ ${fault.name}: ${error instanceof Error ? error.stack : error} (${seconds()} s)\n`,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
process.exit(failed > 0 ? 1 : 0)
