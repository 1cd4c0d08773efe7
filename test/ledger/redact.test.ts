import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { describe, expect, it, test } from 'vitest'
import { RedactionRequest } from '../../src/core/redaction.ts'
import { publishReply } from '../../src/ledger/forecast/publish-reply.ts'
import { integrate } from '../../src/ledger/log/integrate.ts'
import { redact, wouldRedact } from '../../src/ledger/redaction/redact.ts'
import { canonicalJson } from '../../src/log/canonical-json.ts'
import { openCheckpoint } from '../../src/log/checkpoint.ts'
import { leafHash, seal } from '../../src/log/entry.ts'
import { openReceipt } from '../../src/log/receipt.ts'
import { extendsTree, hashLeaf } from '../../src/log/tree.ts'
import { backUp } from '../../src/node/runtime.ts'
import { readCorrections } from '../../src/store/documents/corrections.ts'
import { readStored } from '../../src/store/events.ts'
import { findSourceText } from '../../src/store/lookups.ts'
import { rebuild } from '../../src/store/migrate.ts'
import { keepPrivately } from '../../src/store/newsroom.ts'
import { listAnalysts } from '../../src/store/nouns.ts'
import { readConsistency, readEntryReceipt } from '../../src/store/proofs.ts'
import { ask } from '../../src/store/query.ts'
import { pageOfRedactions } from '../../src/store/redactions.ts'
import { latestCheckpoint } from '../../src/store/tree.ts'
import { inFiles, inLedger } from '../support/bytes.ts'
import { verified } from '../support/check-ledger.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { aKey, signedBy } from '../support/log.ts'
import { AFTERWARDS, aQuestion, confirm, log, propose, refusal, theLog } from '../support/steps.ts'

const QUOTE = 'the quixotic baroness will never again leave Zanzibar'
const WORDS = ['quixotic', 'baroness', 'Zanzibar']
const TEXT = `He said it twice. I tell you: ${QUOTE}. Then he went home.`
const because = 'The person concerned asked for it.'
const asked = (request: Record<string, unknown>) =>
  RedactionRequest.parse({ because, class: 'update', ...request })
const take = (held: TestLedger, request: Record<string, unknown>) =>
  redact(held.ledger, held.unit, asked(request))

const said = (held: TestLedger, changes: Record<string, unknown> = {}) =>
  log(held, {
    quote: { exact: QUOTE, prefix: 'He said it twice. I tell you: ', suffix: '. Then he went home.' },
    source: {
      title: 'An interview',
      type: 'interview',
      url: 'https://example.com/interview',
      published: '2026-11-01',
      text: TEXT,
    },
    ...changes,
  })

/** Does what an owner of the file can do: drops every trigger, and the rest. */
async function tamper(
  held: TestLedger,
  ...statements: { sql: string; args?: Record<string, string | number> }[]
) {
  const client = createClient({ url: held.url })
  const triggers = await client.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
  await client.batch(
    [...triggers.rows.map(({ name }) => `DROP TRIGGER ${name}`), ...(statements as [])],
    'write',
  )
  client.close()
}
const findings = async (held: TestLedger) =>
  (await verified(held.ledger.db)).findings.map(({ seq, code }) => `${seq ?? '-'} ${code}`)

test('one request is one correction, on the desk as after a rebuild, and the words are not in it', async () => {
  const held = await testLedger()
  const forecast = await said(held)
  const listed = () => readCorrections(held.ledger.db, {}, { limit: 50 })
  await take(held, { words: [QUOTE], class: 'correction' })
  const first = await listed()
  held.at('2026-11-23T12:00:00Z')
  await take(held, { kind: 'statement', id: forecast.id, because: 'Another asked too.' })
  const both = await listed()
  expect(first.corrections.items.map(({ type, class: of, because }) => [type, of, because])).toEqual([
    ['redacted', 'correction', because],
  ])
  expect(both.corrections.items.map(({ type, class: of, because }) => [type, of, because])).toEqual([
    ['redacted', 'update', 'Another asked too.'],
    ['redacted', 'correction', because],
  ])
  expect(both.figures.by_class).toMatchObject({ correction: 1, update: 1, none: 0 })
  for (const word of WORDS) expect(JSON.stringify(both)).not.toContain(word)
  await rebuild(held.ledger.db, { afresh: true })
  expect(await listed()).toEqual(both)
  expect((await verified(held.ledger.db)).findings).toEqual([])
})

