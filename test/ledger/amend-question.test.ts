import { describe, expect, it } from 'vitest'
import { AmendmentRequest } from '../../src/core/question.ts'
import { amendQuestion } from '../../src/ledger/question/amend-question.ts'
import { recordCondition } from '../../src/ledger/question/record-condition.ts'
import { recordQuestion } from '../../src/ledger/question/record-question.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import {
  AFTERWARDS,
  aQuestion,
  confirm,
  log,
  metOn,
  propose,
  questionOf,
  refusal,
  theLog,
} from '../support/steps.ts'

const amend = (test: TestLedger, id: string, changes: Record<string, unknown>, rev?: number) =>
  amendQuestion(
    test.ledger,
    test.unit,
    id,
    AmendmentRequest.parse({ because: 'It was unclear.', ...changes }),
    rev,
  )
const deadline = { date: '2027-06-30', time_zone: 'Asia/Yerevan' }
const condition = { text: 'An attack happens.', deadline: { date: '2026-12-01', time_zone: 'Asia/Yerevan' } }

describe('an amendment', () => {
  it('changes what it names, keeps the rest, and stands in the log with its reason', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    const { event } = await amend(test, question, { title: 'A war begins', deadline, tags: ['war'] })
    expect(event).toMatchObject({ type: 'question.amended', rev: 1, refs: [] })
    const record = { id: question, ...aQuestion({ title: 'A war begins', deadline, tags: ['war'] }) }
    expect(event.payload).toEqual({ record, because: 'It was unclear.', class: 'correction' })
    const row = await questionOf(test, question)
    expect(row).toMatchObject({
      record,
      rev: 1,
      deadline_rev: 1,
      due_at: new Date('2027-06-30T20:00:00.000Z'),
    })
    await amend(test, question, { criteria: 'Clearer.' })
    expect(await questionOf(test, question)).toMatchObject({
      rev: 2,
      deadline_rev: 1,
      record: { criteria: 'Clearer.', deadline },
    })
  })

  it('is refused after the deadline, also with a later one', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    test.at('2026-12-31T19:59:59.999Z')
    expect(await refusal(() => amend(test, question, { title: 'Just in time' }))).toBeNull()
    test.at('2026-12-31T20:00:00.000Z')
    expect(await refusal(() => amend(test, question, { deadline }))).toMatchObject({ code: 'frozen' })
  })

  it('is refused once an outcome was proposed, and once one is in force', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    const { id } = await propose(test, question, { outcome: 'yes', known_on: '2026-11-20' })
    expect(await refusal(() => amend(test, question, { criteria: 'Other.' }))).toMatchObject({
      code: 'frozen',
    })
    await confirm(test, question, id)
    expect(await refusal(() => amend(test, question, { criteria: 'Other.' }))).toMatchObject({
      code: 'frozen',
    })
  })

  it.each([
    [
      'to a deadline before the statement',
      { deadline: { date: '2026-10-31', time_zone: 'UTC' } },
      'invalid',
      ['/deadline/date'],
    ],
    ['to options for a yes/no question', { options: ['a', 'b'] }, 'invalid', ['/options']],
    ['to what it says already', { title: 'A new war begins' }, 'invalid', []],
    ['to nothing', {}, 'invalid', []],
    ['so that it opens after its deadline', { opens: '2027-01-01' }, 'invalid', ['/opens']],
  ])('%s is refused', async (_, changes, code, pointers) => {
    const test = await testLedger()
    const { question } = await log(test)
    expect(await refusal(() => amend(test, question, changes))).toMatchObject({ code, pointers })
    expect(await theLog(test)).toHaveLength(5)
  })

  it('leaves every forecast an answer to the question', async () => {
    const test = await testLedger()
    const { question } = await log(test, {
      question: aQuestion({ type: 'multiple_choice', options: ['Baku', 'Yerevan'] }),
      probability: { Baku: 0.4, Yerevan: 0.6 },
    })
    expect(await refusal(() => amend(test, question, { options: ['Baku', 'Tbilisi'] }))).toMatchObject({
      code: 'invalid',
      pointers: ['/options'],
    })
    expect(await refusal(() => amend(test, question, { options: ['Baku', 'Yerevan', 'Tbilisi'] }))).toBeNull()
  })

  it('by somebody who read an older question is refused, and one of two at once', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    await amend(test, question, { title: 'A war begins' }, 0)
    expect(await refusal(() => amend(test, question, { title: 'War begins' }, 0))).toMatchObject({
      code: 'stale',
    })
    const both = await Promise.all(
      ['One', 'Two'].map((title) => refusal(() => amend(test, question, { title }, 1))),
    )
    expect(both.map((refused) => refused?.code ?? 'recorded').toSorted()).toEqual(['recorded', 'stale'])
  })

  it('of a question that is not there is refused, and by a reader', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    const reader = await test.join('Rita', 'reader')
    expect(await refusal(() => amend(test, 'nothing', { title: 'x' }))).toMatchObject({ code: 'not_found' })
    const request = AmendmentRequest.parse({ title: 'x', because: 'y' })
    expect(await refusal(() => amendQuestion(test.ledger, test.as(reader), question, request))).toMatchObject(
      { code: 'forbidden' },
    )
  })
})

