import { expect, test } from 'vitest'
import { allRoutes } from '../../src/api/routes.ts'
import { type Role, roles, scopeOf, scopes } from '../../src/core/member.ts'
import { changeMember } from '../../src/ledger/members/change-member.ts'
import { issueToken } from '../../src/ledger/members/membership.ts'
import { client } from './client.ts'

const routes = await allRoutes()

const SOON = '2026-11-22T10:01:00.000Z'
const writes = routes.filter(({ method }) => method !== 'GET')
const rank = (role: Role) => roles.indexOf(role)

/** A token of every role for a member of every role, whom the second change left with less than some of them say. */
async function everyToken() {
  const held = await client()
  const tokens: { member: Role | 'suspended'; role: Role; token: string }[] = []
  for (const member of [...roles, 'suspended'] as const) {
    const { member: id } = await held.join(`Member ${member}`, 'admin')
    for (const role of roles) {
      const ending = (rank(role) + tokens.length) % 2 === 0 ? { expires_at: SOON } : {}
      const request = { member: id, name: 'x', role, ...ending }
      tokens.push({ member, role, token: (await issueToken(held.ledger, held.unit, request)).token })
    }
    const change = member === 'suspended' ? { suspended: true } : { role: member }
    if (member !== 'admin') await changeMember(held.ledger, held.unit, id, { ...change, because: 'So.' })
  }
  return { held, tokens }
}

/** A reader without an account reports a mistake. */
const isForEverybody = ({ method, path }: { method: string; path: string }) =>
  method === 'POST' && path === '/reports'

test('every write of the API asks for the lesser of the token’s role and its member’s, before anything else', async () => {
  const { held, tokens } = await everyToken()
  const wrong: unknown[] = []
  for (const { method, path, role: needed } of writes)
    for (const { member, role, token } of tokens) {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const address = `/api${path.replaceAll(/:\w+/gu, 'x')}`
      const { status } = await held.send(address, { method, body: '{', headers })
      const may = member !== 'suspended' && Math.min(rank(member), rank(role)) >= rank(needed ?? 'reader')
      const expected = member === 'suspended' ? 401 : may ? 400 : 403
      if (status !== expected) wrong.push({ method, path, needed, member, role, status, expected })
    }
  expect(wrong).toEqual([])
  expect(writes.length).toBeGreaterThan(30)
})

test('every write of the API asks for the scope of its role, and says which one is missing', async () => {
  const held = await client()
  const admin = held.unit.by.member
  const wrong: unknown[] = []
  for (const scope of scopes) {
    const request = { member: admin, name: scope, role: 'admin' as const, scopes: [scope] }
    const { token } = await issueToken(held.ledger, held.unit, request)
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    for (const { method, path, role } of routes) {
      if (isForEverybody({ method, path })) continue
      const needed = role === null ? null : scopeOf[role]
      if (method === 'GET' && needed === null) continue
      const address = `/api${path.replaceAll(/:\w+/gu, 'x')}`
      const init = method === 'GET' ? { headers } : { method, body: '{', headers }
      const { status, text } = await held.send(address, init)
      const isRefused =
        status === 403 && text.includes(`needs the scope ${needed}; the token in use has ${scope}.`)
      if (isRefused === (needed === scope)) wrong.push({ method, path, needed, scope, status, text })
    }
    const me = JSON.parse((await held.send('/api/me', { headers })).text) as {
      scopes?: string[]
      detail?: string
    }
    expect(scope === 'read' ? me.scopes : me.detail).toEqual(
      scope === 'read' ? ['read'] : `This needs the scope read; the token in use has ${scope}.`,
    )
  }
  expect(wrong).toEqual([])
})

test('a token has no scope that its role does not have, and what it may do falls with its member', async () => {
  const held = await client()
  const ruth = await held.join('Ruth', 'resolver')
  const asked = { member: ruth.member, name: 'x', role: 'recorder', scopes: ['log', 'resolve'] }
  const refused = await held.post('/api/tokens', asked)
  expect([refused.status, refused.json.errors]).toEqual([
    422,
    [{ pointer: '/scopes', message: 'names resolve, which the role recorder does not have' }],
  ])
  for (const scopes of [[], ['log', 'log'], ['everything'], 'log'])
    expect((await held.post('/api/tokens', { ...asked, scopes })).status).toBe(422)
  const { json } = await held.post('/api/tokens', { ...asked, role: 'resolver', scopes: ['read', 'resolve'] })
  const { token } = json.record as { token: string }
  const me = async () => (await held.get('/api/me', { authorization: `Bearer ${token}` })).json
  expect(await me()).toMatchObject({ member: ruth.member, role: 'resolver', scopes: ['read', 'resolve'] })
  await changeMember(held.ledger, held.unit, ruth.member, { role: 'recorder', because: 'So.' })
  expect(await me()).toMatchObject({ role: 'recorder', scopes: ['read'] })
  expect(
    (await held.post('/api/analysts', { name: 'Anna' }, { authorization: `Bearer ${token}` })).json,
  ).toMatchObject({ code: 'forbidden', detail: 'This needs the scope log; the token in use has read.' })
})

test('a token that may only log reads nothing of a ledger that is not public', async () => {
  const held = await client({ public: false })
  const { token } = await issueToken(held.ledger, held.unit, {
    ...{ member: held.unit.by.member, name: 'feed', role: 'recorder', scopes: ['log'] },
  })
  const authorization = `Bearer ${token}`
  expect((await held.post('/api/analysts', { name: 'Anna' }, { authorization })).status).toBe(201)
  expect((await held.get('/api/analysts', { authorization })).status).toBe(403)
})

test('every write of the API needs a role, and what looks after members and tokens of others needs an admin', () => {
  expect(writes.filter(({ role }) => role === null).every(isForEverybody)).toBe(true)
  expect(writes.filter(({ role }) => role === 'reader').map(({ path }) => path)).toEqual([
    '/lookup',
    '/tokens',
    '/tokens/:id/revocation',
    '/reminders',
    '/reminders/letter',
  ])
  expect(writes.filter(({ path }) => path.startsWith('/members')).map(({ role }) => role)).toEqual([
    'admin',
    'admin',
    'admin',
  ])
})
