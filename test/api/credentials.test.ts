import { expect, test } from 'vitest'
import { routes } from '../../src/api/routes.ts'
import { type Role, roles } from '../../src/core/member.ts'
import { changeMember } from '../../src/ledger/members/change-member.ts'
import { issueToken } from '../../src/ledger/members/membership.ts'
import { client } from './client.ts'

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

test('every write of the API needs a role, and what looks after members and tokens of others needs an admin', () => {
  expect(writes.filter(({ role }) => role === null)).toEqual([])
  expect(writes.filter(({ role }) => role === 'reader').map(({ path }) => path)).toEqual([
    '/tokens',
    '/tokens/:id/revocation',
  ])
  expect(writes.filter(({ path }) => path.startsWith('/members')).map(({ role }) => role)).toEqual([
    'admin',
    'admin',
    'admin',
  ])
})
