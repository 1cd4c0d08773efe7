import { expect, test } from 'vitest'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { listMembers } from '../../src/store/members.ts'
import { ORIGIN, site } from '../support/site.ts'

const cookieOf = (headers: Headers) => headers.get('set-cookie') ?? ''
const pairOf = (headers: Headers) => cookieOf(headers).split(';')[0] ?? ''

test('looking at a sign-in link does not use it up; the button does, once', async () => {
  const { ledger, host, unit, anonymous } = await site()
  const link = await openSecret(ledger, host.now(), unit.by.member, 'link')
  for (let previews = 0; previews < 3; previews++)
    expect((await anonymous.get(`/sign-in?token=${link}`)).status).toBe(200)
  const first = await anonymous.post('/sign-in', { token: link, next: '/due' })
  expect([first.status, first.headers.get('location')]).toEqual([303, '/due'])
  expect(cookieOf(first.headers)).toMatch(
    /^sid=[A-Za-z0-9]{44}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/u,
  )
  expect((await anonymous.post('/sign-in', { token: link })).status).toBe(401)
})

test('over https the cookie is bound to the host', async () => {
  const { ledger, host, unit, send } = await site({ origin: 'https://ledger.example' })
  const link = await openSecret(ledger, host.now(), unit.by.member, 'link')
  const answer = await send('/sign-in', {
    method: 'POST',
    body: new URLSearchParams({ token: link }),
    headers: { origin: 'https://ledger.example' },
  })
  expect(cookieOf(answer.headers)).toMatch(
    /^__Host-sid=.*; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/u,
  )
  const plain = { cookie: pairOf(answer.headers).replace('__Host-', '') }
  expect((await send('/settings', { headers: plain })).status).toBe(401)
  expect((await send('/settings', { headers: { cookie: pairOf(answer.headers) } })).status).toBe(200)
})

test('on plain http only one’s own machine can sign in', async () => {
  const { ledger, host, unit, send } = await site({ origin: 'http://ledger.example' })
  const link = await openSecret(ledger, host.now(), unit.by.member, 'link')
  const answer = await send('/sign-in', {
    method: 'POST',
    body: new URLSearchParams({ token: link }),
    headers: { origin: 'http://ledger.example' },
  })
  expect(answer.status).toBe(403)
  expect(answer.text).toContain('RECKONING_ORIGIN')
})

test('a session that was there before is another one after signing in, and the old one is gone', async () => {
  const { ledger, host, unit, send } = await site()
  const fixed = await openSecret(ledger, host.now(), unit.by.member, 'session')
  const link = await openSecret(ledger, host.now(), unit.by.member, 'link')
  const answer = await send('/sign-in', {
    method: 'POST',
    body: new URLSearchParams({ token: link }),
    headers: { origin: ORIGIN, cookie: `sid=${fixed}` },
  })
  expect(pairOf(answer.headers)).not.toBe(`sid=${fixed}`)
  expect((await send('/settings', { headers: { cookie: `sid=${fixed}` } })).status).toBe(401)
  expect((await send('/settings', { headers: { cookie: pairOf(answer.headers) } })).status).toBe(200)
})

test('signing out ends the session on the server', async () => {
  const { ledger, host, unit, send } = await site()
  const cookie = `sid=${await openSecret(ledger, host.now(), unit.by.member, 'session')}`
  const answer = await send('/sign-out', { method: 'POST', headers: { cookie, origin: ORIGIN } })
  expect([answer.status, cookieOf(answer.headers)]).toEqual([
    303,
    'sid=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax',
  ])
  expect((await send('/settings', { headers: { cookie } })).status).toBe(401)
})

test('an empty, long, foreign or expired session signs nobody in', async () => {
  const { ledger, host, unit, send, at } = await site()
  const session = await openSecret(ledger, host.now(), unit.by.member, 'session')
  for (const value of [
    '',
    'a'.repeat(5000),
    `${session.slice(0, -1)}!`,
    session.split('').reverse().join(''),
  ])
    expect((await send('/settings', { headers: { cookie: `sid=${value}` } })).status).toBe(401)
  at('2026-12-23T10:00:00.000Z')
  expect((await send('/settings', { headers: { cookie: `sid=${session}` } })).status).toBe(401)
})

