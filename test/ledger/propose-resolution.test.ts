import { describe, expect, it } from 'vitest'
import { draft } from '../../src/ledger/draft.ts'
import { recordCondition } from '../../src/ledger/question/record-condition.ts'
import { proposeResolution } from '../../src/ledger/resolution/propose-resolution.ts'
import { resolutionsOf } from '../../src/store/lookups.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import {
  AFTERWARDS,
  aQuestion,
  aResolution,
  confirm,
  evidence,
  log,
  metOn,
  propose,
  questionOf,
  refusal,
  rung,
  theLog,
} from '../support/steps.ts'

const asked = async (test: TestLedger, fields: Record<string, unknown> = {}) => {
  const probabilities: Record<string, unknown> = {
    multiple_choice: { Baku: 0.5, Yerevan: 0.5 },
    numeric: { interval: [1, 2], level: 0.5 },
    date: { interval: ['2026-01-01', '2026-02-01'], level: 0.5 },
  }
  const probability = probabilities[String(fields.type)] ?? 0.1
  const quote = `no war: ${JSON.stringify(fields)}`
  return (await log(test, { quote, question: aQuestion(fields), probability })).question
}
const types = {
  multiple_choice: { type: 'multiple_choice', options: ['Baku', 'Yerevan'] },
  numeric: { type: 'numeric', range: { low: 0, high: 10 } },
  date: { type: 'date', range: { low: '2026-01-01', high: '2026-12-31' } },
}
const condition = { text: 'An attack happens.', deadline: { date: '2026-12-01', time_zone: 'Asia/Yerevan' } }
const notMet = { outcome: 'annulled', annulled_because: 'condition_not_met', known_on: '2026-12-02' }

describe('an outcome', () => {
  it('is proposed with its evidence, on the stream of its question, in the zone of its question', async () => {
    const test = await testLedger()
    const id = await asked(test)
    test.at(AFTERWARDS)
    const { event } = await proposeResolution(test.ledger, test.unit, id, aResolution())
    expect(event).toMatchObject({ type: 'resolution.proposed', rev: 1, refs: [] })
    expect(event.payload).toEqual({
      id: 'r1',
      question: id,
      time_zone: 'Asia/Yerevan',
      outcome: 'no',
      known_on: '2027-01-01',
      evidence,
      rationale: 'Nothing happened.',
    })
    expect(await questionOf(test, id)).toMatchObject({ pending: 'r1', outcome: null, known_on: null })
  })

  it.each([
    [{}, 'yes'],
    [{}, 'ambiguous'],
    [types.multiple_choice, 'Baku'],
    [types.numeric, 2.5],
    [types.date, '2026-03-01'],
    [types.date, 'not_by_deadline'],
  ])(
    'of a question %j can be %s after its deadline, and comes into force as it was given',
    async (fields, outcome) => {
      const test = await testLedger()
      const id = await asked(test, fields)
      test.at(AFTERWARDS)
      await confirm(test, id, (await propose(test, id, { outcome })).id)
      expect(await questionOf(test, id)).toMatchObject({
        outcome,
        known_on: '2027-01-01',
        known_from: new Date('2026-12-31T20:00:00Z'),
        pending: null,
      })
    },
  )

  it.each([
    ['that is none', {}, { outcome: 'YES' }, 'invalid', '/outcome'],
    ['that is no option', types.multiple_choice, { outcome: 'Tbilisi' }, 'invalid', '/outcome'],
    ['known in the future', {}, { known_on: '2027-01-04' }, 'invalid', '/known_on'],
    [
      'with evidence read in the future',
      {},
      { evidence: [...evidence, { ...evidence[0], accessed: '2027-01-04' }] },
      'invalid',
      '/evidence/1/accessed',
    ],
    ['correcting nothing', {}, { supersedes: 'r1' }, 'invalid', '/supersedes'],
    ['of no, known before the deadline', {}, { known_on: '2026-12-30' }, 'not_decidable_yet', '/known_on'],
    [
      'for want of a condition it never had',
      {},
      { outcome: 'annulled', annulled_because: 'condition_not_met' },
      'invalid',
      '/annulled_because',
    ],
  ])('%s is refused', async (_, fields, changes, code, pointer) => {
    const test = await testLedger()
    const id = await asked(test, fields)
    test.at(AFTERWARDS)
    expect(await refusal(() => propose(test, id, changes))).toMatchObject({ code, pointers: [pointer] })
    expect(await theLog(test)).toHaveLength(5)
  })

  it('is proposed by somebody who may resolve, of a question that is there and was read as it stands', async () => {
    const test = await testLedger()
    const id = await asked(test)
    const recorder = await test.join('Ruth', 'recorder')
    test.at(AFTERWARDS)
    expect(await refusal(() => propose(test, id, {}, test.as(recorder)))).toMatchObject({ code: 'forbidden' })
    expect(await refusal(() => propose(test, 'nothing'))).toMatchObject({ code: 'not_found' })
    expect(
      await refusal(() => proposeResolution(test.ledger, test.unit, id, aResolution(), 1)),
    ).toMatchObject({ code: 'stale' })
    expect(await refusal(() => proposeResolution(test.ledger, test.unit, id, aResolution(), 0))).toBeNull()
  })
})

