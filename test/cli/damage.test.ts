import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { damaged, RESTORE, wholeLedger } from './damaged-ledger.ts'

wholeLedger()

type Damage = {
  what: string
  sql: string[]
  /** The line of verify. */
  verify: RegExp
  /** Why a rebuild makes nothing; null where it mends it. */
  rebuild: RegExp | null
  /** What a server says instead of serving; null where it serves. */
  ready: RegExp | null
  /** A rebuild goes well, but a backup is the way all the same. */
  stays?: true
}
const same = (sentence: RegExp) => ({ rebuild: sentence, ready: sentence })

const damages: Damage[] = [
  {
    what: 'an opening is gone',
    sql: ['DELETE FROM opening WHERE seq = 6'],
    verify: /^entry 6: opening: The opening is missing/mu,
    ...same(/Entry 6: The opening is missing\. Restore/u),
  },
  {
    what: 'the last opening is gone',
    sql: ['DELETE FROM opening WHERE seq = (SELECT max(seq) FROM opening)'],
    verify: /^entry \d+: opening: The opening is missing/mu,
    ...same(/Entry \d+: The opening is missing\. Restore/u),
  },
  {
    what: 'an opening was changed',
    sql: ["UPDATE opening SET disclosure = replace(disclosure, 'a', 'b') WHERE seq = 9"],
    verify: /^entry 9: seal: The opening does not match the seal/mu,
    rebuild: /Entry 9: The opening does not match the seal: the payload was changed\. Restore/u,
    ready: null,
  },
  {
    what: 'an entry was changed',
    sql: ["UPDATE entry SET bytes = replace(bytes, '2026', '2025') WHERE seq = 9"],
    verify: /^entry 9: leaf: The bytes do not hash/mu,
    rebuild: /Entry 9: The bytes do not hash to the leaf: they were changed\. Restore/u,
    ready: null,
  },
  {
    what: 'an entry in the middle is gone',
    sql: ['DELETE FROM entry WHERE seq = 7', 'DELETE FROM opening WHERE seq = 7'],
    verify: /^entry 8: gap: Entry 7 is missing/mu,
    ...same(/Entry 7 is missing\. Restore/u),
  },
  {
    what: 'the first entry is gone',
    sql: ['DELETE FROM entry WHERE seq = 0', 'DELETE FROM opening WHERE seq = 0'],
    verify: /^entry 1: gap: Entry 0 is missing/mu,
    ...same(/Entry 0 is missing\. Restore/u),
  },
  {
    what: 'the last entries are gone, with their openings',
    sql: ['DELETE FROM entry WHERE seq >= 10', 'DELETE FROM opening WHERE seq >= 10'],
    verify: /^ledger: loss: The log ends with entry 9, but the file speaks of entry \d+/mu,
    ...same(/The log ends with entry 9, but .* not there\. Restore .*--accept-loss/u),
  },
  {
    what: 'the last entries are gone, and the place of the projections with them',
    sql: [
      'DELETE FROM entry WHERE seq >= 10',
      'DELETE FROM opening WHERE seq >= 10',
      'UPDATE projection SET seq = 9',
    ],
    verify: /^ledger: loss: The log ends with entry 9/mu,
    ...same(/The log ends with entry 9/u),
  },
  {
    what: 'every entry is gone',
    sql: ['DELETE FROM entry', 'DELETE FROM opening'],
    verify: /^ledger: loss: The log is empty, but/mu,
    ...same(/The log is empty, but/u),
  },
  {
    what: 'the log is no table any more',
    sql: ['DROP TABLE entry'],
    verify: /^ledger: schema: The table entry is missing/mu,
    ...same(/The table entry of the log is missing\. Restore/u),
  },
  {
    what: 'what is derived was changed',
    sql: ['UPDATE resolution SET outcome = \'"yes"\''],
    verify: /^ledger: projection: The table resolution is not what the log says/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'something derived is no table any more',
    sql: ['DROP TABLE search'],
    verify: /^ledger: schema: The table search is missing/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'the place of the projections is gone',
    sql: ['DELETE FROM projection'],
    verify: /^ledger: projection: The table projection/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'the search index finds something else',
    sql: ["UPDATE search_content SET c3 = 'something else'"],
    verify: /^ledger: file: SQLite finds the file damaged: malformed inverted index/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'a kept summary was changed',
    sql: ["UPDATE analyst_summary SET summary = json_set(summary, '$.claims.came_true', 7)"],
    verify: /^ledger: summary: The kept summary of konstantin-kalachev on \/analysts/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'a kept summary holds for too long',
    sql: ["UPDATE analyst_summary SET valid_until = '2099-01-01T00:00:00.000Z'"],
    verify: /^ledger: summary: /mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'a kept summary is of a later entry',
    sql: ['UPDATE analyst_summary SET seq = seq + 9'],
    verify: /^ledger: summary: /mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'the kept answers of an analyst were changed',
    sql: ["UPDATE analyst_summary SET answers = json_set(answers, '$[0].outcome', 9)"],
    verify: /^ledger: summary: /mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'a pair is kept that the forecasts do not give',
    sql: [
      `UPDATE pair_summary SET summary = json_set(summary, '$.pairs[0]',
        json_object('a', 'konstantin-kalachev', 'b', 'somebody'))`,
    ],
    verify: /^ledger: pairs: The kept pairs of analysts/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'the kept pairs are of a later entry',
    sql: ['UPDATE pair_summary SET seq = seq + 9'],
    verify: /^ledger: pairs: The kept pairs of analysts/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'the text of a source was changed',
    sql: ["UPDATE source_text SET text = replace(text, 'no war', 'a war')"],
    verify: /^ledger: source_text: The text of .* does not hash to what the log says/mu,
    rebuild: null,
    ready: null,
    stays: true,
  },
  {
    what: 'a text is kept that the log does not know',
    sql: ["INSERT INTO source_text (source, text) VALUES ('elsewhere', 'x')"],
    verify: /^ledger: source_text: A text is kept for elsewhere/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'an index is missing',
    sql: ['DROP INDEX capture_unfinished'],
    verify: /^ledger: schema: The index capture_unfinished of capture is missing/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'an index is another one',
    sql: ['DROP INDEX capture_unfinished', 'CREATE INDEX capture_unfinished ON capture (title)'],
    verify: /^ledger: schema: The index capture_unfinished of capture is not as Reckoning makes it/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'a trigger is missing',
    sql: ['DROP TRIGGER entry_stays'],
    verify: /^ledger: schema: The trigger entry_stays of entry is missing/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'a trigger is there that nobody knows',
    sql: ['CREATE TRIGGER later AFTER INSERT ON secret BEGIN DELETE FROM idempotency; END'],
    verify: /^ledger: schema: Reckoning did not make the trigger later of secret/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'a column was added',
    sql: ['ALTER TABLE capture ADD COLUMN extra TEXT'],
    verify: /^ledger: schema: The table capture is not as Reckoning makes it/mu,
    rebuild: null,
    ready: null,
    stays: true,
  },
  {
    what: 'a token was made without an entry',
    sql: [
      "INSERT INTO secret (id, kind, member, sha256) SELECT 'forged', 'token', id, 'x' FROM member WHERE role = 'admin'",
    ],
    verify: /^ledger: secret: The token or session forged is not one that the log allows/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'a passkey was added without an entry',
    sql: [
      "INSERT INTO sign_in_key (id, member, known_by) SELECT 'forged', id, 'passkey x' FROM member WHERE role = 'admin'",
    ],
    verify: /^ledger: secret: The way to sign in forged is not one that the log allows/mu,
    rebuild: null,
    ready: null,
  },
  {
    what: 'an idempotency key answers with the entry of another',
    sql: ["UPDATE idempotency SET member = 'somebody'"],
    verify: /^ledger: idempotency: The idempotency key "k"/mu,
    rebuild: null,
    ready: null,
  },
]

