import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
// @ts-expect-error: it has no types.
import Provider from 'oidc-provider'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountsWith } from '../../src/identity/accounts.ts'
import { changeMember } from '../../src/ledger/members/change-member.ts'
import { nameAccount } from '../../src/ledger/members/sign-ins.ts'
import { listSignIns } from '../../src/store/sign-ins.ts'
import { ORIGIN, type Site, site } from '../support/site.ts'
import { theLog } from '../support/steps.ts'

type Person = { sub: string; email?: string; email_verified?: boolean }
const ADA: Person = { sub: 'ada-1815', email: 'Ada@Example.org', email_verified: true }
const REDIRECT = `${ORIGIN}/sign-in/account/answer`

/** A provider of accounts as they are, at which whoever is `there` has just typed their password. */
let there: Person = ADA
let server: Server
let issuer = ''

beforeAll(async () => {
  server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'reckoning', client_secret: 'a secret', redirect_uris: [REDIRECT] }],
    pkce: { required: () => true },
    cookies: { keys: ['test'] },
    features: { devInteractions: { enabled: false } },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ ...there, sub }) }),
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    loadExistingGrant: async (ctx: {
      oidc: { client: { clientId: string }; session: { accountId: string } }
    }) => {
      const { client, session } = ctx.oidc
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid email')
      await grant.save()
      return grant
    },
  })
  const callback = provider.callback()
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/') === true)
      void provider.interactionFinished(request, response, { login: { accountId: there.sub } })
    else callback(request, response)
  })
})
afterAll(() => server.close())

/** A ledger that trusts the provider, and Ruth, whose account there has this address. */
async function ledgerWithAccounts(settings: Parameters<typeof site>[0] = {}) {
  const held = await site(settings)
  held.host.accounts = accountsWith({ issuer, client_id: 'reckoning', client_secret: 'a secret' })
  const ruth = await held.join('Ruth', 'recorder')
  await nameAccount(held.ledger, held.unit, { member: ruth.member, email: 'ada@example.org', issuer })
  return { ...held, ruth }
}

const pairOf = (header: string | null) => header?.split(';')[0] ?? ''

/** Goes to the provider and comes back, up to the address to which it leads back and the cookie that was kept. */
async function through({ send }: Pick<Site, 'send'>, next = '') {
  const begun = await send(`/sign-in/account${next}`)
  expect(begun.status).toBe(303)
  let address = begun.headers.get('location') ?? ''
  const jar = new Map<string, string>()
  while (!address.startsWith(REDIRECT)) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(address, { redirect: 'manual', headers: { cookie } })
    for (const set of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = pairOf(set).split(/=(.*)/su)
      jar.set(name, value)
    }
    const location = answer.headers.get('location')
    if (location === null) throw new Error(`the provider stays at ${address}: ${await answer.text()}`)
    address = new URL(location, address).href
  }
  return { back: address.slice(ORIGIN.length), cookie: pairOf(begun.headers.get('set-cookie')) }
}

test('who has the account whose verified address an administrator named signs in, and is that account from then on', async () => {
  const held = await ledgerWithAccounts()
  there = ADA
  const { back, cookie } = await through(held, '?next=%2Fdue')
  const answer = await held.send(back, {
    headers: { cookie, 'user-agent': 'Mozilla/5.0 (X11; Linux) Firefox/140.0' },
  })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/due'])
  const [session = '', gone = ''] = answer.headers.getSetCookie()
  expect(session).toMatch(/^sid=[A-Za-z0-9]{44}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/u)
  expect(gone).toMatch(/^account=; Max-Age=0/u)
  const page = await held.send('/settings/sign-ins', { headers: { cookie: pairOf(session) } })
  expect(page.text).toContain('Signed in as <bdi>Ruth</bdi>')
  expect(page.text).toContain('Firefox on Linux')

  // Another address, and one that nobody verified: it is the same account.
  there = { sub: ADA.sub, email: 'ada@elsewhere.example', email_verified: false }
  const again = await through(held)
  expect((await held.send(again.back, { headers: { cookie: again.cookie } })).status).toBe(303)
  // Whoever has the address now is somebody else.
  there = { ...ADA, sub: 'somebody else' }
  const other = await through(held)
  expect((await held.send(other.back, { headers: { cookie: other.cookie } })).status).toBe(403)
})

