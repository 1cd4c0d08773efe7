import { expect, test } from 'vitest'
import { verified } from '../support/check-ledger.ts'
import { fieldValue, type Site, site } from '../support/site.ts'

const secretOf = (page: string) => /<code class="secret">([^<]+)<\/code>/u.exec(page)?.[1] ?? ''

/** A forecast, two members, and the link that the first of them made. */
async function linked() {
  const held = await site()
  const ada = await held.join('Ada', 'resolver')
  const { id } = await held.log()
  const [admin, other] = [await held.signedIn(), await held.signedIn(ada)]
  const made = await admin.post(`/forecasts/${id}/reply-links`, {})
  const address = new URL(secretOf(made.text))
  return { ...held, admin, other, id, made, link: address.searchParams.get('link') ?? '', at: held.at }
}
const pageOf = (link: string) => `/reply?link=${link}`
const words = { '/text': 'I meant <b>another</b> war.', '/correction': 'It was said on the 2nd.' }
const send = ({ anonymous }: Pick<Site, 'anonymous'>, link: string, changes: Record<string, string> = {}) =>
  anonymous.post('/reply', { link, ...words, ...changes })

test('whoever has the link reads what is recorded and sends a reply once, and nothing is published by it', async () => {
  const held = await linked()
  const { anonymous, link, id, made } = held
  expect([made.status, made.headers.get('cache-control')]).toEqual([200, 'no-store'])
  const page = await anonymous.get(pageOf(link))
  expect([page.headers.get('cache-control'), page.headers.get('x-robots-tag')]).toEqual([
    'no-store',
    'noindex',
  ])
  expect(page.text).toContain('What is recorded')
  expect((await send(held, link)).status).toBe(303)
  expect((await anonymous.get(`/forecasts/${id}`)).text).not.toContain('I meant')
  const after = (await anonymous.get(pageOf(link))).text
  expect(after).toContain('It waits for a member to read it.')
  expect(after).toContain('I meant &lt;b&gt;another&lt;/b&gt; war.')
  const again = await send(held, link, { '/text': 'More.' })
  expect([again.status, again.text.includes('works once')]).toEqual([409, true])
})

test('with four eyes in force another than who made the link publishes it, and it says only what is known', async () => {
  const held = await linked()
  const { anonymous, admin, other, link, id, ledger } = held
  await send(held, link)
  const inbox = (await other.get('/due')).text
  expect(inbox).toMatch(/Replies that wait .*sent through a link made by <bdi>administrator<\/bdi>/su)
  expect(inbox).toContain('answer by 6 Dec 2026, 10:00 UTC')
  expect((await anonymous.get('/due')).text).not.toContain('Replies that wait')
  const [seen, offered] = [await admin.get(`/forecasts/${id}`), (await other.get(`/forecasts/${id}`)).text]
  expect(seen.text).toContain('You made the link: another member decides it.')
  expect(offered).toContain('It was said on the 2nd.')
  const publish = /action="(\/forecasts\/[^"]+\/publication)"/u.exec(offered)?.[1] ?? ''
  expect((await admin.post(publish, {})).status).toBe(403)
  expect((await other.post(publish, {})).status).toBe(303)
  const { text } = await anonymous.get(`/forecasts/${id}`)
  expect(text).toMatch(/Reply in the name of <bdi/u)
  expect(text).toContain(
    'through a link that <bdi>administrator</bdi> made for the person concerned; who used the link is not known.',
  )
  expect(text).not.toContain('It was said on the 2nd.')
  expect((await anonymous.get(pageOf(link))).text).toContain('beside the forecast')
  expect((await verified(ledger.db)).findings).toEqual([])
})

test('what is not published says why, to members and to whoever has the link', async () => {
  const held = await linked()
  const { anonymous, other, link, id } = held
  await send(held, link)
  const offered = (await other.get(`/forecasts/${id}`)).text
  const refuse = /action="(\/forecasts\/[^"]+\/refusal)"/u.exec(offered)?.[1] ?? ''
  expect((await other.post(refuse, {})).status).toBe(422)
  expect((await other.post(refuse, { '/because': 'It names a third person.' })).status).toBe(303)
  for (const page of [await other.get(`/forecasts/${id}`), await anonymous.get(pageOf(link))])
    expect(page.text).toContain('It names a third person.')
  expect((await anonymous.get(`/forecasts/${id}`)).text).not.toContain('third person')
})

test('a link that is wrong or over leads nowhere, and a reply that is too long comes back as it was typed', async () => {
  const held = await linked()
  const { anonymous, link, at } = held
  const wrong = `${link.slice(0, -1)}${link.endsWith('a') ? 'b' : 'a'}`
  for (const other of ['', 'x', wrong, `${link}a`]) {
    expect([other, (await anonymous.get(pageOf(other))).status]).toEqual([other, 404])
    expect([other, (await send(held, other)).status]).toEqual([other, 404])
  }
  const long = await send(held, link, { '/text': 'x'.repeat(2001) })
  expect([long.status, fieldValue(long.text, '/text')?.length]).toEqual([422, 2001])
  expect((await send(held, link, { '/text': '' })).status).toBe(422)
  at('2026-12-22T10:00:00.001Z')
  expect((await anonymous.get(pageOf(link))).status).toBe(404)
  expect((await send(held, link)).status).toBe(404)
})

test('attempts at a link are counted', async () => {
  const held = await linked()
  held.host.settings.rate_limit = 6000
  const statuses: number[] = []
  for (let n = 0; n < 12; n++) statuses.push((await send(held, 'x')).status)
  expect(statuses).toContain(429)
})

test('on a ledger that is not public the link opens its own page alone', async () => {
  const held = await linked()
  held.host.settings.public = false
  expect((await held.anonymous.get(pageOf(held.link))).status).toBe(200)
  expect((await held.anonymous.get(`/forecasts/${held.id}`)).status).toBe(401)
})
