import { strict as assert } from 'node:assert'
import { type ChildProcess, fork } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Asked, Read, Told, Verified } from './copy-reader.ts'
import { BESIDE, chanceOf, damages, type Files } from './damage.ts'
import type { Fault } from './fault.ts'
import { NOW, writtenLedger } from './written-ledger.ts'

const COPIES = 500
const SHORT = 40

/** What came of a copy: how verifying and reading ended, null where the process ended with them. */
type Outcome = { verified: Verified | null; read: Read | null }

/**
 * Copies of a ledger with bytes, pages or its end damaged, each verified and then served: found, refused, or harmless,
 * that is, every route answers as it did at some moment of the ledger. Never anything else, in silence.
 */
export const damagedCopies: Fault = {
  name: 'damaged-copies',
  async run({ folder, short, seed }) {
    const { settled, beside, routes } = await writtenLedger(folder, short ? 8 : 24)
    const path = join(folder, 'copy.db')
    const reader = await readerOf(folder)
    try {
      const read = async (files: Files): Promise<Outcome> => {
        writeFileSync(path, files.main)
        if (files.wal === null) rmSync(`${path}-wal`, { force: true })
        else writeFileSync(`${path}-wal`, files.wal)
        return reader.ask({ path, now: NOW.toISOString(), routes, readAlways: !short })
      }
      const sound = new Map<number, Record<string, string>>()
      for (const moment of [settled, ...beside]) sound.set(...answersOf(await read(moment)))
      const chance = chanceOf(seed)
      const kinds = Object.entries(damages)
      const counts = { found: 0, refused: 0, harmless: 0, earlier: 0, crashes: 0 }
      for (let i = 0; i < (short ? SHORT : COPIES); i++) {
        const [kind, damage] = kinds[i % kinds.length] as (typeof kinds)[number]
        const files = kind === BESIDE ? (beside.at(-1) ?? settled) : settled
        const outcome = await read(damage(files, chance))
        if (outcome.verified === null || outcome.read === null) counts.crashes++
        const whole = kind === BESIDE ? Math.max(...sound.keys()) : Math.min(...sound.keys())
        counts[judged(outcome, sound, whole, `copy ${i} (${kind}, seed ${seed})`)]++
      }
      assert.ok(counts.found > 0 && counts.harmless > 0, 'the damage was all of one kind')
      return `${short ? SHORT : COPIES} copies: ${counts.found} found, ${counts.refused} refused, ${counts.harmless} harmless, ${counts.earlier} as of an earlier moment, 0 silently wrong (${counts.crashes} ended the process that read them)`
    } finally {
      reader.stop()
    }
  },
}

function answersOf({ verified, read }: Outcome): [number, Record<string, string>] {
  assert.ok(verified !== null && 'findings' in verified, 'the ledger itself is refused')
  assert.deepEqual(verified.findings, [])
  assert.ok(read !== null && 'answers' in read)
  assert.ok(
    Object.values(read.answers).every((answer) => answer.length > 3),
    JSON.stringify(read.answers),
  )
  return [verified.entries, read.answers]
}

function judged(
  { verified, read }: Outcome,
  sound: ReadonlyMap<number, Record<string, string>>,
  whole: number,
  what: string,
): 'found' | 'refused' | 'harmless' | 'earlier' {
  // What ends the process is a finding of the command, which verifies in a process of its own.
  if (verified === null) return 'found'
  if ('refused' in verified) return 'refused'
  if (verified.findings.length > 0) return 'found'
  assert.ok(read !== null, `${what} verifies, and reading it ends the process`)
  assert.ok('answers' in read, `${what} verifies, and is refused: ${'refused' in read ? read.refused : ''}`)
  // A log of the file that is cut off at a commit leaves an earlier moment, which no file can tell from the last.
  assert.deepEqual(read.answers, sound.get(verified.entries), `${what} verifies, and is read wrongly`)
  return verified.entries === whole ? 'harmless' : 'earlier'
}

/** A process that is started again when a copy has ended it. */
async function readerOf(folder: string) {
  const outfile = 'dist/faults/copy-reader.mjs'
  await build({
    entryPoints: ['scripts/faults/copy-reader.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    define: { BUILD: '"faults"' },
    logLevel: 'error',
  })
  const begin = () =>
    fork(outfile, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: { ...process.env, TMPDIR: folder } })
  let child: ChildProcess = begin()

  /** The answers to one question, of which each may be missing. */
  const once = (asked: Asked): Promise<Outcome> =>
    new Promise((resolve) => {
      const outcome: Outcome = { verified: null, read: null }
      const done = () => {
        child.removeAllListeners()
        resolve(outcome)
      }
      child.on('message', (told: Told) => {
        Object.assign(outcome, told)
        if ('read' in told) done()
      })
      child.on('exit', () => {
        done()
        child = begin()
      })
      child.send(asked)
    })
  return { ask: once, stop: () => child.kill() }
}