describe('before the deadline', () => {
  const early = { outcome: 'yes', known_on: '2026-11-20' }

  it('a yes can be proposed, and nothing else without a reason', async () => {
    const test = await testLedger()
    const id = await asked(test)
    for (const other of [
      { outcome: 'no' },
      { outcome: 'ambiguous' },
      { outcome: 'annulled', annulled_because: 'moot' },
    ])
      expect(await refusal(() => propose(test, id, { ...early, ...other }))).toMatchObject({
        code: 'not_decidable_yet',
        pointers: ['/outcome'],
      })
    expect(await refusal(() => propose(test, id, early))).toBeNull()
  })

  it('a question may name the outcomes that can be decided', async () => {
    const test = await testLedger()
    const [through, either] = [
      await asked(test, { early: ['no'] }),
      await asked(test, { early: ['yes', 'no'] }),
    ]
    expect(await refusal(() => propose(test, through, early))).toMatchObject({ code: 'not_decidable_yet' })
    expect(await refusal(() => propose(test, through, { ...early, outcome: 'no' }))).toBeNull()
    expect(await refusal(() => propose(test, either, { ...early, outcome: 'no' }))).toBeNull()
  })

  it.each([
    [{}, 'no'],
    [types.multiple_choice, 'Baku'],
    [types.numeric, 3],
    [types.date, '2026-03-01'],
  ])('another outcome of %j needs a further reason: %s', async (fields, outcome) => {
    const test = await testLedger()
    const id = await asked(test, fields)
    expect(await refusal(() => propose(test, id, { ...early, outcome }))).toMatchObject({
      code: 'not_decidable_yet',
      pointers: ['/outcome'],
    })
    const reasoned = await propose(test, id, {
      ...early,
      outcome,
      because_early: 'It has become impossible.',
    })
    expect(reasoned).toMatchObject({ outcome, because_early: 'It has become impossible.' })
  })

  it('the last instant of the deadline day is still before it', async () => {
    const test = await testLedger()
    const id = await asked(test)
    test.at('2026-12-31T19:59:59.999Z')
    expect(await refusal(() => propose(test, id))).toMatchObject({ code: 'not_decidable_yet' })
    test.at('2026-12-31T20:00:00.000Z')
    expect(await refusal(() => propose(test, id))).toBeNull()
  })

  it('a question is annulled when its condition failed, from the condition’s deadline on and not earlier', async () => {
    const test = await testLedger()
    const id = await asked(test, { condition })
    test.at('2026-12-01T19:59:59.999Z')
    expect(await refusal(() => propose(test, id, notMet))).toMatchObject({ code: 'not_decidable_yet' })
    test.at('2026-12-01T20:00:00.000Z')
    expect(await refusal(() => propose(test, id, { ...notMet, annulled_because: 'moot' }))).toMatchObject({
      code: 'not_decidable_yet',
    })
    await confirm(test, id, (await propose(test, id, notMet)).id)
    expect(await questionOf(test, id)).toMatchObject({
      outcome: 'annulled',
      due_at: new Date('2026-12-31T20:00:00.000Z'),
    })
  })

  it('a condition that was met did not fail', async () => {
    const test = await testLedger()
    const id = await asked(test, { condition })
    await recordCondition(test.ledger, test.unit, id, metOn('2026-11-20'))
    test.at(AFTERWARDS)
    expect(await refusal(() => propose(test, id, notMet))).toMatchObject({
      code: 'invalid',
      pointers: ['/annulled_because'],
    })
  })

  it('that a condition failed is not confirmed once it is on record as met', async () => {
    const test = await testLedger()
    const id = await asked(test, { condition })
    test.at(AFTERWARDS)
    await propose(test, id, notMet)
    await recordCondition(test.ledger, test.unit, id, metOn('2026-11-20'))
    expect(await refusal(() => confirm(test, id, 'r1'))).toMatchObject({ pointers: ['/annulled_because'] })
    expect((await questionOf(test, id)).outcome).toBeNull()
  })

  it('a question with a condition has no answer before it is on record that the condition was met', async () => {
    const test = await testLedger()
    test.at(AFTERWARDS)
    for (const [type, outcome] of [
      [{}, 'yes'],
      [{}, 'no'],
      [types.multiple_choice, 'Baku'],
      [types.numeric, 2.5],
      [types.date, 'not_by_deadline'],
    ] as const) {
      const id = await asked(test, { condition, title: `A war begins: ${outcome}`, ...type })
      expect(await refusal(() => propose(test, id, { outcome }))).toMatchObject({
        code: 'not_decidable_yet',
        pointers: ['/outcome'],
      })
      await recordCondition(test.ledger, test.unit, id, metOn('2026-11-20'))
      await confirm(test, id, (await propose(test, id, { outcome })).id)
      expect(await questionOf(test, id)).toMatchObject({ outcome })
    }
    const id = await asked(test, { condition })
    const error = await propose(test, id).catch((refused) => refused)
    expect(error.problems[0].message).toMatch(/“An attack happens\.”.*record first.*condition_not_met/u)
    expect(await refusal(() => propose(test, id, { outcome: 'ambiguous' }))).toBeNull()
  })

  it('proposed before that was a rule is not confirmed either', async () => {
    const test = await testLedger()
    const id = await asked(test, { condition })
    const { stream, rev } = await questionOf(test, id)
    const record = { id: 'r1', question: id, time_zone: 'Asia/Yerevan', ...aResolution() }
    await test.ledger.writes.run(test.unit.now, async () => ({
      command: {
        entries: [draft(test.unit, 'resolution.proposed', { stream, rev: rev + 1 }, record)],
        claims: [],
      },
      answer: () => null,
    }))
    expect(await refusal(() => confirm(test, id, 'r1'))).toMatchObject({ code: 'not_decidable_yet' })
    await recordCondition(test.ledger, test.unit, id, metOn('2026-11-20'))
    expect(await refusal(() => confirm(test, id, 'r1'))).toBeNull()
  })

  it('annulled because its condition failed is corrected to an answer once the condition is on record', async () => {
    const test = await testLedger()
    const id = await asked(test, { condition })
    test.at(AFTERWARDS)
    await confirm(test, id, (await propose(test, id, notMet)).id)
    expect(await refusal(() => propose(test, id, { outcome: 'yes', supersedes: 'r1' }))).toMatchObject({
      code: 'not_decidable_yet',
    })
    await recordCondition(test.ledger, test.unit, id, metOn('2026-11-20'))
    await confirm(test, id, (await propose(test, id, { outcome: 'yes', supersedes: 'r1' })).id)
    expect(await questionOf(test, id)).toMatchObject({ outcome: 'yes' })
  })
})

