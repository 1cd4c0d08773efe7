import { expect, test } from 'vitest'
import { recordStatement } from '../../src/ledger/forecast/record-statement.ts'
import { adds } from '../../src/web/ledger/adds.ts'
import { ORIGIN, site } from '../support/site.ts'

const source = (n: number) => ({
  title: `Talk ${n}`,
  type: 'interview',
  url: `https://example.com/${n}`,
  published: '2026-11-01',
})
const question = (title: string, changes: Record<string, unknown> = {}) => ({
  title,
  criteria: 'It is reported.',
  deadline: { date: '2026-12-31', time_zone: 'Asia/Yerevan' },
  ...changes,
})
const rows = (page: string) =>
  [...page.matchAll(/<a class="said" href="[^"]*"><q [^>]*><bdi[^>]*>(.*?)<\/bdi>/gu)].map(([, words = '']) =>
    words.replaceAll(/<[^>]*>/gu, ''),
  )
const plain = (page: string) => page.replaceAll(/<[^>]*>/gu, ' ').replaceAll(/\s+/gu, ' ')

test('the quote comes first, then who said it, then our question, with the band in brackets', async () => {
  const { anonymous, log } = await site()
  await log()
  const { text } = await anonymous.get('/ledger')
  const order = [
    'there will be no war',
    'Konstantin Kalachev',
    'A new war begins',
    'said flatly: no',
    '[0–9\u00a0%]',
    '31 Dec 2026',
    'our date',
    'A deadline is the end of its day, in Asia/Yerevan where no other zone stands',
  ]
  const row = text.indexOf('<td class="main">')
  const places = order.map((words) => text.indexOf(words, row))
  expect(places.every((place) => place > 0)).toBe(true)
  expect(places).toEqual([...places].sort((a, b) => a - b))
})

test('a paraphrase is labelled and never stands in quotation marks', async () => {
  const { anonymous, log } = await site()
  await log({ voice: 'paraphrase', quote: 'war is off the table' })
  const { text } = await anonymous.get('/ledger')
  expect(text).toContain('as reported')
  expect(text).not.toMatch(/<q[^>]*>.*war is off the table/u)
})

test('what is in no score is counted at the head of the ledger', async () => {
  const { anonymous, log, ledger, unit } = await site()
  const { id, analyst } = await log()
  const saying = { analyst, source: id.slice(0, id.indexOf('_')) }
  await recordStatement(ledger, unit, { ...saying, quote: 'no war', kind: 'duplicate', duplicate_of: id })
  await recordStatement(ledger, unit, {
    ...saying,
    quote: 'why war',
    kind: 'untestable',
    reason: 'rhetorical',
  })
  const { text } = await anonymous.get('/ledger')
  expect(text).toContain(
    '1 forecast by 1 analyst from 1 source. Also logged, and in no score: 1 duplicate, 1 untestable remark.',
  )
})

test('the address narrows the list, and every filter counts what choosing it would give', async () => {
  const { anonymous, log } = await site()
  await log({
    source: { ...source(1), publisher: 'Alpha "News" & Co' },
    question: question('It rains', { tags: ['weather'] }),
    quote: 'rain is coming',
  })
  await log({
    source: source(2),
    question: question('It snows', {
      tags: ['weather'],
      deadline: { date: '2026-12-31', time_zone: 'UTC', because: 'ours' },
    }),
    quote: 'snow is coming',
  })
  await log({
    source: { ...source(3), published: '2026-11-03' },
    question: question('Rates fall', { tags: ['banks'], deadline: { date: '2026-11-10', time_zone: 'UTC' } }),
    analyst: { name: 'Ada Lovelace' },
    quote: 'rates will fall',
  })
  const shown = async (search: string) => rows((await anonymous.get(`/ledger${search}`)).text).sort()
  const [rain, snow, rates] = ['rain is coming', 'snow is coming', 'rates will fall']
  for (const [search, quotes] of [
    ['', [rain, rates, snow]],
    ['?tag=weather', [rain, snow]],
    ['?tag=weather&deadline=ours', [snow]],
    ['?state=due', [rates]],
    ['?analyst=ada-lovelace', [rates]],
    ['?q=rain', [rain]],
    ['?logged=afterwards', []],
    ['?verdict=open', [rain, rates, snow]],
    ['?verdict=came_true', []],
    ['?outlet=Alpha+%22News%22+%26+Co', [rain]],
    ['?said_from=2+Nov+2026', [rates]],
    ['?said_to=2026-11-01', [rain, snow]],
    ['?deadline_from=Nov+30,+2026&deadline_to=2026', [rain, snow]],
  ] as const)
    expect([search, await shown(search)]).toEqual([search, quotes])
  const { text } = await anonymous.get('/ledger?tag=weather&sort=said')
  expect(text).toContain('href="/ledger?tag=banks&amp;sort=said"><bdi>banks</bdi> <span class="n">1</span>')
  expect(text).toContain(
    'href="/ledger?tag=weather&amp;deadline=ours&amp;sort=said"><bdi>Ours</bdi> <span class="n">1</span>',
  )
  expect(text).toContain('href="/api/forecasts.csv?tag=weather&amp;sort=said"')
  expect(text).toContain('<b>1–2 of 2</b>')
})

