import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
// @ts-expect-error: a plain script
import { documents } from '../../scripts/documents.js'
import type { Timepiece } from '../../src/core/clock.ts'
import { ForecastRequest } from '../../src/core/forecast.ts'
import type { Role } from '../../src/core/member.ts'
import { UNLIMITED } from '../../src/core/quota.ts'
import type { Host } from '../../src/http/host.ts'
import type { Ledger, Unit } from '../../src/ledger/ledger.ts'
import { addMember, foundLedger, issueToken } from '../../src/ledger/members/membership.ts'
import { pictures } from '../../src/node/pictures.ts'
import { clockOn, ledgerOn, openDatabase, pastOn } from '../../src/node/runtime.ts'
import { readMoment } from '../../src/store/append.ts'
import { afterTest } from './after-test.ts'
import { checkLedger } from './check-ledger.ts'
import { databaseWithTables, dropDatabase } from './database.ts'

/** The present of the tests: one fixed instant, moved on by hand. */
export const NOW = new Date('2026-11-22T10:00:00.000Z')

/** What the clock of a ledger is held against, besides its head. */
export type Doubting = Omit<Timepiece, 'now'>

export type TestLedger = {
  ledger: Ledger
  host: Host
  /** Where its database is, as the settings name it. */
  url: string
  /** The file of it, which is not there where the database is on a server: `by-files.ts` lists who needs it. */
  path: string
  /** The first administrator, acting at the ledger's present. */
  unit: Unit
  /** Sets the present. */
  at: (instant: string) => void
  as: (member: { member: string; role: Role }) => Unit
  /** Another person with a role, and their token. */
  join: (name: string, role: Role) => Promise<{ member: string; role: Role; token: string }>
  token: string
  /** Said by a test that breaks the log on purpose: otherwise every ledger is verified when its test ends. */
  spoil: () => void
}

/** A new ledger in a database of its own, founded, with one administrator; thrown away after the test. */
export async function testLedger(
  settings: Partial<Host['settings']> = {},
  founded = NOW,
  doubting?: Doubting,
): Promise<TestLedger> {
  const held = await keptLedger(settings, founded, doubting)
  afterTest(held.close)
  return held
}

/** The same for several tests: whoever made it closes it. */
export async function keptLedger(
  settings: Partial<Host['settings']> = {},
  founded = NOW,
  doubting?: Doubting,
): Promise<TestLedger & { close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'reckoning-'))
  const path = join(folder, 'ledger.db')
  const url = await databaseWithTables(path, NOW)
  const db = await openDatabase({ RECKONING_DATABASE_URL: url })
  let whole = true
  const close = async () => {
    try {
      if (whole) await checkLedger({ ledger: { db } })
    } finally {
      await host.past?.close()
      await db.close()
      await dropDatabase(url)
      rmSync(folder, { recursive: true, force: true })
    }
  }
  let now = founded
  // Most tests jump about in time; only those about the clock have one that is doubted.
  const clock = doubting === undefined ? undefined : clockOn(db, { now: () => now, ...doubting })
  const ledger = ledgerOn(db, clock)
  const administrator = await foundLedger(ledger, now)
  const as = (member: { member: string; role: Role }): Unit => ({
    now,
    by: { member: member.member, role: member.role, kind: 'session', id: null, expires_at: null },
  })
  const admin = { member: administrator.id, role: 'admin' as const }
  const issue = async (member: string, role: Role) =>
    (await issueToken(ledger, as(admin), { member, name: 'test', role })).token
  const host: Host = {
    ledger,
    now: clock?.now ?? (() => now),
    head: () => readMoment(db),
    past: pastOn(db),
    pictures,
    documents: async () => documents(),
    assistants: () => import('../../src/mcp/server.ts'),
    fileReader: () => import('../../src/interchange/tracker/reader.ts'),
    build: 'test',
    version: '0.0.0-test',
    settings: {
      origin: null,
      public: true,
      rate_limit: 0,
      read_limit: 0,
      quotas: UNLIMITED,
      banner: null,
      ...settings,
    },
  }
  return {
    close,
    ledger,
    host,
    url,
    path,
    get unit() {
      return as(admin)
    },
    at: (instant) => {
      now = new Date(instant)
    },
    as,
    join: async (name, role) => {
      const { event } = await addMember(ledger, as(admin), { name, role })
      const member = (event.payload as { id: string }).id
      return { member, role, token: await issue(member, role) }
    },
    token: await issue(administrator.id, 'admin'),
    spoil: () => {
      whole = false
    },
  }
}

/** The smallest useful forecast, with whatever a test wants otherwise. */
export const aForecast = (changes: Record<string, unknown> = {}): ForecastRequest =>
  ForecastRequest.parse({
    analyst: { name: 'Konstantin Kalachev' },
    source: {
      title: 'An interview',
      type: 'interview',
      url: 'https://example.com/interview',
      published: '2026-11-01',
    },
    quote: 'there will be no war',
    question: {
      title: 'A new war begins',
      criteria: 'A war is declared or a thousand people die in it.',
      deadline: { date: '2026-12-31', time_zone: 'Asia/Yerevan', because: 'No horizon was named.' },
    },
    probability: { words: 'there will be no war', categorical: 'no' },
    ...changes,
  })