describe('words are taken out', () => {
  it('of a statement: they are nowhere in the files and in no later backup, and the ledger verifies', async () => {
    const held = await testLedger()
    const forecast = await said(held)
    expect(inFiles(held.path, WORDS)).not.toEqual([])
    const { scrubbed, plan } = await take(held, { kind: 'statement', id: forecast.id })
    expect([scrubbed, plan.texts.map(({ source }) => source)]).toEqual(['clean', ['2026-11-an-interview']])
    const backup = join(held.path, '..', 'backup.db')
    await backUp(`file:${held.path}`, backup)
    expect([inFiles(held.path, WORDS), inFiles(backup, WORDS)]).toEqual([[], []])
    expect(await verified(held.ledger.db)).toMatchObject({ redactions: 2, findings: [] })
    await rebuild(held.ledger.db, { afresh: true })
    expect(await verified(held.ledger.db)).toMatchObject({ redactions: 2, findings: [] })
  })

  it('of a person: name and id go wherever they stand, and the forecasts stay theirs', async () => {
    const held = await testLedger()
    const forecast = await log(held)
    await log(held, {
      source: {
        title: 'Konstantin Kalachev on the war',
        type: 'article',
        url: 'https://example.com/konstantin-kalachev-on-the-war',
        published: '2026-11-02',
      },
      quote: 'there will be no peace',
      question: forecast.question,
    })
    const { plan } = await take(held, { kind: 'analyst', id: 'konstantin-kalachev' })
    expect([...plan.renamed.keys()]).toEqual(
      expect.arrayContaining(['konstantin-kalachev', '2026-11-konstantin-kalachev-on-the-war']),
    )
    expect(await inLedger(held, ['Kalachev', 'Konstantin'])).toEqual([])
    const { items } = await listAnalysts(held.ledger.db, {}, { limit: 5 })
    expect(items.map(({ record, forecasts }) => [record.name, forecasts])).toEqual([['[taken out]', 2]])
    expect(items[0]?.record.id).toMatch(/^taken-out-[a-z0-9]{8}$/u)
  })

  it('of one field alone, and of the other statements that quote around it', async () => {
    const held = await testLedger()
    await held.ledger.db.read({ sql: 'SELECT 1' })
    const forecast = await said(held)
    await said(held, {
      quote: { exact: 'Then he went home', prefix: 'never again leave Zanzibar. ' },
      question: aQuestion({ title: 'He goes home' }),
    })
    await take(held, { kind: 'statement', id: forecast.id, fields: ['quote'] })
    const [, other] = (await theLog(held)).filter(({ type }) => type === 'statement.recorded')
    expect(other?.payload).toMatchObject({ quote: { exact: 'Then he went home' } })
    expect(await inLedger(held, WORDS)).toEqual([])
  })

  it('of a reply, of notes and captures, and of what took something out before', async () => {
    const held = await testLedger()
    const { id } = await log(held)
    const reply = { text: 'The baroness of Zanzibar told me so.', replied_on: '2026-11-21' }
    const { event } = await publishReply(held.ledger, held.unit, id, reply)
    await held.ledger.db.write([
      keepPrivately(id, 'asked', { by: held.unit.by.member, at: '2026-11-21', text: 'Ask the baroness.' }),
    ])
    await take(held, { kind: 'entry', id: String(event.seq), because: 'It names a Quixotic person.' })
    await held.ledger.db.write([
      keepPrivately(id, 'asked', {
        by: held.unit.by.member,
        at: '2026-11-21',
        text: 'Ask the quixotic one.',
      }),
    ])
    await take(held, { words: ['quixotic'] })
    expect(await inLedger(held, ['Zanzibar', 'Quixotic'])).toEqual([])
    const { items } = await ask(held.ledger.db, pageOfRedactions({ limit: 5 }))
    expect(items.map(({ entry, because: why }) => [entry, why])).toEqual([
      [event.seq + 1, because],
      [event.seq, 'It names a [taken out] person.'],
    ])
  })

  it('while probability, outcome and the number of claims stay', async () => {
    const held = await testLedger()
    const forecast = await said(held)
    held.at(AFTERWARDS)
    await propose(held, forecast.question)
    await confirm(held, forecast.question, 'r1')
    const figures = async () =>
      held.ledger.db
        .read({ sql: 'SELECT lean, mid, said_to, withdrawal FROM forecast' })
        .then(async (rows) => [
          rows,
          await held.ledger.db.read({ sql: 'SELECT outcome, known_on, due_at, deadline_rev FROM question' }),
        ])
    const before = await figures()
    await take(held, { kind: 'forecast', id: forecast.id })
    await take(held, {
      kind: 'question',
      id:
        (await theLog(held)).find(({ type }) => type === 'question.recorded')?.payload === undefined
          ? ''
          : forecast.question,
    })
    expect(await figures()).toEqual(before)
  })
})

