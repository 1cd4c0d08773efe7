import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client/sqlite3'
import { afterAll, beforeAll } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { runFlagDue } from '../../src/jobs/flag-due.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { serve } from '../../src/node/server.ts'
import { commandOn } from '../support/command.ts'
import { aForecast, keptLedger } from '../support/ledger.ts'
import { folder } from '../support/process.ts'
import { AFTERWARDS, confirm, log, propose } from '../support/steps.ts'

export const RESTORE = 'Restore the newest backup'

let made = ''
/** A file that holds a whole ledger. */
export let whole = ''

/** Said by each file of tests: makes the file for it. */
export function wholeLedger(): void {
  beforeAll(make)
  afterAll(() => rmSync(made, { recursive: true, force: true }))
}

/** Entries 5 to 9 are a forecast with its text, 10 and 11 its resolution, 12 to 16 another that is open. */
async function make() {
  made = mkdtempSync(join(tmpdir(), 'reckoning-'))
  whole = join(made, 'whole.db')
  const test = await keptLedger()
  const { analyst, source, quote, question: asked, probability } = aForecast()
  const kept = { ...(source as object), text: `He said: ${quote}.` }
  const first = aForecast({ analyst, source: kept, quote, question: asked, probability })
  const { event } = await recordForecast(
    test.ledger,
    { ...test.unit, idempotency: { key: 'k', fingerprint: 'f' } },
    first,
  )
  test.at(AFTERWARDS)
  const { question } = event.payload as { question: string }
  await propose(test, question)
  await confirm(test, question, 'r1')
  await log(test, {
    analyst: { name: 'Ada' },
    source: { title: 'Another', type: 'interview', published: '2026-11-02' },
    question: {
      title: 'Snow falls',
      criteria: 'It does.',
      deadline: { date: '2028-01-01', time_zone: 'UTC' },
    },
  })
  await runFlagDue(test.ledger, test.unit.now)
  const client = createClient({ url: `file:${test.path}` })
  await client.execute({ sql: 'VACUUM INTO :file', args: { file: whole } })
  client.close()
  await test.close()
}

/** A copy of the whole ledger on which an owner of the file has done something, and the command on it. */
export async function damaged(...statements: string[]) {
  const path = join(folder(), 'ledger.db')
  copyFileSync(whole, path)
  const client = createClient({ url: `file:${path}` })
  const triggers = await client.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
  const own = triggers.rows.filter(({ name }) => !statements.some((sql) => sql.includes(String(name))))
  await client.batch(
    [
      ...own.map(({ name }) => `DROP TRIGGER ${name}`),
      ...statements,
      ...own.map(({ sql }) => `${sql}`).filter((sql) => !statements.some((dropped) => gone(dropped, sql))),
    ],
    'write',
  )
  client.close()
  return doorsOf(path)
}

/** A copy of the whole ledger of which a disk gives back other bytes than it was given. */
export function overwritten(change: (bytes: Buffer) => void) {
  const path = join(folder(), 'ledger.db')
  const bytes = readFileSync(whole)
  change(bytes)
  writeFileSync(path, bytes)
  return doorsOf(path)
}

/** The command on a ledger, and a server. */
function doorsOf(path: string) {
  const set = { RECKONING_DATABASE_URL: `file:${path}`, RECKONING_IMPORT: '', PORT: '0' }
  const run = commandOn(set, () => new Date(AFTERWARDS))
  const served = () =>
    serve({
      config: readConfig(set),
      now: () => new Date(AFTERWARDS),
      log: () => {},
      threads: null,
      unheard: () => null,
    })
  const ready = async () => {
    const server = await served()
    try {
      const response = await fetch(`${server.address}/api/ready`)
      const page = await fetch(`${server.address}/`)
      const body = (await response.json()) as { code?: string; detail?: string }
      const { code, detail } = body
      return { status: response.status, page: page.status, code, detail, damage: server.damage }
    } finally {
      await server.close()
    }
  }
  return { path, run, ready, served }
}

/** A trigger goes with its table. */
const gone = (dropped: string, trigger: string) => {
  const table = /^DROP TABLE (\w+)/u.exec(dropped)?.[1]
  return table !== undefined && new RegExp(` ON ${table}\\b`, 'u').test(trigger)
}
