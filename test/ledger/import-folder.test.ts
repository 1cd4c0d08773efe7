import { describe, expect, it } from 'vitest'
import type { Payload } from '../../src/core/entry.ts'
import { type LedgerRecords, recordsOf } from '../../src/core/folder.ts'
import { AnalystsFile, QuestionsFile, SourceFile } from '../../src/core/predictions-file.ts'
import { importFolder } from '../../src/ledger/import-folder.ts'
import { machineMember } from '../../src/ledger/membership.ts'
import { readRecords } from '../../src/store/records.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { AFTERWARDS, aQuestion, aResolution, evidence, log, propose, questionOf, refusal, theLog, typesOf } from '../support/steps.ts'

type Change = { source?: object; statement?: object; question?: object; analysts?: object[]; questions?: object[]; more?: object[] }

/** A folder of one analyst and one interview with a forecast, a duplicate and a remark, with some changes. */
const folder = (change: Change = {}): LedgerRecords =>
  recordsOf({
    ...AnalystsFile.parse({ analysts: change.analysts ?? [{ id: 'jane-roe', name: 'Jane Roe', aliases: ['J. Roe'] }] }),
    ...QuestionsFile.parse({ questions: change.questions ?? [] }),
    sources: [
      SourceFile.parse({
        source: { id: 'talk', type: 'interview', title: 'A talk', url: 'https://example.com/talk', published: '2026-11-01', coverage: 'complete', ...change.source },
        analyst: 'jane-roe',
        tags: ['war'],
        statements: [
          { id: 'war', quote: 'there will be no war', question: { ...aQuestion(), ...change.question }, probability: { words: 'likely' }, ...change.statement },
          { id: 'again', quote: 'no war, I say', duplicate_of: 'war' },
          { id: 'now', quote: 'time is on their side', untestable: { reason: 'present_state' } },
          ...(change.more ?? []),
        ],
      }),
    ],
  })
const importing = async (test: TestLedger, records: LedgerRecords) =>
  importFolder(test.ledger, test.as(await machineMember(test.ledger, 'import')), records)
const resolved = { resolution: { ...aResolution(), known_on: '2027-01-01' } }
const codes = ({ refused }: { refused: { noun: string; code: string }[] }) => refused.map(({ noun, code }) => `${noun} ${code}`)

describe('an import', () => {
  it('writes what the files say in one batch, by the member import', async () => {
    const test = await testLedger()
    const result = await importing(test, folder())
    expect(result).toEqual({
      entries: 7,
      recorded: { analyst: 1, source: 1, statement: 3, question: 1, forecast: 1 },
      unchanged: 0,
      refused: [],
    })
    const events = await theLog(test)
    const { member } = await machineMember(test.ledger, 'import')
    expect(events.every(({ by }) => by === member)).toBe(true)
    const forecast = events.at(-1) as { payload: Payload<'forecast.recorded'>; refs: string[] }
    expect(forecast.payload).toMatchObject({ id: 'talk_war', probability: { words: 'likely', low: 0.6, mid: 0.75, high: 0.85 } })
    const streams = new Map(events.map(({ type, stream }) => [type, stream]))
    expect(forecast.refs).toEqual([streams.get('question.recorded'), streams.get('analyst.recorded'), events[2]?.stream])
  })

  it('again changes nothing, also from what the ledger itself would write out', async () => {
    const test = await testLedger()
    await importing(test, folder())
    const { length } = await theLog(test)
    for (const records of [folder(), await readRecords(test.ledger.db)])
      expect(await importing(test, records)).toEqual({ entries: 0, recorded: {}, unchanged: 7, refused: [] })
    expect(await theLog(test)).toHaveLength(length)
  })

  it('again changes nothing after the deadline either, although an editor’s numbers could no longer be logged', async () => {
    const test = await testLedger()
    const own = { statement: { probability: { words: 'likely', low: 0.8, mid: 0.9, high: 0.95, because: 'He was sure.' } } }
    await importing(test, folder(own))
    test.at(AFTERWARDS)
    expect(await importing(test, folder(own))).toMatchObject({ entries: 0, unchanged: 7, refused: [] })
    expect(await importing(test, await readRecords(test.ledger.db))).toMatchObject({ entries: 0, unchanged: 7, refused: [] })
    const fresh = await testLedger()
    fresh.at(AFTERWARDS)
    expect(codes(await importing(fresh, folder(own)))).toEqual(['forecast invalid'])
  })

  it('again changes nothing when everything that can happen to its records has happened', async () => {
    const test = await testLedger()
    test.at(AFTERWARDS)
    const condition = { text: 'An attack happens.', deadline: { date: '2026-12-01', time_zone: 'UTC' } }
    const full = folder({
      question: { condition },
      statement: {
        ...resolved,
        condition_met: { met_on: '2026-11-30', evidence },
        withdrawn: { withdrawn_on: '2026-12-01', because: 'x' },
        retracted: { because: 'y' },
      },
    })
    expect(await importing(test, full)).toMatchObject({ entries: 12, refused: [] })
    expect(await importing(test, full)).toMatchObject({ entries: 0, refused: [] })
    expect(await importing(test, await readRecords(test.ledger.db))).toMatchObject({ entries: 0, refused: [] })
  })

  it('of which half is wrong writes nothing, and says everything that is wrong', async () => {
    const test = await testLedger()
    const result = await importing(
      test,
      folder({
        analysts: [{ id: 'jane-roe', name: 'Jane Roe' }, { id: 'jane-roe-too', name: 'JANE ROE' }],
        statement: { probability: { words: 'que sera, sera' } },
        questions: [
          { ...aQuestion(), id: 'early', resolution: { ...aResolution(), known_on: '2026-11-20' } },
          { ...aQuestion(), id: 'unfit', resolution: { ...aResolution({ outcome: 'maybe' }) } },
          { ...aQuestion(), id: 'unmet', condition_met: { met_on: '2026-11-20', evidence } },
        ],
      }),
    )
    expect(codes(result)).toEqual([
      'analyst duplicate',
      'forecast invalid',
      'resolution not_decidable_yet',
      'resolution invalid',
      'condition conflict',
    ])
    expect(result.entries).toBe(0)
    expect(await theLog(test)).toEqual([])
  })

  it('takes no name and no address that belongs to another record of the ledger', async () => {
    const test = await testLedger()
    await log(test, { analyst: { name: 'J. Roe' }, source: { title: 'x', type: 'post', url: 'https://example.com/talk/', published: '2026-11' } })
    const result = await importing(test, folder())
    expect(result.refused).toEqual([
      { noun: 'analyst', id: 'jane-roe', code: 'duplicate', message: 'its name belongs to j-roe' },
      { noun: 'source', id: 'talk', code: 'duplicate', message: 'its address belongs to 2026-11-x' },
    ])
  })

  it('checks quotes where the text is held, and says so per statement', async () => {
    const test = await testLedger()
    await log(test, { source: { title: 'Talk', type: 'post', published: '2026-11', text: 'there will be no war' } })
    const result = await importing(test, folder({ source: { id: '2026-11-talk', url: undefined, title: 'Talk', type: 'post', published: '2026-11', coverage: undefined } }))
    expect(codes(result)).toEqual(['statement quote_not_found', 'statement quote_not_found'])
  })

  it('is allowed to those who may record', async () => {
    const test = await testLedger()
    const reader = await test.join('Rita', 'reader')
    expect(await refusal(() => importFolder(test.ledger, test.as(reader), folder()))).toMatchObject({ code: 'forbidden' })
  })
})

