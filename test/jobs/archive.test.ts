import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { fetching } from '../../src/http/guarded-fetch.ts'
import { pageText } from '../../src/interchange/page-text.ts'
import { type Archiving, runArchive } from '../../src/jobs/archive.ts'
import { fetchPage } from '../../src/node/page-fetch.ts'
import { type Site, site } from '../support/site.ts'
import { aQuestion, log } from '../support/steps.ts'
import { page, type Web, web } from '../support/web.ts'

const URL_OF = 'https://example.com/interview'
const COPY = 'http://web.archive.test/web/20261102030405/https://example.com/interview'
const SOURCE = {
  title: 'An interview',
  type: 'interview',
  url: URL_OF,
  published: '2026-11-01',
}
const QUOTES = ['there will be no war', 'a bridge opens'] as const
const TEXT = `<p>He said: <b>there</b> will be no war.</p><script>"a bridge opens"</script>`

const json = (response: ServerResponse, body: unknown) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}
const closest = (url: string, more = {}) => ({
  archived_snapshots: {
    closest: { available: true, url, status: '200', timestamp: '20261102030405', ...more },
  },
})

type Answers = {
  lookup?: (response: ServerResponse) => void
  save?: (response: ServerResponse) => void
  copy?: (response: ServerResponse) => void
}
const archiveOf =
  ({ lookup, save, copy }: Answers) =>
  (request: IncomingMessage, response: ServerResponse) => {
    const answer = request.url?.startsWith('/wayback')
      ? lookup
      : request.url?.startsWith('/save')
        ? save
        : copy
    if (answer === undefined) {
      response.writeHead(404)
      response.end()
    } else answer(response)
  }

/** Through either way out: the guard of Node, and the `fetch` that a Worker has. */
const WAYS = {
  Node: (net: Web) => (url: string) => fetchPage(url, { ...net, timeoutMs: 400 }),
  'a Worker': (net: Web) =>
    fetching((url, init) => {
      const { port, address } = net.connect('', 80)
      const { pathname, search } = new URL(url)
      return fetch(`http://${address}:${port}${pathname}${search}`, init)
    }, 400),
} as const

const archivingOn = (net: Web, way: keyof typeof WAYS, mode: Archiving['mode']): Archiving => ({
  mode,
  archive: {
    lookup: 'http://archive.test/wayback/available?url=',
    save: 'http://web.archive.test/save/',
    pages: 'http://web.archive.test/web/',
  },
  fetchPage: WAYS[way](net),
  textOf: pageText,
})

async function logged() {
  const held = await site()
  const first = await log(held, { source: SOURCE, quote: QUOTES[0] })
  const second = await log(held, {
    source: SOURCE,
    quote: QUOTES[1],
    question: aQuestion({ title: 'A bridge opens' }),
  })
  return { held, first, second, source: first.id.split('_')[0] as string }
}

const sourceOf = async (held: Site, source: string) =>
  JSON.parse((await held.anonymous.get(`/api/sources/${source}`)).text).archived
const minutes = (held: Site, n: number) =>
  held.at(new Date(held.host.now().getTime() + n * 60_000).toISOString())

