import { describe, expect, it } from 'vitest'
import type { Payload } from '../../src/core/entry.ts'
import { UNLIMITED } from '../../src/core/quota.ts'
import {
  addMember,
  foundLedger,
  issueToken,
  machineMember,
  openSecret,
  revokeToken,
} from '../../src/ledger/members/membership.ts'
import { bearerOf, bearerOfToken, crc32 } from '../../src/ledger/members/secret.ts'
import { Refused, type Statement } from '../../src/store/database.ts'
import { listMembers, listTokens, readPolicy, useUp } from '../../src/store/members.ts'
import { refuseWhere } from '../../src/store/refusal.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { refusal, theLog, typesOf } from '../support/steps.ts'

const holder = (test: TestLedger, token: string) => bearerOfToken(test.ledger.db, token, test.unit.now)
const isRefused = (error: unknown) => {
  if (error instanceof Refused) return false
  throw error
}
const idOf = (token: string) => token.slice('rk_pat_'.length, 'rk_pat_'.length + 12)

describe('a new ledger', () => {
  it('is founded with one administrator, two machines and a policy, in one batch', async () => {
    const test = await testLedger()
    const entries = (await theLog(test, 0)).slice(0, 4)
    expect(typesOf(entries)).toEqual(['member.added', 'member.added', 'member.added', 'policy.changed'])
    expect(new Set(entries.map(({ by }) => by)).size).toBe(1)
    const members = await listMembers(test.ledger.db)
    expect(members.map(({ name, role, machine }) => [name, role, machine])).toEqual([
      ['administrator', 'admin', false],
      ['import', 'resolver', true],
      ['scheduler', 'reader', true],
    ])
    expect(await readPolicy(test.ledger.db)).toMatchObject({ four_eyes: 'auto', four_eyes_in_force: false })
  })

  it('is founded once', async () => {
    const test = await testLedger()
    const again = await foundLedger(test.ledger, test.unit.now, 'on')
    expect(again).toEqual({ id: test.unit.by.member, name: 'administrator', role: 'admin' })
    expect(await theLog(test)).toEqual([])
  })
})

describe('a member', () => {
  it('is added by an administrator under a name of their own', async () => {
    const test = await testLedger()
    const { event } = await addMember(test.ledger, test.unit, { name: 'Ruth', role: 'recorder' })
    expect(event).toMatchObject({
      type: 'member.added',
      rev: 0,
      stream: (event.payload as Payload<'member.added'>).id,
    })
    expect(
      await refusal(() => addMember(test.ledger, test.unit, { name: 'Ruth', role: 'reader' })),
    ).toMatchObject({ code: 'duplicate' })
    const ruth = test.as({ member: event.stream, role: 'resolver' })
    expect(await refusal(() => addMember(test.ledger, ruth, { name: 'Rita', role: 'reader' }))).toMatchObject(
      { code: 'forbidden' },
    )
  })

  it.each(['', '  ', 'two\nlines', '\u001b[31mred', 'a\ud800', 'x'.repeat(201)])(
    'cannot be called %j: the log could not be read back',
    async (name) => {
      const test = await testLedger()
      expect(await refusal(() => addMember(test.ledger, test.unit, { name, role: 'reader' }))).toMatchObject({
        code: 'invalid',
        pointers: ['/name'],
      })
    },
  )

  it('who is added twice at once is added once', async () => {
    const test = await testLedger()
    const both = await Promise.all(
      [1, 2].map(() => refusal(() => addMember(test.ledger, test.unit, { name: 'Ruth', role: 'resolver' }))),
    )
    expect(both.map((refused) => refused?.code ?? 'added').toSorted()).toEqual(['added', 'duplicate'])
  })
})