describe('a correction', () => {
  it('names the waiting proposal, which gives way at once', async () => {
    const test = await testLedger()
    const id = await asked(test)
    test.at(AFTERWARDS)
    await propose(test, id)
    expect(await refusal(() => propose(test, id, { outcome: 'yes' }))).toMatchObject({
      code: 'already_decided',
    })
    expect(await refusal(() => propose(test, id, { outcome: 'yes', supersedes: 'r2' }))).toMatchObject({
      code: 'invalid',
      pointers: ['/supersedes'],
    })
    expect(await propose(test, id, { outcome: 'yes', supersedes: 'r1' })).toMatchObject({
      id: 'r2',
      supersedes: 'r1',
    })
    expect(await questionOf(test, id)).toMatchObject({ pending: 'r2', rev: 3 })
    expect(
      (await resolutionsOf(test.ledger.db, id)).map(({ state, superseded_by }) => [state, superseded_by]),
    ).toEqual([
      ['superseded', 'r2'],
      ['proposed', null],
    ])
  })

  it('of an outcome in force leaves it in force until the correction is confirmed', async () => {
    const test = await testLedger()
    const id = await asked(test)
    test.at(AFTERWARDS)
    await confirm(test, id, (await propose(test, id)).id)
    expect(await refusal(() => propose(test, id, { outcome: 'yes' }))).toMatchObject({
      code: 'already_decided',
    })
    await propose(test, id, { outcome: 'yes', supersedes: 'r1' })
    expect(await questionOf(test, id)).toMatchObject({ outcome: 'no', pending: 'r2' })
    // While a correction waits, only it can be corrected.
    expect(await refusal(() => propose(test, id, { outcome: 'ambiguous', supersedes: 'r1' }))).toMatchObject({
      code: 'already_decided',
    })
    await propose(test, id, { outcome: 'ambiguous', supersedes: 'r2' })
    expect(await questionOf(test, id)).toMatchObject({ outcome: 'no', pending: 'r3' })
    await confirm(test, id, 'r3')
    expect(await questionOf(test, id)).toMatchObject({ outcome: 'ambiguous', pending: null })
    expect(
      (await resolutionsOf(test.ledger.db, id)).map(({ record, state, superseded_by }) => [
        record.id,
        state,
        superseded_by,
      ]),
    ).toEqual([
      ['r1', 'superseded', 'r3'],
      ['r2', 'superseded', 'r3'],
      ['r3', 'confirmed', null],
    ])
  })

  it('can follow more than nine others', async () => {
    const test = await testLedger()
    const id = await asked(test)
    test.at(AFTERWARDS)
    await propose(test, id)
    for (let n = 1; n < 12; n++) await propose(test, id, { supersedes: `r${n}` })
    expect(await questionOf(test, id)).toMatchObject({ pending: 'r12' })
    await confirm(test, id, 'r12')
    expect(await questionOf(test, id)).toMatchObject({ outcome: 'no', pending: null })
  })
})