describe('what is in the ledger is frozen', () => {
  it.each([
    ['a source', { source: { title: 'Another title' } }, 'source frozen'],
    ['an analyst', { analysts: [{ id: 'jane-roe', name: 'Jane Roe' }] }, 'analyst frozen'],
    ['a quote', { statement: { quote: 'there will be a war' } }, 'statement frozen'],
    ['a question', { question: { criteria: 'Anything at all.' } }, 'question frozen'],
    ['a probability', { statement: { probability: { words: 'unlikely' } } }, 'forecast frozen'],
  ])('%s that differs is refused', async (_, change, expected) => {
    const test = await testLedger()
    await importing(test, folder())
    expect(codes(await importing(test, folder(change)))).toEqual([expected])
  })

  it('unless its file says why it changes, which is an entry of its own', async () => {
    const test = await testLedger()
    await importing(test, folder())
    const changed = folder({
      source: { title: 'Another title', amends: 'It was mistyped.' },
      analysts: [{ id: 'jane-roe', name: 'Jane Roe-Smith', amends: 'She married.' }],
      question: { criteria: 'Clearer.', deadline: { date: '2027-06-30', time_zone: 'UTC' }, amends: 'They were unclear.' },
    })
    expect(await importing(test, changed)).toMatchObject({ entries: 3, refused: [] })
    const amended = (await theLog(test)).slice(-3)
    expect(amended.map(({ type, rev }) => [type, rev])).toEqual([
      ['analyst.recorded', 1],
      ['source.recorded', 1],
      ['question.amended', 1],
    ])
    expect(amended.map(({ payload }) => (payload as { because: string }).because)).toEqual(['She married.', 'It was mistyped.', 'They were unclear.'])
    expect(await importing(test, changed)).toMatchObject({ entries: 0, unchanged: 7 })
    const [found] = await test.ledger.db.read({ sql: "SELECT id FROM search WHERE search MATCH 'smith' AND kind = 'analyst'" })
    expect(found?.id).toBe('jane-roe')
  })

  it.each([
    ['after its deadline', {}, AFTERWARDS],
    ['in its type', { type: 'numeric', range: { low: 0, high: 1 } }, null],
  ])('and a question is not amended %s, whatever the file says', async (_, change, instant) => {
    const test = await testLedger()
    await importing(test, folder())
    if (instant !== null) test.at(instant)
    const result = await importing(test, folder({ question: { criteria: 'Clearer.', ...change, amends: 'x' } }))
    expect(codes(result)).toContain('question frozen')
    expect(result.entries).toBe(0)
  })

  it('and a question is not amended once an outcome was proposed', async () => {
    const test = await testLedger()
    await importing(test, folder())
    await propose(test, 'talk_war', { outcome: 'yes', known_on: '2026-11-20' })
    expect(codes(await importing(test, folder({ question: { criteria: 'Clearer.', amends: 'x' } })))).toEqual(['question frozen'])
  })

  it('and a withdrawal, a retraction or a met condition is added once and never changed', async () => {
    const test = await testLedger()
    const condition = { text: 'An attack happens.', deadline: { date: '2026-12-01', time_zone: 'UTC' } }
    const acts = (day: string, because: string) =>
      folder({
        question: { condition },
        statement: { condition_met: { met_on: day, evidence }, withdrawn: { withdrawn_on: day, because }, retracted: { because } },
      })
    await importing(test, folder({ question: { condition } }))
    expect(await importing(test, acts('2026-11-20', 'a'))).toMatchObject({
      entries: 3,
      recorded: { withdrawal: 1, retraction: 1, condition: 1 },
      refused: [],
    })
    expect(codes(await importing(test, acts('2026-11-21', 'a')))).toEqual(['forecast frozen', 'condition frozen'])
    expect(codes(await importing(test, acts('2026-11-20', 'b')))).toEqual(['forecast frozen'])
  })

  it.each([
    ['before it was said', '2026-10-31', 'forecast invalid'],
    ['in the future', '2027-01-04', 'forecast invalid'],
    ['after its deadline', '2027-01-01', 'forecast frozen'],
  ])('and no forecast is withdrawn %s', async (_, withdrawn_on, expected) => {
    const test = await testLedger()
    test.at(AFTERWARDS)
    expect(codes(await importing(test, folder({ statement: { withdrawn: { withdrawn_on, because: 'x' } } })))).toEqual([expected])
  })
})

