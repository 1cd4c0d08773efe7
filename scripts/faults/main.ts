import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkpointRace, race } from './checkpoint-race.ts'
import { clock } from './clock.ts'
import { closedLog } from './closed-log.ts'
import { cutLog } from './cut-log.ts'
import { damagedCopies } from './damaged-copies.ts'
import { failingDisk } from './failing-disk.ts'
import type { Fault } from './fault.ts'
import { fullDisk } from './full-disk.ts'
import { kill } from './kill.ts'
import { lockedFile } from './locked-file.ts'
import { powerCut, recordAndSay } from './power-cut.ts'
import { readOnly } from './read-only.ts'
import { remote } from './remote.ts'
import { replacedFile } from './replaced-file.ts'
import { restore } from './restore.ts'
import { slowClients } from './slow-clients.ts'
import { threeSchedulers } from './three-schedulers.ts'
import { twoServers } from './two-servers.ts'
import { verifyBesideWriters } from './verify-beside-writers.ts'

const { values, positionals } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
    race: { type: 'string' },
    write: { type: 'string' },
  },
  allowPositionals: true,
})
if (values.race !== undefined) {
  await race(values.race, positionals[0] ?? '')
  process.exit(0)
}
if (values.write !== undefined) {
  const [synchronous = '', writes = ''] = positionals
  await recordAndSay(values.write, synchronous, Number(writes))
}

const faults: readonly Fault[] = [
  checkpointRace,
  clock,
  closedLog,
  cutLog,
  damagedCopies,
  failingDisk,
  fullDisk,
  kill,
  lockedFile,
  powerCut,
  readOnly,
  remote,
  replacedFile,
  restore,
  slowClients,
  threeSchedulers,
  twoServers,
  verifyBesideWriters,
]

const names = values.only.split(',').filter((name) => name !== '')
const wanted = faults.filter(({ name }) => names.length === 0 || names.includes(name))
let failed = 0

async function letHappen(fault: Fault): Promise<void> {
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

// The short forms wait more than they work, and are no figures: two at a time.
const lane = async () => {
  for (let next = wanted.shift(); next !== undefined; next = wanted.shift()) await letHappen(next)
}
await Promise.all(Array.from({ length: values.short ? 2 : 1 }, lane))
process.exit(failed > 0 ? 1 : 0)