test('the kept text of a source goes alone, and its hash stays', async () => {
  const held = await testLedger()
  await said(held)
  const { plan } = await take(held, { text: '2026-11-an-interview' })
  expect([plan.changes.length, await findSourceText(held.ledger.db, '2026-11-an-interview')]).toEqual([
    0,
    null,
  ])
  const [source] = (await theLog(held)).filter(({ type }) => type === 'source.recorded')
  expect(source?.payload).toMatchObject({ record: { text_sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) } })
  expect(await refusal(() => take(held, { text: '2026-11-an-interview' }))).toMatchObject({
    code: 'conflict',
    pointers: ['/text'],
  })
})

test('what would go is told before, and nothing is written by that', async () => {
  const held = await testLedger()
  const forecast = await said(held)
  const before = await theLog(held)
  const plan = await wouldRedact(held.ledger, held.unit, asked({ kind: 'statement', id: forecast.id }))
  expect(plan.changes.map(({ event }) => event.type)).toEqual(['statement.recorded'])
  expect(await theLog(held)).toEqual(before)
})

test('it is refused to others than administrators, and where it would say nothing or take away more than words', async () => {
  const held = await testLedger()
  await log(held, {
    question: aQuestion({
      title: 'Who wins',
      type: 'multiple_choice',
      options: ['Ada Overton', 'Ben Calder'],
    }),
    probability: { 'Ada Overton': 0.7, 'Ben Calder': 0.3 },
  })
  const resolver = held.as(await held.join('Rita', 'resolver'))
  const request = asked({ kind: 'analyst', id: 'konstantin-kalachev' })
  expect(await refusal(() => redact(held.ledger, resolver, request))).toMatchObject({ code: 'forbidden' })
  const refused = async (of: Record<string, unknown>) => {
    const { code, pointers } = (await refusal(() => take(held, of))) ?? { code: null, pointers: [] }
    return [code, ...pointers]
  }
  expect(await refused({ kind: 'analyst', id: 'nobody' })).toEqual(['not_found'])
  expect(await refused({ words: ['xylophone'] })).toEqual(['not_found'])
  expect(await refused({ words: ['Ada Overton'] })).toEqual(['conflict'])
  expect(await refused({ words: ['—'] })).toEqual(['invalid', '/words/0'])
  expect(await refused({ words: ['taken out'] })).toEqual(['invalid', '/words/0'])
  expect(await refused({ kind: 'entry', id: '0' })).toEqual(['invalid', '/id'])
  expect(await refused({ kind: 'analyst', id: 'konstantin-kalachev', fields: ['note'] })).toEqual([
    'invalid',
    '/fields/0',
  ])
  expect(await refused({ words: ['Kalachev'], because: 'Mr Kalachev asked.' })).toEqual([
    'invalid',
    '/because',
  ])
})

