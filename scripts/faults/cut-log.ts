import { strict as assert } from 'node:assert'
import { copyFileSync, mkdirSync, readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { parseCheckpoint } from '../../src/log/checkpoint.ts'
import { guardFile, keyFile, readGuardFile } from '../../src/node/log-files.ts'
import { seeded } from './chance.ts'
import type { Fault } from './fault.ts'
import {
  ask,
  assertRecorded,
  assertSound,
  idOf,
  ledgerIn,
  reckon,
  record,
  rows,
  serve,
  tokenFor,
  until,
} from './program.ts'

const CUTS = 12
const SHORT_CUTS = 2
const WRITES = 12

/** A recorded forecast and the number of its entry. */
type Kept = { id: string; seq: number }

/**
 * The end of the write-ahead log goes, with entries that a published checkpoint holds: `reckon verify` names them, and
 * the ledger is only read until somebody says that they are lost.
 */
export const cutLog: Fault = {
  name: 'cut-log',
  async run({ folder, short, seed }) {
    const chance = seeded(seed)
    const whole = join(folder, 'whole')
    mkdirSync(whole)
    const { token, kept, size } = await killedWhenSigned(whole)
    const length = readFileSync(`${ledgerIn(whole)}-wal`).length
    const cuts = short ? SHORT_CUTS : CUTS
    let [losing, gone] = [0, 0]
    for (let i = 0; i < cuts; i++) {
      const place = join(folder, String(i))
      mkdirSync(place)
      copied(whole, place)
      const at = Math.floor(((i + chance()) / cuts) * length)
      truncateSync(`${ledgerIn(place)}-wal`, at)
      const missing = await missed(place, token, kept, size)
      if (missing === 0) continue
      losing++
      gone += missing
    }
    assert.ok(losing > 0, 'no cut took an entry: the trial shows nothing')
    return `${losing} of ${cuts} cuts took entries, ${gone} in all: each named by the checkpoint beside the file; only read until the loss was accepted`
  },
}

const headOf = async (folder: string): Promise<number> =>
  Number((await rows(folder, 'SELECT max(seq) AS head FROM entry'))[0]?.head)

/** A server records, signs, and is killed: its last entries stand in the write-ahead log alone. */
async function killedWhenSigned(folder: string): Promise<{ token: string; kept: Kept[]; size: number }> {
  const token = await tokenFor(folder)
  const server = await serve(folder)
  try {
    const kept: Kept[] = []
    for (let i = 0; i < WRITES; i++) {
      const answer = await record(server.address, token, `event-${i}`)
      assert.equal(answer.status, 201, JSON.stringify(answer.body))
      kept.push({ id: idOf(answer), seq: Number(answer.body.seq) })
    }
    const last = kept.at(-1)?.seq ?? 0
    const size = await until('a checkpoint that holds the last entry', () => {
      const published = parseCheckpoint(readGuardFile(ledgerIn(folder)) ?? '')
      return published !== null && published.size > last && published.size
    })
    return { token, kept, size }
  } finally {
    await server.stop('SIGKILL')
  }
}

function copied(from: string, to: string): void {
  const [original, copy] = [ledgerIn(from), ledgerIn(to)]
  copyFileSync(original, copy)
  copyFileSync(`${original}-wal`, `${copy}-wal`)
  copyFileSync(keyFile(original), keyFile(copy))
  copyFileSync(guardFile(original), guardFile(copy))
}

/** How many published entries are not there any more, once everything was seen to say so and to go on. */
async function missed(folder: string, token: string, kept: readonly Kept[], size: number): Promise<number> {
  const next = (await headOf(folder)) + 1
  const there = kept.filter(({ seq }) => seq < next).map(({ id }) => id)
  const verified = await reckon(folder, 'verify')
  if (next >= size) {
    assert.equal(verified.code, 0, verified.stdout + verified.stderr)
    return 0
  }
  assert.equal(verified.code, 1, verified.stdout + verified.stderr)
  const named = next === size - 1 ? `entry ${next} is gone` : `entries ${next} to ${size - 1} are gone`
  assert.ok(verified.stdout.includes(named), `${named}: ${verified.stdout}`)
  await assertOnlyRead(folder, token, there)
  const accepted = await reckon(folder, 'rebuild', '--accept-loss', 'The log was cut off.')
  assert.equal(accepted.code, 0, accepted.stderr)
  const again = await serve(folder)
  try {
    await assertRecorded(again.address, there)
    const answer = await record(again.address, token, 'afterwards')
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
    assert.equal(await again.stop(), 0)
  } finally {
    await again.stop('SIGKILL')
  }
  await assertSound(folder)
  return size - next
}

async function assertOnlyRead(folder: string, token: string, there: readonly string[]): Promise<void> {
  const server = await serve(folder)
  try {
    for (const path of ['/', '/api/forecasts', '/api/health'])
      assert.equal((await ask(server.address, path)).status, 200, path)
    await assertRecorded(server.address, there)
    const refused = await record(server.address, token, 'onto what is cut off')
    assert.deepEqual([refused.status, refused.body.code], [503, 'log_rolled_back'])
    const ready = await ask(server.address, '/api/ready')
    assert.deepEqual([ready.status, ready.body.code], [503, 'log_rolled_back'])
    assert.equal(await server.stop(), 0)
  } finally {
    await server.stop('SIGKILL')
  }
}