test('the log tells that an account was named and by whom, and holds no address', async () => {
  const held = await ledgerWithAccounts()
  const entries = await theLog(held)
  expect(entries.at(-1)).toMatchObject({
    type: 'member.sign_in_added',
    by: held.unit.by.member,
    payload: { id: held.ruth.member, kind: 'account', name: issuer },
  })
  expect(JSON.stringify(entries)).not.toMatch(/example\.org/iu)
  expect((await (await held.signedIn()).get('/settings/audit')).text).toContain(
    `Ruth may sign in with an account at ${issuer}.`,
  )
})

test.each<[string, Person, number]>([
  ['an address that the provider does not call verified', { ...ADA, email_verified: false }, 403],
  ['an address of which it does not say so', { sub: ADA.sub, email: 'ada@example.org' }, 403],
  ['no address', { sub: ADA.sub }, 403],
  ['an address that nobody named', { ...ADA, email: 'eve@example.org' }, 403],
])('an account with %s signs nobody in, and the page says why', async (_, person, status) => {
  const held = await ledgerWithAccounts()
  there = person
  const { back, cookie } = await through(held)
  const answer = await held.send(back, { headers: { cookie } })
  expect([answer.status, answer.headers.getSetCookie()]).toEqual([status, []])
  expect(answer.text).toContain(`No member of this ledger signs in with this account at ${issuer}`)
})

test('a way back that was changed, used before, begun elsewhere or too late signs nobody in', async () => {
  const held = await ledgerWithAccounts()
  there = ADA
  const refused = async (back: string, cookie: string, says: RegExp) => {
    const answer = await held.send(back, { headers: { cookie } })
    expect([back, answer.status, answer.headers.getSetCookie()]).toEqual([back, 401, []])
    expect(answer.text).toMatch(says)
  }
  const { back, cookie } = await through(held)
  const changed = (name: string, value: string) => {
    const url = new URL(back, ORIGIN)
    url.searchParams.set(name, value)
    return url.pathname + url.search
  }
  await refused(back, '', /not begun in this browser/u)
  await refused(back, 'account=nonsense', /not begun in this browser/u)
  await refused(changed('state', 'another'), cookie, /does not fit/u)
  await refused(changed('iss', 'https://another.example'), cookie, /does not fit/u)
  await refused('/sign-in/account/answer', cookie, /does not fit/u)
  await refused(changed('error', 'access_denied'), cookie, /did not sign you in \(access_denied\)/u)
  const other = await through(held)
  await refused(back, other.cookie, /does not fit/u)
  expect((await held.send(back, { headers: { cookie } })).status).toBe(303)
  await refused(back, cookie, /no longer takes/u)
  held.at('2026-11-22T10:10:00.000Z')
  await refused(other.back, other.cookie, /more than ten minutes ago/u)
})

test('a code that belongs to another question of ours is refused: its key and its nonce are another', async () => {
  const held = await ledgerWithAccounts()
  there = ADA
  const [mine, other] = [await through(held), await through(held)]
  const stateOf = (back: string) => new URL(back, ORIGIN).searchParams.get('state') ?? ''
  const mixed = other.back.replace(stateOf(other.back), stateOf(mine.back))
  const answer = await held.send(mixed, { headers: { cookie: mine.cookie } })
  expect([answer.status, answer.text.includes('no longer takes')]).toEqual([401, true])
})