describe('a resolution in a file', () => {
  it('can be added, is confirmed by its proposer, and keeps who is said to have decided it', async () => {
    const test = await testLedger()
    await importing(test, folder())
    test.at(AFTERWARDS)
    const claimed = folder({ statement: { resolution: { ...resolved.resolution, proposed_by: 'Ada', confirmed_by: 'Ben' } } })
    expect(await importing(test, claimed)).toMatchObject({ entries: 2, refused: [] })
    expect(typesOf((await theLog(test)).slice(-2))).toEqual(['resolution.proposed', 'resolution.confirmed'])
    const row = await questionOf(test, 'talk_war')
    expect(row).toMatchObject({ outcome: 'no', pending: null })
    expect((await theLog(test)).at(-2)?.payload).toMatchObject({ claimed: { proposed_by: 'Ada', confirmed_by: 'Ben' } })
    expect(await importing(test, claimed)).toMatchObject({ entries: 0, refused: [] })
  })

  it('stays proposed where four eyes are in force, and is not proposed twice', async () => {
    const test = await testLedger()
    await test.join('Ruth', 'resolver')
    test.at(AFTERWARDS)
    expect(await importing(test, folder({ statement: resolved }))).toMatchObject({ entries: 8, refused: [] })
    expect(await questionOf(test, 'talk_war')).toMatchObject({ outcome: null, pending: 'r1' })
    expect(await importing(test, folder({ statement: resolved }))).toMatchObject({ entries: 0, refused: [] })
  })

  it('that differs from the one in force is refused: a correction supersedes it', async () => {
    const test = await testLedger()
    test.at(AFTERWARDS)
    await importing(test, folder({ statement: resolved }))
    const other = { resolution: { ...resolved.resolution, outcome: 'yes' } }
    expect(codes(await importing(test, folder({ statement: other })))).toEqual(['resolution frozen'])
  })

  it('may stand beside a question of its own, which an amendment moved in the same import', async () => {
    const test = await testLedger()
    const ladder = (fields: object) => folder({ questions: [{ ...aQuestion(), id: 'ladder', ...fields }] })
    await importing(test, ladder({}))
    const early = { outcome: 'yes', known_on: '2026-11-20', evidence, rationale: 'x' }
    expect(await importing(test, ladder({ criteria: 'Clearer.', amends: 'x', resolution: early }))).toMatchObject({ entries: 3, refused: [] })
    expect(await questionOf(test, 'ladder')).toMatchObject({ rev: 3, outcome: 'yes', record: { criteria: 'Clearer.' } })
  })
})

it('an import of more than five thousand entries is written whole, and again changes nothing', async () => {
  const test = await testLedger()
  const many = folder({
    more: Array.from({ length: 950 }, (_, n) => ({ id: `remark-${n}`, quote: `remark ${n}`, untestable: { reason: 'motive' } })),
    questions: Array.from({ length: 4_200 }, (_, n) => ({ ...aQuestion(), id: `rung-${n}`, title: `Rung ${n}` })),
  })
  expect(await importing(test, many)).toMatchObject({ entries: 7 + 950 + 4_200, refused: [] })
  expect(await importing(test, many)).toMatchObject({ entries: 0, unchanged: 7 + 950 + 4_200 })
})
