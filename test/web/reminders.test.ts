import { expect, test } from 'vitest'
import { runFlagDue } from '../../src/jobs/flag-due.ts'
import { readReminders } from '../../src/ledger/reminders/reminders.ts'
import { readWebhooks } from '../../src/store/documents/settings.ts'
import { listSignIns } from '../../src/store/sign-ins.ts'
import { linkIn, outlets } from '../support/outlets.ts'
import { problemAt, type Site, site } from '../support/site.ts'

const HERE = 'http://localhost'
const sending = { origin: HERE, letters: true }

const choices = {
  '/email': 'ada@example.com',
  '/when': 'instantly',
  '/hour': '8',
  '/time_zone': 'Europe/Berlin',
  '/events/question.due': 'yes',
}

/** The ways out of a site, whose links lead to it. */
const outOf = (held: Site) => Object.assign(outlets(held), { origin: HERE })
const pathOf = (url: URL) => `${url.pathname}${url.search}`

test('a member gives an address, confirms it by the link in a letter, and is reminded; the inbox says so then', async () => {
  const held = await site(sending)
  const out = outOf(held)
  const { question } = await held.log()
  const ada = await held.signedIn()
  expect((await ada.post('/settings/reminders', choices)).status).toBe(303)
  expect((await ada.get('/settings/reminders')).text).toContain('is not confirmed yet')
  await out.run()
  const link = pathOf(linkIn(out.letters[0] as never, 'confirmation'))
  const page = await held.anonymous.get(link)
  expect(page.text).toContain('ada@example.com')
  // Nothing on it leads to an address that would hold the link.
  expect(page.text).not.toContain('Lasting address')
  expect((await readReminders(held.ledger, held.unit.by.member))?.confirmed_at).toBeNull()
  expect((await held.anonymous.post(link, {})).text).toContain('It is confirmed.')
  held.at('2026-12-31T20:00:00.000Z')
  await runFlagDue(held.ledger, held.unit.now)
  const later = await held.signedIn()
  const card = async () => /· reminded.*/su.exec((await later.get('/due')).text)?.[0]
  expect(await card()).toBeUndefined()
  await out.run()
  expect(out.letters.at(-1)?.subject).toBe('A question is due: A new war begins')
  expect(out.letters.at(-1)?.text).toContain(`${HERE}/questions/${question}`)
  expect(await card()).toContain('31 Dec 2026')
  expect((await held.anonymous.get('/due')).text).not.toContain('reminded')
})

test('the link to stop works for programs with one click, and as a page with a button', async () => {
  const held = await site(sending)
  const out = outOf(held)
  const ada = await held.signedIn()
  await ada.post('/settings/reminders', choices)
  await out.run()
  const confirm = pathOf(linkIn(out.letters[0] as never, 'confirmation'))
  await held.anonymous.post(confirm, {})
  await held.log()
  held.at('2026-12-31T20:00:00.000Z')
  await runFlagDue(held.ledger, held.unit.now)
  await out.run()
  const letter = out.letters.at(-1)
  const off = pathOf(new URL(String(letter?.headers['List-Unsubscribe']).slice(1, -1)))
  const when = async () => (await readReminders(held.ledger, held.unit.by.member))?.choices
  expect((await held.anonymous.get(off)).text).toContain('<button type="submit">No more reminders</button>')
  expect(await when()).toMatchObject({ when: 'instantly' })
  const click = { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) }
  expect((await held.send(off, click)).status).toBe(200)
  expect(await when()).toMatchObject({ when: 'off' })
  for (const wrong of [
    '/reminders/off',
    '/reminders/off?target=x&key=y',
    `${off}x`,
    '/reminders/confirmation?key=%20',
  ])
    for (const method of ['GET', 'POST']) expect((await held.send(wrong, { method })).status, wrong).toBe(404)
})

