import { expect, test } from 'vitest'
import { listMembers, listTokens } from '../../src/store/members.ts'
import { type Client, client } from './client.ts'

const SOON = '2026-11-22T10:01:00.000Z'
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const idOf = (token: string) => token.slice(7, 19)

/** A token by the administrator's own, through the front door. */
async function minted(held: Client, request: Record<string, unknown>): Promise<string> {
  const { status, json } = await held.post('/api/tokens', {
    member: held.unit.by.member,
    name: 'minted',
    ...request,
  })
  expect(status).toBe(201)
  return (json.record as { token: string }).token
}

test('a token mints nothing greater than itself, whatever its member may do', async () => {
  const held = await client()
  const member = held.unit.by.member
  const reader = await minted(held, { role: 'reader' })
  for (const role of ['recorder', 'resolver', 'admin']) {
    const reply = await held.post('/api/tokens', { member, name: 'more', role }, bearer(reader))
    expect([role, reply.status, reply.json.code]).toEqual([role, 403, 'forbidden'])
  }
  expect(
    (await held.post('/api/tokens', { member, name: 'same', role: 'reader' }, bearer(reader))).status,
  ).toBe(201)
  expect((await held.post('/api/members', { name: 'Eve', role: 'admin' }, bearer(reader))).status).toBe(403)
  expect((await listTokens(held.ledger.db)).filter(({ name }) => name === 'more')).toEqual([])
})

test('a token that ends mints none that lasts longer, and an admin token no exception', async () => {
  const held = await client()
  const member = held.unit.by.member
  const ending = await minted(held, { role: 'admin', expires_at: SOON })
  const mint = (expires_at?: string) =>
    held.post('/api/tokens', { member, name: 'x', role: 'reader', expires_at }, bearer(ending))
  const unlimited = await mint()
  expect([unlimited.status, unlimited.json.code]).toEqual([403, 'forbidden'])
  expect(unlimited.json.detail).toContain(SOON)
  expect((await mint('2026-11-22T10:01:00.001Z')).status).toBe(403)
  expect((await mint(SOON)).status).toBe(201)
})

test('a token revokes itself and lesser ones of its member; a greater one, or one that lasts longer, it does not', async () => {
  const held = await client()
  const [reader, recorder, ending] = [
    await minted(held, { role: 'reader' }),
    await minted(held, { role: 'recorder' }),
    await minted(held, { role: 'resolver', expires_at: SOON }),
  ]
  const revoke = (token: string, by: string) =>
    held.post(`/api/tokens/${idOf(token)}/revocation`, {}, bearer(by)).then(({ status }) => status)
  expect(await revoke(held.token, reader)).toBe(403)
  expect(await revoke(recorder, reader)).toBe(403)
  expect(await revoke(recorder, ending)).toBe(403)
  expect(await revoke(reader, recorder)).toBe(201)
  expect(await revoke(ending, ending)).toBe(201)
  expect(await revoke(recorder, held.token)).toBe(201)
  expect(await revoke(held.token, held.token)).toBe(201)
})

test('a token does no more than its member may do now, and nothing while they are suspended', async () => {
  const held = await client()
  const ruth = await held.join('Ruth', 'admin')
  const changes = (body: Record<string, unknown>) =>
    held.post(`/api/members/${ruth.member}/changes`, { because: 'It was time.', ...body })
  const add = (name: string) =>
    held.post('/api/members', { name, role: 'reader' }, bearer(ruth.token)).then(({ status }) => status)
  const log = (name: string) =>
    held.post('/api/analysts', { name }, bearer(ruth.token)).then(({ status }) => status)
  expect([await add('A'), await log('Anna')]).toEqual([201, 201])
  expect((await changes({ role: 'recorder' })).status).toBe(201)
  expect([await add('B'), await log('Berta')]).toEqual([403, 201])
  expect((await changes({ suspended: true })).status).toBe(201)
  expect([await add('C'), await log('Clara')]).toEqual([401, 401])
  expect((await held.get('/api/analysts', bearer(ruth.token))).status).toBe(401)
  expect((await changes({ suspended: false, role: 'admin' })).status).toBe(201)
  expect([await add('D'), await log('Dora')]).toEqual([201, 201])
})

