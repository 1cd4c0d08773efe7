import { createClient } from '@libsql/client'
import { describe, expect, it } from 'vitest'
import type { Draft } from '../../src/core/entry.ts'
import { newId } from '../../src/ledger/ledger.ts'
import { machineMember } from '../../src/ledger/members/membership.ts'
import { amendQuestion } from '../../src/ledger/question/amend-question.ts'
import { canonicalJson } from '../../src/log/canonical-json.ts'
import { leafHash } from '../../src/log/entry.ts'
import { pause, random } from '../../src/node/runtime.ts'
import { append } from '../../src/store/append.ts'
import type { Database } from '../../src/store/database.ts'
import { readEvent, readStored } from '../../src/store/events.ts'
import { assertCurrent, currentHead } from '../../src/store/migrate.ts'
import { projectionTables } from '../../src/store/projection-tables.ts'
import { keepingStanding } from '../../src/store/standing.ts'
import { verified } from '../support/check-ledger.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { AFTERWARDS, aResolution, confirm, log, propose, questionOf, refusal } from '../support/steps.ts'

/** A ledger with a decided question: entries 5 to 9 are the forecast, 10 and 11 the resolution. */
async function decided(): Promise<TestLedger & { question: string }> {
  const test = await testLedger()
  const { question } = await log(test)
  test.at(AFTERWARDS)
  await propose(test, question)
  await confirm(test, question, 'r1')
  test.spoil()
  return Object.assign(test, { question })
}

/** Does what an owner of the file can do: drops every trigger, and the rest. */
async function tamper(
  test: TestLedger,
  ...statements: (string | { sql: string; args: Record<string, string | number> })[]
): Promise<void> {
  const client = createClient({ url: test.url })
  const triggers = await client.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
  await client.batch([...triggers.rows.map(({ name }) => `DROP TRIGGER ${name}`), ...statements], 'write')
  client.close()
}
const rewrite = (seq: number, bytes: string) => ({
  sql: 'UPDATE entry SET bytes = :bytes, leaf = unhex(:leaf) WHERE seq = :seq',
  args: { seq, bytes, leaf: leafHash(bytes) },
})
const bytesOf = async (test: TestLedger, seq: number) =>
  (await readStored(test.ledger.db, seq, 1))[0]?.bytes ?? ''

async function findings(test: TestLedger): Promise<string[]> {
  return (await verified(test.ledger.db)).findings.map(({ seq, code }) => `${seq ?? '-'} ${code}`)
}

