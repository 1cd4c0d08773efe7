import { describe, expect, it } from 'vitest'
import type { LedgerError } from '../../src/core/error.ts'
import { ReplyRequest, StatementRequest } from '../../src/core/forecast.ts'
import { SourceRequest } from '../../src/core/source.ts'
import { publishReply } from '../../src/ledger/forecast/publish-reply.ts'
import { recordStatement } from '../../src/ledger/forecast/record-statement.ts'
import { addMember } from '../../src/ledger/members/membership.ts'
import { recordQuestion } from '../../src/ledger/question/record-question.ts'
import { recordSource } from '../../src/ledger/source/record-source.ts'
import { readRecords } from '../../src/store/records.ts'
import { openAnother } from '../jobs/another.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { AFTERWARDS, aQuestion, confirm, log, propose, refusal, theLog } from '../support/steps.ts'
import { importing } from './a-folder.ts'

const refused = (work: () => Promise<unknown>): Promise<LedgerError> =>
  work().then(
    () => Promise.reject(new Error('was recorded')),
    (error: LedgerError) => error,
  )
const talk = (changes: Record<string, unknown> = {}) =>
  SourceRequest.parse({
    title: 'A talk',
    type: 'speech',
    publisher: 'Alpha News',
    published: '2026-11-10',
    ...changes,
  })
const remark = (changes: Record<string, unknown> = {}) =>
  StatementRequest.parse({
    analyst: { name: 'Konstantin Kalachev' },
    source: talk(),
    quote: 'Nobody wants to pay for peace.',
    kind: 'untestable',
    reason: 'motive',
    ...changes,
  })
const say = (test: TestLedger, changes: Record<string, unknown> = {}, ledger = test.ledger) =>
  recordStatement(ledger, test.unit, remark(changes))
/** How many of some works at once were recorded; the others were refused as recorded already. */
async function recordedOf(works: Promise<unknown>[]): Promise<number> {
  const all = await Promise.all(works.map((work) => refusal(() => work)))
  const codes = all.flatMap((one) => (one === null ? [] : [one.code]))
  expect(codes).toEqual(codes.map(() => 'duplicate'))
  return all.length - codes.length
}