async function family() {
  const test = await testLedger()
  const [e1, e2, e3] = [await rung(test, 'E1'), await rung(test, 'E2'), await rung(test, 'E3')]
  test.at(AFTERWARDS)
  return { test, e1, e2, e3 }
}

describe('others of the family', () => {
  it('a lower rung that did not happen proposes the same for the higher ones, an entry each', async () => {
    const { test, e1, e2, e3 } = await family()
    const before = (await theLog(test)).length
    await propose(test, e2, { also: [e3, e3] })
    const entries = (await theLog(test)).slice(before)
    expect(entries.map(({ type }) => type)).toEqual(['resolution.proposed', 'resolution.proposed'])
    const [first, second] = entries.map(({ payload }) => payload as Record<string, unknown>)
    expect(second).toEqual({ ...first, question: e3 })
    expect(await resolutionsOf(test.ledger.db, e1)).toEqual([])
  })

  it('all are proposed or none, and the refusal names the one that does not take it', async () => {
    const { test, e1, e2, e3 } = await family()
    await propose(test, e3)
    const before = (await theLog(test)).length
    const refused = await refusal(() => propose(test, e2, { also: [e1, e3] }))
    expect(refused).toMatchObject({ code: 'already_decided', pointers: ['/also'] })
    expect(await theLog(test)).toHaveLength(before)
  })

  it('what a higher rung with a later deadline still leaves open is not decided along', async () => {
    const test = await testLedger()
    const e2 = await rung(test, 'E2')
    const later = await rung(test, 'E3', { deadline: { date: '2027-06-30', time_zone: 'UTC' } })
    test.at(AFTERWARDS)
    expect(await refusal(() => propose(test, e2, { also: [later] }))).toMatchObject({
      code: 'not_decidable_yet',
      pointers: ['/also'],
    })
    expect((await questionOf(test, e2)).pending).toBeNull()
  })

  it('nothing outside the family is decided along, and the question itself only once', async () => {
    const { test, e2 } = await family()
    test.at('2026-11-22T10:00:00.000Z')
    const other = await rung(test, 'Other', { family: 'another' })
    test.at(AFTERWARDS)
    for (const also of [other, e2])
      expect(await refusal(() => propose(test, e2, { also: [also] }))).toMatchObject({
        code: 'invalid',
        pointers: ['/also'],
      })
  })

  it('a correction supersedes only on the question that it corrects', async () => {
    const { test, e2, e3 } = await family()
    await propose(test, e2, { outcome: 'yes' })
    await propose(test, e2, { also: [e3], supersedes: 'r1' })
    expect((await resolutionsOf(test.ledger.db, e3)).map(({ record }) => record.supersedes)).toEqual([
      undefined,
    ])
    expect((await questionOf(test, e2)).pending).toBe('r2')
  })
})