describe('each damage has a sentence that says what is wrong and which way is open:', () => {
  it('none for a whole ledger', async () => {
    const { run, ready } = await damaged()
    expect(await run('verify')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Verified: 17 entries\./u),
    })
    expect(await ready()).toMatchObject({ status: 200, damage: null })
  })

  it.each(damages)('$what', async ({ sql, verify, rebuild, ready, stays }) => {
    const ledger = await damaged(...sql)
    const verified = await ledger.run('verify')
    expect(verified).toMatchObject({ code: 1, stdout: expect.stringMatching(verify), stderr: '' })
    expect(verified.stdout).toContain(rebuild === null && stays !== true ? 'reckon rebuild' : RESTORE)

    const served = await ledger.ready()
    if (ready === null) expect(served).toMatchObject({ status: 200, page: 200, damage: null })
    else
      expect(served).toMatchObject({
        status: 503,
        page: 503,
        code: 'damaged',
        detail: expect.stringMatching(ready),
        damage: served.detail,
      })

    const before = readFileSync(ledger.path)
    const rebuilt = await ledger.run('rebuild')
    if (rebuild === null) {
      expect(rebuilt).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Rebuilt from 17 entries/u) })
      expect(await ledger.run('verify')).toMatchObject({ code: stays === true ? 1 : 0 })
      return
    }
    expect(rebuilt).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(rebuild) })
    expect(rebuilt.stderr).not.toContain('    at ')
    expect(readFileSync(ledger.path).equals(before), 'a refused rebuild touches nothing').toBe(true)
  })
})

it('the end of the log is given up knowingly, as an entry that says what was lost and why', async () => {
  const { run, ready } = await damaged(
    'DELETE FROM entry WHERE seq >= 10',
    'DELETE FROM opening WHERE seq >= 12',
  )
  expect(await run('rebuild', '--accept-loss', 'The disk failed.')).toEqual({
    code: 0,
    stdout: 'Entries 10 to 16 were given up; entry 10 says so and why.\nRebuilt from 11 entries.\n',
    stderr: '',
  })
  expect(await run('verify')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(
      'Note: Entry 10 gives up the entries 10 to 16 of before: "The disk failed."',
    ),
  })
  expect(await ready()).toMatchObject({ status: 200, damage: null })
  expect(await run('rebuild', '--accept-loss', 'Again.')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('no loss to accept'),
  })
})