describe('the same forecast sent twice', () => {
  it('is recorded once, and the refusal holds the ids of what stands', async () => {
    const test = await testLedger()
    const { id, question, analyst } = await log(test)
    const { length } = await theLog(test)
    const error = await refused(() => log(test))
    expect([error.code, error.telling.existing]).toEqual([
      'duplicate',
      { forecast: id, statement: id, question, source: '2026-11-an-interview', analyst },
    ])
    expect(error.message).toContain(id)
    expect(await theLog(test)).toHaveLength(length)
  })

  it.each([
    ['a name in capitals', { analyst: { name: 'KONSTANTIN KALACHEV' } }],
    ['the source by its id', { source: '2026-11-an-interview' }],
    ['a quote in other letters and quotation marks', { quote: '“There will\u00a0be  NO war”' }],
    ['a title and criteria in capitals', { question: aQuestion({ title: 'A NEW WAR BEGINS' }) }],
    ['another probability', { probability: 0.2 }],
    [
      'a source whose coverage is said to be unstated',
      {
        source: {
          title: 'An interview',
          type: 'interview',
          url: 'https://example.com/interview',
          published: '2026-11-01',
          coverage: 'unstated',
        },
      },
    ],
    ['a topic more', { question: aQuestion({ tags: ['war'] }) }],
    ['the question by its id', { question: '2026-11-an-interview_a-new-war-begins' }],
  ])('is the same with %s', async (_, changes) => {
    const test = await testLedger()
    await log(test, { quote: '"there will be no war"' })
    expect(await refusal(() => log(test, { quote: '"there will be no war"', ...changes }))).toMatchObject({
      code: 'duplicate',
    })
  })

  it.each([
    ['another quote', { quote: 'and no escalation' }],
    ['a later source', { source: talk() }],
    ['another analyst', { analyst: { name: 'Anna Petrosyan' } }],
    ['another deadline', { question: aQuestion({ deadline: { date: '2027-03-01', time_zone: 'UTC' } }) }],
    ['other criteria', { question: aQuestion({ criteria: 'Two armies exchange fire for a week.' }) }],
    [
      'a condition',
      {
        question: aQuestion({
          condition: { text: 'The border is closed.', deadline: { date: '2026-12-01', time_zone: 'UTC' } },
        }),
      },
    ],
    ['a place of its own in the source', { timecode: '12:30' }],
  ])('is another one with %s', async (_, changes) => {
    const test = await testLedger()
    await log(test, { timecode: '1:20' })
    expect(await refusal(() => log(test, { timecode: '1:20', ...changes }))).toBeNull()
  })

  it('at the same moment is recorded once, also by two programs', async () => {
    const test = await testLedger()
    const other = { ...test, ledger: await openAnother(test) }
    const both = [0, 1, 2, 3, 4, 5].map((n) => log(n % 2 === 0 ? test : (other as TestLedger)))
    expect(await recordedOf(both)).toBe(1)
    expect(await theLog(test)).toHaveLength(5)
  })

  it('from a source without an address names that source, and does not make it twice', async () => {
    const test = await testLedger()
    await log(test, { source: talk() })
    expect(await refusal(() => log(test, { source: talk({ title: 'A TALK' }) }))).toMatchObject({
      code: 'duplicate',
    })
    const { statement } = await log(test, { source: talk(), quote: 'and no escalation' })
    expect(statement).toMatch(/^2026-11-a-talk_/u)
    const error = await refused(() => log(test, { source: talk({ language: 'hy' }), quote: 'nor peace' }))
    expect([error.code, error.telling.existing]).toEqual(['conflict', { source: '2026-11-a-talk' }])
  })
})

