import { expect, test } from 'vitest'
import { recordStatement } from '../../src/ledger/forecast/record-statement.ts'
import { site } from '../support/site.ts'

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
  [...page.matchAll(/Our question: <a class="plain" href="[^"]*"><bdi>([^<]*)<\/bdi>/gu)].map(
    ([, title]) => title,
  )

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
    'Asia/Yerevan',
    'our date',
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
  expect(text).toMatch(/<b>3<\/b> claims.*<b>1<\/b> testable.*<b>0<\/b> decided.*<b>0<\/b> informative/su)
})

test('with a second source the first sight gives way to the list', async () => {
  const { anonymous, log } = await site()
  await log()
  expect((await anonymous.get('/ledger')).text).toContain('Begin with one source')
  await log({ source: source(2), question: question('It rains') })
  expect((await anonymous.get('/ledger')).text).not.toContain('Begin with one source')
})

test('the address narrows the list, and every filter counts what choosing it would give', async () => {
  const { anonymous, log } = await site()
  await log({
    source: source(1),
    question: question('It rains', { tags: ['weather'] }),
    quote: 'rain is coming',
  })
  await log({
    source: source(2),
    question: question('It snows', {
      tags: ['weather'],
      deadline: { date: '2026-12-31', time_zone: 'UTC', because: 'ours' },
    }),
  })
  await log({
    source: source(3),
    question: question('Rates fall', { tags: ['banks'], deadline: { date: '2026-11-10', time_zone: 'UTC' } }),
    analyst: { name: 'Ada Lovelace' },
  })
  const shown = async (search: string) => rows((await anonymous.get(`/ledger${search}`)).text).sort()
  expect(await shown('')).toEqual(['It rains', 'It snows', 'Rates fall'])
  expect(await shown('?tag=weather')).toEqual(['It rains', 'It snows'])
  expect(await shown('?tag=weather&deadline=ours')).toEqual(['It snows'])
  expect(await shown('?state=due')).toEqual(['Rates fall'])
  expect(await shown('?analyst=ada-lovelace')).toEqual(['Rates fall'])
  expect(await shown('?q=rain')).toEqual(['It rains'])
  expect(await shown('?logged=afterwards')).toEqual([])
  const { text } = await anonymous.get('/ledger?tag=weather')
  expect(text).toContain('href="/ledger?tag=banks"><bdi>banks</bdi><span class="n"> 1</span>')
  expect(text).toContain(
    'href="/ledger?tag=weather&amp;deadline=ours"><bdi>ours</bdi><span class="n"> 1</span>',
  )
  expect(text).toContain('href="/api/forecasts.csv?tag=weather"')
  expect(text).toContain('Here: <b>2 forecasts</b>')
})

test('the older forecasts follow, each once', async () => {
  const { anonymous, log } = await site()
  for (let n = 0; n < 53; n++) await log({ source: source(n), question: question(`Event ${n}`) })
  const first = await anonymous.get('/ledger?deadline=theirs')
  const next =
    /href="(\/ledger\?deadline=theirs&amp;before=\d+)" rel="next"/u
      .exec(first.text)?.[1]
      ?.replaceAll('&amp;', '&') ?? ''
  const second = await anonymous.get(next)
  const seen = [...rows(first.text), ...rows(second.text)]
  expect([rows(first.text).length, seen.length, new Set(seen).size]).toEqual([50, 53, 53])
  expect(second.text).not.toContain('rel="next"')
})

test('an address that cannot be read is refused in words', async () => {
  const { anonymous } = await site()
  for (const search of ['?state=wrong', '?before=x', '?deadline=mine', `?q=${'a'.repeat(501)}`]) {
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
      [...text.matchAll(/<(?:link|script|img|iframe)[^>]*(?:src|href)="([^"]*)"/gu)].every(([, at]) =>
        at?.startsWith('/'),
      ),
    ).toBe(true)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  }
})

test('the style sheet is kept for ever under the name of its build', async () => {
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
