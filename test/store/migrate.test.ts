import { describe, expect, it } from 'vitest'
import type { Draft } from '../../src/core/entry.ts'
import { addMember, revokeToken } from '../../src/ledger/members/membership.ts'
import { readHead } from '../../src/store/append.ts'
import type { Database, Statement } from '../../src/store/database.ts'
import { readEvents } from '../../src/store/events.ts'
import { listForecasts } from '../../src/store/forecasts.ts'
import { assertCurrent, migrate, projectionNames, projectionState, rebuild } from '../../src/store/migrate.ts'
import { listAnalysts } from '../../src/store/nouns.ts'
import { PROJECTION_VERSION, projectionTables } from '../../src/store/projection-tables.ts'
import { project } from '../../src/store/projections.ts'
import { migrations } from '../../src/store/schema.ts'
import { checkLedger, memoryDatabase } from '../support/check-ledger.ts'
import { NOW, type TestLedger, testLedger } from '../support/ledger.ts'
import { log, refusal } from '../support/steps.ts'

/** A server refuses more than one in a text; a file takes the first alone, without a word. */
it('has one statement in each text', () => {
  const all = [...migrations.flatMap(({ statements }) => statements), ...projectionTables]
  for (const { sql } of all)
    expect([sql, sql.match(/^CREATE |^ALTER |^DROP |^UPDATE |^INSERT /gmu)?.length]).toEqual([sql, 1])
})

const blank = async (work: (db: Database) => Promise<void>) => {
  const db = memoryDatabase()
  try {
    await work(db)
  } finally {
    await db.close()
  }
}
const applied = (db: Database) => db.read({ sql: 'SELECT id, applied_at FROM schema_migrations ORDER BY id' })
/** Takes away what 009-members made. */
const withoutSignIns = [
  'DROP TABLE sign_in_key',
  'DROP TABLE challenge',
  ...['begun_at', 'seen_on', 'browser'].map((column) => `ALTER TABLE secret DROP COLUMN ${column}`),
].map((sql) => ({ sql }))

const pretend = (test: TestLedger, sql: string) =>
  test.ledger.db.write([{ sql: 'DROP TRIGGER IF EXISTS projection_is_current' }, { sql }])

describe('a migration', () => {
  it('brings an empty database up to date, once', () =>
    blank(async (db) => {
      expect(await migrate(db, NOW)).toEqual(migrations.map(({ id }) => id))
      expect(await migrate(db, new Date('2027-01-01'))).toEqual([])
      expect(await applied(db)).toEqual(migrations.map(({ id }) => ({ id, applied_at: NOW.toISOString() })))
    }))

  it('is applied in the order of its name', () => {
    const ids = migrations.map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)].toSorted())
  })

  it.each([
    ['a newer program', "INSERT INTO schema_migrations (id, applied_at) VALUES ('999-later', '')"],
    ['another program', `UPDATE schema_migrations SET id = '000-other' WHERE id = '${migrations[0]?.id}'`],
  ])('refuses a database that was made by %s, and touches nothing', async (_, sql) =>
    blank(async (db) => {
      await migrate(db, NOW)
      await db.write([{ sql }])
      const before = await applied(db)
      expect(await refusal(() => migrate(db, NOW))).toMatchObject({ code: 'behind' })
      expect(await applied(db)).toEqual(before)
      expect(await refusal(() => assertCurrent(db))).toMatchObject({ code: 'behind' })
    }),
  )

  it('that has not happened is missed before anything is served', () =>
    blank(async (db) => {
      expect(await refusal(() => assertCurrent(db))).toMatchObject({ code: 'behind' })
    }))
})

/** What held back every deletion of an opening before one could be taken out. */
const firstGuard = (migrations[0]?.statements ?? []).filter(({ sql }) =>
  sql.includes('TRIGGER opening_remains'),
)