test('the pages of a list are those of one moment, each forecast once, whatever is logged meanwhile', async () => {
  const { anonymous, log } = await site()
  for (let n = 0; n < 103; n++)
    await log({ source: source(n), question: question(`Event ${n}`), quote: `it happens, number ${n}` })
  const next = (page: string) =>
    /href="(\/ledger\?[^"]*)" rel="next"/u.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? null
  const seen: string[] = []
  let address: string | null = '/ledger?deadline=theirs'
  for (let n = 1; address !== null; n++) {
    const { text } = await anonymous.get(address)
    expect(plain(text)).toContain(`${seen.length + 1}–${seen.length + rows(text).length} of 103`)
    seen.push(...rows(text))
    address = next(text)
    await log({ source: source(200 + n), question: question(`Meanwhile ${n}`), quote: `meanwhile ${n}` })
  }
  expect([seen.length, new Set(seen).size, seen.filter((words) => words.includes('meanwhile'))]).toEqual([
    103,
    103,
    [],
  ])
  const beyond = (await anonymous.get('/ledger?page=4')).text
  expect(plain(beyond)).toContain('This list has 3 pages. The last one')
  const former = await anonymous.get('/ledger?before=20')
  expect(rows(former.text).every((words) => !words.includes('meanwhile'))).toBe(true)
})

test('a column that sorts says so, and turns round when it is chosen again', async () => {
  const { anonymous, log } = await site()
  await log({ source: source(1), question: question('It rains'), quote: 'rain' })
  await log({
    source: { ...source(2), published: '2026-10-01' },
    question: question('It snows'),
    quote: 'snow',
  })
  expect(rows((await anonymous.get('/ledger')).text)).toEqual(['snow', 'rain'])
  const said = (await anonymous.get('/ledger?sort=said')).text
  expect(rows(said)).toEqual(['rain', 'snow'])
  expect(said).toMatch(/<th scope="col" aria-sort="descending">What was <a [^>]*order=asc/u)
  const turned = (await anonymous.get('/ledger?sort=said&order=asc')).text
  expect(rows(turned)).toEqual(['snow', 'rain'])
  expect(turned).toContain('<th scope="col" aria-sort="ascending">')
  expect((await anonymous.get('/ledger')).text).not.toContain('aria-sort')
})

test('grouped, a question stands over its forecasts once', async () => {
  const { anonymous, log } = await site()
  const { question: id } = await log({ source: source(1), question: question('It rains'), quote: 'rain' })
  await log({ source: source(2), question: question('It snows'), quote: 'snow' })
  await log({ source: source(3), question: id, quote: 'yes, rain', analyst: { name: 'Ada Lovelace' } })
  const { text } = await anonymous.get('/ledger?group=question')
  expect(rows(text)).toEqual(['yes, rain', 'rain', 'snow'])
  expect(text.match(/<th colspan="4"/gu)).toHaveLength(2)
  expect(plain(text)).toContain('It rains 2 forecasts here')
})

