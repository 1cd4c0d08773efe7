import { strict as assert } from 'node:assert'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@libsql/client/sqlite3'
import { ForecastRequest } from '../../src/core/forecast.ts'
import { commandOf } from '../../src/core/member.ts'
import { normalisedText } from '../../src/core/normalised-text.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { heldPlace } from '../../src/node/ledger-file.ts'
import { ledgerOn, openDatabase, pause, prepareLedger, scratchDatabase } from '../../src/node/runtime.ts'
import { type Database, fileDatabase } from '../../src/store/database.ts'
import { verifyLedger } from '../../src/store/verify/verify.ts'
import { seeded } from './chance.ts'
import type { Fault } from './fault.ts'
import { forecast, ledgerIn } from './program.ts'
import { type Event, eventsIn, TRACED } from './write-trace.ts'

const STATES = 800
const SHORT_STATES = 40
const WRITES = 24
const SHORT_WRITES = 6
/** One in so many states is verified from end to end as well. */
const VERIFIED = 8
const SECTOR = 512

/**
 * The power goes while forecasts are recorded: from a trace of what the program wrote and when it asked for it to be
 * safe, the files are made as a disk may leave them at each moment: what was not synced is there, or not, or torn.
 * With a ledger that does not wait for the disk (synchronous = NORMAL) acknowledged writes are lost, or the trial would
 * show nothing.
 */
export const powerCut: Fault = {
  name: 'power-cut',
  async run({ folder, short, seed }) {
    if (spawnSync('strace', ['-V']).status !== 0) return 'not tried: there is no strace here'
    const full = await cutOff(join(folder, 'full'), 'FULL', short, seed)
    assert.equal(full.lost, 0, full.example)
    const normal = await cutOff(join(folder, 'normal'), 'NORMAL', true, seed)
    assert.ok(normal.lost > 0, 'nothing is lost without waiting for the disk: the trial shows nothing')
    return `${full.states} states after ${full.acknowledged} acknowledged writes: 0 lost, ${full.verified} verified from end to end; without waiting for the disk ${normal.lost} of ${normal.states} states lose some`
  },
}

type Cut = { states: number; acknowledged: number; lost: number; verified: number; example: string }

async function cutOff(folder: string, synchronous: string, short: boolean, seed: number): Promise<Cut> {
  mkdirSync(folder, { recursive: true })
  await prepared(folder)
  const before = diskOf(folder)
  const trace = join(folder, 'trace')
  const own = fileURLToPath(import.meta.url)
  const words = [own, '--write', folder, synchronous, String(short ? SHORT_WRITES : WRITES)]
  const ran = spawnSync('strace', [...TRACED, '-o', trace, process.execPath, ...words], { encoding: 'utf8' })
  assert.equal(ran.status, 0, ran.stderr)
  const events = eventsIn(trace)
  const moments = momentsOf(events, short ? SHORT_STATES : STATES)
  const chance = seeded(seed)
  const cut: Cut = { states: 0, acknowledged: 0, lost: 0, verified: 0, example: '' }
  const disk = new Disk(before)
  const said: string[] = []
  for (const [at, event] of events.entries()) {
    disk.take(event)
    if (event.kind === 'said') said.push(...event.text.split('\n').filter((id) => id !== ''))
    for (const how of moments.get(at) ?? []) {
      cut.states++
      const isVerified = synchronous === 'FULL' && cut.states % VERIFIED === 0
      const missing = await missingAfter(join(folder, 'state'), disk.left(how, chance), said, isVerified)
      if (isVerified) cut.verified++
      if (missing.length === 0) continue
      cut.lost++
      cut.example ||= `state ${cut.states} (${how}, after event ${at}): ${missing.join(', ')}`
    }
  }
  cut.acknowledged = said.length
  assert.ok(said.length > 0, 'nothing was acknowledged')
  return cut
}

/** What of the writes that nobody waited for is on the disk. */
const LEFT = ['none', 'all', 'some'] as const
type Left = (typeof LEFT)[number]

/** Moments spread over the trace, each with its ways to be cut off. */
function momentsOf(events: readonly Event[], states: number): Map<number, Left[]> {
  const each = events.length / Math.ceil(states / LEFT.length)
  const moments = new Map<number, Left[]>()
  for (let i = 0; i * LEFT.length < states; i++) {
    const at = Math.floor(i * each)
    moments.set(at, [...(moments.get(at) ?? []), ...LEFT])
  }
  return moments
}

type Files = Map<string, Buffer>

function diskOf(folder: string): Files {
  const paths = ['', '-wal'].map((end) => ledgerIn(folder) + end).filter((path) => existsSync(path))
  return new Map(paths.map((path) => [path, readFileSync(path)]))
}

type Change = Extract<Event, { kind: 'write' | 'size' }>

