import { expect, test } from 'vitest'
import { listMembers, listTokens, readPolicy } from '../../src/store/members.ts'
import { fieldValue, problemAt, site } from '../support/site.ts'

const secretOf = (page: string) => /<code class="secret">([^<]+)<\/code>/u.exec(page)?.[1] ?? ''

test('an administrator adds a member and hands over a link that signs them in', async () => {
  const { signedIn, anonymous, ledger } = await site()
  const admin = await signedIn()
  expect((await admin.post('/settings/members', { '/name': 'Ada', '/role': 'resolver' })).status).toBe(303)
  const ada = (await listMembers(ledger.db)).find(({ name }) => name === 'Ada')
  const page = await admin.post('/settings/links', { '/member': ada?.id ?? '' })
  expect(page.status).toBe(200)
  expect(page.headers.get('cache-control')).toBe('no-store')
  const token = new URL(secretOf(page.text)).searchParams.get('token') ?? ''
  expect((await anonymous.post('/sign-in', { token })).status).toBe(303)
  expect((await admin.get('/settings')).text).not.toContain(token)
})

test('the second who may resolve brings four eyes into force, and the page says so', async () => {
  const { signedIn, ledger } = await site()
  const admin = await signedIn()
  expect((await admin.get('/settings')).text).toContain('a proposer may confirm their own outcome')
  await admin.post('/settings/members', { '/name': 'Ada', '/role': 'resolver' })
  expect((await readPolicy(ledger.db))?.four_eyes_in_force).toBe(true)
  expect((await admin.get('/settings')).text).toContain('another member than the proposer must confirm')
})

test('a token is shown once, works, and stops when it is revoked', async () => {
  const { signedIn, send, unit, ledger } = await site()
  const admin = await signedIn()
  const page = await admin.post('/settings/tokens', {
    '/member': unit.by.member,
    '/name': 'newsroom',
    '/role': 'recorder',
  })
  const token = secretOf(page.text)
  expect(token).toMatch(/^rk_pat_/u)
  const use = () =>
    send('/api/analysts', {
      method: 'POST',
      body: JSON.stringify({ name: 'Ada Lovelace' }),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    })
  expect((await use()).status).toBe(201)
  const id = (await listTokens(ledger.db)).find(({ name }) => name === 'newsroom')?.id
  expect((await admin.post(`/settings/tokens/${id}/revocation`, {})).status).toBe(303)
  expect((await use()).status).toBe(401)
  expect((await admin.get('/settings')).text).not.toContain(token)
})

test('only administrators keep members, and nobody gets a token above their role', async () => {
  const { signedIn, join, ledger } = await site()
  const ada = await join('Ada', 'recorder')
  const visitor = await signedIn(ada)
  const page = await visitor.get('/settings')
  expect(page.status).toBe(200)
  expect(page.text).not.toContain('Add a member')
  expect((await visitor.post('/settings/members', { '/name': 'Eve', '/role': 'admin' })).status).toBe(403)
  expect((await visitor.post('/settings/links', { '/member': ada.member })).status).toBe(403)
  expect((await visitor.post('/settings/policy', { '/four_eyes': 'off' })).status).toBe(403)
  const above = await visitor.post('/settings/tokens', {
    '/member': ada.member,
    '/name': 'x',
    '/role': 'admin',
  })
  expect(above.status).toBe(403)
  expect((await listTokens(ledger.db)).some(({ name }) => name === 'x')).toBe(false)
})

test('a refused form of the settings comes back as it was typed', async () => {
  const { signedIn } = await site()
  const answer = await (await signedIn()).post('/settings/members', {
    '/name': 'administrator',
    '/role': 'reader',
  })
  expect(answer.status).toBe(409)
  expect(answer.text).toContain('There is a member named')
  expect(answer.text).toContain('value="administrator"')
})

test('an administrator suspends a member, gives them another role and signs them out, and the page says so', async () => {
  const { signedIn, join, ledger, anonymous } = await site()
  const admin = await signedIn()
  const ada = await join('Ada', 'resolver')
  const visitor = await signedIn(ada)
  const state = async () => (await listMembers(ledger.db)).find(({ name }) => name === 'Ada')
  const change = (fields: Record<string, string>) =>
    admin.post('/settings/members/changes', { '/member': ada.member, ...fields })

  expect((await change({ '/role': 'recorder', '/because': 'Logs only.' })).status).toBe(303)
  expect(await state()).toMatchObject({ role: 'recorder', suspended: false })
  expect((await visitor.get('/settings')).text).toContain('(recorder)')
  expect((await visitor.post(`/settings/members/${ada.member}/sign-out`, {})).status).toBe(303)
  expect((await visitor.get('/settings')).status).toBe(401)

  const again = await signedIn(ada)
  expect((await again.get('/settings')).text).toContain('Sign out in every browser')
  expect((await again.post('/settings/members/changes', {})).status).toBe(403)
  expect(
    (await again.post(`/settings/members/${(await listMembers(ledger.db))[0]?.id}/sign-out`, {})).status,
  ).toBe(403)
  expect((await admin.post(`/settings/members/${ada.member}/sign-out`, {})).status).toBe(303)
  expect((await again.get('/settings')).status).toBe(401)

  expect((await change({ '/suspended': 'yes', '/because': 'Left the <desk>.' })).status).toBe(303)
  const page = (await admin.get('/settings')).text
  expect(page).toContain('suspended: <bdi>Left the &lt;desk&gt;.</bdi>')
  expect(page).toContain('(rests)')
  expect((await admin.post('/settings/links', { '/member': ada.member })).status).toBe(403)
  expect((await change({ '/suspended': 'no', '/because': 'Is back.' })).status).toBe(303)
  expect(await state()).toMatchObject({ role: 'recorder', suspended: false })
  expect((await anonymous.post('/settings/members/changes', {})).status).toBe(401)
})

test('a change that cannot be comes back as it was typed, with what is wrong', async () => {
  const { signedIn, unit } = await site()
  const admin = await signedIn()
  const change = (fields: Record<string, string>) =>
    admin.post('/settings/members/changes', { '/member': unit.by.member, ...fields })
  const last = await change({ '/suspended': 'yes', '/because': 'Enough of this.' })
  expect([last.status, last.text.includes('is the only admin left')]).toEqual([409, true])
  expect(fieldValue(last.text, '/because')).toBe('Enough of this.')
  const nothing = await change({ '/because': 'Why not.' })
  expect([nothing.status, nothing.text.includes('Changes nothing')]).toEqual([422, true])
  const unexplained = await change({ '/role': 'reader' })
  expect([unexplained.status, problemAt(unexplained.text, 'change-because')]).toEqual([422, 'Is required.'])
  expect((await change({ '/suspended': 'perhaps', '/because': 'x' })).status).toBe(422)
})