describe('a token', () => {
  it('is shown once: the database keeps its id and a hash, the log neither', async () => {
    const test = await testLedger()
    const { token, id } = await issueToken(test.ledger, test.unit, {
      member: test.unit.by.member,
      name: 'Script',
      role: 'recorder',
    })
    expect(token).toMatch(/^rk_pat_[A-Za-z0-9]{44}[0-9a-f]{8}$/u)
    expect(idOf(token)).toBe(id)
    const secret = token.slice(19, 51)
    const rows = await test.ledger.db.read({ sql: 'SELECT * FROM secret' })
    expect(JSON.stringify(rows)).not.toContain(secret)
    expect(JSON.stringify(await theLog(test))).not.toContain(secret)
    expect(await holder(test, token)).toMatchObject({
      member: test.unit.by.member,
      name: 'administrator',
      role: 'recorder',
    })
  })

  it('gives its own role, which is at most that of its member', async () => {
    const test = await testLedger()
    const ruth = await test.join('Ruth', 'recorder')
    const request = { member: ruth.member, name: 'x', role: 'reader' as const }
    expect(await holder(test, (await issueToken(test.ledger, test.as(ruth), request)).token)).toMatchObject({
      name: 'Ruth',
      role: 'reader',
    })
    expect(
      await refusal(() => issueToken(test.ledger, test.unit, { ...request, role: 'admin' })),
    ).toMatchObject({ code: 'forbidden' })
  })

  it('of somebody else is issued by an administrator, of a machine by nobody', async () => {
    const test = await testLedger()
    const [ruth, rita] = [await test.join('Ruth', 'recorder'), await test.join('Rita', 'recorder')]
    const request = { member: rita.member, name: 'x', role: 'reader' as const }
    expect(await refusal(() => issueToken(test.ledger, test.as(ruth), request))).toMatchObject({
      code: 'forbidden',
    })
    const { member } = await machineMember(test.ledger, 'import')
    expect(await refusal(() => issueToken(test.ledger, test.unit, { ...request, member }))).toMatchObject({
      code: 'forbidden',
    })
    expect(
      await refusal(() => issueToken(test.ledger, test.unit, { ...request, member: 'nobody' })),
    ).toMatchObject({ code: 'not_found' })
  })

  it('expires at its instant, and not before', async () => {
    const test = await testLedger()
    const request = {
      member: test.unit.by.member,
      name: 'x',
      role: 'reader' as const,
      expires_at: '2026-11-23T00:00:00.000Z',
    }
    const { token } = await issueToken(test.ledger, test.unit, request)
    test.at('2026-11-22T23:59:59.999Z')
    expect(await holder(test, token)).not.toBeNull()
    test.at('2026-11-23T00:00:00.000Z')
    expect(await holder(test, token)).toBeNull()
  })

  it('expires at an instant, or is not issued', async () => {
    const test = await testLedger()
    for (const expires_at of ['2026-11-23', '2026-11-23T00:00:00Z', 'soon'])
      expect(
        await refusal(() =>
          issueToken(test.ledger, test.unit, {
            member: test.unit.by.member,
            name: 'x',
            role: 'reader',
            expires_at,
          }),
        ),
      ).toMatchObject({ code: 'invalid', pointers: ['/expires_at'] })
  })

  it('stops when it is revoked, by its member or an administrator', async () => {
    const test = await testLedger()
    const [ruth, rita] = [await test.join('Ruth', 'reader'), await test.join('Rita', 'reader')]
    expect(await refusal(() => revokeToken(test.ledger, test.as(ruth), idOf(rita.token)))).toMatchObject({
      code: 'forbidden',
    })
    await revokeToken(test.ledger, test.as(ruth), idOf(ruth.token))
    await revokeToken(test.ledger, test.unit, idOf(rita.token))
    expect([await holder(test, ruth.token), await holder(test, rita.token)]).toEqual([null, null])
    expect(await refusal(() => revokeToken(test.ledger, test.unit, idOf(rita.token)))).toMatchObject({
      code: 'already_decided',
    })
    expect(await refusal(() => revokeToken(test.ledger, test.unit, 'nothing'))).toMatchObject({
      code: 'not_found',
    })
    const revoked = (await listTokens(test.ledger.db)).filter(({ revoked_at }) => revoked_at !== null)
    expect(revoked.map(({ id }) => id).toSorted()).toEqual([idOf(ruth.token), idOf(rita.token)].toSorted())
  })

  it('that is mistyped, made up or another kind of secret opens nothing', async () => {
    const test = await testLedger()
    const { token } = test
    const changed = (at: number) => token.slice(0, at) + (token[at] === 'a' ? 'b' : 'a') + token.slice(at + 1)
    for (let at = 0; at < token.length; at++)
      expect(await holder(test, changed(at)), `character ${at}`).toBeNull()
    const pair = token.slice(7, 51)
    const forged = `${pair.slice(0, 12)}${'x'.repeat(32)}`
    for (const made of [
      '',
      'rk_pat_',
      pair,
      `rk_pat_${forged}${crc32(forged)}`,
      `${token} `,
      token.toUpperCase(),
    ])
      expect(await holder(test, made)).toBeNull()
    expect(await bearerOf(test.ledger.db, 'session', pair, test.unit.now)).toBeNull()
    expect(await holder(test, token)).toMatchObject({ role: 'admin' })
  })
})