describe('what a question can do without', () => {
  const extras = {
    fine_print: 'The usual threshold.',
    resolution_sources: ['Reuters'],
    opens: '2026-11-01',
    family: 'escalation',
    low_information: 'It always happens.',
    tags: ['war'],
  }

  it('is taken away by null, and nothing else goes with it', async () => {
    const test = await testLedger()
    const { question } = await log(test, { question: aQuestion(extras) })
    for (const key of Object.keys(extras)) await amend(test, question, { [key]: null })
    expect((await questionOf(test, question)).record).toEqual({ id: question, ...aQuestion() })
    expect(await refusal(() => amend(test, question, { tags: null, opens: null }))).toMatchObject({
      code: 'invalid',
    })
  })

  it.each(['title', 'criteria', 'deadline', 'because'])('is not its %s', (key) => {
    const request = { title: 'A war begins', because: 'It was unclear.', [key]: null }
    expect(AmendmentRequest.safeParse(request).success).toBe(false)
  })
})

describe('a condition', () => {
  const conditional = async (test: TestLedger, changes: Record<string, unknown> = {}) => {
    const asked = aQuestion({ condition, ...changes })
    return ((await recordQuestion(test.ledger, test.unit, asked)).event.payload as { id: string }).id
  }

  it('is recorded as met, with evidence, on the stream of its question', async () => {
    const test = await testLedger()
    const id = await conditional(test)
    const { event } = await recordCondition(test.ledger, test.unit, id, metOn('2026-11-20'))
    expect(event).toMatchObject({
      type: 'condition.met',
      rev: 1,
      payload: { question: id, met_on: '2026-11-20' },
    })
    expect((await questionOf(test, id)).condition_met).toMatchObject({
      met_on: '2026-11-20',
      by: test.unit.by.member,
    })
  })

  it.each([
    ['in the future', '2026-11-24', 'invalid', ['/met_on']],
    ['after its own deadline', '2026-12-02', 'invalid', ['/met_on']],
  ])('cannot be met %s', async (when, day, code, pointers) => {
    const test = await testLedger()
    const id = await conditional(test)
    if (when !== 'in the future') test.at(AFTERWARDS)
    expect(await refusal(() => recordCondition(test.ledger, test.unit, id, metOn(day)))).toMatchObject({
      code,
      pointers,
    })
  })

  it('is met once, of a question that has one and is not decided, by somebody who may resolve', async () => {
    const test = await testLedger()
    const id = await conditional(test)
    const recorder = await test.join('Ruth', 'recorder')
    expect(
      await refusal(() => recordCondition(test.ledger, test.as(recorder), id, metOn('2026-11-20'))),
    ).toMatchObject({ code: 'forbidden' })
    await recordCondition(test.ledger, test.unit, id, metOn('2026-11-20'))
    expect(
      await refusal(() => recordCondition(test.ledger, test.unit, id, metOn('2026-11-20'))),
    ).toMatchObject({ code: 'already_decided' })
    const { question } = await log(test)
    expect(
      await refusal(() => recordCondition(test.ledger, test.unit, question, metOn('2026-11-20'))),
    ).toMatchObject({ code: 'conflict' })
    expect(
      await refusal(() => recordCondition(test.ledger, test.unit, 'nothing', metOn('2026-11-20'))),
    ).toMatchObject({ code: 'not_found' })
  })

  it('no longer moves once its deadline has passed, or it was met', async () => {
    const test = await testLedger()
    const later = { ...condition, deadline: { ...condition.deadline, date: '2026-12-20' } }
    const [met, passed] = [await conditional(test), await conditional(test, { title: 'Another war begins' })]
    await recordCondition(test.ledger, test.unit, met, metOn('2026-11-20'))
    expect(await refusal(() => amend(test, met, { condition: later }))).toMatchObject({
      code: 'frozen',
      pointers: ['/condition'],
    })
    expect(await refusal(() => amend(test, passed, { condition: later }))).toBeNull()
    test.at('2026-12-21T00:00:00.000Z')
    expect(await refusal(() => amend(test, passed, { condition }))).toMatchObject({
      code: 'frozen',
      pointers: ['/condition'],
    })
    expect(await refusal(() => amend(test, passed, { title: 'Clearer' }))).toBeNull()
  })

  it('is added ahead of time, changed and taken away; not added with a day that has passed', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    expect(
      await refusal(() =>
        amend(test, question, { condition: { ...condition, deadline: { ...deadline, date: '2026-11-21' } } }),
      ),
    ).toMatchObject({ code: 'invalid', pointers: ['/condition/deadline/date'] })
    await amend(test, question, { condition })
    expect((await questionOf(test, question)).condition_due_at).toEqual(new Date('2026-12-01T20:00:00.000Z'))
    await amend(test, question, { condition: { ...condition, text: 'Two attacks happen.' } })
    await amend(test, question, { condition: null })
    const row = await questionOf(test, question)
    expect(row.record).not.toHaveProperty('condition')
    expect(row.condition_due_at).toBeNull()
  })
})
