import { expect, it } from 'vitest'
import { resolutionsOf } from '../../src/store/lookups.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { AFTERWARDS, aQuestion, log, propose, questionOf, refusal, theLog } from '../support/steps.ts'

const rung = async (test: TestLedger, title: string, changes: Record<string, unknown> = {}) =>
  (
    await log(test, {
      quote: `no ${title}`,
      question: aQuestion({ title, family: 'baku-escalation', ...changes }),
    })
  ).question

async function ladder() {
  const test = await testLedger()
  const [e1, e2, e3] = [await rung(test, 'E1'), await rung(test, 'E2'), await rung(test, 'E3')]
  test.at(AFTERWARDS)
  return { test, e1, e2, e3 }
}

it('a lower rung that did not happen proposes the same for the higher ones, an entry each', async () => {
  const { test, e1, e2, e3 } = await ladder()
  const before = (await theLog(test)).length
  await propose(test, e2, { also: [e3, e3] })
  const entries = (await theLog(test)).slice(before)
  expect(entries.map(({ type }) => type)).toEqual(['resolution.proposed', 'resolution.proposed'])
  const [first, second] = entries.map(({ payload }) => payload as Record<string, unknown>)
  expect(second).toEqual({ ...first, question: e3 })
  expect(await resolutionsOf(test.ledger.db, e1)).toEqual([])
})

it('all are proposed or none, and the refusal names the one that does not take it', async () => {
  const { test, e1, e2, e3 } = await ladder()
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
  const { test, e2 } = await ladder()
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
  const { test, e2, e3 } = await ladder()
  await propose(test, e2, { outcome: 'yes' })
  await propose(test, e2, { also: [e3], supersedes: 'r1' })
  expect((await resolutionsOf(test.ledger.db, e3)).map(({ record }) => record.supersedes)).toEqual([
    undefined,
  ])
  expect((await questionOf(test, e2)).pending).toBe('r2')
})