/** Files as they are known to be safe, and what was done to each since. */
class Disk {
  readonly safe: Files
  readonly open = new Map<string, Change[]>()
  constructor(files: Files) {
    this.safe = new Map(files)
  }
  take(event: Event): void {
    if (event.kind === 'said') return
    const { path } = event
    if (event.kind === 'write' || event.kind === 'size')
      this.open.set(path, [...(this.open.get(path) ?? []), event])
    else {
      if (event.kind === 'sync') this.safe.set(path, changed(this.safe.get(path), this.open.get(path) ?? []))
      else this.safe.delete(path)
      this.open.delete(path)
    }
  }
  left(how: Left, chance: () => number): Files {
    const files = new Map(this.safe)
    if (how === 'none') return files
    for (const [path, changes] of this.open)
      files.set(path, changed(files.get(path), how === 'all' ? changes : some(changes, chance)))
    return files
  }
}

/** Some of the changes, some of them only as far as a sector. */
const some = (changes: readonly Change[], chance: () => number): Change[] =>
  changes.flatMap((change): Change[] => {
    if (chance() < 0.5) return []
    if (change.kind === 'size' || chance() < 0.5) return [change]
    const sectors = Math.floor((chance() * change.bytes.length) / SECTOR)
    return [{ ...change, bytes: change.bytes.subarray(0, sectors * SECTOR) }]
  })

function changed(file: Buffer = Buffer.alloc(0), changes: readonly Change[]): Buffer {
  const length = changes.reduce(
    (length, change) =>
      change.kind === 'size' ? change.size : Math.max(length, change.at + change.bytes.length),
    file.length,
  )
  const room = Math.max(length, ...changes.map((c) => (c.kind === 'size' ? 0 : c.at + c.bytes.length)))
  const bytes = Buffer.alloc(room)
  file.copy(bytes)
  for (const change of changes) {
    if (change.kind === 'size') bytes.fill(0, change.size)
    else change.bytes.copy(bytes, change.at)
  }
  return bytes.subarray(0, length)
}

/** What was acknowledged and is not there after a start on these files; throws where they are not sound. */
async function missingAfter(
  folder: string,
  files: Files,
  acknowledged: readonly string[],
  isVerified: boolean,
): Promise<string[]> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  for (const [path, bytes] of files)
    if (path.endsWith('.db') || path.endsWith('-wal'))
      writeFileSync(path.endsWith('-wal') ? `${ledgerIn(folder)}-wal` : ledgerIn(folder), bytes)
  const db = await openDatabase({ RECKONING_DATABASE_URL: `file:${ledgerIn(folder)}` })
  try {
    const [sound] = await db.read({ sql: 'PRAGMA integrity_check' })
    assert.equal(sound?.integrity_check, 'ok')
    const rows = await db.read({ sql: 'SELECT id FROM forecast' })
    const there = new Set(rows.map(({ id }) => String(id)))
    if (isVerified) await assertVerifies(db)
    return acknowledged.filter((id) => !there.has(id))
  } finally {
    await db.close()
  }
}

async function assertVerifies(db: Database): Promise<void> {
  const scratch = await scratchDatabase()
  try {
    const { findings } = await verifyLedger(db, scratch, { normalised: normalisedText })
    assert.deepEqual(findings, [])
  } finally {
    await scratch.close()
  }
}

async function prepared(folder: string): Promise<void> {
  const db = await openDatabase({ RECKONING_DATABASE_URL: `file:${ledgerIn(folder)}` })
  await prepareLedger(db, ledgerOn(db), () => new Date(), 'auto')
  await db.close()
}

/** A database like that of the server, but for how long it waits for the disk. */
async function databaseThat(path: string, synchronous: string): Promise<Database> {
  if (synchronous === 'FULL') return openDatabase({ RECKONING_DATABASE_URL: `file:${path}` })
  const open = () => createClient({ url: `file:${path}`, concurrency: 1 })
  const writer = open()
  await writer.execute('PRAGMA journal_mode = WAL')
  await writer.execute(`PRAGMA synchronous = ${synchronous}`)
  const keeper = open()
  await keeper.execute('SELECT 1 FROM sqlite_master')
  return fileDatabase({ writer, reader: open(), keeper }, heldPlace(path), pause)
}

/** The program that is traced: it says what it has recorded as soon as it knows. */
export async function recordAndSay(folder: string, synchronous: string, writes: number): Promise<void> {
  const db = await databaseThat(ledgerIn(folder), synchronous)
  const ledger = ledgerOn(db)
  const now = new Date()
  const { administrator } = await prepareLedger(db, ledger, () => now, 'auto')
  for (let i = 0; i < writes; i++) {
    const request = ForecastRequest.parse(forecast(`event-${i}`))
    const { event } = await recordForecast(ledger, { now, by: commandOf(administrator) }, request)
    writeSync(1, `${(event.payload as { id: string }).id}\n`)
  }
  // As after a cut: nothing is tidied.
  process.exit(0)
}
