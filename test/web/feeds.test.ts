import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runFlagDue } from '../../src/jobs/flag-due.ts'
import { saveCapture } from '../../src/ledger/capture/save-capture.ts'
import { retractForecast } from '../../src/ledger/forecast/withdraw-forecast.ts'
import { changePolicy } from '../../src/ledger/members/membership.ts'
import { amendQuestion } from '../../src/ledger/question/amend-question.ts'
import { takeBackResolution } from '../../src/ledger/resolution/take-back-resolution.ts'
import { aCapture } from '../support/capture.ts'
import { atomOf, calendarOf } from '../support/feeds.ts'
import { ORIGIN, type Site, site } from '../support/site.ts'
import { AFTERWARDS, aQuestion, confirm, log, propose } from '../support/steps.ts'

const read = async (held: Site, path: string) => (await held.anonymous.get(path)).text
const feedOf = async (held: Site, path: string) => atomOf(await read(held, path))
const eventsOf = async (held: Site, path = '/feeds/due.ics') => calendarOf(await read(held, path))
const titles = ({ entries }: { entries: readonly { title?: unknown }[] }) =>
  entries.map(({ title }) => (typeof title === 'string' ? title : (title as { value?: string })?.value))

const OTHER = {
  analyst: { name: 'Ada Overton' },
  quote: 'a bridge opens',
  question: aQuestion({ title: 'A bridge opens', tags: ['bridges'] }),
  probability: 0.3,
}

/** Two claims by two people, the first of them due, decided, and decided otherwise. */
async function lived() {
  const held = await site()
  await changePolicy(held.ledger, held.unit, 'off')
  const first = await log(held, { probability: 0.8 })
  const other = await log(held, OTHER)
  return { held, first, other }
}

test('what was logged is told once, with who said it in the title and who logged it as the author, wherever it is served', async () => {
  const { held, first } = await lived()
  const feed = await feedOf(held, '/feeds/new.atom')
  expect(titles(feed)).toEqual([
    '“… a bridge opens” (Ada Overton, 1 Nov 2026)',
    expect.stringContaining('Konstantin Kalachev'),
  ])
  const [latest, earliest] = feed.entries
  expect(latest?.authors?.map(({ name }) => name)).toEqual(['administrator'])
  expect(latest?.published).toBe(latest?.updated)
  expect(latest?.categories?.map(({ term }) => term)).toEqual(['bridges'])
  expect(earliest?.links?.[0]?.href).toBe(`${ORIGIN}/forecasts/${first.id}`)
  expect(feed.links?.map(({ rel, href }) => [rel, href])).toEqual([
    ['self', `${ORIGIN}/feeds/new.atom`],
    ['alternate', `${ORIGIN}/ledger`],
  ])
  // At another address the same entries have the same ids.
  const elsewhere = atomOf((await held.send('/feeds/new.atom', { headers: { host: '127.0.0.1' } })).text)
  expect(elsewhere.entries.map(({ id }) => id)).toEqual(feed.entries.map(({ id }) => id))
  for (const { id } of feed.entries) expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8/u)
})

test('each feed is of what the same address of the ledger shows, and says so', async () => {
  const { held, other } = await lived()
  for (const [search, named] of [
    ['analyst=ada-overton', 'Newly logged · Ada Overton · Reckoning'],
    ['tag=bridges', 'Newly logged · bridges · Reckoning'],
    ['q=bridge', 'Newly logged · “bridge” · Reckoning'],
    [`question=${other.question}`, `Newly logged · question ${other.question} · Reckoning`],
  ]) {
    const feed = await feedOf(held, `/feeds/new.atom?${search}`)
    expect([search, ...titles({ entries: [feed] }), titles(feed)]).toEqual([
      search,
      named,
      ['“… a bridge opens” (Ada Overton, 1 Nov 2026)'],
    ])
    expect(feed.links?.[0]?.href).toBe(`${ORIGIN}/feeds/new.atom?${search}`)
    expect((await eventsOf(held, `/feeds/due.ics?${search}`)).map(({ summary }) => summary)).toEqual([
      'To decide: A bridge opens',
    ])
  }
  expect((await feedOf(held, '/feeds/new.atom?analyst=nobody')).entries).toEqual([])
  const refused = await held.anonymous.get('/feeds/due.ics?said_from=never')
  expect([refused.status, refused.text.includes('said_from')]).toEqual([400, true])
})