test('what was searched for is marked, in these letters or others, and never changes the text', async () => {
  const { anonymous, log } = await site()
  const quote = 'Сарафян сказал: «Войны не будет», Müller <b>&amp; sons</b>'
  await log({ quote, question: question('A new war begins') })
  for (const [q, marked] of [
    ['muller', ['Müller']],
    ['sarafyan', ['Сарафян']],
    ['войны', ['Войны']],
    ['new wa', ['new', 'war']],
  ] as const) {
    const { text } = await anonymous.get(`/ledger?q=${encodeURIComponent(q)}`)
    expect([q, [...text.matchAll(/<mark>([^<]*)<\/mark>/gu)].map(([, words]) => words)]).toEqual([q, marked])
    expect(rows(text)[0]).toBe('Сарафян сказал: «Войны не будет», Müller &lt;b&gt;&amp;amp; sons&lt;/b&gt;')
  }
  expect((await anonymous.get('/ledger')).text).not.toContain('<mark>')
})

test('our question stands beneath the words only where it adds something to them', () => {
  for (const [title, said, expected] of [
    ['By 15 December 2026, Valdora raises a tariff on steel', 'Valdora raises a tariff on steel soon', false],
    ['A new war between Azerbaijan and Armenia begins', 'no, there will be no war', true],
    ['It rains', 'anything', true],
    ['', '', true],
  ] as const)
    expect([title, adds(title, said)]).toEqual([title, expected])
})

test('an address that cannot be read is refused in words', async () => {
  const { anonymous } = await site()
  for (const search of [
    '?state=wrong',
    '?before=x',
    '?deadline=mine',
    '?verdict=true',
    '?sort=best',
    '?page=0',
    '?page=1e3',
    '?said_from=3/4/2025',
    '?said_to=yesterday',
    '?group=analyst',
    `?q=${'a'.repeat(501)}`,
  ]) {
    const answer = await anonymous.get(`/ledger${search}`)
    expect([search, answer.status]).toEqual([search, 400])
  }
})

test('an empty ledger says what to do next', async () => {
  const { anonymous, signedIn } = await site()
  expect((await anonymous.get('/ledger')).text).toContain('The ledger is empty')
  expect((await (await signedIn()).get('/ledger')).text).toContain('href="/capture">Log a forecast</a>')
})

test('a page has no style and no script of its own, and asks nobody else for anything', async () => {
  const { anonymous, signedIn, log } = await site()
  const { id, question: q, analyst } = await log()
  const admin = await signedIn()
  const public_ = [
    '/',
    '/ledger',
    '/due',
    '/docs',
    '/docs/problems',
    '/sign-in',
    '/nowhere',
    `/forecasts/${id}`,
    `/questions/${q}`,
    `/analysts/${analyst}`,
    `/sources/${id.split('_')[0]}`,
  ]
  const own = [
    '/capture',
    '/capture/one',
    '/capture/one?what=remark',
    '/settings',
    `/questions/${q}/resolve`,
    '/due',
  ]
  const pages = await Promise.all([
    ...public_.map((path) => anonymous.get(path)),
    ...own.map((path) => admin.get(path)),
  ])
  for (const { text, headers } of pages) {
    expect(text).not.toMatch(/\sstyle=|<style|\son[a-z]+=|javascript:/u)
    expect(
      [...text.matchAll(/<(?:link|script|img|iframe)[^>]*(?:src|href)="([^"]*)"/gu)]
        .map(([, at = '']) => at)
        // The address of an oEmbed is whole, as its specification asks; it is ours too.
        .filter((at) => !at.startsWith('/') && !at.startsWith(`${ORIGIN}/oembed?`)),
    ).toEqual([])
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  }
})

test('the style sheet is kept for ever under the name of what is in it', async () => {
  const { anonymous } = await site()
  const address = /href="(\/style\.[^"]+\.css)"/u.exec((await anonymous.get('/ledger')).text)?.[1] ?? ''
  const answer = await anonymous.get(address)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8'])
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
})

test('an address of the list from when it stood at the front leads on, whatever it says, and nothing else does', async () => {
  const { anonymous, log } = await site()
  await log()
  for (const search of ['?q=war&utm_source=letter', '?state=wrong', '?analyst=a%26b&tag=x', '?before=4']) {
    const { status, headers } = await anonymous.get(`/${search}`)
    expect([search, status, headers.get('location')]).toEqual([search, 301, `/ledger${search}`])
  }
  for (const search of ['', '?utm_source=letter', '?qq=1']) {
    const { status } = await anonymous.get(`/${search}`)
    expect([search, status]).toEqual([search, 200])
  }
})