describe.each(Object.keys(WAYS) as (keyof typeof WAYS)[])('through %s', (way) => {
  const run = async (held: Site, answers: Answers, mode: Archiving['mode'] = 'lookup') => {
    const net = await web(archiveOf(answers))
    const done = await runArchive(held.ledger, held.host.now(), archivingOn(net, way, mode))
    return { ...done, asked: net.asked }
  }

  test('a copy is looked up once, and which quotes stand in it is an entry, told on the pages and by the API', async () => {
    const { held, first, second, source } = await logged()
    const answers: Answers = {
      lookup: (response) => json(response, closest(COPY)),
      copy: (response) => page(response, TEXT),
    }
    const { recorded, asked } = await run(held, answers)
    const archived = {
      source,
      archive_url: COPY.replace('http:', 'https:'),
      archived_at: '2026-11-02T03:04:05.000Z',
      holds: [first.id],
      lacks: [second.id],
    }
    expect(recorded).toMatchObject([{ source, archived }])
    // As it was sent, without what the archive puts around it.
    expect(asked[1]).toMatch(/\/web\/20261102030405id_\/https:\/\/example\.com\/interview$/u)
    expect(await sourceOf(held, source)).toMatchObject({
      holds: [first.id],
      lacks: [second.id],
      unreadable: null,
    })
    const text = async (path: string) => (await held.anonymous.get(path)).text
    const plain = async (path: string) =>
      (await text(path)).replaceAll(/<[^>]+>/gu, '').replaceAll(/\s+/gu, ' ')
    expect(await plain(`/sources/${source}`)).toContain('holds 1 of 2 quotes that were looked for')
    expect(await plain(`/forecasts/${first.id}`)).toContain('on 2 Nov 2026; the copy holds the quote')
    expect(await plain(`/forecasts/${second.id}`)).toContain('the copy does not hold the quote')
    expect(await text(`/forecasts/${first.id}`)).toContain(`"archivedAt":"${archived.archive_url}"`)
    expect(await text(`/forecasts/${second.id}`)).not.toContain('archivedAt')
    expect(JSON.parse(await text(`/api/forecasts/${second.id}`)).archived.quote).toBe('lacks')
    // Nothing is asked again before something is logged.
    expect((await run(held, answers)).asked).toEqual([])
    const third = await log(held, {
      source,
      quote: 'pressure stays',
      question: aQuestion({ title: 'Pressure' }),
    })
    expect(await plain(`/forecasts/${third.id}`)).toContain('has not been searched for this quote')
    const again = await run(held, answers)
    expect([again.asked.length, again.recorded[0]?.archived.lacks]).toEqual([1, [second.id, third.id]])
  })

  test.each<[what: string, answer: (response: ServerResponse) => void, because: string]>([
    ['never', () => {}, 'did not answer'],
    ['an error', (response) => response.writeHead(503).end(), 'the archive answers with status 503'],
    ['no JSON', (response) => json(response, '<html>'), 'something else than JSON'],
    ['null', (response) => json(response, 'null'), 'the archive has no copy yet'],
    ['nothing', (response) => json(response, { archived_snapshots: {} }), 'the archive has no copy yet'],
    ['a number', (response) => json(response, closest(7 as never)), 'the archive has no copy yet'],
    [
      'an error page that it kept',
      (response) => json(response, closest(COPY, { status: '404' })),
      'no copy yet',
    ],
    [
      'another page',
      (response) => json(response, closest(`${COPY}-of-other`)),
      'the address of another page',
    ],
    [
      'another host',
      (response) => json(response, closest('http://10.0.0.1/web/')),
      'the address of another page',
    ],
    ['too much', (response) => json(response, 'x'.repeat(1_100_000)), 'holds more than 1 MiB'],
    [
      'itself',
      (response) => response.writeHead(302, { location: '/wayback/available' }).end(),
      'redirects more than 3',
    ],
    [
      'inwards',
      (response) => response.writeHead(302, { location: 'http://localhost/' }).end(),
      'private network',
    ],
  ])(
    'an archive that answers %s is asked again later, and nothing is recorded',
    async (_, answer, because) => {
      const { held, source } = await logged()
      const before = await held.host.head()
      const { recorded, waiting } = await run(held, { lookup: answer })
      expect(recorded).toEqual([])
      expect(waiting).toMatchObject([{ source, because: expect.stringContaining(because) }])
      expect(await held.host.head()).toEqual(before)
      expect(await sourceOf(held, source)).toBeNull()
      // Not at once; then it is well.
      expect((await run(held, {})).asked).toEqual([])
      minutes(held, 6)
      const later = await run(held, {
        lookup: (response) => json(response, closest(COPY)),
        copy: (response) => page(response, TEXT),
      })
      expect(later.recorded.length).toBe(1)
    },
  )

  test('a copy that cannot be read is tried three times, and then told as that: nothing is said of the quotes', async () => {
    const { held, first, source } = await logged()
    const answers: Answers = {
      lookup: (response) => json(response, closest(COPY)),
      copy: (response) => page(response, 'x'.repeat(1_100_000)),
    }
    for (const wait of [0, 6, 16]) {
      expect(await sourceOf(held, source)).toBeNull()
      minutes(held, wait)
      await run(held, answers)
    }
    expect(await sourceOf(held, source)).toMatchObject({
      unreadable: 'holds more than 1 MiB',
      holds: [],
      lacks: [],
    })
    const { text } = await held.anonymous.get(`/forecasts/${first.id}`)
    expect(text).toContain('could not be read')
    expect(text).not.toContain('archivedAt')
  })

  test('an archive is asked to take a page only where that is wanted, and looked at later for what it took', async () => {
    const { held, source } = await logged()
    const nothing = (response: ServerResponse) => json(response, { archived_snapshots: {} })
    const first = await run(held, { lookup: nothing, save: () => {} }, 'save')
    expect(first.asked.map((address) => address.replace(/^[^/]*/u, '').slice(0, 6))).toEqual([
      '/wayba',
      '/save/',
    ])
    minutes(held, 6)
    const second = await run(held, { lookup: nothing }, 'save')
    expect(second.asked.length).toBe(1)
    minutes(held, 16)
    const third = await run(held, { lookup: nothing })
    expect(third.waiting[0]?.because).toBe('the archive has no copy yet')
    // At the fourth time it is asked once more, and answers with the page that it took.
    minutes(held, 61)
    const saved = await run(
      held,
      {
        lookup: nothing,
        save: (response) => response.writeHead(302, { location: new URL(COPY).pathname }).end(),
        copy: (response) => page(response, TEXT),
      },
      'save',
    )
    expect(saved.recorded).toMatchObject([{ source, archived: { archived_at: '2026-11-02T03:04:05.000Z' } }])
  })
})

