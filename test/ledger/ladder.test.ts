import { describe, expect, it } from 'vitest'
import { amendQuestion } from '../../src/ledger/question/amend-question.ts'
import { recordQuestion } from '../../src/ledger/question/record-question.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import {
  AFTERWARDS,
  aQuestion,
  confirm,
  log,
  propose,
  questionOf,
  refusal,
  rung,
  theLog,
} from '../support/steps.ts'

async function ladder() {
  const test = await testLedger()
  const incident = await rung(test, 'An incident')
  const escalation = await rung(test, 'An escalation', { implies: incident })
  const war = await rung(test, 'A war', { implies: escalation })
  return { test, incident, escalation, war }
}

const amend = (test: TestLedger, id: string, changes: Record<string, unknown>) =>
  refusal(() => amendQuestion(test.ledger, test.unit, id, { because: 'A slip.', ...changes }))

it('what a question implies is recorded with it, and must be a question that fits', async () => {
  const { test, incident, escalation } = await ladder()
  expect((await questionOf(test, escalation)).record.implies).toBe(incident)
  const before = (await theLog(test)).length
  for (const [changes, says] of [
    [{ implies: 'nowhere' }, 'there is no such question'],
    [{ implies: incident, family: 'tbilisi' }, 'not of its family'],
    [{ implies: incident, deadline: { date: '2027-06-30', time_zone: 'UTC' } }, 'is earlier'],
  ] as const) {
    const question = aQuestion({ title: 'A war', family: 'baku', ...changes })
    const refused = await refusal(() => log(test, { quote: 'no more war', question }))
    expect(refused).toMatchObject({ code: 'invalid', pointers: ['/question/implies'] })
    expect(refused?.message).toContain(says)
    expect(await refusal(() => recordQuestion(test.ledger, test.unit, question))).toMatchObject({
      pointers: ['/implies'],
    })
  }
  expect(await theLog(test)).toHaveLength(before)
})

it('an amendment leaves the ladder whole', async () => {
  const { test, incident, escalation, war } = await ladder()
  expect(await amend(test, incident, { implies: war })).toMatchObject({ pointers: ['/implies'] })
  expect(await amend(test, escalation, { family: 'tbilisi' })).toMatchObject({ pointers: ['/implies'] })
  expect(await amend(test, incident, { deadline: { date: '2026-12-01', time_zone: 'UTC' } })).toMatchObject({
    pointers: ['/implies'],
  })
  expect(await amend(test, war, { implies: incident })).toBeNull()
})

it('no outcome contradicts the ladder, neither when it is proposed nor when it is confirmed', async () => {
  const { test, incident, escalation, war } = await ladder()
  test.at(AFTERWARDS)
  await propose(test, incident, { outcome: 'yes' })
  await confirm(test, incident, 'r1')
  await propose(test, war, { outcome: 'yes' })
  await propose(test, escalation, { outcome: 'no' })
  await confirm(test, escalation, 'r1')
  expect(await refusal(() => confirm(test, war, 'r1'))).toMatchObject({
    code: 'invalid',
    pointers: ['/outcome'],
  })
  expect(await refusal(() => propose(test, incident, { outcome: 'no', supersedes: 'r1' }))).toBeNull()
  expect((await questionOf(test, war)).outcome).toBeNull()
})

it('a ladder is decided at once, in whichever order its rungs are named', async () => {
  const { test, incident, escalation, war } = await ladder()
  test.at(AFTERWARDS)
  await propose(test, war, { outcome: 'yes', also: [incident, escalation] })
  for (const id of [war, incident, escalation]) expect((await questionOf(test, id)).pending).toBe('r1')
})

it('an amendment puts nothing that did not happen beneath what did', async () => {
  const test = await testLedger()
  const incident = await rung(test, 'An incident')
  const escalation = await rung(test, 'An escalation')
  const war = await rung(test, 'A war', { implies: escalation })
  await propose(test, war, { outcome: 'yes', because_early: 'It began.', known_on: '2026-11-21' })
  await confirm(test, war, 'r1')
  await propose(test, incident, { because_early: 'It cannot happen.', known_on: '2026-11-21' })
  await confirm(test, incident, 'r1')
  expect(await amend(test, escalation, { implies: incident })).toMatchObject({ pointers: ['/implies'] })
  expect((await questionOf(test, escalation)).record.implies).toBeUndefined()
})

describe('at the same moment', () => {
  const refusals = async (...work: (() => Promise<unknown>)[]) =>
    (await Promise.all(work.map(refusal))).map((refused) => refused?.pointers ?? null)

  it('two outcomes that contradict each other are not both confirmed', async () => {
    const { test, incident, war } = await ladder()
    test.at(AFTERWARDS)
    await propose(test, war, { outcome: 'yes' })
    await propose(test, incident, { outcome: 'no' })
    const both = await refusals(
      () => confirm(test, war, 'r1'),
      () => confirm(test, incident, 'r1'),
    )
    expect(both).toEqual([null, ['/outcome']])
    expect((await questionOf(test, incident)).outcome).toBeNull()
  })

  it('two amendments make no circle', async () => {
    const test = await testLedger()
    const [a, b] = [await rung(test, 'An incident'), await rung(test, 'An escalation')]
    const change = (id: string, implies: string) => () =>
      amendQuestion(test.ledger, test.unit, id, { because: 'A slip.', implies })
    expect(await refusals(change(a, b), change(b, a))).toEqual([null, ['/implies']])
  })

  it('a new rung and an amendment of what it implies leave the ladder whole', async () => {
    const test = await testLedger()
    const incident = await rung(test, 'An incident')
    const war = aQuestion({ title: 'A war', family: 'baku', implies: incident })
    const both = await refusals(
      () => recordQuestion(test.ledger, test.unit, war),
      () => amendQuestion(test.ledger, test.unit, incident, { because: 'A slip.', family: 'tbilisi' }),
      () => log(test, { quote: 'no more war', question: war }),
    )
    // Whoever is first is taken: a server does not take them in the order in which they were sent.
    const { family } = (await questionOf(test, incident)).record
    expect(both).toEqual(
      family === 'baku' ? [null, ['/implies'], null] : [['/implies'], null, ['/question/implies']],
    )
  })
})