test('members are changed by an admin token, as entries, and the list shows their state', async () => {
  const held = await client()
  const ruth = await held.join('Ruth', 'resolver')
  const path = `/api/members/${ruth.member}/changes`
  const reply = await held.post(path, { role: 'reader', suspended: true, because: 'She left.' })
  expect([reply.status, reply.json.record]).toEqual([
    201,
    { id: ruth.member, role: 'reader', suspended: true, because: 'She left.' },
  ])
  const { json } = await held.get(`/api/log/entries/${reply.json.seq}`)
  expect(json).toMatchObject({ envelope: { type: 'member.changed', rev: 1 }, withheld: true, payload: null })
  const list = await held.get('/api/members', bearer(held.token))
  expect((list.json.items as { name: string }[]).find(({ name }) => name === 'Ruth')).toMatchObject({
    role: 'reader',
    suspended: true,
  })
  expect(list.text).not.toContain('She left')
  expect((await held.post(path, { suspended: true, because: 'Again.' })).status).toBe(409)
  expect((await held.post(path, { because: 'Nothing.' })).status).toBe(422)
  expect((await held.post(path, { suspended: false })).status).toBe(422)
  expect((await held.post('/api/members/nobody/changes', { suspended: true, because: 'x' })).status).toBe(404)
})

test('the only admin left is neither suspended nor demoted, and machines never change', async () => {
  const held = await client()
  const own = `/api/members/${held.unit.by.member}/changes`
  for (const change of [{ suspended: true }, { role: 'resolver' }, { role: 'reader', suspended: true }]) {
    const reply = await held.post(own, { ...change, because: 'Enough.' })
    expect([reply.status, reply.json.code]).toEqual([409, 'conflict'])
    expect(reply.json.detail).toContain('administrator is the only admin left')
  }
  for (const { id } of (await listMembers(held.ledger.db)).filter(({ machine }) => machine))
    expect((await held.post(`/api/members/${id}/changes`, { suspended: true, because: 'x' })).status).toBe(
      403,
    )
  await held.join('Ruth', 'admin')
  expect((await held.post(own, { role: 'reader', because: 'Ruth does it now.' })).status).toBe(201)
  expect((await held.post('/api/members', { name: 'Eve', role: 'reader' })).status).toBe(403)
})

test('of two admins who put each other out at the same moment one stays', async () => {
  const held = await client()
  const ruth = await held.join('Ruth', 'admin')
  const out = (id: string, by: string) =>
    held.post(`/api/members/${id}/changes`, { suspended: true, because: 'Out.' }, bearer(by))
  const replies = await Promise.all([out(ruth.member, held.token), out(held.unit.by.member, ruth.token)])
  // The second is refused as the one who was suspended, or, decided later still, as the only admin left.
  const [first, second] = replies.map(({ status }) => status).toSorted()
  expect(first).toBe(201)
  expect([403, 409]).toContain(second)
  expect((await listMembers(held.ledger.db)).filter(({ suspended }) => suspended)).toHaveLength(1)
})

test('a token that ends raises nobody: that would outlast it', async () => {
  const held = await client()
  const ruth = await held.join('Ruth', 'recorder')
  const ending = await minted(held, { role: 'admin', expires_at: SOON })
  const change = (body: Record<string, unknown>) =>
    held
      .post(`/api/members/${ruth.member}/changes`, { because: 'So.', ...body }, bearer(ending))
      .then(({ status }) => status)
  expect(await change({ role: 'admin' })).toBe(403)
  expect(await change({ role: 'reader' })).toBe(201)
  expect(await change({ suspended: true })).toBe(201)
  expect(await change({ suspended: false })).toBe(403)
})
