import { describe, expect, it } from 'vitest'
import type { Draft } from '../../src/core/entry.ts'
import { NOTHING } from '../../src/core/resolution.ts'
import { newId } from '../../src/ledger/ledger.ts'
import { takeBackResolution } from '../../src/ledger/resolution/take-back-resolution.ts'
import { pause, random } from '../../src/node/runtime.ts'
import { append } from '../../src/store/append.ts'
import { Refused } from '../../src/store/database.ts'
import { lastRev } from '../../src/store/forecasts.ts'
import { migrate, rebuild } from '../../src/store/migrate.ts'
import { migrations } from '../../src/store/schema.ts'
import { verified } from '../support/check-ledger.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { AFTERWARDS, log, propose, questionOf } from '../support/steps.ts'

const BACK = '2027-01-05T00:00:00.000Z'
const AHEAD = '2031-02-03T04:00:00.000Z'

/** Entries as a program without our rules would write them. */
const write = (test: TestLedger, at: string, ...entries: Omit<Draft, 'by' | 'refs'>[]) =>
  append(
    test.ledger.db,
    [{ entries: entries.map((entry) => ({ by: test.unit.by.member, refs: [], ...entry }) as Draft) }],
    new Date(at),
    random,
    pause,
  )
const correction = (test: TestLedger, from: number): Omit<Draft, 'by' | 'refs'> => ({
  type: 'clock.corrected',
  stream: newId(test.ledger),
  rev: 0,
  payload: { from, because: 'It stood in 2031.' },
})
const findings = async (test: TestLedger) =>
  (await verified(test.ledger.db)).findings.map(({ seq, code }) => `${seq ?? '-'} ${code}`)

/** A decided proposal stamped ahead as entry 10, after those of a forecast. */
async function proposedAhead() {
  const test = await testLedger()
  const { question } = await log(test)
  test.at(AHEAD)
  await propose(test, question)
  return Object.assign(test, { question })
}

describe('the log', () => {
  it('steps back in time at a correction of the clock, and at nothing else', async () => {
    const test = await proposedAhead()
    const accepted = { type: 'clock.accepted', stream: newId(test.ledger), rev: 0, payload: {} } as const
    expect((await write(test, BACK, accepted))[0]?.at).toBe(AHEAD)
    const forged = await test.ledger.db
      .write([
        {
          sql: `INSERT INTO entry (seq, leaf, bytes)
            SELECT max(seq) + 1, zeroblob(32), json_object('at', '${BACK}', 'stream', 's', 'rev', 0, 'type', 'clock.accepted') FROM entry`,
        },
      ])
      .catch((error: unknown) => error)
    expect(forged).toBeInstanceOf(Refused)
    expect((forged as Error).message).toContain('at runs backwards')
    expect((await write(test, BACK, correction(test, 10)))[0]?.at).toBe(BACK)
    expect((await write(test, BACK, { ...accepted, stream: newId(test.ledger) }))[0]?.at).toBe(BACK)
  })

  it('of a program from before corrections is brought up to date, and can be corrected', async () => {
    const test = await proposedAhead()
    const [first] = migrations
    const trigger = first?.statements.find(({ sql }) => sql.includes('TRIGGER entry_is_next'))
    await test.ledger.db.write([
      { sql: 'DROP TRIGGER entry_is_next' },
      { sql: trigger?.sql ?? '' },
      { sql: 'DROP TRIGGER projection_is_current' },
      { sql: 'DROP TABLE clock_word' },
      { sql: 'DROP TABLE refusal' },
      { sql: 'DROP TABLE pair_summary' },
      { sql: 'DROP TRIGGER second_reading_without_capture' },
      { sql: 'DROP TRIGGER second_reading_of_logged' },
      { sql: 'DROP TABLE second_reading' },
      { sql: 'DROP TABLE reply_link' },
      { sql: 'DROP TABLE report' },
      { sql: 'DROP TABLE sealed_outcome' },
      { sql: 'DROP TABLE archive_attempt' },
      { sql: 'ALTER TABLE analyst_summary DROP COLUMN answers' },
      { sql: 'DROP TABLE log_key' },
      { sql: 'DROP INDEX entry_turn' },
      ...['node', 'checkpoint'].flatMap((table) =>
        ['is_new', 'stays', 'remains'].map((end) => ({ sql: `DROP TRIGGER ${table}_${end}` })),
      ),
      { sql: 'DROP TABLE coding' },
      ...['notice', 'notice_position', 'target', 'delivery'].map((name) => ({ sql: `DROP TABLE ${name}` })),
      { sql: 'DROP TABLE anchor_party' },
      { sql: 'DROP TABLE anchor_promise' },
      { sql: 'DROP TRIGGER opening_remains' },
      { sql: 'DROP TABLE redaction' },
      { sql: first?.statements.find(({ sql }) => sql.includes('TRIGGER opening_remains'))?.sql ?? '' },
      { sql: 'DROP TABLE sign_in_key' },
      { sql: 'DROP TABLE challenge' },
      ...['begun_at', 'seen_on', 'browser'].map((column) => ({
        sql: `ALTER TABLE secret DROP COLUMN ${column}`,
      })),
      { sql: 'UPDATE projection SET version = 1' },
      { sql: "DELETE FROM schema_migrations WHERE id >= '004-clock'" },
    ])
    expect(await migrate(test.ledger.db, new Date(AHEAD))).toContain('004-clock')
    await rebuild(test.ledger.db, { afresh: false })
    expect((await write(test, BACK, correction(test, 10)))[0]?.at).toBe(BACK)
  })

  it('is made again from its entries just as it was', async () => {
    const test = await proposedAhead()
    await write(test, BACK, correction(test, 10))
    test.at(BACK)
    const { proposed_at } =
      (await test.ledger.db.read({ sql: 'SELECT proposed_at FROM resolution' }))[0] ?? {}
    expect(proposed_at).toBe(BACK)
    await rebuild(test.ledger.db, { afresh: true })
    expect(await test.ledger.db.read({ sql: 'SELECT proposed_at FROM resolution' })).toMatchObject([
      { proposed_at: BACK },
    ])
  })
})

describe('verify', () => {
  it.each([9, 11])(
    'finds a correction that begins with entry %i instead of the first ahead',
    async (from) => {
      const test = await proposedAhead()
      await write(test, BACK, correction(test, from))
      test.spoil()
      expect(await findings(test)).toEqual(['11 clock'])
    },
  )

  it('finds a correction of nothing', async () => {
    const test = await testLedger()
    await write(test, AFTERWARDS, correction(test, 3))
    test.spoil()
    expect(await findings(test)).toEqual(['5 clock'])
  })

  it('counts the minute of taking back from the corrected time', async () => {
    const test = await proposedAhead()
    await write(test, BACK, correction(test, 10))
    test.at('2027-01-05T00:00:30.000Z')
    await takeBackResolution(test.ledger, test.unit, test.question, 'r1')
    expect(await findings(test)).toEqual([])
  })

  it('finds what was taken back after that minute', async () => {
    const test = await proposedAhead()
    await write(test, BACK, correction(test, 10))
    const { stream } = await questionOf(test, test.question)
    await write(test, '2027-01-05T00:02:00.000Z', {
      type: 'resolution.superseded',
      stream,
      rev: (await lastRev(test.ledger.db, stream)) + 1,
      payload: { question: test.question, id: 'r1', superseded_by: NOTHING },
    })
    test.spoil()
    expect(await findings(test)).toEqual(['12 taken_back'])
  })
})