test('what is typed wrongly comes back with what is wrong', async () => {
  const held = await site(sending)
  const ada = await held.signedIn()
  const answer = await ada.post('/settings/reminders', {
    ...choices,
    '/email': 'nobody',
    '/time_zone': 'Mars/Base',
  })
  expect(answer.status).toBe(422)
  expect(problemAt(answer.text, 'reminders-email')).toBe('Must be an e-mail address.')
  expect(problemAt(answer.text, 'reminders-time-zone')).toContain('not an IANA time zone')
  expect((await ada.post('/settings/reminders', { ...choices, '/hour': '99' })).status).toBe(422)
  expect(await readReminders(held.ledger, held.unit.by.member)).toBeNull()
})

test('a ledger that cannot send says so where one would count on it', async () => {
  const without = await (await site()).signedIn()
  for (const path of ['/settings/reminders', '/settings/webhooks'])
    expect((await without.get(path)).text).toContain('Nothing is sent: RECKONING_ORIGIN is not set')
  const held = await site({ origin: HERE })
  const ada = await held.signedIn()
  expect((await ada.get('/settings/reminders')).text).toContain('No letters are sent')
  expect((await ada.get('/settings/webhooks')).text).not.toContain('is not set')
  expect((await held.anonymous.get('/sign-in')).text).not.toContain('Send me a link')
  expect((await held.anonymous.post('/sign-in/link', { email: 'ada@example.com' })).status).toBe(409)
})

test('a member with a confirmed address signs in by a letter; others get the same answer and no letter', async () => {
  const held = await site(sending)
  const out = outOf(held)
  const ada = await held.signedIn()
  await ada.post('/settings/reminders', choices)
  await out.run()
  const ask = (email: string) => held.anonymous.post('/sign-in/link', { email })
  const asked = async (email: string) => {
    const { status, headers, text } = await ask(email)
    await out.run()
    return [status, headers.get('location'), text]
  }
  const answer = await asked('nobody@example.com')
  expect(answer).toEqual([303, '/sign-in?sent=yes', ''])
  expect(await asked('ada@example.com')).toEqual(answer)
  expect(out.letters.map(({ subject }) => subject)).toEqual(['Confirm your address for reminders'])
  await held.anonymous.post(pathOf(linkIn(out.letters[0] as never, 'confirmation')), {})
  for (let n = 0; n < 5; n++) expect(await asked('Ada@Example.com')).toEqual(answer)
  const links = out.letters.filter(({ subject }) => subject === 'Your link to sign in')
  expect(links).toHaveLength(3)
  const token = linkIn(links[0] as never, '/sign-in').searchParams.get('token') ?? ''
  const entered = await held.anonymous.post('/sign-in', { token })
  expect(entered.status).toBe(303)
  expect(entered.headers.get('set-cookie')).toContain('sid=')
  expect((await held.anonymous.get('/sign-in?sent=yes')).text).toContain('a letter with a link is on its way')
  expect((await ask('no address')).status).toBe(422)
})

test('that an address lets sign in is an entry, and is taken away like every way to sign in', async () => {
  const held = await site(sending)
  const out = outOf(held)
  const ada = await held.signedIn()
  await ada.post('/settings/reminders', choices)
  await out.run()
  const link = pathOf(linkIn(out.letters[0] as never, 'confirmation'))
  for (let n = 0; n < 2; n++) expect((await held.anonymous.post(link, {})).status).toBe(200)
  const audit = async () => (await ada.get('/settings/audit')).text
  expect((await audit()).match(/confirmed an e-mail address/gu)).toHaveLength(1)
  expect(await audit()).not.toContain('ada@example.com')
  const [way] = await listSignIns(held.ledger.db, null)
  expect(way).toMatchObject({ kind: 'email', name: 'links by e-mail', email: 'ada@example.com' })
  expect((await ada.get('/settings/sign-ins')).text).toContain('links by e-mail')
  expect((await ada.post(`/settings/sign-ins/${way?.id}/removal`, {})).status).toBe(303)
  await held.anonymous.post('/sign-in/link', { email: 'ada@example.com' })
  expect(await out.run()).toBeNull()
  await ada.post('/settings/reminders', { ...choices, '/email': 'new@example.com' })
  await out.run()
  await held.anonymous.post(pathOf(linkIn(out.letters.at(-1) as never, 'confirmation')), {})
  expect(await listSignIns(held.ledger.db, null)).toMatchObject([{ email: 'new@example.com' }])
  await ada.post('/settings/reminders', { ...choices, '/email': '' })
  expect(await listSignIns(held.ledger.db, null)).toEqual([])
  expect(await audit()).toContain('no longer signs in with')
})

