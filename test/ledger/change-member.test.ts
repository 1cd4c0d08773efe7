import { expect, test } from 'vitest'
import type { Draft } from '../../src/core/entry.ts'
import { changeMember } from '../../src/ledger/members/change-member.ts'
import {
  changePolicy,
  foundLedger,
  issueToken,
  openLink,
  openSecret,
} from '../../src/ledger/members/membership.ts'
import { bearerOf, bearerOfToken } from '../../src/ledger/members/secret.ts'
import { signOutMember } from '../../src/ledger/members/sessions.ts'
import { assignQuestion } from '../../src/ledger/newsroom/newsroom.ts'
import { pause } from '../../src/node/runtime.ts'
import { append } from '../../src/store/append.ts'
import { listMembers, readPolicy } from '../../src/store/members.ts'
import { rebuild } from '../../src/store/migrate.ts'
import { verified } from '../support/check-ledger.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { AFTERWARDS, confirm, log, propose, refusal, theLog, typesOf } from '../support/steps.ts'

const change = (
  test: TestLedger,
  id: string,
  what: { role?: 'reader' | 'recorder' | 'resolver' | 'admin'; suspended?: boolean },
) => changeMember(test.ledger, test.unit, id, { because: 'It was time.', ...what })
const standing = async (test: TestLedger, id: string) =>
  (await listMembers(test.ledger.db)).find((member) => member.id === id)
const inForce = async (test: TestLedger) => (await readPolicy(test.ledger.db))?.four_eyes_in_force

test('a change is an entry on the stream of the member, with what changed and why, and a rebuild brings it back', async () => {
  const held = await testLedger()
  const ruth = await held.join('Ruth', 'recorder')
  await change(held, ruth.member, { suspended: true, role: 'recorder' })
  await change(held, ruth.member, { suspended: false, role: 'reader' })
  const changes = (await theLog(held)).filter(({ stream, rev }) => stream === ruth.member && rev > 0)
  expect(changes.map(({ type, rev, payload }) => [type, rev, payload])).toEqual([
    ['member.changed', 1, { id: ruth.member, suspended: true, because: 'It was time.' }],
    ['member.changed', 2, { id: ruth.member, suspended: false, role: 'reader', because: 'It was time.' }],
  ])
  const before = await standing(held, ruth.member)
  expect(before).toMatchObject({ role: 'reader', suspended: false })
  await rebuild(held.ledger.db, { afresh: true })
  expect(await standing(held, ruth.member)).toEqual(before)
})

test('changes that are replayed together each hold', async () => {
  const held = await testLedger()
  const ruth = await held.join('Ruth', 'resolver')
  await change(held, ruth.member, { role: 'reader' })
  await change(held, ruth.member, { suspended: true })
  await rebuild(held.ledger.db, { afresh: true })
  expect(await standing(held, ruth.member)).toMatchObject({ role: 'reader', suspended: true })
})

test('verify finds an entry that leaves no admin, and one that changes a machine', async () => {
  for (const [name, what] of [
    ['administrator', { role: 'reader' as const }],
    ['import', { suspended: true }],
  ] as const) {
    const held = await testLedger()
    const id = (await listMembers(held.ledger.db)).find((member) => member.name === name)?.id ?? ''
    const payload = { id, ...what, because: 'Past the verb.' }
    const by = held.unit.by.member
    const entry: Draft = { type: 'member.changed', stream: id, rev: 1, by, refs: [], payload }
    await append(held.ledger.db, [{ entries: [entry] }], held.unit.now, held.ledger.random, pause)
    held.spoil()
    expect((await verified(held.ledger.db)).findings).toMatchObject([{ seq: 5, code: 'member' }])
  }
})

test('who is suspended is signed out for good; their tokens rest and wake', async () => {
  const held = await testLedger()
  const { ledger, unit } = held
  const ruth = await held.join('Ruth', 'resolver')
  const session = await openSecret(ledger, unit.now, ruth.member, 'session')
  const link = await openLink(ledger, unit, ruth.member)
  const works = async () => [
    (await bearerOf(ledger.db, 'session', session, unit.now))?.role,
    (await bearerOf(ledger.db, 'link', link, unit.now))?.role,
    (await bearerOfToken(ledger.db, ruth.token, unit.now))?.role,
  ]
  expect(await works()).toEqual(['resolver', 'resolver', 'resolver'])
  await change(held, ruth.member, { role: 'reader' })
  expect(await works()).toEqual(['reader', 'reader', 'reader'])
  await change(held, ruth.member, { suspended: true })
  expect(await works()).toEqual([undefined, undefined, undefined])
  for (const kind of ['link', 'session'] as const)
    expect(await refusal(() => openSecret(ledger, unit.now, ruth.member, kind))).toMatchObject({
      code: 'forbidden',
    })
  const request = { member: ruth.member, name: 'x', role: 'reader' as const }
  expect(await refusal(() => issueToken(ledger, unit, request))).toMatchObject({ code: 'forbidden' })
  await change(held, ruth.member, { suspended: false, role: 'recorder' })
  expect(await works()).toEqual([undefined, undefined, 'recorder'])
})

