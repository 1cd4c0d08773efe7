import { uptime } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { apart } from './apart.ts'
import { outputOn } from './output.ts'
import { run } from './run.ts'

const stdout = outputOn(process.stdout)
const stderr = outputOn(process.stderr)

const LOOK_AGAIN_MS = 5
let looked = { at: Number.NEGATIVE_INFINITY, uptime: 0 }

/**
 * Goes on while the machine sleeps, as performance.now() does not: waking up is no jump of the clock. To ask the system
 * each time was a fortieth of a write.
 */
function elapsed(): number {
  const at = performance.now()
  if (at - looked.at > LOOK_AGAIN_MS) looked = { at, uptime: uptime() * 1000 }
  return looked.uptime
}

const exit = await run(process.argv.slice(2), {
  environment: process.env,
  stdout,
  stderr,
  now: () => new Date(),
  elapsed,
  unheard: () => stderr.failure()?.message ?? null,
  apart,
})
// A stream tells of its failure a turn later.
await setImmediate()
const lost = stdout.failure()
// Whoever reads only the beginning of what is printed is no reason to complain.
const isLost = lost !== null && lost.code !== 'EPIPE'
if (isLost) stderr.write(`reckon: what was to be printed could not be written: ${lost.message}\n`)
process.exitCode = isLost ? Math.max(exit, 1) : exit
