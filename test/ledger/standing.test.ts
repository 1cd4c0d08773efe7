import { describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import type { Role } from '../../src/core/member.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import type { Ledger, Unit } from '../../src/ledger/ledger.ts'
import { changeMember } from '../../src/ledger/members/change-member.ts'
import { changePolicy, issueToken, revokeToken } from '../../src/ledger/members/membership.ts'
import { confirmResolution } from '../../src/ledger/resolution/confirm-resolution.ts'
import { ledgerOn } from '../../src/node/runtime.ts'
import { openAnother } from '../jobs/another.ts'
import { aForecast, type TestLedger, testLedger } from '../support/ledger.ts'
import { AFTERWARDS, log, propose, refusal, theLog, typesOf } from '../support/steps.ts'

// Each ledger is verified when its test ends: an entry of somebody who may not write it would be found there.

/** The ledger of a server that has decided what to write when something happens through another program. */
function overtaken(test: TestLedger, meanwhile: (other: Ledger) => Promise<unknown>): Ledger {
  let happened = false
  const { db } = test.ledger
  return ledgerOn({
    ...db,
    write: async (statements) => {
      if (!happened) {
        happened = true
        await meanwhile(await openAnother(test))
      }
      return db.write(statements)
    },
  })
}

const change =
  (test: TestLedger, id: string, what: { role?: Role; suspended?: boolean }) => (other: Ledger) =>
    changeMember(other, test.unit, id, { because: 'It was time.', ...what })

describe('a request whose member is changed while it is under way is refused as if it came later:', () => {
  it.each([
    [{ suspended: true }, 'Ruth is suspended.'],
    [{ role: 'reader' as const }, 'This needs the role recorder; yours is reader.'],
  ])('%o', async (what, detail) => {
    const test = await testLedger()
    const ruth = await test.join('Ruth', 'recorder')
    const { source, ...rest } = aForecast()
    const text = `He said: ${rest.quote}.`
    const before = await theLog(test)
    const app = createApp({ ...test.host, ledger: overtaken(test, change(test, ruth.member, what)) })
    const answer = await app.request('/api/forecasts', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${ruth.token}`,
        'content-type': 'application/json',
        'idempotency-key': 'k',
      },
      body: JSON.stringify({ ...rest, source: { ...(source as object), text } }),
    })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ code: 'forbidden', detail })
    expect(typesOf(await theLog(test))).toEqual([...typesOf(before), 'member.changed'])
    for (const table of ['source', 'source_text', 'statement', 'idempotency'])
      expect(await test.ledger.db.read({ sql: `SELECT * FROM ${table}` }), table).toEqual([])
  })

  it('a resolver made a recorder does not confirm', async () => {
    const test = await testLedger()
    const { question } = await log(test)
    const ruth = await test.join('Ruth', 'resolver')
    test.at(AFTERWARDS)
    await propose(test, question)
    const ledger = overtaken(test, change(test, ruth.member, { role: 'recorder' }))
    expect(await refusal(() => confirmResolution(ledger, test.as(ruth), question, 'r1'))).toMatchObject({
      code: 'forbidden',
      message: 'This needs the role resolver; yours is recorder.',
    })
  })

  it('an admin made a resolver neither changes the policy nor gives or takes tokens of others', async () => {
    type Act = (ledger: Ledger, unit: Unit, test: TestLedger) => Promise<unknown>
    const acts: Act[] = [
      (ledger, unit) => changePolicy(ledger, unit, 'on'),
      (ledger, unit, test) =>
        issueToken(ledger, unit, { member: test.unit.by.member, name: 'x', role: 'reader' }),
      (ledger, unit) => issueToken(ledger, unit, { member: unit.by.member, name: 'x', role: 'admin' }),
      (ledger, unit, test) => revokeToken(ledger, unit, test.token.slice(7, 19)),
    ]
    for (const act of acts) {
      const test = await testLedger()
      const ada = await test.join('Ada', 'admin')
      const ledger = overtaken(test, change(test, ada.member, { role: 'resolver' }))
      expect(await refusal(() => act(ledger, test.as(ada), test))).toMatchObject({
        code: 'forbidden',
        message: 'This needs the role admin; yours is resolver.',
      })
    }
  })
})

it('a token is not issued beyond what its member has become meanwhile', async () => {
  const test = await testLedger()
  const ruth = await test.join('Ruth', 'resolver')
  const issue = (ledger: Ledger) =>
    refusal(() => issueToken(ledger, test.unit, { member: ruth.member, name: 'x', role: 'recorder' }))
  expect(await issue(overtaken(test, change(test, ruth.member, { role: 'reader' })))).toMatchObject({
    message: 'Ruth is reader: a token cannot be more than its member.',
  })
  await change(test, ruth.member, { role: 'resolver' })(test.ledger)
  expect(await issue(overtaken(test, change(test, ruth.member, { suspended: true })))).toMatchObject({
    message: 'Ruth is suspended.',
  })
})

it('in one group, whoever is suspended first writes nothing, and the neighbours lose nothing', async () => {
  const test = await testLedger()
  const ruth = await test.join('Ruth', 'recorder')
  const forecast = (ledger: Ledger, unit = test.unit, quote = 'never a war') =>
    refusal(() => recordForecast(ledger, unit, aForecast({ quote })))
  const [, refused, neighbour] = await Promise.all([
    change(test, ruth.member, { suspended: true })(test.ledger),
    forecast(test.ledger, test.as(ruth), 'no war by Ruth'),
    forecast(test.ledger),
  ])
  expect([refused?.message, neighbour]).toEqual(['Ruth is suspended.', null])

  await change(test, ruth.member, { suspended: false })(test.ledger)
  const [recorded] = await Promise.all([
    forecast(test.ledger, test.as(ruth), 'no war by Ruth'),
    change(test, ruth.member, { suspended: true })(test.ledger),
  ])
  expect(recorded).toBeNull()
})

it('an admin may end their own part, and their token may go while it writes: its member may still', async () => {
  const test = await testLedger()
  const ada = await test.join('Ada', 'admin')
  const token = ada.token.slice(7, 19)
  const ledger = overtaken(test, (other) => revokeToken(other, test.unit, token))
  expect(await refusal(() => recordForecast(ledger, test.as(ada), aForecast()))).toBeNull()
  const own = { because: 'I leave.', role: 'reader' as const }
  await changeMember(test.ledger, test.as(ada), ada.member, own)
  expect(typesOf(await theLog(test)).at(-1)).toBe('member.changed')
})