describe('a link and a session', () => {
  it('give the role of their member and are private: the log knows nothing of them', async () => {
    const test = await testLedger()
    const ruth = await test.join('Ruth', 'resolver')
    const before = await theLog(test)
    for (const kind of ['link', 'session'] as const) {
      const secret = await openSecret(test.ledger, test.unit.now, ruth.member, kind)
      const other = kind === 'link' ? 'session' : 'link'
      expect(await bearerOf(test.ledger.db, kind, secret, test.unit.now)).toMatchObject({
        member: ruth.member,
        role: 'resolver',
        id: secret.slice(0, 12),
      })
      expect(await bearerOf(test.ledger.db, other, secret, test.unit.now)).toBeNull()
      expect(await bearerOf(test.ledger.db, kind, `${secret.slice(0, -1)}!`, test.unit.now)).toBeNull()
      expect(await holder(test, `rk_pat_${secret}${crc32(secret)}`)).toBeNull()
    }
    expect(await theLog(test)).toEqual(before)
  })

  it.each([
    ['link', '2026-11-22T10:15:00.000Z'],
    ['session', '2026-12-22T10:00:00.000Z'],
  ] as const)('expire: a %s at %s', async (kind, instant) => {
    const test = await testLedger()
    const secret = await openSecret(test.ledger, test.unit.now, test.unit.by.member, kind)
    const at = new Date(instant)
    expect(await bearerOf(test.ledger.db, kind, secret, new Date(at.getTime() - 1))).not.toBeNull()
    expect(await bearerOf(test.ledger.db, kind, secret, at)).toBeNull()
    await openSecret(test.ledger, at, test.unit.by.member, 'session')
    expect(await test.ledger.db.read({ sql: "SELECT id FROM secret WHERE kind = 'link'" })).toEqual([])
  })

  it('a link works once, also when two follow it at the same moment', async () => {
    const test = await testLedger()
    const secret = await openSecret(test.ledger, test.unit.now, test.unit.by.member, 'link')
    const { db } = test.ledger
    const use = () => db.write(useUp(secret.slice(0, 12))).then(() => true, isRefused)
    expect((await Promise.all([use(), use()])).toSorted()).toEqual([false, true])
    expect(await bearerOf(test.ledger.db, 'link', secret, test.unit.now)).toBeNull()
  })

  it('a link is spent only together with what it opens', async () => {
    const test = await testLedger()
    const { now, by } = test.unit
    const link = await openSecret(test.ledger, now, by.member, 'link')
    const spend = (beside: Statement[]) =>
      openSecret(test.ledger, now, by.member, 'session', UNLIMITED, [
        ...useUp(link.slice(0, 12)),
        ...beside,
      ]).then(() => true, isRefused)
    expect(await spend([refuseWhere('SELECT 1')])).toBe(false)
    expect(await spend([])).toBe(true)
    expect(await spend([])).toBe(false)
  })

  it('are not given to machines, nor to nobody', async () => {
    const test = await testLedger()
    const { member } = await machineMember(test.ledger, 'scheduler')
    expect(await refusal(() => openSecret(test.ledger, test.unit.now, member, 'link'))).toMatchObject({
      code: 'forbidden',
    })
    expect(await refusal(() => openSecret(test.ledger, test.unit.now, 'nobody', 'link'))).toMatchObject({
      code: 'not_found',
    })
  })
})

it('the checksum of a token is CRC-32 of ISO 3309', () => {
  expect(crc32('123456789')).toBe('cbf43926')
  expect(crc32('')).toBe('00000000')
})