test('after signing in one can only go on to a page of this ledger', async () => {
  const { anonymous } = await site()
  const refused = [
    '//evil.example',
    'https://evil.example/',
    '/\\evil.example',
    'javascript:alert(1)',
    '/\t/evil',
    '/a\\b',
    'due',
  ]
  for (const next of refused) {
    expect([next, (await anonymous.get(`/sign-in?next=${encodeURIComponent(next)}`)).status]).toEqual([
      next,
      400,
    ])
    expect([next, (await anonymous.post('/sign-in', { token: 'x', next })).status]).toEqual([next, 400])
  }
  expect((await anonymous.get('/sign-in?next=%2F%3Fq%3Dwar')).status).toBe(200)
})

test('ten attempts to sign in a minute, and no more', async () => {
  const { anonymous, at } = await site({ rate_limit: 6000 })
  const statuses: number[] = []
  for (let n = 0; n < 12; n++) statuses.push((await anonymous.post('/sign-in', { token: 'wrong' })).status)
  expect(statuses).toEqual([...Array(10).fill(401), 429, 429])
  at('2026-11-22T10:02:00.000Z')
  expect((await anonymous.post('/sign-in', { token: 'wrong' })).status).toBe(401)
})

const cases: [string, Record<string, string>, number][] = [
  ['from a page of ours', { origin: ORIGIN }, 303],
  ['from a page of ours, as the browser vouches', { 'sec-fetch-site': 'same-origin' }, 303],
  ['from another site', { origin: 'https://evil.example' }, 403],
  ['without either header', {}, 403],
  ['from a sibling domain', { 'sec-fetch-site': 'same-site' }, 403],
  ['from another site, as the browser says', { 'sec-fetch-site': 'cross-site' }, 403],
  ['from the other scheme', { origin: 'https://localhost' }, 403],
  ['from another port', { origin: 'http://localhost:81' }, 403],
  ['from nowhere', { origin: 'null' }, 403],
  ['typed into the address bar', { 'sec-fetch-site': 'none' }, 403],
  [
    'with an origin of ours that the browser does not vouch for',
    { origin: ORIGIN, 'sec-fetch-site': 'cross-site' },
    403,
  ],
]
for (const [from, headers, status] of cases)
  test(`a form ${from} is ${status === 303 ? 'taken' : 'refused'}`, async () => {
    const { signedIn, ledger } = await site()
    const answer = await (await signedIn()).post(
      '/settings/members',
      { '/name': 'Ada', '/role': 'reader' },
      headers,
    )
    expect(answer.status).toBe(status)
    const added = (await listMembers(ledger.db)).some(({ name }) => name === 'Ada')
    expect(added).toBe(status === 303)
  })

test('no address changes anything when it is only read', async () => {
  const { signedIn, log, host } = await site()
  const { question } = await log()
  const before = await host.head()
  const visitor = await signedIn()
  for (const path of [
    `/questions/${question}/resolutions?%2Foutcome=yes`,
    `/questions/${question}/resolutions/r1/confirm`,
    '/capture/one/statements',
    '/settings/members?%2Fname=Ada&%2Frole=admin',
    '/sign-out',
  ]) {
    const answer = await visitor.get(path)
    expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 405, 'POST'])
  }
  expect(await host.head()).toEqual(before)
})

test('a ledger that is not public shows nobody anything but how to sign in', async () => {
  const { anonymous, signedIn, log } = await site({ public: false })
  const { id } = await log()
  for (const path of ['/', '/due', '/analysts', `/forecasts/${id}`]) {
    const answer = await anonymous.get(path)
    expect([path, answer.status]).toEqual([path, 401])
    expect(answer.text).not.toContain('Kalachev')
    expect(answer.text).not.toContain('A new war')
  }
  expect((await anonymous.get('/sign-in')).status).toBe(200)
  expect((await (await signedIn()).get('/ledger')).text).toContain('there will be no war')
})

test.each([
  [
    'through a proxy',
    { origin: 'https://ledger.example', 'sec-fetch-site': 'same-origin' },
    'RECKONING_ORIGIN=https://ledger.example',
  ],
  [
    'by a browser that vouches for nothing',
    { origin: 'https://ledger.example' },
    'such as https://ledger.example',
  ],
  [
    'by a page of somebody else',
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    'RECKONING_ORIGIN must be set to the address that the browser shows',
  ],
  ['by nobody', {}, 'RECKONING_ORIGIN'],
])('a form that is sent %s is told which setting is missing', async (_, headers, says) => {
  const { signedIn } = await site()
  const answer = await (await signedIn()).post('/sign-out', {}, headers as Record<string, string>)
  expect(answer.status).toBe(403)
  expect(answer.text).toContain(says)
  expect(answer.text).not.toContain('evil.example')
})
