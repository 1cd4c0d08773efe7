import { expect, it } from 'vitest'
import { runFlagDue } from '../../src/jobs/flag-due.ts'
import {
  assignQuestion,
  noteAsked,
  noteQuestion,
  snoozeQuestion,
  wakeQuestion,
} from '../../src/ledger/newsroom/newsroom.ts'
import { queueReminders, readDue } from '../../src/store/due.ts'
import { rebuild } from '../../src/store/migrate.ts'
import { askedAbout, desksOf } from '../../src/store/newsroom.ts'
import { ask } from '../../src/store/query.ts'
import { checkLedger } from '../support/check-ledger.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { AFTERWARDS, confirm, log, propose, questionOf, refusal, theLog } from '../support/steps.ts'

const keptOn = async (test: TestLedger, id: string) =>
  (await ask(test.ledger.db, desksOf(':id', { id }))).get(id)
const later = { until: '2027-01-20', because: 'The court decides on the 19th.' }

it('what members keep among themselves is no entry of the log, and a rebuild leaves it alone', async () => {
  const test = await testLedger()
  const { id, question } = await log(test)
  const ada = await test.join('Ada', 'recorder')
  const before = await theLog(test)
  await assignQuestion(test.ledger, test.unit, question, { member: ada.member })
  await snoozeQuestion(test.ledger, test.as(ada), question, later)
  await noteQuestion(test.ledger, test.unit, question, { text: 'Ask the ministry.' })
  await noteAsked(test.ledger, test.unit, id, { asked_on: '2026-11-21' })
  expect(await theLog(test)).toEqual(before)
  const kept = { by: test.unit.by.member, at: test.unit.now.toISOString() }
  const desk = {
    assignment: { member: ada.member, ...kept },
    snooze: { ...later, until_at: '2027-01-19T20:00:00.000Z', ...kept, by: ada.member },
    note: { text: 'Ask the ministry.', ...kept },
  }
  await rebuild(test.ledger.db, { afresh: true })
  expect(await keptOn(test, question)).toEqual(desk)
  expect(await ask(test.ledger.db, askedAbout(id))).toEqual({ asked_on: '2026-11-21', ...kept })
  await checkLedger(test)
})

it('setting a question aside moves no deadline, leaves it due, and holds reminders back until its day', async () => {
  const test = await testLedger()
  const { question } = await log(test)
  const { due_at } = await questionOf(test, question)
  test.at(AFTERWARDS)
  await runFlagDue(test.ledger, test.unit.now)
  await snoozeQuestion(test.ledger, test.unit, question, later)
  expect((await questionOf(test, question)).due_at).toEqual(due_at)
  const reminded = async (at: string) => {
    test.at(at)
    const [rows] = await test.ledger.db.write([queueReminders(test.unit.now)])
    return rows?.length
  }
  expect((await readDue(test.ledger.db, test.unit.now)).due).toHaveLength(1)
  expect(await reminded('2027-01-19T19:59:59.999Z')).toBe(0)
  expect(await reminded('2027-01-19T20:00:00.000Z')).toBe(1)
})

it('woken early, a question is reminded of at once', async () => {
  const test = await testLedger()
  const { question } = await log(test)
  await snoozeQuestion(test.ledger, test.unit, question, later)
  await wakeQuestion(test.ledger, test.unit, question)
  expect(await keptOn(test, question)).toBeUndefined()
})

it('nothing is set aside into the past, for more than a year, or once it is decided', async () => {
  const test = await testLedger()
  const { question } = await log(test)
  const until = (day: string) => () =>
    snoozeQuestion(test.ledger, test.unit, question, { ...later, until: day })
  for (const day of ['2026-11-22', '2027-12-24'])
    expect(await refusal(until(day))).toMatchObject({ code: 'invalid', pointers: ['/until'] })
  test.at(AFTERWARDS)
  await propose(test, question)
  await confirm(test, question, 'r1')
  expect(await refusal(until('2027-01-20'))).toMatchObject({ code: 'already_decided' })
})

it('a question is assigned to somebody who can work on it, and taken from them', async () => {
  const test = await testLedger()
  const { question } = await log(test)
  const reader = await test.join('Rosa', 'reader')
  const machine = await test.ledger.db.read({ sql: 'SELECT id FROM member WHERE machine = 1 LIMIT 1' })
  for (const member of [reader.member, String(machine[0]?.id), 'A'.repeat(22)])
    expect(await refusal(() => assignQuestion(test.ledger, test.unit, question, { member }))).toMatchObject({
      code: 'invalid',
      pointers: ['/member'],
    })
  await assignQuestion(test.ledger, test.unit, question, { member: test.unit.by.member })
  await assignQuestion(test.ledger, test.unit, question, {})
  expect(await keptOn(test, question)).toBeUndefined()
})

it('a note that somebody else changed meanwhile is not written over', async () => {
  const test = await testLedger()
  const { question } = await log(test)
  const write = (text: string | undefined, read_at?: string) => () =>
    noteQuestion(test.ledger, test.unit, question, {
      ...(text === undefined ? {} : { text }),
      ...(read_at === undefined ? {} : { read_at }),
    })
  await write('first')()
  expect(await refusal(write('second'))).toMatchObject({ code: 'stale' })
  const at = (await keptOn(test, question))?.note?.at
  test.at('2026-11-22T10:05:00.000Z')
  await write('third', at)()
  expect(await refusal(write('fourth', at))).toMatchObject({ code: 'stale' })
  expect((await keptOn(test, question))?.note?.text).toBe('third')
  await write(undefined, '2026-11-22T10:05:00.000Z')()
  expect(await keptOn(test, question)).toBeUndefined()
})

it('a reader keeps nothing, and nothing is kept of what is not there', async () => {
  const test = await testLedger()
  const { question } = await log(test)
  const reader = test.as(await test.join('Rosa', 'reader'))
  expect(await refusal(() => noteQuestion(test.ledger, reader, question, { text: 'x' }))).toMatchObject({
    code: 'forbidden',
  })
  expect(await refusal(() => assignQuestion(test.ledger, test.unit, 'nothing', {}))).toMatchObject({
    code: 'not_found',
  })
  expect(
    await refusal(() => noteAsked(test.ledger, test.unit, 'no_such', { asked_on: '2026-11-21' })),
  ).toMatchObject({ code: 'not_found' })
})