test('every proof stays valid: receipts of before and after, and the tree only grows', async () => {
  const held = await testLedger()
  const forecast = await said(held)
  const ledger = await signedBy(held.ledger)
  const { db } = ledger
  const keys = [(await aKey()).key]
  await integrate(ledger)
  const before = await ask(db, latestCheckpoint)
  const receipt = (await readEntryReceipt(db, 7)) ?? ''
  await take(held, { kind: 'forecast', id: forecast.id })
  await integrate(ledger)
  const after = await ask(db, latestCheckpoint)
  const [stored] = await readStored(db, 7, 1)
  const leaf = hashLeaf(new TextEncoder().encode(stored?.bytes))
  for (const one of [receipt, (await readEntryReceipt(db, 7)) ?? ''])
    expect(await openReceipt(one, leaf, keys)).toMatchObject({ problem: null, index: 7 })
  const [older, newer] = await Promise.all(
    [before, after].map((note) => openCheckpoint(note?.note ?? '', keys)),
  )
  if (older?.problem !== null || newer?.problem !== null) throw new Error('a checkpoint does not open')
  const { size } = older.checkpoint
  const proof = await readConsistency(db, Number(size), Number(newer.checkpoint.size))
  expect(extendsTree(older.checkpoint, newer.checkpoint, proof)).toBe(true)
  expect(Number(newer.checkpoint.size)).toBeGreaterThan(Number(size))
})

describe('verify', () => {
  it('finds an opening that went without a word, and the file lets none go', async () => {
    const held = await testLedger()
    await said(held)
    held.spoil()
    const gone = { sql: 'DELETE FROM opening WHERE seq = 7' }
    await expect(held.ledger.db.write([gone])).rejects.toThrow(/append-only/u)
    await tamper(held, gone)
    expect(await findings(held)).toContain('7 opening')
  })

  it('finds words that are still there, and another replacement than the log says, which a rebuild mends', async () => {
    const held = await testLedger()
    const forecast = await said(held)
    const before = await readStored(held.ledger.db, 7, 1)
    await take(held, { kind: 'statement', id: forecast.id })
    held.spoil()
    await tamper(held, {
      sql: `UPDATE redaction SET replaced_by = replace(replaced_by, 'taken out', 'changed') WHERE entry = 7`,
    })
    expect(await findings(held)).toEqual(['7 redaction'])
    await rebuild(held.ledger.db, { afresh: true })
    expect((await findings(held)).filter((one) => /redaction/u.test(one))).toEqual([])
    await tamper(held, {
      sql: 'INSERT INTO opening (seq, disclosure) VALUES (7, :disclosure)',
      args: { disclosure: before[0]?.disclosure ?? '' },
    })
    expect(await findings(held)).toContain('7 redaction')
  })

  it('finds a later redaction by which more than words would change', async () => {
    const held = await testLedger()
    const forecast = await said(held)
    await take(held, { kind: 'forecast', id: forecast.id })
    held.spoil()
    const all = await theLog(held, 0)
    const last = all.filter(({ type }) => type === 'redacted').at(-1)
    const of = all.find(
      ({ type, payload }) =>
        type === 'redacted' && 'replaced_by' in payload && 'probability' in (payload.replaced_by ?? {}),
    )
    const payload = of?.payload as { entry: number; replaced_by: Record<string, unknown> }
    const forged = seal(
      {
        type: 'redacted',
        stream: of?.stream ?? '',
        rev: Math.max(...all.filter(({ stream }) => stream === of?.stream).map(({ rev }) => rev)) + 1,
        by: held.unit.by.member,
        refs: [],
        payload: {
          entry: payload.entry,
          because: 'A correction.',
          replaced_by: {
            ...payload.replaced_by,
            probability: { words: '[taken out]', categorical: 'yes' },
          },
        },
      },
      last?.at ?? '',
      new Uint8Array(16),
    )
    await tamper(
      held,
      {
        sql: 'INSERT INTO entry (seq, leaf, bytes) SELECT max(seq) + 1, unhex(:leaf), :bytes FROM entry',
        args: { leaf: leafHash(forged.bytes), bytes: forged.bytes },
      },
      {
        sql: 'INSERT INTO opening (seq, disclosure) SELECT max(seq), :disclosure FROM entry',
        args: { disclosure: forged.disclosure },
      },
    )
    await rebuild(held.ledger.db, { afresh: true })
    expect((await findings(held)).filter((one) => /redaction/u.test(one))).toEqual([
      `${all.length} redaction`,
    ])
    expect(canonicalJson(payload.replaced_by)).toContain('[taken out]')
  })
})
