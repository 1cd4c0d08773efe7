import fc from 'fast-check'
import { expect, test } from 'vitest'
import { finalAt, isFinal } from '../../src/core/objection.ts'
import { changeDecisionTimes } from '../../src/ledger/members/decision-times.ts'
import { changePolicy } from '../../src/ledger/members/membership.ts'
import { disputeResolution } from '../../src/ledger/resolution/dispute-resolution.ts'
import { readDue } from '../../src/store/due.ts'
import { readPolicy } from '../../src/store/members.ts'
import { FINAL_AT } from '../../src/store/projected-questions.ts'
import { verified } from '../support/check-ledger.ts'
import { testLedger } from '../support/ledger.ts'
import { AFTERWARDS, confirm, log, propose, questionOf, theLog } from '../support/steps.ts'

const ENDS = '2027-01-04T00:15:00.000Z'

async function confirmed(hours?: number) {
  const test = await testLedger()
  if (hours !== undefined) await changeDecisionTimes(test.ledger, test.unit, { objection_hours: hours })
  const { question } = await log(test)
  test.at(AFTERWARDS)
  await propose(test, question)
  await confirm(test, question, 'r1')
  return { ...test, question, row: await questionOf(test, question) }
}

test('an outcome is final from the first quarter of an hour after the hours of the policy, not before', async () => {
  const { row } = await confirmed()
  expect(row?.final_at?.toISOString()).toBe(ENDS)
  expect(
    ['2027-01-03T23:59:59.999Z', '2027-01-04T00:14:59.999Z', ENDS].map((at) =>
      isFinal(row as never, new Date(at)),
    ),
  ).toEqual([false, false, true])
})

test('without hours it is final at once, and later changes of the policy move nothing that is confirmed', async () => {
  const held = await confirmed(0)
  expect(held.row?.final_at?.toISOString()).toBe(AFTERWARDS)
  await changeDecisionTimes(held.ledger, held.unit, { objection_hours: 720 })
  await changePolicy(held.ledger, held.unit, 'off')
  expect((await questionOf(held, held.question))?.final_at?.toISOString()).toBe(AFTERWARDS)
  expect(await readPolicy(held.ledger.db)).toMatchObject({
    objection_hours: 720,
    answer_days: 14,
    four_eyes: 'off',
  })
  expect((await verified(held.ledger.db)).findings).toEqual([])
})

test('the database ends the time for objections as the rule does, whenever it was confirmed', async () => {
  const { ledger } = await testLedger()
  await fc.assert(
    fc.asyncProperty(
      fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      fc.integer({ min: 0, max: 720 }),
      async (at, hours) => {
        const [row] = await ledger.db.read({
          sql: `SELECT ${FINAL_AT} AS final_at FROM (SELECT :at AS confirmed_at, :hours AS objection_hours) AS r`,
          args: { at: at.toISOString(), hours: BigInt(hours) },
        })
        expect(row?.final_at).toBe(finalAt(at, hours).toISOString())
      },
    ),
    { numRuns: 200 },
  )
})

test('a dispute ends the wait: nothing is final while it stands, and the inbox says until when to answer it', async () => {
  const held = await confirmed()
  const inbox = () => readDue(held.ledger.db, new Date(AFTERWARDS))
  expect((await inbox()).objection).toMatchObject([
    { question: held.question, open_until: ENDS, answer_by: null },
  ])
  await disputeResolution(held.ledger, { ...held.unit, now: new Date(AFTERWARDS) }, held.question, 'r1', {
    because: 'Another year.',
  })
  expect(isFinal((await questionOf(held, held.question)) as never, new Date('2028-01-01'))).toBe(false)
  expect(await inbox()).toMatchObject({
    objection: [],
    disputed: [{ answer_by: '2027-01-16T00:00:00.000Z', open_until: null }],
  })
})

test('the entry that confirms holds the time, and the founding of a ledger the policy', async () => {
  const held = await confirmed()
  const entries = await theLog(held, 0)
  expect(entries.find(({ type }) => type === 'policy.changed')?.payload).toMatchObject({
    objection_hours: 48,
    answer_days: 14,
  })
  expect(entries.find(({ type }) => type === 'resolution.confirmed')?.payload).toMatchObject({
    objection_hours: 48,
  })
})