test('what became due is told when the job flags it, and what is decided with its evidence; an outcome that gave way is told to whoever heard of it', async () => {
  const { held, first, other } = await lived()
  expect((await feedOf(held, '/feeds/due.atom')).entries).toEqual([])
  held.at(AFTERWARDS)
  await runFlagDue(held.ledger, held.host.now())
  const due = await feedOf(held, '/feeds/due.atom')
  expect(titles(due).toSorted()).toEqual(['Due: A bridge opens', 'Due: A new war begins'])
  expect(due.entries[0]?.updated).toBe(AFTERWARDS)
  expect(titles(await feedOf(held, '/feeds/due.atom?tag=bridges'))).toEqual(['Due: A bridge opens'])

  const { id } = await propose(held, first.question)
  expect((await feedOf(held, '/feeds/decided.atom')).entries).toEqual([])
  await confirm(held, first.question, id)
  const decided = await feedOf(held, '/feeds/decided.atom')
  expect(titles(decided)).toEqual(['Decided: A new war begins: no'])
  const told = JSON.stringify(decided.entries[0]?.content)
  for (const words of ['https://example.com/evidence', 'Nothing happened.', 'Did not come true'])
    expect(told).toContain(words)
  const { id: right } = await propose(held, first.question, { outcome: 'yes', supersedes: id })
  held.at('2027-01-02T00:00:30.000Z')
  await confirm(held, first.question, right)
  const after = await feedOf(held, '/feeds/decided.atom')
  expect(titles(after).toSorted()).toEqual([
    'Decided: A new war begins: yes',
    'No longer holds: A new war begins: no',
  ])
  const gone = after.entries.find((entry) => entry.id === decided.entries[0]?.id)
  expect(gone?.updated).toBe('2027-01-02T00:00:30.000Z')

  // Taken back within a minute, with nothing in its place.
  const { id: slip } = await propose(held, other.question)
  await confirm(held, other.question, slip)
  const unit = { ...held.unit, now: held.host.now() }
  await takeBackResolution(held.ledger, unit, other.question, slip)
  const back = await feedOf(held, '/feeds/decided.atom?tag=bridges')
  expect(titles(back)).toEqual(['No longer holds: A bridge opens: no'])
  expect(JSON.stringify(back.entries)).toContain('Nothing is decided in its place.')
})

