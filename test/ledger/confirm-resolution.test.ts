import { describe, expect, it } from 'vitest'
import { DisputeRequest } from '../../src/core/resolution.ts'
import { addMember, changePolicy } from '../../src/ledger/members/membership.ts'
import { disputeResolution } from '../../src/ledger/resolution/dispute-resolution.ts'
import { resolutionsOf } from '../../src/store/lookups.ts'
import { readPolicy } from '../../src/store/members.ts'
import { verified } from '../support/check-ledger.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { AFTERWARDS, confirm, log, propose, questionOf, refusal, theLog, typesOf } from '../support/steps.ts'

const dispute = (test: TestLedger, id: string, resolution: string, unit = test.unit) =>
  disputeResolution(
    test.ledger,
    unit,
    id,
    resolution,
    DisputeRequest.parse({ because: 'The evidence is about another year.' }),
  )

async function proposed(test: TestLedger) {
  const { question } = await log(test)
  test.at(AFTERWARDS)
  await propose(test, question)
  return question
}

describe('a proposal', () => {
  it('is in force from the entry that confirms it', async () => {
    const test = await testLedger()
    const id = await proposed(test)
    const { event } = await confirm(test, id, 'r1')
    expect(event).toMatchObject({ type: 'resolution.confirmed', rev: 2, payload: { question: id, id: 'r1' } })
    expect(await questionOf(test, id)).toMatchObject({ outcome: 'no', pending: null, disputed: false })
    const [row] = await resolutionsOf(test.ledger.db, id)
    expect(row).toMatchObject({
      state: 'confirmed',
      confirmed_by: test.unit.by.member,
      confirmed_at: AFTERWARDS,
    })
  })

  it('is confirmed once, also when two do it at the same moment', async () => {
    const test = await testLedger()
    const id = await proposed(test)
    const both = await Promise.all([1, 2].map(() => refusal(() => confirm(test, id, 'r1'))))
    expect(both.map((refused) => refused?.code ?? 'confirmed').toSorted()).toEqual([
      'already_decided',
      'confirmed',
    ])
    expect(await refusal(() => confirm(test, id, 'r1'))).toMatchObject({ code: 'already_decided' })
    expect(typesOf(await theLog(test)).filter((type) => type === 'resolution.confirmed')).toHaveLength(1)
  })

  it('that is not there, or gave way to another, is not confirmed', async () => {
    const test = await testLedger()
    const id = await proposed(test)
    expect(await refusal(() => confirm(test, id, 'r2'))).toMatchObject({ code: 'not_found' })
    expect(await refusal(() => confirm(test, 'nothing', 'r1'))).toMatchObject({ code: 'not_found' })
    await propose(test, id, { supersedes: 'r1' })
    expect(await refusal(() => confirm(test, id, 'r1'))).toMatchObject({ code: 'already_decided' })
  })

  it('that is disputed is not confirmed: another one supersedes it', async () => {
    const test = await testLedger()
    const id = await proposed(test)
    await dispute(test, id, 'r1')
    expect(await refusal(() => confirm(test, id, 'r1'))).toMatchObject({ code: 'conflict' })
    await propose(test, id, { supersedes: 'r1' })
    expect(await refusal(() => confirm(test, id, 'r2'))).toBeNull()
  })

  it('is confirmed and disputed by those who may resolve', async () => {
    const test = await testLedger()
    const id = await proposed(test)
    const recorder = await test.join('Ruth', 'recorder')
    expect(await refusal(() => confirm(test, id, 'r1', test.as(recorder)))).toMatchObject({
      code: 'forbidden',
    })
    expect(await refusal(() => dispute(test, id, 'r1', test.as(recorder)))).toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('a dispute', () => {
  it('marks an outcome in force and leaves it in force until it is superseded', async () => {
    const test = await testLedger()
    const id = await proposed(test)
    await confirm(test, id, 'r1')
    const { event } = await dispute(test, id, 'r1')
    expect(event).toMatchObject({
      type: 'resolution.disputed',
      payload: { because: 'The evidence is about another year.' },
    })
    expect(await questionOf(test, id)).toMatchObject({ outcome: 'no', disputed: true })
    await propose(test, id, { outcome: 'yes', supersedes: 'r1' })
    expect(await questionOf(test, id)).toMatchObject({ outcome: 'no', disputed: true, pending: 'r2' })
    await confirm(test, id, 'r2')
    expect(await questionOf(test, id)).toMatchObject({ outcome: 'yes', disputed: false, pending: null })
  })

  it('is made once, of what is there and still stands', async () => {
    const test = await testLedger()
    const id = await proposed(test)
    expect(await refusal(() => dispute(test, id, 'r9'))).toMatchObject({ code: 'not_found' })
    await dispute(test, id, 'r1')
    expect(await refusal(() => dispute(test, id, 'r1'))).toMatchObject({ code: 'already_decided' })
    await propose(test, id, { supersedes: 'r1' })
    expect(await refusal(() => dispute(test, id, 'r1'))).toMatchObject({ code: 'already_decided' })
  })
})

describe('four eyes', () => {
  it('do not hold while only one member may resolve, and verify counts what one person decided', async () => {
    const test = await testLedger()
    const id = await proposed(test)
    await test.join('Ruth', 'recorder')
    expect(await refusal(() => confirm(test, id, 'r1'))).toBeNull()
    expect(await verified(test.ledger.db)).toMatchObject({ same_person: 1, findings: [] })
  })

  it.each(['resolver', 'admin'] as const)(
    'hold from the second who may resolve on, a %s, by an entry of the same batch',
    async (role) => {
      const test = await testLedger()
      const id = await proposed(test)
      const { event } = await addMember(test.ledger, test.unit, { name: 'Ruth', role })
      const entries = (await theLog(test)).filter(({ seq }) => seq >= event.seq)
      expect(typesOf(entries)).toEqual(['member.added', 'policy.changed'])
      expect(entries[1]?.payload).toEqual({ four_eyes: 'auto', four_eyes_in_force: true })
      expect(entries[1]?.at).toBe(entries[0]?.at)
      expect(await refusal(() => confirm(test, id, 'r1'))).toMatchObject({ code: 'four_eyes' })
      const ruth = { member: (event.payload as { id: string }).id, role }
      expect(await refusal(() => confirm(test, id, 'r1', test.as(ruth)))).toBeNull()
      expect(await verified(test.ledger.db)).toMatchObject({ same_person: 0 })
    },
  )

  it('hold for administrators too, and for a correction', async () => {
    const test = await testLedger()
    const id = await proposed(test)
    const ruth = test.as(await test.join('Ruth', 'resolver'))
    await confirm(test, id, 'r1', { ...ruth, now: test.unit.now })
    await propose(test, id, { outcome: 'yes', supersedes: 'r1' })
    expect(await refusal(() => confirm(test, id, 'r2'))).toMatchObject({ code: 'four_eyes' })
  })

  it('are switched on for one person, off for two, and back to automatic', async () => {
    const test = await testLedger()
    const id = await proposed(test)
    await changePolicy(test.ledger, test.unit, 'on')
    expect(await refusal(() => confirm(test, id, 'r1'))).toMatchObject({ code: 'four_eyes' })
    await changePolicy(test.ledger, test.unit, 'auto')
    expect((await readPolicy(test.ledger.db))?.four_eyes_in_force).toBe(false)
    await changePolicy(test.ledger, test.unit, 'off')
    await test.join('Ruth', 'resolver')
    expect((await readPolicy(test.ledger.db))?.four_eyes_in_force).toBe(false)
    await changePolicy(test.ledger, test.unit, 'auto')
    expect((await readPolicy(test.ledger.db))?.four_eyes_in_force).toBe(true)
    expect(await refusal(() => confirm(test, id, 'r1'))).toMatchObject({ code: 'four_eyes' })
  })

  it('hold when the second resolver joins in the very batch in which one person confirms', async () => {
    const test = await testLedger()
    const id = await proposed(test)
    const [joined, confirmed] = await Promise.all([
      refusal(() => addMember(test.ledger, test.unit, { name: 'Ruth', role: 'resolver' })),
      refusal(() => confirm(test, id, 'r1')),
    ])
    expect([joined?.code, confirmed?.code]).toEqual([undefined, 'four_eyes'])
  })

  it('are a matter for administrators', async () => {
    const test = await testLedger()
    const resolver = await test.join('Ruth', 'resolver')
    expect(await refusal(() => changePolicy(test.ledger, test.as(resolver), 'off'))).toMatchObject({
      code: 'forbidden',
    })
  })
})
