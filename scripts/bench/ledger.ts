import { createHash } from 'node:crypto'
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { commandOf } from '../../src/core/member.ts'
import { populate, type Size } from '../../src/demo/population.ts'
import { integrate } from '../../src/ledger/log/integrate.ts'
import { foundLedger } from '../../src/ledger/members/membership.ts'
import { fileConnection } from '../../src/node/file-connection.ts'
import { makeNew } from '../../src/node/ledger-file.ts'
import { logKeeper } from '../../src/node/log-files.ts'
import { ledgerOn, pause, random } from '../../src/node/runtime.ts'
import { remoteDatabase } from '../../src/store/database.ts'
import { migrate, rebuild } from '../../src/store/migrate.ts'
import { refreshPairs } from '../../src/store/pairs.ts'
import { PROJECTION_VERSION } from '../../src/store/projection-tables.ts'
import { migrations } from '../../src/store/schema.ts'
import { refreshSummaries } from '../../src/store/summaries.ts'
import { folder } from './afterwards.ts'

/** What a measured ledger holds: of its questions every fifth is open. */
export type Contents = { forecasts: number; analysts?: number }

const NAME = 'reckoning.db'
const KEPT = 'node_modules/.cache/reckoning-bench'
const INVENTOR = 'src/demo/population.ts'
/** When everything was logged. */
export const LOGGED = new Date('2026-01-01T00:00:00Z')
const AN_ANALYST = 200
/** The first analysts of a ledger that is large enough said so much more than the others. */
const PROLIFIC = 1_800
const SUMMARIES_AT_ONCE = 500
const CACHE_KB = 400_000

const sizeOf = ({ forecasts, analysts = Math.max(1, forecasts / AN_ANALYST) }: Contents): Size => ({
  forecasts,
  analysts: Math.round(analysts),
  sources: Math.ceil(forecasts / 10),
  decided: 0.8,
  ...(forecasts < 5 * PROLIFIC
    ? {}
    : { prolific: { analysts: forecasts < 50 * PROLIFIC ? 1 : 5, forecasts: PROLIFIC } }),
})

/** What else would make another file of it: the tables, and the program that invents. */
function keyOf(size: Size): string {
  const made = createHash('sha256')
    .update(JSON.stringify(migrations))
    .update(readFileSync(INVENTOR))
    .digest('hex')
    .slice(0, 8)
  return `${size.forecasts}-by-${size.analysts}-${PROJECTION_VERSION}-${made}`
}

/**
 * The file of a ledger of invented forecasts as the clock leaves it: summaries made, the tree signed. Made once and
 * kept for other runs, so it is only read; who writes takes `copiedLedger`.
 */
export async function keptLedger(contents: Contents): Promise<string> {
  const size = sizeOf(contents)
  const place = join(KEPT, keyOf(size))
  if (!existsSync(place)) {
    const unfinished = `${place}.${process.pid}`
    try {
      await make(join(unfinished, NAME), size)
      renameSync(unfinished, place)
      forgetOlder(place)
    } finally {
      rmSync(unfinished, { recursive: true, force: true })
    }
  }
  return join(place, NAME)
}

/** The same as an earlier program made it is of no use any more. */
function forgetOlder(place: string): void {
  const said = basename(place).replace(/-\d+-\w+$/u, '')
  for (const name of readdirSync(KEPT))
    if (/^-\d+-\w{8}$/u.test(name.slice(said.length)) && name.startsWith(said) && name !== basename(place))
      rmSync(join(KEPT, name), { recursive: true, force: true })
}

/** A folder with a copy of it, which goes afterwards. */
export async function copiedLedger(contents: Contents): Promise<string> {
  const kept = await keptLedger(contents)
  const place = folder()
  for (const name of readdirSync(dirname(kept)))
    copyFileSync(join(dirname(kept), name), join(place, name), constants.COPYFILE_FICLONE)
  return place
}

/** Nobody else has the file, and half of it is of no use: nothing waits for the disk. */
async function make(path: string, size: Size): Promise<void> {
  mkdirSync(dirname(path), { recursive: true })
  makeNew(path)
  const connection = fileConnection(path)
  for (const setting of ['journal_mode = MEMORY', 'synchronous = OFF', `cache_size = -${CACHE_KB}`])
    await connection.execute(`PRAGMA ${setting}`)
  const db = remoteDatabase(connection, pause)
  await migrate(db, LOGGED)
  await rebuild(db, { afresh: false })
  const ledger = ledgerOn(db)
  const by = commandOf(await foundLedger(ledger, LOGGED))
  await populate(ledger, { now: LOGGED, by }, size, told(basename(dirname(path))))
  while ((await refreshSummaries(db, LOGGED, SUMMARIES_AT_ONCE)) === SUMMARIES_AT_ONCE);
  await refreshPairs(db, LOGGED)
  await integrate({ log: logKeeper(db, path, {}, { random, pause }) })
  await connection.execute('PRAGMA journal_mode = WAL')
  await db.close()
}

const QUIET_UP_TO = 20_000

/** How far the making of a large one has come, how fast, and how long it will take. */
function told(name: string): (made: number, of: number) => void {
  const began = performance.now()
  return (made, of) => {
    if (of <= QUIET_UP_TO) return
    const seconds = (performance.now() - began) / 1000
    const left = (seconds / made) * (of - made)
    process.stderr.write(
      `  ${name}: ${made.toLocaleString('en')} forecasts, ${Math.round(made / seconds)}/s, ${Math.round(left)} s left\n`,
    )
  }
}