describe('the same record sent twice', () => {
  it('is one source, where it has no address: by title, publisher, date and text', async () => {
    const test = await testLedger()
    const record = (changes: Record<string, unknown> = {}) =>
      recordSource(test.ledger, test.unit, talk({ text: 'Nobody pays.', ...changes }))
    expect(await recordedOf([record(), record(), record()])).toBe(1)
    for (const same of [{}, { text: undefined }, { publisher: 'ALPHA  NEWS' }, { text: ' Nobody  pays.' }])
      expect((await refused(() => record(same))).telling.existing).toEqual({ source: '2026-11-a-talk' })
    for (const other of [{ published: '2026-11-11' }, { publisher: 'Beta' }, { text: 'Somebody pays.' }])
      expect(await refusal(() => record(other))).toBeNull()
  })

  it('is one question, with its criteria and its deadline', async () => {
    const test = await testLedger()
    const ask = (changes: Record<string, unknown> = {}) =>
      recordQuestion(test.ledger, test.unit, aQuestion(changes))
    expect(await recordedOf([ask(), ask(), ask()])).toBe(1)
    expect((await refused(() => ask({ title: 'A new  war BEGINS' }))).telling.existing).toEqual({
      question: 'a-new-war-begins',
    })
    expect(await refusal(() => ask({ criteria: 'Otherwise.' }))).toBeNull()
    expect(await refusal(() => ask({ deadline: { date: '2027-03-01', time_zone: 'UTC' } }))).toBeNull()
  })

  it('is one remark: the same quote of the same analyst in the same source', async () => {
    const test = await testLedger()
    const { event } = await say(test)
    const { id } = event.payload as { id: string }
    expect((await refused(() => say(test, { reason: 'rhetorical' }))).telling.existing).toEqual({
      statement: id,
      source: '2026-11-a-talk',
      analyst: 'konstantin-kalachev',
    })
    for (const other of [{ quote: 'Nobody wants peace.' }, { analyst: { name: 'Anna Petrosyan' } }])
      expect(await refusal(() => say(test, other))).toBeNull()
    const again = { quote: 'We shall see.', source: '2026-11-a-talk' }
    const other = await openAnother(test)
    expect(await recordedOf([say(test, again), say(test, again, other), say(test, again)])).toBe(1)
  })

  it('is two remarks where the words stand in two places of the text', async () => {
    const test = await testLedger()
    const text = 'We shall see. Nobody pays. We shall see. That is all.'
    await recordSource(test.ledger, test.unit, talk({ text }))
    const at = (prefix: string) => ({ source: '2026-11-a-talk', quote: { exact: 'We shall see.', prefix } })
    await say(test, { source: '2026-11-a-talk', quote: { exact: 'We shall see.', suffix: ' Nobody' } })
    expect(await refusal(() => say(test, at('pays. ')))).toBeNull()
    expect(await refusal(() => say(test, at('Nobody pays. ')))).toMatchObject({ code: 'duplicate' })
  })

  it('is one reply to a forecast', async () => {
    const test = await testLedger()
    const { id } = await log(test)
    const reply = (changes: Record<string, unknown> = {}) =>
      publishReply(
        test.ledger,
        test.unit,
        id,
        ReplyRequest.parse({ text: 'I was right.', replied_on: '2026-11-20', ...changes }),
      )
    expect(await recordedOf([reply(), reply(), reply()])).toBe(1)
    expect((await refused(() => reply())).telling.existing).toMatchObject({ forecast: id })
    expect(await refusal(() => reply({ text: 'I was wrong.' }))).toBeNull()
  })

  it('is one outcome, and one correction of it', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    test.at(AFTERWARDS)
    const { id } = await propose(test, question)
    expect((await refused(() => propose(test, question))).telling.existing).toEqual({
      question,
      resolution: id,
    })
    await confirm(test, question, id)
    await propose(test, question, { outcome: 'yes', supersedes: id })
    const error = await refused(() => propose(test, question, { outcome: 'yes', supersedes: id }))
    expect([error.code, error.telling.existing]).toEqual(['already_decided', { question, resolution: 'r2' }])
  })

  it('is one member', async () => {
    const test = await testLedger()
    const { member } = await test.join('Ann Smith', 'recorder')
    const error = await refused(() =>
      addMember(test.ledger, test.unit, { name: 'ANN SMITH', role: 'recorder' }),
    )
    expect([error.code, error.telling.existing]).toEqual(['duplicate', { member }])
  })
})

describe('an import', () => {
  it('of what the ledger holds under other ids is refused, and names them', async () => {
    const test = await testLedger()
    await log(test, { source: talk() })
    await say(test)
    const records = await readRecords(test.ledger.db)
    expect(await importing(test, records)).toMatchObject({ entries: 0, refused: [] })
    const renamed = JSON.parse(JSON.stringify(records).replaceAll('2026-11-a-talk', 'copy'))
    const { refused } = await importing(test, renamed)
    expect(refused).toMatchObject([{ noun: 'source', code: 'duplicate' }])
    expect(refused[0]?.message).toContain('2026-11-a-talk')
  })

  it('of an export that holds a record twice is taken by a new ledger, and changes nothing again', async () => {
    const [test, fresh] = [await testLedger(), await testLedger()]
    await log(test, { source: talk() })
    const { questions, forecasts, statements, ...nouns } = await readRecords(test.ledger.db)
    const twin = <T>(records: T[]): T[] => [
      ...records,
      ...(JSON.parse(JSON.stringify(records).replaceAll('_a-new-war-begins', '_twin')) as T[]),
    ]
    const records = {
      ...nouns,
      statements: twin(statements),
      questions: twin(questions),
      forecasts: twin(forecasts),
    }
    expect(await importing(fresh, records)).toMatchObject({ refused: [], recorded: { forecast: 2 } })
    expect(await importing(fresh, records)).toMatchObject({ entries: 0, refused: [] })
    expect(await importing(test, records)).toMatchObject({ refused: [], recorded: { forecast: 1 } })
  })
})
