import { describe, expect, it } from 'vitest'
import { testLedger } from '../support/ledger.ts'
import { AFTERWARDS, aQuestion, evidence, propose, questionOf, theLog, typesOf } from '../support/steps.ts'
import { codes, folder, importing, resolved } from './a-folder.ts'

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
      question: {
        criteria: 'Clearer.',
        deadline: { date: '2027-06-30', time_zone: 'UTC' },
        amends: 'They were unclear.',
      },
    })
    expect(await importing(test, changed)).toMatchObject({ entries: 3, refused: [] })
    const amended = (await theLog(test)).slice(-3)
    expect(amended.map(({ type, rev }) => [type, rev])).toEqual([
      ['analyst.recorded', 1],
      ['source.recorded', 1],
      ['question.amended', 1],
    ])
    expect(amended.map(({ payload }) => (payload as { because: string }).because)).toEqual([
      'She married.',
      'It was mistyped.',
      'They were unclear.',
    ])
    expect(await importing(test, changed)).toMatchObject({ entries: 0, unchanged: 7 })
    const [found] = await test.ledger.db.read({
      sql: "SELECT id FROM search WHERE search MATCH 'smith' AND kind = 'analyst'",
    })
    expect(found?.id).toBe('jane-roe')
  })

  it.each([
    ['after its deadline', {}, AFTERWARDS],
    ['in its type', { type: 'numeric', range: { low: 0, high: 1 } }, null],
  ])('and a question is not amended %s, whatever the file says', async (_, change, instant) => {
    const test = await testLedger()
    await importing(test, folder())
    if (instant !== null) test.at(instant)
    const result = await importing(
      test,
      folder({ question: { criteria: 'Clearer.', ...change, amends: 'x' } }),
    )
    expect(codes(result)).toContain('question frozen')
    expect(result.entries).toBe(0)
  })

  it('and a question is not amended once an outcome was proposed', async () => {
    const test = await testLedger()
    await importing(test, folder())
    await propose(test, 'talk_war', { outcome: 'yes', known_on: '2026-11-20' })
    expect(codes(await importing(test, folder({ question: { criteria: 'Clearer.', amends: 'x' } })))).toEqual(
      ['question frozen'],
    )
  })

  it('and a withdrawal, a retraction or a met condition is added once and never changed', async () => {
    const test = await testLedger()
    const condition = { text: 'An attack happens.', deadline: { date: '2026-12-01', time_zone: 'UTC' } }
    const acts = (day: string, because: string) =>
      folder({
        question: { condition },
        statement: {
          condition_met: { met_on: day, evidence },
          withdrawn: { withdrawn_on: day, because },
          retracted: { because },
        },
      })
    await importing(test, folder({ question: { condition } }))
    expect(await importing(test, acts('2026-11-20', 'a'))).toMatchObject({
      entries: 3,
      recorded: { withdrawal: 1, retraction: 1, condition: 1 },
      refused: [],
    })
    expect(codes(await importing(test, acts('2026-11-21', 'a')))).toEqual([
      'forecast frozen',
      'condition frozen',
    ])
    expect(codes(await importing(test, acts('2026-11-20', 'b')))).toEqual(['forecast frozen'])
  })

  it.each([
    ['before it was said', '2026-10-31', 'forecast invalid'],
    ['in the future', '2027-01-04', 'forecast invalid'],
    ['after its deadline', '2027-01-01', 'forecast frozen'],
  ])('and no forecast is withdrawn %s', async (_, withdrawn_on, expected) => {
    const test = await testLedger()
    test.at(AFTERWARDS)
    expect(
      codes(await importing(test, folder({ statement: { withdrawn: { withdrawn_on, because: 'x' } } }))),
    ).toEqual([expected])
  })
})

describe('a resolution in a file', () => {
  it('can be added, is confirmed by its proposer, and keeps who is said to have decided it', async () => {
    const test = await testLedger()
    await importing(test, folder())
    test.at(AFTERWARDS)
    const claimed = folder({
      statement: { resolution: { ...resolved.resolution, proposed_by: 'Ada', confirmed_by: 'Ben' } },
    })
    expect(await importing(test, claimed)).toMatchObject({ entries: 2, refused: [] })
    expect(typesOf((await theLog(test)).slice(-2))).toEqual(['resolution.proposed', 'resolution.confirmed'])
    const row = await questionOf(test, 'talk_war')
    expect(row).toMatchObject({ outcome: 'no', pending: null })
    expect((await theLog(test)).at(-2)?.payload).toMatchObject({
      claimed: { proposed_by: 'Ada', confirmed_by: 'Ben' },
    })
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
    expect(
      await importing(test, ladder({ criteria: 'Clearer.', amends: 'x', resolution: early })),
    ).toMatchObject({ entries: 3, refused: [] })
    expect(await questionOf(test, 'ladder')).toMatchObject({
      rev: 3,
      outcome: 'yes',
      record: { criteria: 'Clearer.' },
    })
  })
})