describe('a ledger from before limits, in which the same is recorded twice', () => {
  it('is brought up to date, keeps what it holds, and takes no third', async () => {
    const test = await testLedger()
    const { db } = test.ledger
    await log(test)
    // Before the rule, the same request made a twin of its statement, its question and its forecast.
    const held = await readEvents(db, 7, 10)
    const twin = (text: string) => JSON.parse(text.replaceAll('_a-new-war-begins', '_a-new-war-begins-2'))
    const entries = held.map(({ payload, type, by }, n) => ({
      ...{ type, by, rev: 0, refs: [], stream: `${'twin'.repeat(5)}0${n}` },
      payload: twin(JSON.stringify(payload)),
    })) as Draft[]
    await test.ledger.writes.run(NOW, async () => ({ command: { entries, claims: [] }, answer: () => null }))
    await db.write([
      { sql: "DELETE FROM schema_migrations WHERE id >= '003'" },
      { sql: 'DROP TABLE usage' },
      { sql: 'DROP TABLE report' },
      { sql: 'DROP TABLE sealed_outcome' },
      { sql: 'DROP TABLE archive_attempt' },
      { sql: 'DROP TABLE refusal' },
      { sql: 'DROP TABLE pair_summary' },
      { sql: 'DROP TRIGGER second_reading_without_capture' },
      { sql: 'DROP TRIGGER second_reading_of_logged' },
      { sql: 'DROP TABLE second_reading' },
      { sql: 'DROP TABLE reply_link' },
      { sql: 'DROP TABLE coding' },
      ...['notice', 'notice_position', 'target', 'delivery'].map((name) => ({ sql: `DROP TABLE ${name}` })),
      { sql: 'DROP TRIGGER opening_remains' },
      { sql: 'DROP TABLE redaction' },
      { sql: 'ALTER TABLE analyst_summary DROP COLUMN answers' },
      { sql: 'DROP TABLE log_key' },
      { sql: 'DROP TABLE anchor_party' },
      { sql: 'DROP TABLE anchor_promise' },
      ...withoutSignIns,
      ...['capture_by_member', 'secret_by_member', 'idempotency_by_age', 'entry_turn'].map((name) => ({
        sql: `DROP INDEX ${name}`,
      })),
      ...['node', 'checkpoint'].flatMap((table) =>
        ['is_new', 'stays', 'remains'].map((end) => ({ sql: `DROP TRIGGER ${table}_${end}` })),
      ),
      ...firstGuard,
      ...projectionNames.map((name) => ({ sql: `DROP TABLE ${name}` })),
    ])
    expect(await refusal(() => assertCurrent(db))).toMatchObject({ code: 'behind' })
    expect(await migrate(db, NOW)).toContain('003-quotas')
    await rebuild(db, { afresh: false })
    expect(await refusal(() => assertCurrent(db))).toBeNull()
    expect((await db.read({ sql: 'SELECT id FROM forecast ORDER BY seq' })).map(({ id }) => id)).toEqual([
      '2026-11-an-interview_a-new-war-begins',
      '2026-11-an-interview_a-new-war-begins-2',
    ])
    expect(await refusal(() => log(test))).toMatchObject({ code: 'duplicate' })
  })
})

describe('a ledger from before names were folded', () => {
  it('keeps two people whose names are one now, tells them by their spelling, and finds old words by new letters', async () => {
    const test = await testLedger()
    const { db } = test.ledger
    await log(test, { analyst: { name: 'José Əlizadə' }, quote: '今年不会有战争' })
    const record = { id: 'jose', name: 'Jose Əlizadə' }
    const entry = {
      type: 'analyst.recorded',
      by: test.unit.by.member,
      rev: 0,
      refs: [],
      stream: `${'twin'.repeat(5)}00`,
    }
    const entries = [{ ...entry, payload: { record } }] as unknown as Draft[]
    await test.ledger.writes.run(NOW, async () => ({ command: { entries, claims: [] }, answer: () => null }))
    // As the version before made them: one name, one row, and a search of words alone.
    await pretend(test, 'UPDATE projection SET version = 2')
    await db.write([
      { sql: 'DROP TABLE analyst_near' },
      { sql: 'DROP TABLE search' },
      {
        sql: 'CREATE VIRTUAL TABLE search USING fts5(kind UNINDEXED, id UNINDEXED, title, body, tokenize = "unicode61 remove_diacritics 2")',
      },
    ])
    expect(await refusal(() => assertCurrent(db))).toMatchObject({ code: 'rebuilding' })
    await rebuild(db, { afresh: false })
    expect(await refusal(() => assertCurrent(db))).toBeNull()
    expect((await listAnalysts(db, { q: 'jose alizade' }, { limit: 10 })).items).toHaveLength(2)
    expect((await listForecasts(db, { q: '战争' }, NOW, { limit: 10 })).items).toHaveLength(1)
    const said = await log(test, { analyst: { name: 'jose əlizadə' }, quote: 'no war, I say' })
    expect(said.analyst).toBe('jose')
    await checkLedger(test)
  })
})

