import { expect, test } from 'vitest'
import { openLink, openSecret } from '../../src/ledger/members/membership.ts'
import { listMembers, sessionsOf } from '../../src/store/members.ts'
import { ask } from '../../src/store/query.ts'
import { ORIGIN, type Site, site } from '../support/site.ts'
import { theLog } from '../support/steps.ts'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const SAFARI = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1) AppleWebKit/605 Version/18.1 Mobile Safari/604.1'

/** Signs a member in with a link, in this browser. */
async function browserOf({ ledger, host, send }: Site, member: string, agent: string) {
  const token = await openSecret(ledger, host.now(), member, 'link')
  const answer = await send('/sign-in', {
    method: 'POST',
    body: new URLSearchParams({ token }),
    headers: { origin: ORIGIN, 'user-agent': agent },
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  return {
    id: cookie.slice('sid='.length, 'sid='.length + 12),
    get: (path: string) => send(path, { headers: { cookie } }),
    post: (path: string, fields = {}) =>
      send(path, { method: 'POST', body: new URLSearchParams(fields), headers: { cookie, origin: ORIGIN } }),
  }
}

const isIn = async (browser: { get: (path: string) => Promise<{ status: number }> }) =>
  (await browser.get('/settings')).status === 200

test('a member sees where they are signed in, since when, and by what the browser calls itself', async () => {
  const held = await site()
  const ruth = await held.join('Ruth', 'reader')
  const [desk, phone] = [
    await browserOf(held, ruth.member, FIREFOX),
    await browserOf(held, ruth.member, SAFARI),
  ]
  held.at('2026-11-24T09:00:00.000Z')
  const { text } = await desk.get('/settings/sign-ins')
  expect(text).toContain('Firefox on Linux<span class="soft"> (this one)</span>')
  expect(text).toContain('Safari on an iPhone')
  const again = await desk.get('/settings/sign-ins')
  const days = [...again.text.matchAll(/data-name="Last used"><time datetime="([^"]+)"/gu)].map(
    ([, day]) => day,
  )
  expect(days.toSorted()).toEqual(['2026-11-22', '2026-11-24'])
  const kept = await held.ledger.db.read({ sql: 'SELECT * FROM secret' })
  expect(JSON.stringify(kept)).not.toContain('Mozilla')
  expect(await isIn(phone)).toBe(true)
})

test('one session is ended, or all others, and only in those browsers', async () => {
  const held = await site()
  const ruth = await held.join('Ruth', 'reader')
  const browsers = []
  for (const agent of [FIREFOX, SAFARI, FIREFOX]) browsers.push(await browserOf(held, ruth.member, agent))
  const [here, phone, other] = browsers as [(typeof browsers)[0], (typeof browsers)[0], (typeof browsers)[0]]
  const link = await openSecret(held.ledger, held.host.now(), ruth.member, 'link')
  const before = (await theLog(held)).length
  expect((await here.post(`/settings/sessions/${phone.id}/end`)).headers.get('location')).toBe(
    '/settings/sign-ins',
  )
  expect([await isIn(here), await isIn(phone), await isIn(other)]).toEqual([true, false, true])
  expect((await here.post('/settings/sessions/others/end')).status).toBe(303)
  expect([await isIn(here), await isIn(other)]).toEqual([true, false])
  // A link that lies about somewhere is as good as a session.
  expect((await held.anonymous.post('/sign-in', { token: link })).status).toBe(401)
  expect((await here.post(`/settings/sessions/${here.id}/end`)).headers.get('location')).toBe('/')
  expect(await isIn(here)).toBe(false)
  // What members do with their own sessions is nobody's business.
  expect(await theLog(held)).toHaveLength(before)
})

test('nobody but an administrator sees or ends the sessions of others, and what they end stands in the log', async () => {
  const held = await site()
  const ruth = await held.join('Ruth', 'reader')
  const eve = await held.signedIn(await held.join('Eve', 'resolver'))
  const admin = await held.signedIn()
  const desk = await browserOf(held, ruth.member, FIREFOX)
  const phone = await browserOf(held, ruth.member, SAFARI)
  expect((await eve.get(`/settings/sign-ins?member=${ruth.member}`)).status).toBe(404)
  expect((await eve.post(`/settings/sessions/${desk.id}/end`, {})).status).toBe(404)
  expect(await isIn(desk)).toBe(true)
  expect((await admin.get(`/settings/sign-ins?member=${ruth.member}`)).text).toContain('Firefox on Linux')
  expect((await admin.post(`/settings/sessions/${desk.id}/end`, {})).status).toBe(303)
  expect([await isIn(desk), await isIn(phone)]).toEqual([false, true])
  expect((await admin.post(`/settings/members/${ruth.member}/sign-out`, {})).status).toBe(303)
  expect(await isIn(phone)).toBe(false)
  const [one, all] = (await theLog(held)).slice(-2)
  expect(one).toMatchObject({ type: 'member.signed_out', payload: { id: ruth.member, session: desk.id } })
  expect(all).toMatchObject({ type: 'member.signed_out', payload: { id: ruth.member } })
  expect((await admin.post(`/settings/sessions/${desk.id}/end`, {})).status).toBe(404)
  // Where nothing was to be ended, nothing is said to have been.
  const { length } = await theLog(held)
  expect((await admin.post(`/settings/members/${ruth.member}/sign-out`, {})).status).toBe(303)
  expect(await theLog(held)).toHaveLength(length)
})

test('what the database says of a session opens none', async () => {
  const held = await site()
  const ruth = await held.join('Ruth', 'reader')
  const { id } = await browserOf(held, ruth.member, FIREFOX)
  const [row] = await held.ledger.db.read({ sql: 'SELECT * FROM secret WHERE id = :id', args: { id } })
  for (const guess of [id, `${id}${String(row?.sha256).slice(0, 32)}`, `${id}${'A'.repeat(32)}`])
    expect((await held.send('/settings', { headers: { cookie: `sid=${guess}` } })).status).toBe(401)
  expect(await ask(held.ledger.db, sessionsOf(ruth.member, held.host.now()))).toHaveLength(1)
})

test('every act of administration is a line of its history, by whom and when, for administrators only', async () => {
  const held = await site()
  const admin = await held.signedIn()
  const ruth = await held.join('Ruth', 'resolver')
  await admin.post('/settings/members/changes', {
    '/member': ruth.member,
    '/role': 'admin',
    '/because': 'She is the editor.',
  })
  await openLink(held.ledger, held.unit, ruth.member)
  await admin.post('/settings/tokens', {
    ...{
      '/name': 'feed',
      '/member': held.unit.by.member,
      '/role': 'recorder',
      '/scopes/log': 'yes',
      '/until': '31 Dec 2026',
    },
  })
  await admin.post('/settings/policy', { '/four_eyes': 'off' })
  const { text } = await admin.get('/settings/audit')
  const lines = [...text.matchAll(/<p class="tight"><bdi>([^<]*)<\/bdi>/gu)].map(([, line]) => line)
  expect(lines.slice(0, 6)).toEqual([
    'Four eyes: never; not in force.',
    expect.stringMatching(
      /^The token “feed” \([A-Za-z0-9]{12}\) was issued for administrator: recorder, held to log, until 2026-12-31\.$/u,
    ),
    'A sign-in link was made for Ruth.',
    'Ruth is admin from here on.',
    expect.stringMatching(
      /^The token “test” \([A-Za-z0-9]{12}\) was issued for Ruth: resolver, without an end\.$/u,
    ),
    'Four eyes: from the second resolver on; in force.',
  ])
  expect(text).toContain('She is the editor.')
  const older = await admin.get(`/settings/audit?before=1`)
  expect([...older.text.matchAll(/<li>/gu)]).toHaveLength(1)
  for (const address of ['/settings/audit?before=x', '/settings/audit?before=99999999999999'])
    expect((await admin.get(address)).status).toBe(200)
  expect((await held.anonymous.get('/settings/audit')).status).toBe(401)
  const eve = await held.signedIn(await held.join('Eve', 'resolver'))
  expect((await eve.get('/settings/audit')).status).toBe(403)
  const api = await held.send('/api/administration', { headers: { authorization: `Bearer ${held.token}` } })
  const items = (JSON.parse(api.text) as { items: { says: string; by: string }[] }).items
  expect(items.map(({ says }) => says)).toEqual(expect.arrayContaining(lines as string[]))
  const everybody = new Set((await listMembers(held.ledger.db)).map(({ id }) => id))
  expect(items.every(({ by }) => everybody.has(by))).toBe(true)
})
