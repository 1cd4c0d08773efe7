import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import NativeDatabase from 'libsql'
import { afterwards } from './afterwards.ts'
import { keptLedger } from './ledger.ts'
import { type Extent, type Result, round } from './measure.ts'
import { cpuSeconds, peakMb } from './process.ts'
import { stopChild } from './server.ts'

const LOOK_EVERY_MS = 50
const MOST_MB = 512

/** B8: `reckon verify` of a ledger, against SHA-256 of the same bytes; and the memory that it takes. */
export async function verification({ forecasts }: Extent): Promise<Result[]> {
  const path = await keptLedger({ forecasts })
  const { seconds, cpu, peak } = await verified(path)
  const native = new NativeDatabase(path, { readonly: true })
  afterwards(() => native.close())
  const texts = native.prepare('SELECT bytes AS text FROM entry UNION ALL SELECT disclosure FROM opening')
  let [texted, bytes, hashing] = [0, 0, 0]
  for (const { text } of texts.iterate([]) as Iterable<{ text: string }>) {
    const one = Buffer.from(text)
    texted++
    bytes += one.length
    const began = performance.now()
    createHash('sha256').update(one).digest()
    hashing += performance.now() - began
  }
  // Each entry has one opening.
  const entries = texted / 2
  const ratio = round(hashing / 1000 / seconds, 4)
  const work = `reckon verify of ${entries.toLocaleString('en')} entries (${forecasts} forecasts)`
  return [
    {
      id: 'B8',
      work,
      measured: `${round(seconds)} s (${round(cpu)} s CPU), ${Math.round(entries / cpu)} entries a second of CPU`,
      yardstick: `${round(hashing / 1000, 3)} s SHA-256 of the same ${round(bytes / 2 ** 20, 1)} MB`,
      ratio,
      goal: '≥ 0.25',
      reached: ratio >= 0.25,
    },
    {
      id: 'B8',
      work,
      measured: `${Math.round(peak)} MB at most`,
      yardstick: '–',
      ratio: null,
      goal: `≤ ${MOST_MB} MB`,
      reached: peak <= MOST_MB,
    },
  ]
}

/** Runs it as anybody would, and looks at its process meanwhile. */
async function verified(path: string) {
  const began = performance.now()
  const child = spawn(process.execPath, ['scripts/reckon.js', 'verify'], {
    env: { ...process.env, RECKONING_DATABASE_URL: `file:${path}` },
    stdio: 'ignore',
  })
  afterwards(() => stopChild(child))
  let [cpu, peak] = [0, 0]
  const look = setInterval(() => {
    try {
      cpu = Math.max(cpu, cpuSeconds(child.pid as number))
      peak = Math.max(peak, peakMb(child.pid as number))
    } catch {
      // It has just ended.
    }
  }, LOOK_EVERY_MS)
  const status = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  clearInterval(look)
  if (status !== 0) throw new Error(`reckon verify ended with ${status}`)
  return { seconds: (performance.now() - began) / 1000, cpu, peak }
}