describe('verify', () => {
  it('passes a whole ledger, counts its entries, and what one person decided alone', async () => {
    const test = await decided()
    expect(await verified(test.ledger.db)).toEqual({
      entries: 12,
      same_person: 1,
      redactions: 0,
      findings: [],
      more: 0,
      notes: [],
    })
  })

  it('passes an untouched copy without triggers', async () => {
    const test = await decided()
    await tamper(test)
    expect(await findings(test)).toEqual([])
  })

  it('finds a changed byte, wherever it is, at its entry', async () => {
    for (const [from, to] of [
      ['"rev":0', '"rev":9'],
      ['2026-11-22T10:00:00.000Z', '2026-11-22T09:00:00.000Z'],
      ['question.recorded', 'question.amended'],
      ['"v":1', '"v":2'],
    ] as const) {
      const test = await decided()
      await tamper(test, {
        sql: 'UPDATE entry SET bytes = replace(bytes, :from, :to) WHERE seq = 8',
        args: { from, to },
      })
      expect((await findings(test))[0], from).toBe('8 leaf')
    }
  })

  it('finds a byte of a leaf that was changed', async () => {
    const test = await decided()
    await tamper(test, 'UPDATE entry SET leaf = zeroblob(32) WHERE seq = 7')
    expect(await findings(test)).toEqual(['7 leaf'])
  })

  it('finds an opening that was changed, also under the same salt', async () => {
    const test = await decided()
    const [stored] = await readStored(test.ledger.db, 9, 1)
    const [salt, name, payload] = JSON.parse(Buffer.from(stored?.disclosure ?? '', 'base64url').toString())
    const forged = Buffer.from(canonicalJson([salt, name, { ...payload, probability: 0.5 }])).toString(
      'base64url',
    )
    await tamper(test, { sql: 'UPDATE opening SET disclosure = :forged WHERE seq = 9', args: { forged } })
    expect(await findings(test)).toEqual(['9 seal'])
  })

  it('finds an opening that is gone, and one that belongs to nothing', async () => {
    const test = await decided()
    await tamper(
      test,
      'DELETE FROM opening WHERE seq = 6',
      "INSERT INTO opening (seq, disclosure) VALUES (99, 'x')",
    )
    expect(await findings(test)).toEqual(['- loss', '6 opening', '99 opening'])
  })

  it('finds an entry that was removed in the middle, at the one after it', async () => {
    const test = await decided()
    await tamper(test, 'DELETE FROM entry WHERE seq = 7', 'DELETE FROM opening WHERE seq = 7')
    expect(await findings(test)).toContain('8 gap')
  })

  it('finds that the first entry is gone, and that the last ones are', async () => {
    const first = await decided()
    await tamper(first, 'DELETE FROM entry WHERE seq = 0', 'DELETE FROM opening WHERE seq = 0')
    expect((await findings(first))[0]).toBe('1 gap')
    const last = await decided()
    await tamper(last, 'DELETE FROM entry WHERE seq >= 10', 'DELETE FROM opening WHERE seq >= 10')
    expect(await findings(last)).toContain('- projection')
  })

  it('finds two entries that changed places, with and without their openings', async () => {
    const swap = (table: string) =>
      [5, 6]
        .map((seq) => `UPDATE ${table} SET seq = ${seq === 5 ? -5 : 5} WHERE seq = ${seq}`)
        .concat(`UPDATE ${table} SET seq = 6 WHERE seq = -5`)
    const entries = await decided()
    await tamper(entries, ...swap('entry'))
    expect(await findings(entries)).toEqual(['5 seal', '5 payload', '6 seal', '6 payload'])
    const both = await decided()
    await tamper(both, ...swap('entry'), ...swap('opening'))
    expect(new Set(await findings(both))).toEqual(new Set(['- projection']))
  })

  it.each([
    ['spaces were added', (bytes: string) => bytes.replaceAll(',', ', '), 'envelope'],
    [
      'the order of members was changed',
      (bytes: string) => `{"v":1,${bytes.slice(1).replace(',"v":1', '')}`,
      'envelope',
    ],
    ['a member was added', (bytes: string) => bytes.replace('"v":1', '"v":1,"w":1'), 'envelope'],
    ['the time runs backwards', (bytes: string) => bytes.replace('"at":"2027', '"at":"2020'), 'time'],
    ['the rev was changed', (bytes: string) => bytes.replace('"rev":1', '"rev":3'), 'rev'],
    [
      'the type was changed',
      (bytes: string) => bytes.replace('resolution.proposed', 'resolution.disputed'),
      'payload',
    ],
    [
      'the seal was changed',
      (bytes: string) =>
        bytes.replace(/"sealed":"(.)/u, (_, first) => `"sealed":"${first === '-' ? '_' : '-'}`),
      'seal',
    ],
  ])('finds that %s although the leaf was made anew', async (_, change, code) => {
    const test = await decided()
    await tamper(test, rewrite(10, change(await bytesOf(test, 10))))
    expect(await findings(test)).toContain(`10 ${code}`)
  })

  it('finds bytes that are no JSON at all', async () => {
    const test = await decided()
    // The columns of the log are read from its bytes, so this needs a table without them.
    const plain = [
      'CREATE TABLE plain AS SELECT seq, leaf, bytes FROM entry',
      'DROP TABLE entry',
      'ALTER TABLE plain RENAME TO entry',
    ]
    await tamper(test, ...plain, rewrite(10, '{"v":1'))
    expect((await findings(test))[0]).toBe('10 envelope')
  })

  it.each([
    ["UPDATE question SET due_at = '2030-01-01T00:00:00.000Z'", 'question'],
    ['UPDATE question SET outcome = \'"yes"\'', 'question'],
    ['UPDATE forecast SET record = replace(record, \'"no"\', \'"yes"\')', 'forecast'],
    ['DELETE FROM resolution', 'resolution'],
    [
      "INSERT INTO analyst_name (name_key, analyst) VALUES ('somebody', 'konstantin-kalachev')",
      'analyst_name',
    ],
    ["UPDATE analyst SET sort_key = 'aaa'", 'analyst'],
    ["UPDATE member SET role = 'admin'", 'member'],
    ['UPDATE policy SET four_eyes_in_force = 1', 'policy'],
    ["UPDATE search SET title = 'something else' WHERE kind = 'analyst'", 'search'],
    ['UPDATE projection SET seq = seq - 1', 'projection'],
  ])('finds a projection that is not what the log says: %s', async (sql, table) => {
    const test = await decided()
    await test.ledger.db.write([{ sql }])
    const result = await verified(test.ledger.db)
    expect(result.findings.map(({ seq, code }) => [seq, code])).toEqual([[null, 'projection']])
    expect(result.findings[0]?.message).toContain(`The table ${table} `)
  })
})

const ADA = { id: 'ada', name: 'Ada' }

describe('verify knows the rules, when somebody writes past the verbs:', () => {
  /** As a database is that does not ask who writes. */
  const unguarded = (db: Database): Database => ({
    ...db,
    write: (statements) => db.write(statements.filter(({ sql }) => sql !== keepingStanding([]).sql)),
  })
  /** Appends a well-made entry that no verb would have made. */
  const insert = async (test: TestLedger, entry: Partial<Draft>, instant?: string) => {
    const full = { by: test.unit.by.member, refs: [], stream: newId(test.ledger), rev: 0, ...entry } as Draft
    const now = instant === undefined ? test.unit.now : new Date(instant)
    await append(unguarded(test.ledger.db), [{ entries: [full] }], now, random, pause)
    test.spoil()
  }

  it('an outcome confirmed by its proposer while four eyes were in force', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    await test.join('Ruth', 'resolver')
    test.at(AFTERWARDS)
    await propose(test, question)
    const { stream } = await questionOf(test, question)
    await tamper(test)
    const payload = { question, id: 'r1', objection_hours: 48 }
    await insert(test, { type: 'resolution.confirmed', stream, rev: 2, payload })
    expect(await findings(test)).toEqual(['14 four_eyes'])
  })

  it('an outcome confirmed that nobody proposed', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    const { stream } = await questionOf(test, question)
    const payload = { question, id: 'r1', objection_hours: 48 }
    await insert(test, { type: 'resolution.confirmed', stream, rev: 1, payload })
    expect(await findings(test)).toEqual(['10 proposal'])
  })

  it.each([undefined, 0, 1])(
    'an outcome confirmed with another time for objections than the policy (%s)',
    async (hours) => {
      const test = await testLedger()
      const { question } = await log(test)
      test.at(AFTERWARDS)
      await propose(test, question)
      const { stream } = await questionOf(test, question)
      const payload = { question, id: 'r1', ...(hours === undefined ? {} : { objection_hours: hours }) }
      await insert(test, { type: 'resolution.confirmed', stream, rev: 2, payload })
      expect(await findings(test)).toEqual(['11 objection'])
    },
  )

  it('a criterion that moved after its deadline', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    const { stream, record } = await questionOf(test, question)
    const payload = { record: { ...record, criteria: 'Anything.' }, because: 'x' }
    await insert(test, { type: 'question.amended', stream, rev: 1, payload }, '2026-12-31T20:00:00.000Z')
    expect(await findings(test)).toEqual(['10 criteria'])
  })

  it('a criterion that moved after an outcome was proposed', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    await propose(test, question, { outcome: 'yes', known_on: '2026-11-20' })
    const { stream, record } = await questionOf(test, question)
    await insert(test, {
      type: 'question.amended',
      stream,
      rev: 2,
      payload: { record: { ...record, criteria: 'Anything.' }, because: 'x' },
    })
    expect(await findings(test)).toEqual(['11 criteria'])
  })

  it('but a criterion that moved before its deadline, to a later one, and again before that', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    const deadline = { date: '2027-06-30', time_zone: 'UTC' }
    await amendQuestion(test.ledger, test.unit, question, { deadline, because: 'x' })
    test.at('2027-06-30T23:59:59.999Z')
    await amendQuestion(test.ledger, test.unit, question, { criteria: 'Clearer.', because: 'x' })
    expect(await findings(test)).toEqual([])
  })

  it('a payload that its type does not allow', async () => {
    const test = await testLedger()
    await insert(test, { type: 'token.revoked', payload: { id: 'a\u0000b' } })
    expect(await findings(test)).toEqual(['5 payload'])
  })

  describe('who may have written it:', () => {
    const entry = (type: Draft['type'], payload: unknown, by?: string) =>
      ({ type, payload, ...(by === undefined ? {} : { by }) }) as Partial<Draft>
    const STRANGER = 'AAAAAAAAAAAAAAAAAAAAAA'
    const policy = { four_eyes: 'off', four_eyes_in_force: false }
    const token = { id: 'x', name: 'x', role: 'reader' }

    it.each<[string, (test: TestLedger) => Promise<Partial<Draft>>]>([
      ['somebody who is no member', async () => entry('analyst.recorded', { record: ADA }, STRANGER)],
      [
        'a reader who records',
        async (test) =>
          entry('analyst.recorded', { record: ADA }, (await test.join('Ruth', 'reader')).member),
      ],
      [
        'a recorder who changes the policy',
        async (test) => entry('policy.changed', policy, (await test.join('Ruth', 'recorder')).member),
      ],
      [
        'a resolver who adds a member',
        async (test) =>
          entry(
            'member.added',
            { id: STRANGER, name: 'Eve', role: 'admin' },
            (await test.join('Ruth', 'resolver')).member,
          ),
      ],
      [
        'the import, which publishes no reply',
        async (test) =>
          entry(
            'reply.published',
            { forecast: 'a_b', text: 'x', replied_on: '2026-11-22' },
            (await machineMember(test.ledger, 'import')).member,
          ),
      ],
      [
        'the scheduler, which records nothing',
        async (test) =>
          entry('analyst.recorded', { record: ADA }, (await machineMember(test.ledger, 'scheduler')).member),
      ],
      [
        'a person who flags',
        async () =>
          entry('questions.flagged', { questions: [{ id: 'a', deadline_rev: 0, what: 'deadline' }] }),
      ],
      [
        'a reader who issues a token for an administrator',
        async (test) =>
          entry(
            'token.issued',
            { ...token, member: test.unit.by.member },
            (await test.join('Ruth', 'reader')).member,
          ),
      ],
      [
        'a token that is more than its member',
        async (test) =>
          entry('token.issued', {
            ...token,
            role: 'admin',
            member: (await test.join('Ruth', 'reader')).member,
          }),
      ],
      [
        'a token for a machine',
        async (test) =>
          entry('token.issued', { ...token, member: (await machineMember(test.ledger, 'import')).member }),
      ],
      [
        'a token that is held to what its role does not have',
        async (test) =>
          entry('token.issued', { ...token, member: test.unit.by.member, scopes: ['read', 'admin'] }),
      ],
      [
        'a passkey that somebody adds for another',
        async (test) =>
          entry(
            'member.sign_in_added',
            { id: test.unit.by.member, sign_in: 'abcdefghijkl', kind: 'passkey', name: 'x' },
            (await test.join('Ruth', 'resolver')).member,
          ),
      ],
      [
        'an account that somebody names for themselves',
        async (test) => {
          const { member } = await test.join('Ruth', 'resolver')
          const account = { sign_in: 'abcdefghijkl', kind: 'account', name: 'https://accounts.example' }
          return entry('member.sign_in_added', { id: member, ...account }, member)
        },
      ],
      [
        'a way to sign in taken away that nobody added',
        async (test) => entry('member.sign_in_removed', { id: test.unit.by.member, sign_in: 'abcdefghijkl' }),
      ],
      [
        'a resolver who makes a sign-in link',
        async (test) =>
          entry('member.invited', { id: test.unit.by.member }, (await test.join('Ruth', 'resolver')).member),
      ],
      [
        'a link for a machine',
        async (test) => entry('member.invited', { id: (await machineMember(test.ledger, 'import')).member }),
      ],
      ['a token revoked that nobody issued', async () => entry('token.revoked', { id: 'x' })],
      [
        'a reader who revokes the token of another',
        async (test) =>
          entry('token.revoked', { id: test.token.slice(7, 19) }, (await test.join('Ruth', 'reader')).member),
      ],
    ])('%s', async (_, made) => {
      const test = await testLedger()
      await insert(test, await made(test))
      expect((await findings(test)).map((line) => line.replace(/^\d+ /u, ''))).toEqual(['author'])
    })

    it('a first entry by which nobody founds it, once for the whole log', async () => {
      const test = await decided()
      const first = await bytesOf(test, 0)
      await tamper(test, rewrite(0, first.replace(/"by":"[^"]*"/u, `"by":"${STRANGER}"`)))
      expect((await findings(test)).filter((line) => line.endsWith('author'))).toEqual(['0 author'])
    })

    it('but nobody is accused of what they wrote where the entry that added them cannot be read', async () => {
      const test = await testLedger()
      const ruth = await test.join('Ruth', 'recorder')
      await log(test, {}, test.as(ruth))
      test.spoil()
      await tamper(test, 'DELETE FROM opening WHERE seq = 5')
      expect(await findings(test)).toEqual(['5 opening'])
    })
  })

  it('an entry that cannot be replayed', async () => {
    const test = await testLedger()
    const { member } = await machineMember(test.ledger, 'import')
    await tamper(test, "DELETE FROM member WHERE name = 'import'")
    await insert(test, {
      type: 'member.added',
      stream: newId(test.ledger),
      payload: { id: member, name: 'import', role: 'admin' },
    })
    expect((await findings(test))[0]).toMatch(/ replay$/u)
  })
})

it('verify passes what was proposed in good faith while four eyes were off', async () => {
  const test = await decided()
  await test.join('Ruth', 'resolver')
  await propose(test, test.question, { ...aResolution({ outcome: 'yes' }), supersedes: 'r1' })
  expect(await verified(test.ledger.db)).toMatchObject({ same_person: 1, findings: [] })
})

it('a log that loses its end under a running program is told as that, and not as a rebuild', async () => {
  const test = await decided()
  const guard = projectionTables.find(({ sql }) => sql.startsWith('CREATE TRIGGER projection_is_current'))
  await tamper(
    test,
    'DELETE FROM entry WHERE seq >= 10',
    'DELETE FROM opening WHERE seq >= 10',
    guard?.sql ?? '',
  )
  const refused = await refusal(() => test.join('Ruth', 'reader'))
  expect(refused).toMatchObject({
    code: 'damaged',
    message: expect.stringContaining('ends with entry 9, but'),
  })
  expect(refused).toEqual(await refusal(() => assertCurrent(test.ledger.db)))
  expect(refused).toEqual(await refusal(() => currentHead(test.ledger.db)))
})

it('an entry that cannot be opened is a damage with a sentence, wherever it is read', async () => {
  const test = await decided()
  await tamper(test, 'DELETE FROM opening WHERE seq = 7', "UPDATE opening SET disclosure = 'x' WHERE seq = 8")
  for (const seq of [7, 8])
    expect(await refusal(() => readEvent(test.ledger.db, seq))).toMatchObject({
      code: 'damaged',
      message: expect.stringContaining(`Entry ${seq}: `),
    })
})
