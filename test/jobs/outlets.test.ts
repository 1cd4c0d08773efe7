import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { Webhook } from 'standardwebhooks'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { runNotify } from '../../src/jobs/notify/notify.ts'
import { chooseReminders, confirmAddress } from '../../src/ledger/reminders/reminders.ts'
import { addWebhook, resumeWebhook, rotateWebhook, testWebhook } from '../../src/ledger/reminders/webhook.ts'
import { outletsOf } from '../../src/node/outlets.ts'
import { findTarget } from '../../src/store/targets.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { CHOICES } from '../support/outlets.ts'
import { log, refusal } from '../support/steps.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const close of closing.splice(0)) await close()
})

const ORIGIN = { RECKONING_ORIGIN: 'https://reckoning.test' }

type Letter = { from: string; to: string; raw: string }

/** A mail server that wants a name and a password, and keeps what it takes. */
async function mailServer(): Promise<{ url: string; letters: Letter[] }> {
  const letters: Letter[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      username === 'desk' && password === 'p@ss' ? done(null, { user: 'desk' }) : done(new Error('535 no')),
    onRcptTo: ({ address }, _session, done) =>
      address.startsWith('nobody@')
        ? done(Object.assign(new Error('no such box'), { responseCode: 550 }))
        : done(),
    onData: (stream, { envelope }, done) => {
      let raw = ''
      stream.on('data', (part: Buffer) => {
        raw += part.toString('utf8')
      })
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        letters.push({ from, to: envelope.rcptTo.map(({ address }) => address).join(), raw })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((resolve) => server.close(() => resolve())))
  const { port } = server.server.address() as AddressInfo
  return { url: `smtp://desk:p%40ss@127.0.0.1:${port}`, letters }
}

type Received = { headers: Record<string, string>; body: string; method: string }
type Receiver = { url: string; received: Received[]; connections: () => number }

/** A receiver of posts on this machine that answers as a test says; `null` answers nothing. */
async function receiver(answer: (response: ServerResponse, n: number) => void): Promise<Receiver> {
  const received: Received[] = []
  let connections = 0
  const server = createServer((request: IncomingMessage, response) => {
    let body = ''
    request.on('data', (part: Buffer) => {
      body += part.toString('utf8')
    })
    response.on('error', () => {})
    request.on('end', () => {
      received.push({
        headers: request.headers as Record<string, string>,
        body,
        method: String(request.method),
      })
      answer(response, received.length)
    })
  })
  server.on('connection', () => connections++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  )
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/hook`, received, connections: () => connections }
}

const ok = (response: ServerResponse) => response.writeHead(204).end()

const running = (test: TestLedger, settings: Record<string, string>, timeoutMs?: number) => {
  const outlets = outletsOf(readConfig({ ...ORIGIN, ...settings }), timeoutMs)
  return () => runNotify(test.ledger, { ...outlets, now: () => test.unit.now })
}
const ANYWHERE = { RECKONING_WEBHOOKS_ANYWHERE: 'true' }
const EVENTS = ['forecast.recorded' as const]

const aHook = (test: TestLedger, url: string, format: 'standard' | 'slack' | 'discord' = 'standard') =>
  addWebhook(test.ledger, test.unit, { name: 'A hook', url, format, events: EVENTS }, true)

/** The date alone is held still: the verifier looks at it. */
const heldAt = (at: Date) => vi.useFakeTimers({ toFake: ['Date'], now: at })

describe('a letter', () => {
  const settings = (url: string) => ({
    RECKONING_MAIL_URL: url,
    RECKONING_MAIL_FROM: 'Reckoning <desk@example.org>',
  })

  it('goes through a mail server, as plain text and HTML that asks nobody else for anything', async () => {
    const test = await testLedger()
    const { url, letters } = await mailServer()
    await chooseReminders(test.ledger, test.unit, { ...CHOICES, email: 'ada@example.com' })
    expect(await running(test, settings(url))()).toEqual({ sent: 1, failed: 0, switched_off: 0 })
    const [letter] = letters
    expect(letter).toMatchObject({ from: 'desk@example.org', to: 'ada@example.com' })
    const raw = letter?.raw.replaceAll('=\r\n', '').replaceAll('=3D', '=') ?? ''
    expect(raw).toMatch(/^Subject: Confirm your address for reminders\r$/mu)
    expect(raw).toMatch(/^Message-ID: <[\w-]{22}@example\.org>\r$/mu)
    expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/mu)
    expect(raw).toContain('Content-Type: text/plain; charset=utf-8')
    expect(raw).toContain('Content-Type: text/html; charset=utf-8')
    expect(raw).not.toMatch(/<img|<script|<link|url\(/u)
    const link = new URL(/https:\/\/reckoning\.test\/reminders\/confirmation\?\S+/u.exec(raw)?.[0] ?? '')
    const { target = '', key = '', until = '' } = Object.fromEntries(link.searchParams)
    await confirmAddress(test.ledger, { target, key, until }, test.unit.now)
  })

  it('that a mail server refuses is tried again, and why is kept, without a password', async () => {
    const test = await testLedger()
    const { url, letters } = await mailServer()
    await chooseReminders(test.ledger, test.unit, { ...CHOICES, email: 'nobody@example.com' })
    const run = running(test, settings(url))
    expect(await run()).toEqual({ sent: 0, failed: 1, switched_off: 0 })
    expect(await run()).toBeNull()
    const wrong = running(test, settings(url.replace('p%40ss', 'wrong-password')))
    test.at('2026-11-22T10:02:00.000Z')
    expect(await wrong()).toEqual({ sent: 0, failed: 1, switched_off: 0 })
    const [row] = await test.ledger.db.read({ sql: 'SELECT error FROM target' })
    expect(String(row?.error)).toMatch(/^The mail server says: 535/u)
    expect(String(row?.error)).not.toContain('wrong-password')
    expect(letters).toEqual([])
  })

  it.each([
    ['resend', 'authorization', 'Bearer sesame', ['from', 'to', 'subject', 'text', 'html', 'headers']],
    [
      'postmark',
      'x-postmark-server-token',
      'sesame',
      ['From', 'To', 'Subject', 'TextBody', 'HtmlBody', 'Headers', 'TrackOpens', 'TrackLinks'],
    ],
  ])('goes through a service over HTTP that takes the shape of %s', async (shape, name, value, fields) => {
    const test = await testLedger()
    const service = await receiver((response) => response.writeHead(200).end('{}'))
    await chooseReminders(test.ledger, test.unit, { ...CHOICES, email: 'ada@example.com' })
    const more = { RECKONING_MAIL_KEY: 'sesame', RECKONING_MAIL_SHAPE: shape }
    await running(test, { ...settings(service.url), ...more })()
    const [got] = service.received
    expect(got?.headers[name]).toBe(value)
    expect(Object.keys(JSON.parse(got?.body ?? '{}') as object)).toEqual(fields)
  })

  it('needs whole settings', () => {
    const from = 'Reckoning <desk@example.org>'
    for (const wrong of [
      { RECKONING_MAIL_URL: 'smtp://localhost' },
      { RECKONING_MAIL_FROM: from },
      { RECKONING_MAIL_URL: 'https://api.example.com/emails', RECKONING_MAIL_FROM: from },
      { RECKONING_MAIL_URL: 'ftp://example.com', RECKONING_MAIL_FROM: from },
    ])
      expect(() => outletsOf(readConfig(wrong)), JSON.stringify(wrong)).toThrow(/RECKONING_MAIL_/u)
  })
})

describe('a webhook', () => {
  it('is signed so that an independent verifier takes it, and by both secrets for a day', async () => {
    const test = await testLedger()
    heldAt(test.unit.now)
    const { url, received } = await receiver(ok)
    const { id, secret } = await aHook(test, url)
    const run = running(test, ANYWHERE)
    const forecast = await log(test)
    await run()
    const [first] = received
    expect(new Webhook(secret).verify(first?.body ?? '', first?.headers ?? {})).toEqual({
      type: 'forecast.recorded',
      timestamp: '2026-11-22T10:00:00.000Z',
      data: {
        forecast: forecast.id,
        question: forecast.question,
        analyst: 'Konstantin Kalachev',
        quote: 'there will be no war',
        title: 'A new war begins',
        url: `https://reckoning.test/forecasts/${forecast.id.replace('#', '%23')}`,
      },
    })
    const forged = { ...first?.headers, 'webhook-id': 'another' }
    expect(() => new Webhook(secret).verify(first?.body ?? '', forged)).toThrow()
    const young = await rotateWebhook(test.ledger, test.unit, id)
    await testWebhook(test.ledger, test.unit, id)
    await run()
    for (const held of [secret, young])
      expect(new Webhook(held).verify(received[1]?.body ?? '', received[1]?.headers ?? {})).toMatchObject({
        type: 'reckoning.test',
      })
    test.at('2026-11-23T10:00:00.000Z')
    heldAt(test.unit.now)
    await testWebhook(test.ledger, test.unit, id)
    await run()
    const [, , third] = received
    expect(() => new Webhook(secret).verify(third?.body ?? '', third?.headers ?? {})).toThrow()
    expect(() => new Webhook(young).verify(third?.body ?? '', third?.headers ?? {})).not.toThrow()
  })

  it('keeps its id while it is tried again, and is signed anew', async () => {
    const test = await testLedger()
    const { url, received } = await receiver((response, n) => response.writeHead(n < 3 ? 503 : 200).end())
    const { secret } = await aHook(test, url)
    const run = running(test, ANYWHERE)
    await log(test)
    for (const minute of ['00', '01', '06', '36']) {
      test.at(`2026-11-22T10:${minute}:00.000Z`)
      await run()
    }
    expect(received).toHaveLength(3)
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    for (const { headers, body } of received) {
      heldAt(new Date(Number(headers['webhook-timestamp']) * 1000))
      expect(() => new Webhook(secret).verify(body, headers)).not.toThrow()
    }
    expect(new Set(received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(3)
  })

  it('is what Slack and Discord take, with the words of people as words: one post for all of a run', async () => {
    const test = await testLedger()
    const [slack, discord] = [await receiver(ok), await receiver(ok)]
    await aHook(test, slack.url, 'slack')
    await aHook(test, discord.url, 'discord')
    const title = '<!channel> *bold* @everyone & [x](http://evil.example)'
    await log(test, { question: { ...QUESTION, title } })
    for (let n = 0; n < 10; n++)
      await log(test, { quote: `it rains ${n}`, question: { ...QUESTION, title: `It rains ${n}` } })
    await running(test, ANYWHERE)()
    expect(slack.received).toHaveLength(1)
    const { text } = JSON.parse(slack.received[0]?.body ?? '{}') as { text: string }
    expect(text.split('\n')[0]).toMatch(
      /^A forecast was logged: <https:\/\/reckoning\.test\/forecasts\/[^|]+\|&lt;!channel&gt; \*bold\* @everyone &amp; \[x\]\(http:\/\/evil\.example\)>$/u,
    )
    expect(text.split('\n').at(-1)).toBe('And 3 more: https://reckoning.test')
    expect(discord.received).toHaveLength(1)
    const body = JSON.parse(discord.received[0]?.body ?? '{}') as {
      content: string
      allowed_mentions: object
    }
    expect(body.allowed_mentions).toEqual({ parse: [] })
    expect(body.content).toContain(
      String.raw`\<!channel\> \*bold\* \@everyone & \[x\]\(http\://evil.example\)`,
    )
    expect(body.content.length).toBeLessThan(2_000)
  })

  it.each([
    [
      'redirects',
      (response: ServerResponse) => response.writeHead(302, { location: '/x' }).end(),
      'status 302',
    ],
    ['fails', (response: ServerResponse) => response.writeHead(500).end(), 'status 500'],
    ['breaks off', (response: ServerResponse) => response.destroy(), 'cannot be reached (ECONNRESET)'],
    ['never answers', () => {}, 'did not answer within 0.2 seconds'],
  ])('that %s is shown with that, and stops no other', async (_, answer, error) => {
    const test = await testLedger()
    const [bad, good] = [await receiver(answer), await receiver(ok)]
    const { id } = await aHook(test, bad.url)
    await aHook(test, good.url)
    await log(test)
    expect(await running(test, ANYWHERE, 200)()).toEqual({ sent: 1, failed: 1, switched_off: 0 })
    expect(good.received).toHaveLength(1)
    expect(bad.received).toHaveLength(1)
    expect((await findTarget(test.ledger.db, id))?.error).toContain(error)
  })

  it('that answers without an end is taken at its status, and not read', async () => {
    const test = await testLedger()
    let written = 0
    const huge = await receiver((response) => {
      response.writeHead(200)
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) written += 65_536
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    })
    await aHook(test, huge.url)
    await log(test)
    expect(await running(test, ANYWHERE)()).toEqual({ sent: 1, failed: 0, switched_off: 0 })
    expect(written).toBeLessThan(16 * 1024 * 1024)
  })

  it('leads to no private network, whatever its name resolves to, unless the settings say so', async () => {
    const test = await testLedger()
    const { url, connections } = await receiver(ok)
    const add = (address: string) =>
      refusal(() =>
        addWebhook(
          test.ledger,
          test.unit,
          { name: 'x', url: address, format: 'standard', events: EVENTS },
          false,
        ),
      )
    for (const address of [
      url,
      'http://localhost/',
      'http://10.0.0.1/',
      'https://example.com:8443/',
      'http://[::1]/',
    ])
      expect(await add(address), address).toMatchObject({ code: 'invalid', pointers: ['/url'] })
    // Kept under another setting, or by a name that leads elsewhere since.
    const { id } = await aHook(test, url)
    await aHook(test, url.replace('127.0.0.1', 'localhost'))
    await log(test)
    expect(await running(test, {})()).toEqual({ sent: 0, failed: 2, switched_off: 0 })
    expect(connections()).toBe(0)
    expect((await findTarget(test.ledger.db, id))?.error).toBe(
      'The address leads to a host that is not on the public internet',
    )
  })

  it('switched off is told nothing, and resumed of nothing that was', async () => {
    const test = await testLedger()
    let status = 410
    const { url, received } = await receiver((response) => response.writeHead(status).end())
    const { id } = await aHook(test, url)
    const run = running(test, ANYWHERE)
    await log(test)
    await run()
    await log(test, { quote: 'it rains', question: { ...QUESTION, title: 'It rains' } })
    await run()
    expect(received).toHaveLength(1)
    expect((await refusal(() => testWebhook(test.ledger, test.unit, id)))?.code).toBe('conflict')
    status = 200
    await resumeWebhook(test.ledger, test.unit, id)
    await run()
    await log(test, { quote: 'it snows', question: { ...QUESTION, title: 'It snows' } })
    await run()
    expect(received.map(({ body }) => (JSON.parse(body) as { data: { title: string } }).data.title)).toEqual([
      'A new war begins',
      'It snows',
    ])
  })
})

const QUESTION = {
  title: 'It rains',
  criteria: 'At least 1 mm is measured.',
  deadline: { date: '2026-12-31', time_zone: 'Asia/Yerevan' },
}
