import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/log/canonical-json.ts'
import { base64url, utf8 } from '../../src/log/encoding.ts'
import { leafHash, sealOf } from '../../src/log/entry.ts'
import { readHead } from '../../src/store/append.ts'
import { Refused } from '../../src/store/database.ts'
import { readStored } from '../../src/store/events.ts'
import { refuseWhere } from '../../src/store/refusal.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { log } from '../support/steps.ts'

const envelope = (changes: Record<string, unknown> = {}) =>
  canonicalJson({
    v: 1,
    at: '2026-11-22T10:00:00.000Z',
    by: 'A'.repeat(22),
    type: 'token.revoked',
    stream: 'B'.repeat(22),
    rev: 0,
    refs: [],
    sealed: sealOf('x'),
    ...changes,
  })
const insert = (seq: number, bytes: string, or = '') => ({
  sql: `INSERT ${or} INTO entry (seq, leaf, bytes) VALUES (:seq, unhex(:leaf), :bytes)`,
  args: { seq: BigInt(seq), leaf: leafHash(bytes), bytes },
})

async function refused(
  test: TestLedger,
  sql: string,
  args: Record<string, string | bigint> = {},
): Promise<string> {
  const before = await readStored(test.ledger.db, 0, 1000)
  const error = await test.ledger.db.write([{ sql, args }]).then(
    () => null,
    (thrown) => thrown as Error,
  )
  expect(await readStored(test.ledger.db, 0, 1000)).toEqual(before)
  expect(error, sql).toBeInstanceOf(Refused)
  return error?.message ?? ''
}

describe('the log', () => {
  it.each([
    'UPDATE entry SET bytes = bytes WHERE seq = 2',
    "UPDATE entry SET bytes = replace(bytes, 'admin', 'reader')",
    'UPDATE entry SET seq = 99 WHERE seq = 2',
    'UPDATE OR REPLACE entry SET seq = 1 WHERE seq = 2',
    'DELETE FROM entry WHERE seq = 2',
    'DELETE FROM entry',
    'INSERT OR REPLACE INTO entry (seq, leaf, bytes) SELECT seq, leaf, bytes FROM entry WHERE seq = 2',
    'REPLACE INTO entry (seq, leaf, bytes) SELECT seq, leaf, bytes FROM entry',
    'INSERT INTO entry (seq, leaf, bytes) SELECT seq, leaf, bytes FROM entry WHERE seq = 2 ON CONFLICT DO UPDATE SET leaf = zeroblob(32)',
    'UPDATE opening SET disclosure = disclosure WHERE seq = 2',
    'DELETE FROM opening WHERE seq = 2',
    'INSERT OR REPLACE INTO opening (seq, disclosure) SELECT seq, disclosure FROM opening WHERE seq = 2',
    "INSERT INTO opening (seq, disclosure) VALUES (99, 'x')",
  ])('refuses %s', async (sql) => {
    const test = await testLedger()
    await log(test)
    expect(await refused(test, sql)).toMatch(/append-only|seq is not the next/u)
  })

  it.each([
    ['a gap', 1, {}, 'seq is not the next'],
    ['a seq that is taken', -1, {}, 'seq is not the next'],
    ['a stream that does not begin at 0', 0, { rev: 1 }, 'rev is not the next'],
    ['a rev that is no number', 0, { rev: '0' }, 'rev is not the next'],
    ['a time before the last entry', 0, { at: '2026-11-22T09:59:59.999Z' }, 'at runs backwards'],
    ['an entry without a stream', 0, { stream: undefined }, 'NOT NULL'],
    ['an entry without a time', 0, { at: undefined }, 'NOT NULL'],
    ['an entry that is too long', 0, { refs: ['x'.repeat(65_535)] }, 'CHECK'],
  ])('refuses %s, also as a replacement', async (_, ahead, changes, message) => {
    const test = await testLedger()
    const { seq } = await readHead(test.ledger.db)
    for (const or of ['', 'OR REPLACE']) {
      const { sql, args } = insert(seq + 1 + ahead, envelope(changes), or)
      expect(await refused(test, sql, args)).toContain(message)
    }
  })

  it('refuses a second entry at a rev of a stream', async () => {
    const test = await testLedger()
    test.spoil()
    const { seq } = await readHead(test.ledger.db)
    await test.ledger.db.write([insert(seq + 1, envelope())])
    const { sql, args } = insert(seq + 2, envelope(), 'OR REPLACE')
    expect(await refused(test, sql, args)).toContain('rev is not the next')
    await test.ledger.db.write([insert(seq + 2, envelope({ rev: 1 }))])
  })

  it('refuses an entry whose leaf is not 32 bytes', async () => {
    const test = await testLedger()
    const { seq } = await readHead(test.ledger.db)
    const sql = 'INSERT INTO entry (seq, leaf, bytes) VALUES (:seq, zeroblob(31), :bytes)'
    expect(await refused(test, sql, { seq: BigInt(seq + 1), bytes: envelope() })).toContain('CHECK')
  })

  it('refuses a second opening of an entry', async () => {
    const test = await testLedger()
    const disclosure = base64url(utf8('["","record",{}]'))
    expect(
      await refused(test, 'INSERT INTO opening (seq, disclosure) VALUES (0, :disclosure)', { disclosure }),
    ).toContain('append-only')
  })
})

describe('a batch', () => {
  it('is written whole or not at all', async () => {
    const test = await testLedger()
    const { seq } = await readHead(test.ledger.db)
    const good = { sql: "INSERT INTO source_text (source, text) VALUES ('x', 'y')" }
    await expect(test.ledger.db.write([good, insert(seq, envelope())])).rejects.toBeInstanceOf(Refused)
    expect(await test.ledger.db.read({ sql: 'SELECT * FROM source_text' })).toEqual([])
  })

  it('that confirms one’s own proposal while four eyes are in force is refused by the database itself', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    await test.ledger.db.write([
      { sql: 'UPDATE policy SET four_eyes_in_force = 1' },
      {
        sql: `INSERT INTO resolution (question, id, seq, proposed_at, proposed_by, outcome, known_on, known_from, record)
          VALUES (:question, 'r1', 99, '', 'me', '"no"', '', '', '{}')`,
        args: { question },
      },
    ])
    test.spoil()
    const confirmed = (by: string) =>
      test.ledger.db.write([{ sql: 'UPDATE resolution SET confirmed_by = :by', args: { by } }])
    await expect(confirmed('me')).rejects.toBeInstanceOf(Refused)
    await confirmed('you')
  })
})

describe('a guard in a batch', () => {
  const note = (kind: string) => ({
    sql: "INSERT INTO newsroom (subject, kind, by, at, body) VALUES ('q', :kind, '', '', '')",
    args: { kind },
  })

  it('refuses all of it when it finds a row, also one that the batch itself has made', async () => {
    const { ledger } = await testLedger()
    const kept = async () =>
      (await ledger.db.read({ sql: 'SELECT kind FROM newsroom' })).map(({ kind }) => kind)
    const guard = refuseWhere('SELECT subject FROM newsroom WHERE kind = :kind', { kind: 'asked' })
    await ledger.db.write([note('note'), guard])
    await expect(ledger.db.write([note('snooze'), guard, note('asked'), guard])).rejects.toThrow(Refused)
    expect(await kept()).toEqual(['note'])
    expect(await ledger.db.read({ sql: 'SELECT * FROM refusal' })).toEqual([])
  })
})
