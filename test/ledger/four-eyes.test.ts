import { expect, test } from 'vitest'
import type { Draft } from '../../src/core/entry.ts'
import { addMember, changePolicy } from '../../src/ledger/members/membership.ts'
import { pause, random } from '../../src/node/runtime.ts'
import { append } from '../../src/store/append.ts'
import { Refused } from '../../src/store/database.ts'
import { rebuild } from '../../src/store/migrate.ts'
import { verified } from '../support/check-ledger.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { AFTERWARDS, confirm, log, propose, questionOf, refusal } from '../support/steps.ts'

async function proposed() {
  const held = await testLedger()
  const { question } = await log(held)
  await addMember(held.ledger, held.unit, { name: 'Ruth', role: 'resolver' })
  held.at(AFTERWARDS)
  await propose(held, question)
  return { held, question }
}

/** Appends the confirmation of the proposer as a program would that knows no rule. */
async function pastTheVerb(held: TestLedger, question: string): Promise<void> {
  const { stream, rev } = (await questionOf(held, question)) as { stream: string; rev: number }
  const payload = { question, id: 'r1', objection_hours: 48 }
  const entry = {
    type: 'resolution.confirmed',
    by: held.unit.by.member,
    refs: [],
    stream,
    rev: rev + 1,
    payload,
  }
  await append(held.ledger.db, [{ entries: [entry as Draft] }], held.unit.now, random, pause)
}

const TRIGGER = { sql: 'DROP TRIGGER resolution_four_eyes' }

test('the verb alone refuses the proposer, where the trigger is gone', async () => {
  const { held, question } = await proposed()
  await held.ledger.db.write([TRIGGER])
  held.spoil()
  expect(await refusal(() => confirm(held, question, 'r1'))).toMatchObject({ code: 'four_eyes' })
})

test('the trigger alone refuses the proposer, also after the projections were made again from the log', async () => {
  const { held, question } = await proposed()
  await expect(pastTheVerb(held, question)).rejects.toBeInstanceOf(Refused)
  await rebuild(held.ledger.db, { afresh: true })
  await expect(pastTheVerb(held, question)).rejects.toBeInstanceOf(Refused)
  expect((await questionOf(held, question))?.outcome).toBeNull()
})

test('verify alone finds what got past the verb and the trigger', async () => {
  const { held, question } = await proposed()
  await held.ledger.db.write([TRIGGER])
  await pastTheVerb(held, question)
  held.spoil()
  expect((await verified(held.ledger.db)).findings.map(({ code }) => code)).toContain('four_eyes')
})

test('a log in which one confirmed alone while it was allowed is made again with four eyes in force now', async () => {
  const { held, question } = await proposed()
  await changePolicy(held.ledger, held.unit, 'off')
  await confirm(held, question, 'r1')
  await changePolicy(held.ledger, held.unit, 'on')
  await rebuild(held.ledger.db, { afresh: true })
  expect((await questionOf(held, question))?.outcome).toBe('no')
  expect((await verified(held.ledger.db)).findings).toEqual([])
})
