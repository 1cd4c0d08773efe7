import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { keyPairOf } from '../../src/log/ed25519.ts'
import { hex, utf8 } from '../../src/log/encoding.ts'
import { site } from '../support/site.ts'

const SECRET = '8f742231b10e8888abcd99yyyzzz85a5'

async function taking(settings: { rate_limit?: number } = {}) {
  const key = await keyPairOf(new Uint8Array(32).fill(7))
  const held = await site({ ...settings, chat: { slack: SECRET, discord: hex(key.publicKey) } })
  await held.log()
  const post = async (path: string, body: string, headers: Record<string, string>) => {
    const response = await createApp(held.host).request(`http://localhost${path}`, {
      method: 'POST',
      body,
      headers,
    })
    return { status: response.status, json: await response.json() }
  }
  const now = () => String(Math.floor(held.host.now().getTime() / 1000))
  const slackSigned = (body: string, seconds = now()) => ({
    'x-slack-request-timestamp': seconds,
    'x-slack-signature': `v0=${createHmac('sha256', SECRET).update(`v0:${seconds}:${body}`).digest('hex')}`,
    'content-type': 'application/x-www-form-urlencoded',
  })
  const slack = (body: string, headers: Record<string, string> = slackSigned(body)) =>
    post('/api/chat/slack', body, headers)
  const discordSigned = async (body: string, seconds = now()) => ({
    'x-signature-timestamp': seconds,
    'x-signature-ed25519': hex(await key.sign(utf8(seconds + body))),
  })
  const discord = async (body: string, headers?: Record<string, string>) =>
    post('/api/chat/discord', body, headers ?? (await discordSigned(body)))
  return { ...held, slack, slackSigned, discord, discordSigned }
}

test('Slack: a name is answered to whoever asked, with the sentence and links', async () => {
  const { slack } = await taking()
  const { status, json } = await slack('command=%2Freckon&text=Konstantin+Kalachev')
  expect(status).toBe(200)
  expect(json.response_type).toBe('ephemeral')
  expect(json.text).toContain('*Konstantin Kalachev* · too little to say\n')
  expect(json.text).toContain('<http://localhost/analysts/konstantin-kalachev|The whole record>')
  expect((await slack('text=')).json.text).toMatch(/^Say a name/u)
  expect((await slack('text=%3C!channel%3E')).json.text).toMatch(/^Nobody whom this ledger follows/u)
})

test('Slack: the signature of its own documentation is taken at its time, and no other at any', async () => {
  const { slack, slackSigned, at } = await taking()
  const body =
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
  const documented = {
    'x-slack-request-timestamp': '1531420618',
    'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  }
  expect((await slack(body, documented)).status).toBe(401)
  at('2018-07-12T18:37:00.000Z')
  expect((await slack(body, documented)).status).toBe(200)
  expect((await slack(`${body}x`, documented)).status).toBe(401)
  for (const headers of [{}, { ...slackSigned(body), 'x-slack-signature': 'v0=00' }])
    expect((await slack(body, headers as Record<string, string>)).status).toBe(401)
})

test('Discord: it is answered that somebody is there, and what it asks, with nobody called', async () => {
  const { discord } = await taking()
  expect(await discord('{"type":1}')).toEqual({ status: 200, json: { type: 1 } })
  const { json } = await discord(
    JSON.stringify({
      type: 2,
      data: { name: 'reckon', options: [{ name: 'who', value: 'Konstantin Kalachev' }] },
    }),
  )
  expect(json).toMatchObject({ type: 4, data: { flags: 64, allowed_mentions: { parse: [] } } })
  expect(json.data.content).toContain('**Konstantin Kalachev** · too little to say')
})

test('Discord: what is signed otherwise, late or no interaction is refused or asked again, and never an error', async () => {
  const { discord, discordSigned } = await taking()
  const body = '{"type":1}'
  for (const headers of [
    {},
    await discordSigned('{"type":2}'),
    await discordSigned(body, '1531420618'),
    { ...(await discordSigned(body)), 'x-signature-ed25519': 'zz' },
  ])
    expect((await discord(body, headers as Record<string, string>)).status).toBe(401)
  for (const odd of ['', 'null', '7', '{"type":2,"data":{"options":7}}', '{"type":2,"data":null}', '{'])
    expect((await discord(odd)).json.data.content, odd).toMatch(/^Say a name/u)
})

test('what is unsigned counts for nobody: sixty signed commands a minute are answered, and the next one waits', async () => {
  const { slack, discord } = await taking({ rate_limit: 6000 })
  for (let sent = 0; sent < 70; sent += 1) {
    expect((await slack('text=', {})).status).toBe(401)
    expect((await discord('{"type":1}', {})).status).toBe(401)
  }
  const ping = '{"type":1}'
  for (let sent = 0; sent < 60; sent += 1) {
    expect((await slack('text=')).status, `${sent}`).toBe(200)
    expect((await discord(ping)).status, `${sent}`).toBe(200)
  }
  expect(await slack('text=')).toMatchObject({ status: 429, json: { type: '/docs/problems#rate_limited' } })
  expect((await discord(ping)).status).toBe(429)
})

test('where no secret is set, there is nothing at their addresses', async () => {
  const { send } = await site()
  for (const name of ['slack', 'discord'])
    expect((await send(`/api/chat/${name}`, { method: 'POST', body: '' })).status).toBe(404)
})