describe('the projections', () => {
  it('are missed before anything is served', () =>
    blank(async (db) => {
      await migrate(db, NOW)
      expect(await refusal(() => assertCurrent(db))).toMatchObject({ code: 'rebuilding' })
      await rebuild(db, { afresh: false })
      expect(await refusal(() => assertCurrent(db))).toBeNull()
    }))

  it('are rebuilt from nothing as the appends wrote them, and again from the beginning when asked', async () => {
    const test = await testLedger()
    for (let i = 0; i < 3; i++) await log(test, { quote: `no war, no. ${i}` })
    const { seq } = await readHead(test.ledger.db)
    expect(await rebuild(test.ledger.db, { afresh: false })).toBe(0)
    const progress: [number, number][] = []
    expect(
      await rebuild(test.ledger.db, { afresh: true, progress: (done, of) => progress.push([done, of]) }),
    ).toBe(seq + 1)
    expect(progress).toEqual([[seq + 1, seq + 1]])
    for (const name of projectionNames) await pretend(test, `DROP TABLE ${name}`)
    expect(await rebuild(test.ledger.db, { afresh: false })).toBe(seq + 1)
    await checkLedger(test)
  })

  it('of another version are refused by a server, rebuilt by a migration, and written by nobody', async () => {
    const test = await testLedger()
    const { seq } = await readHead(test.ledger.db)
    await pretend(test, `UPDATE projection SET version = ${PROJECTION_VERSION + 1}`)
    expect(await projectionState(test.ledger.db)).toMatchObject({ current: false, seq, head: seq })
    expect(await refusal(() => assertCurrent(test.ledger.db))).toMatchObject({ code: 'rebuilding' })
    await rebuild(test.ledger.db, { afresh: false })
    expect(await projectionState(test.ledger.db)).toEqual({ current: true, seq, head: seq })
    await checkLedger(test)
  })

  it('of an older version stop every append', async () => {
    const test = await testLedger()
    const guard = projectionTables.find(({ sql }) => sql.startsWith('CREATE TRIGGER projection_is_current'))
    await pretend(test, `UPDATE projection SET version = ${PROJECTION_VERSION - 1}`)
    await test.ledger.db.write([guard ?? { sql: '' }])
    expect(await refusal(() => log(test))).toMatchObject({ code: 'rebuilding' })
    await rebuild(test.ledger.db, { afresh: false })
    expect(await refusal(() => log(test))).toBeNull()
  })

  it('that were interrupted half-way stop every append, and are taken up where they stand', async () => {
    const test = await testLedger()
    for (let i = 0; i < 4; i++) await log(test, { quote: `no war, no. ${i}` })
    const { db } = test.ledger
    const { seq } = await readHead(db)
    await haltAfter(test, 7)
    expect(await projectionState(db)).toEqual({ current: false, seq: 6, head: seq })
    expect(await refusal(() => assertCurrent(db))).toMatchObject({ code: 'rebuilding' })
    const addRuth = () => addMember(test.ledger, test.unit, { name: 'Ruth', role: 'reader' })
    expect(await refusal(addRuth)).toMatchObject({ code: 'rebuilding' })
    expect(await rebuild(db, { afresh: false })).toBe(seq - 6)
    expect(await refusal(addRuth)).toBeNull()
  })

  it('that two programs rebuild at once are projected once, also where projecting twice would hurt no constraint', async () => {
    const test = await testLedger()
    const { member, token } = await test.join('Ruth', 'reader')
    await revokeToken(test.ledger, test.as({ member, role: 'reader' }), token.slice(7, 19))
    const { seq } = await readHead(test.ledger.db)
    await haltAfter(test, seq)
    const together = meetingAt(test.ledger.db, 2)
    const results = await Promise.allSettled([
      rebuild(together, { afresh: false }),
      rebuild(together, { afresh: false }),
    ])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await projectionState(test.ledger.db)).toEqual({ current: true, seq, head: seq })
  })
})

const projects = (statements: Statement[]) =>
  statements.some(({ sql }) => sql.startsWith('UPDATE projection SET seq'))

/** What a program leaves behind that was killed while it rebuilt: `count` events are projected. */
async function haltAfter({ ledger: { db } }: TestLedger, count: number): Promise<void> {
  const mortal: Database = {
    ...db,
    write: async (statements) => {
      if (projects(statements)) throw new Error('killed')
      return db.write(statements)
    },
  }
  await expect(rebuild(mortal, { afresh: true })).rejects.toThrow('killed')
  await db.write(project(await readEvents(db, 0, count)))
}

/** A database on which nobody projects before `count` want to. */
function meetingAt(db: Database, count: number): Database {
  let waiting = 0
  let go: () => void = () => {}
  const everybody = new Promise<void>((resolve) => {
    go = resolve
  })
  return {
    ...db,
    write: async (statements) => {
      if (projects(statements)) {
        if (++waiting === count) go()
        await everybody
      }
      return db.write(statements)
    },
  }
}