test('an event of the calendar keeps its UID, and its SEQUENCE grows with whatever changes it', async () => {
  const { held, first, other } = await lived()
  const event = async (title: string) =>
    (await eventsOf(held)).find(({ summary }) => summary.endsWith(title)) as Awaited<
      ReturnType<typeof eventsOf>
    >[number]
  const before = await event('A bridge opens')
  expect(before).toMatchObject({
    from: '2026-12-31',
    to: '2027-01-01',
    isDay: true,
    status: 'CONFIRMED',
    stamp: `${held.unit.now.toISOString().slice(0, 19)}Z`,
    url: `${ORIGIN}/questions/${other.question}`,
    tags: ['bridges'],
  })
  expect(before.description).toContain('Asia/Yerevan')
  // The clock alone changes nothing.
  held.at('2026-12-01T00:00:00.000Z')
  expect(await event('A bridge opens')).toEqual(before)

  await amendQuestion(held.ledger, { ...held.unit, now: held.host.now() }, other.question, {
    deadline: { date: '2027-02-28', time_zone: 'Asia/Yerevan' },
    because: 'It takes longer.',
  } as never)
  const moved = await event('A bridge opens')
  expect(moved).toMatchObject({ uid: before.uid, from: '2027-02-28', to: '2027-03-01' })
  expect(moved.sequence).toBeGreaterThan(before.sequence)
  expect(moved.stamp > before.stamp).toBe(true)

  await retractForecast(held.ledger, { ...held.unit, now: held.host.now() }, other.id, {
    because: 'Our mistake.',
  })
  const off = await event('A bridge opens')
  expect(off).toMatchObject({ uid: before.uid, status: 'CANCELLED' })
  expect(off.sequence).toBeGreaterThan(moved.sequence)

  held.at(AFTERWARDS)
  const undecided = await event('A new war begins')
  const { id } = await propose(held, first.question)
  await confirm(held, first.question, id)
  const decided = await event('A new war begins')
  expect(decided).toMatchObject({ uid: undecided.uid, status: 'CONFIRMED' })
  expect(decided.summary).toMatch(/^Decided: /u)
  expect(decided.sequence).toBeGreaterThan(undecided.sequence)
})

test('a feed is answered with 304 until an entry is recorded', async () => {
  const { held } = await lived()
  for (const path of ['/feeds/new.atom', '/feeds/due.ics?tag=bridges', '/feeds/log.atom']) {
    const { headers } = await held.anonymous.get(path)
    const again = await held.send(path, { headers: { 'if-none-match': headers.get('etag') ?? '' } })
    expect([path, again.status, again.text]).toEqual([path, 304, ''])
  }
  const { headers } = await held.anonymous.get('/feeds/new.atom')
  await log(held, { quote: 'still no war', question: aQuestion({ title: 'Another war' }) })
  const moved = await held.send('/feeds/new.atom', {
    headers: { 'if-none-match': headers.get('etag') ?? '' },
  })
  expect(moved.status).toBe(200)
})

test('a ledger that is not public shows no feed to whoever has not signed in, and offers none', async () => {
  const held = await site({ public: false })
  await log(held)
  for (const path of ['/feeds/new.atom', '/feeds/due.ics', '/feeds/log.atom', '/corrections.atom'])
    expect([path, (await held.anonymous.get(path)).status]).toEqual([path, 401])
  const member = await held.signedIn()
  expect((await member.get('/feeds/new.atom')).headers.get('cache-control')).toBe('private, no-cache')
  expect((await member.get('/ledger')).text).not.toContain('/feeds/')
})

test('pages name their feeds, for programs and for people', async () => {
  const { held, first } = await lived()
  const search = `analyst=${first.analyst}`
  for (const [path, feed] of [
    ['/', '/feeds/new.atom'],
    ['/ledger?tag=bridges&sort=said', '/feeds/decided.atom?tag=bridges'],
    [`/analysts/${first.analyst}`, `/feeds/due.ics?${search}`],
    ['/sources/2026-11-an-interview', '/feeds/new.atom?source=2026-11-an-interview'],
    ['/due', '/feeds/due.ics'],
    ['/corrections', '/corrections.atom'],
    ['/log', '/feeds/log.atom'],
  ] as const) {
    const { text } = await held.anonymous.get(path)
    const inHead = new RegExp(
      `<link rel="alternate" type="(?:application/atom\\+xml|text/calendar)" href="${feed.replaceAll(/[?.+]/gu, '\\$&')}"`,
      'u',
    )
    expect([path, inHead.test(text), text.includes(`<a href="${feed}">`)]).toEqual([path, true, true])
    const link = /<a href="(\/feeds[^"]*|\/corrections\.atom)">/gu
    for (const [, href = ''] of text.matchAll(link))
      expect([href, (await held.anonymous.get(href.replaceAll('&amp;', '&'))).status]).toEqual([href, 200])
  }
})