test('asking for links counts as an attempt to sign in', async () => {
  const held = await site({ ...sending, rate_limit: 6000 })
  const statuses = []
  for (let n = 0; n < 11; n++)
    statuses.push((await held.anonymous.post('/sign-in/link', { email: `a${n}@example.com` })).status)
  expect(statuses.slice(0, 10)).toEqual(Array(10).fill(303))
  expect(statuses[10]).toBe(429)
})

test('a link that was asked for long ago is not sent any more', async () => {
  const held = await site(sending)
  const out = outOf(held)
  const ada = await held.signedIn()
  await ada.post('/settings/reminders', choices)
  await out.run()
  await held.anonymous.post(pathOf(linkIn(out.letters[0] as never, 'confirmation')), {})
  await held.anonymous.post('/sign-in/link', { email: 'ada@example.com' })
  held.at('2026-11-22T10:16:00.000Z')
  expect(await out.run()).toBeNull()
  expect(out.letters).toHaveLength(1)
})

test('an administrator keeps webhooks; their secrets are shown once, and what fails is shown with why', async () => {
  const held = await site(sending)
  const out = outOf(held)
  const admin = await held.signedIn()
  const secretIn = (text: string) => /<code class="secret">(whsec_[^<]+)<\/code>/u.exec(text)?.[1]
  const hook = {
    '/name': 'The <b>desk</b>',
    '/url': 'https://example.com/hook',
    '/format': 'standard',
    '/events/question.due': 'yes',
  }
  const made = await admin.post('/settings/webhooks', hook)
  expect(secretIn(made.text)).toBeDefined()
  expect(made.text).toContain('The &lt;b&gt;desk&lt;/b&gt;')
  const [webhook] = await readWebhooks(held.ledger.db)
  expect((await admin.get('/settings/webhooks')).text).not.toContain(String(webhook?.secret))
  expect((await admin.post(`/settings/webhooks/${webhook?.id}/test`, {})).status).toBe(303)
  out.meets.post = () => 500
  await out.run()
  expect((await admin.get('/settings/webhooks')).text).toMatch(/Fails since.*Answers with status 500\./su)
  const rotated = await admin.post(`/settings/webhooks/${webhook?.id}/secret`, {})
  expect(secretIn(rotated.text)).not.toBe(webhook?.secret)
  const reader = await held.signedIn(await held.join('Rita', 'resolver'))
  for (const answer of [
    await reader.get('/settings/webhooks'),
    await reader.post('/settings/webhooks', hook),
  ])
    expect(answer.status).toBe(403)
  for (const [field, value, status] of [
    ['/url', 'http://localhost:8080/', 422],
    ['/url', 'javascript:alert(1)', 422],
    ['/events/question.due', '', 422],
    ['/name', '', 422],
  ] as const)
    expect((await admin.post('/settings/webhooks', { ...hook, [field]: value })).status, value).toBe(status)
  expect((await admin.post('/settings/webhooks/nothing/removal', {})).status).toBe(404)
  expect((await admin.post(`/settings/webhooks/${webhook?.id}/removal`, {})).status).toBe(303)
  expect(await readWebhooks(held.ledger.db)).toEqual([])
})