test('a question is not laid on the desk of somebody suspended', async () => {
  const held = await testLedger()
  const { question } = await log(held)
  const ruth = await held.join('Ruth', 'recorder')
  await change(held, ruth.member, { suspended: true })
  expect(
    await refusal(() => assignQuestion(held.ledger, held.unit, question, { member: ruth.member })),
  ).toMatchObject({ code: 'invalid', pointers: ['/member'] })
})

test('the second who may resolve turns four eyes on in the same batch, be it by a role or by coming back', async () => {
  for (const raise of [{ role: 'resolver' as const }, { suspended: false }]) {
    const held = await testLedger()
    const ruth = await held.join('Ruth', 'suspended' in raise ? 'resolver' : 'recorder')
    if ('suspended' in raise) {
      await change(held, ruth.member, { suspended: true })
      await changePolicy(held.ledger, held.unit, 'auto')
    }
    expect(await inForce(held)).toBe(false)
    const { event } = await change(held, ruth.member, raise)
    expect(await inForce(held)).toBe(true)
    expect(typesOf((await theLog(held)).filter(({ seq }) => seq >= event.seq))).toEqual([
      'member.changed',
      'policy.changed',
    ])
  }
})

test('four eyes stay in force when one is left who may resolve, until the policy is changed', async () => {
  const held = await testLedger()
  const { question } = await log(held)
  const ruth = await held.join('Ruth', 'resolver')
  await change(held, ruth.member, { suspended: true })
  expect(await inForce(held)).toBe(true)
  held.at(AFTERWARDS)
  await propose(held, question)
  expect(await refusal(() => confirm(held, question, 'r1'))).toMatchObject({ code: 'four_eyes' })
  await changePolicy(held.ledger, held.unit, 'auto')
  expect(await inForce(held)).toBe(false)
  await confirm(held, question, 'r1')
})

test('verify finds two who may resolve while four eyes are off under an auto policy', async () => {
  const held = await testLedger()
  const { question } = await log(held)
  const ruth = await held.join('Ruth', 'recorder')
  const payload = { id: ruth.member, role: 'resolver' as const, because: 'Past the verb.' }
  const entry: Draft = {
    type: 'member.changed',
    stream: ruth.member,
    rev: 1,
    by: held.unit.by.member,
    refs: [],
    payload,
  }
  await append(held.ledger.db, [{ entries: [entry] }], held.unit.now, held.ledger.random, pause)
  held.at(AFTERWARDS)
  await propose(held, question)
  await confirm(held, question, 'r1')
  held.spoil()
  expect((await verified(held.ledger.db)).findings).toMatchObject([{ code: 'four_eyes' }])
})

test('nobody signs out others but an admin, and a token not even its own member', async () => {
  const held = await testLedger()
  const [ruth, rita] = [await held.join('Ruth', 'recorder'), await held.join('Rita', 'recorder')]
  const open = () => openSecret(held.ledger, held.unit.now, ruth.member, 'session')
  const asToken = { ...held.as(ruth), by: { ...held.as(ruth).by, kind: 'token' as const } }
  await open()
  for (const unit of [held.as(rita), asToken])
    expect(await refusal(() => signOutMember(held.ledger, unit, ruth.member))).toMatchObject({
      code: 'forbidden',
    })
  expect(await signOutMember(held.ledger, held.as(ruth), ruth.member)).toBe(1)
  const sessions = [await open(), await open()]
  expect(await signOutMember(held.ledger, held.unit, ruth.member)).toBe(2)
  for (const session of sessions)
    expect(await bearerOf(held.ledger.db, 'session', session, held.unit.now)).toBeNull()
  expect(await bearerOfToken(held.ledger.db, ruth.token, held.unit.now)).not.toBeNull()
})

test('a start after the first administrator was put out founds nothing anew', async () => {
  const held = await testLedger()
  const ruth = await held.join('Ruth', 'admin')
  await change(held, held.unit.by.member, { suspended: true })
  const before = await theLog(held)
  expect(await foundLedger(held.ledger, held.unit.now)).toMatchObject({ id: ruth.member })
  expect(await theLog(held)).toEqual(before)
})
