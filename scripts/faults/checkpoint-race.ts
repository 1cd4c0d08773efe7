import { strict as assert } from 'node:assert'
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '../../src/node/runtime.ts'
import type { Fault } from './fault.ts'
import { damage, ledgerIn, rows } from './program.ts'

const ROUNDS = 20
const SHORT_ROUNDS = 2
const ROUND_MS = 2_000
const PROGRAMS = 3
/** Short lives and small batches: a log is copied and begun anew as often as it can be. */
const BATCHES = 4
const ROWS = 12

/** Programs that open, fill and close one file in a loop, beside one that stays: their checkpoints must not meet. */
export const checkpointRace: Fault = {
  name: 'checkpoint-race',
  async run({ folder: within, short }) {
    let acknowledged = 0
    const rounds = short ? SHORT_ROUNDS : ROUNDS
    for (let round = 0; round < rounds; round++) {
      const folder = join(within, String(round))
      mkdirSync(folder)
      const db = await openDatabase({ RECKONING_DATABASE_URL: `file:${ledgerIn(folder)}` })
      await db.write([
        { sql: 'CREATE TABLE race (program TEXT, number INTEGER, text TEXT) STRICT' },
        // Random keys touch many pages, so that a page that is lost is missed.
        { sql: 'CREATE INDEX race_text ON race (text)' },
      ])
      await db.close()
      const counts = await Promise.all(Array.from({ length: PROGRAMS }, (_, i) => program(folder, i)))
      assert.deepEqual(await damage(folder), ['ok'])
      for (const [i, count] of counts.entries()) {
        const [found] = await rows(
          folder,
          `SELECT count(DISTINCT number) AS n FROM race WHERE program = '${i}'`,
        )
        assert.ok(Number(found?.n) >= count, `${count - Number(found?.n)} acknowledged rows are lost`)
      }
      acknowledged += counts.reduce((sum, count) => sum + count, 0)
    }
    return `${rounds} rounds of ${ROUND_MS / 1000} s, ${PROGRAMS} programs, ${acknowledged} acknowledged writes: none lost, no page damaged`
  },
}

/** Runs `race` below in a process of its own; answers how many of its writes were acknowledged. */
function program(folder: string, number: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [fileURLToPath(import.meta.url), '--race', folder, String(number)],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve(Number(said)) : reject(new Error(`program ${number} ended with ${code}`)),
    )
  })
}

/** One of the programs: the first opens the file once, as a server does, the others again and again. */
export async function race(folder: string, number: string): Promise<void> {
  const end = performance.now() + ROUND_MS
  let written = 0
  while (performance.now() < end) {
    const db = await openDatabase({ RECKONING_DATABASE_URL: `file:${ledgerIn(folder)}` })
    if (number === '0') await db.tend()
    for (let i = 0; performance.now() < end && (i < BATCHES || number === '0'); i++) {
      await db.write(
        Array.from({ length: ROWS }, () => ({
          sql: 'INSERT INTO race (program, number, text) VALUES (:program, :number, hex(randomblob(100)))',
          args: { program: number, number: BigInt(written) },
        })),
      )
      written++
      if (number === '0') await db.tend()
    }
    await db.close()
  }
  process.stdout.write(String(written))
}