type Case = { id: string; target: string; payload: unknown }
const { cases } = JSON.parse(readFileSync('test/fixtures/bad-inputs.json', 'utf8')) as { cases: Case[] }
const hostile = cases
  .filter(({ id, target }) => id.startsWith('xss-') || target.startsWith('feed.'))
  .map(({ payload }) => {
    const repeated = (payload as { $repeat?: [string, number] })?.$repeat
    return repeated === undefined ? String(payload) : repeated[0].repeat(repeated[1])
  })

test('no text of a question, quote or name ends an element or a property of any feed', async () => {
  expect(hostile.length).toBeGreaterThan(10)
  const held = await site()
  const known = new Set<string>()
  for (const [i, text] of hostile.entries()) {
    const one = `${i} ${text}`
    // What a door refuses is in no feed.
    await log(held, {
      analyst: { name: one.slice(0, 100), id: `a-${i}` },
      quote: one,
      question: aQuestion({ title: one.slice(0, 300), criteria: one }),
      probability: 0.4,
    }).catch(() => known.add(`refused ${i}`))
  }
  held.at(AFTERWARDS)
  await runFlagDue(held.ledger, held.host.now())
  const OURS = new Set(
    'feed id title subtitle updated author name link entry published category content div blockquote p a ul li time contributor'.split(
      ' ',
    ),
  )
  for (const path of ['/feeds/new.atom', '/feeds/due.atom']) {
    const feed = await feedOf(held, path)
    expect(feed.entries.length).toBeGreaterThan(8)
    expect(feed.elements.filter((name) => !OURS.has(name))).toEqual([])
  }
  const events = await eventsOf(held)
  expect(events.length).toBe(hostile.length - known.size)
  const unfolded = (await read(held, '/feeds/due.ics')).replaceAll('\r\n ', '')
  expect(unfolded).toContain(String.raw`Rain\; tomorrow\, or \\ later`)
  for (const { summary } of events) {
    const [, i = ''] = /^To decide: (\d+)/u.exec(summary) ?? []
    expect(summary.length).toBeGreaterThan(12)
    if (!/[\u2028\u2029]/u.test(hostile[Number(i)] ?? ''))
      expect(summary).toBe(`To decide: ${`${i} ${hostile[Number(i)]}`.slice(0, 300)}`)
  }
})

test('nothing that members keep is in any feed or calendar', async () => {
  const { held, first } = await lived()
  const source = { title: 'A talk', type: 'speech', published: '2026-11-02', text: 'zzprivate. Prices rise.' }
  await log(held, { source, quote: 'Prices rise', question: aQuestion({ title: 'Prices rise by then' }) })
  const member = await held.signedIn()
  const note = await member.post(`/questions/${first.question}/note`, { '/text': 'zzprivate note' })
  const report = await held.anonymous.post('/report', {
    '/about': `question:${first.question}`,
    '/text': 'zzprivate report',
  })
  expect([note.status, report.status < 400]).toEqual([303, true])
  const draft = aCapture({ source: { title: 'zzprivate draft', type: 'article', published: '2026-11-01' } })
  await saveCapture(held.ledger, held.unit, draft)
  held.at(AFTERWARDS)
  await runFlagDue(held.ledger, held.host.now())
  await propose(held, first.question, { rationale: 'zzprivate: proposed and not decided.' })
  for (const path of [
    '/feeds/new.atom',
    '/feeds/due.atom',
    '/feeds/decided.atom',
    '/feeds/due.ics',
    '/feeds/log.atom',
    '/corrections.atom',
    '/feeds/new.atom?q=zzprivate',
  ])
    for (const who of [held.anonymous, member]) {
      const { status, text } = await who.get(path)
      expect([path, status]).toEqual([path, 200])
      expect([path, text.replaceAll(/q=zzprivate|“zzprivate”/gu, '').includes('zzprivate')]).toEqual([
        path,
        false,
      ])
    }
})