test('a suspended member does not sign in with their account', async () => {
  const held = await ledgerWithAccounts()
  there = ADA
  await changeMember(held.ledger, held.unit, held.ruth.member, { suspended: true, because: 'So.' })
  const { back, cookie } = await through(held)
  const answer = await held.send(back, { headers: { cookie } })
  expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []])
  expect(answer.text).toContain('Ruth is suspended')
})

test.each([
  ['is not there', 'http://127.0.0.1:1', 'a secret'],
  ['is something else', 'https://example.invalid', 'a secret'],
])('where the provider %s, a page says so, and links go on', async (_, address, client_secret) => {
  const held = await ledgerWithAccounts()
  held.host.accounts = accountsWith({ issuer: address, client_id: 'reckoning', client_secret })
  const answer = await held.send('/sign-in/account')
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, null])
  expect(answer.text).toContain(`${address} does not sign anybody in at present`)
  expect(answer.text).toContain('sign in with a link')
  expect((await held.anonymous.get('/sign-in')).status).toBe(200)
})

test('a provider that refuses the settings of this ledger is not told to be the fault of who signs in', async () => {
  const held = await ledgerWithAccounts()
  there = ADA
  const { back, cookie } = await through(held)
  held.host.accounts = accountsWith({ issuer, client_id: 'reckoning', client_secret: 'another' })
  const answer = await held.send(back, { headers: { cookie } })
  expect(answer.status).toBe(503)
  expect(answer.text).toContain('RECKONING_OIDC_CLIENT_SECRET')
})

test('a provider that says to be another is not believed', async () => {
  const held = await ledgerWithAccounts()
  held.host.accounts = accountsWith({
    ...{
      issuer: issuer.replace('127.0.0.1', 'localhost'),
      client_id: 'reckoning',
      client_secret: 'a secret',
    },
  })
  expect((await held.send('/sign-in/account')).status).toBe(503)
})

test('without a provider, from the network without https, or too often, nobody is sent anywhere', async () => {
  const held = await ledgerWithAccounts({ rate_limit: 6000 })
  const statuses: number[] = []
  for (let n = 0; n < 11; n++) statuses.push((await held.send('/sign-in/account?next=//evil.example')).status)
  expect(statuses).toEqual([...Array(10).fill(400), 429])
  delete held.host.accounts
  held.at('2026-11-22T10:02:00.000Z')
  expect((await held.send('/sign-in/account')).status).toBe(404)
  const network = await ledgerWithAccounts({ origin: 'http://ledger.example' })
  expect((await network.send('/sign-in/account')).status).toBe(403)
})

test('an administrator names an account once, in the settings, and takes it away; nobody else does', async () => {
  const held = await ledgerWithAccounts()
  const admin = await held.signedIn()
  const page = await admin.get(`/settings/sign-ins?member=${held.ruth.member}`)
  expect(page.text).toContain('ada@example.org')
  const add = (email: string) =>
    admin.post('/settings/accounts', { '/member': held.ruth.member, '/email': email })
  expect((await add('ADA@example.org')).status).toBe(409)
  expect((await add('nobody')).status).toBe(422)
  expect((await add('ada@work.example')).status).toBe(303)
  const ways = await listSignIns(held.ledger.db, held.ruth.member)
  const first = ways.find(({ email }) => email === 'ada@example.org')
  const eve = await held.signedIn(await held.join('Eve', 'resolver'))
  expect((await eve.post(`/settings/sign-ins/${first?.id}/removal`, {})).status).toBe(404)
  expect((await eve.get(`/settings/sign-ins?member=${held.ruth.member}`)).status).toBe(404)
  expect((await admin.post(`/settings/sign-ins/${first?.id}/removal`, {})).status).toBe(303)
  expect(await listSignIns(held.ledger.db, held.ruth.member)).toEqual(ways.filter((way) => way !== first))
  there = ADA
  const { back, cookie } = await through(held)
  expect((await held.send(back, { headers: { cookie } })).status).toBe(403)
})