test('a source that is never found is left alone after a week, until somebody asks', async () => {
  const { held, source } = await logged()
  const net = await web(archiveOf({}))
  const archiving = archivingOn(net, 'Node', 'lookup')
  for (let tries = 0; tries < 12; tries++) {
    await runArchive(held.ledger, held.host.now(), archiving)
    minutes(held, 3 * 24 * 60 + 1)
  }
  expect(net.asked.length).toBe(8)
  await runArchive(held.ledger, held.host.now(), archiving, [source])
  expect(net.asked.length).toBe(9)
})

test('a copy that a member found is recorded with the source, listed as an update, and read by the job', async () => {
  const { held, source } = await logged()
  const member = await held.signedIn()
  expect((await member.get(`/sources/${source}`)).text).toContain(`action="/sources/${source}/archive"`)
  const wrong = await member.post(`/sources/${source}/archive`, { '/archive_url': 'no address' })
  expect([wrong.status, wrong.text.includes('value="no address"')]).toEqual([422, true])
  const archive_url = 'http://other-archive.test/abc'
  const { status } = await member.post(`/sources/${source}/archive`, { '/archive_url': archive_url })
  expect(status).toBe(303)
  expect(
    (await held.anonymous.post(`/sources/${source}/archive`, { '/archive_url': archive_url })).status,
  ).toBe(401)
  const { items } = JSON.parse((await held.anonymous.get('/api/corrections')).text)
  expect(items).toMatchObject([{ type: 'source.recorded', class: 'update', source }])
  const net = await web(archiveOf({ copy: (response) => page(response, TEXT) }))
  const { recorded } = await runArchive(held.ledger, held.host.now(), archivingOn(net, 'Node', 'lookup'))
  expect(net.asked).toEqual(['other-archive.test/abc'])
  expect(recorded[0]?.archived.archive_url).toBe(archive_url)
  expect(recorded[0]?.archived).not.toHaveProperty('archived_at')
})
