import { expect, test } from 'vitest'
import { LedgerError } from '../../src/core/error.ts'
import { recordStatement } from '../../src/ledger/forecast/record-statement.ts'
import { recordQuestion } from '../../src/ledger/question/record-question.ts'
import { hostile } from '../support/bad-inputs.ts'
import { type Site, site } from '../support/site.ts'

const forecast = (n: number, title: string, changes: Record<string, unknown> = {}, more: object = {}) => ({
  source: { title: `Talk ${n}`, type: 'interview', url: `https://example.com/${n}`, published: '2026-11-01' },
  question: {
    title,
    criteria: `Gauge ${n} shows a millimetre.`,
    deadline: { date: '2026-12-31', time_zone: 'UTC' },
    ...changes,
  },
  ...more,
})

async function richSite(): Promise<Site> {
  const held = await site()
  const ours = { deadline: { date: '2026-12-31', time_zone: 'UTC', because: 'ours' }, tags: ['weather'] }
  await held.log(forecast(1, 'Rain falls in Ürümqi', ours))
  await held.log(forecast(2, 'Snow falls', { tags: ['weather'] }, { analyst: { name: 'Rainer Ada' } }))
  const last = await held.log(
    forecast(3, 'Rates fall', { deadline: { date: '2026-11-10', time_zone: 'UTC' } }),
  )
  const saying = { analyst: last.analyst, source: last.id.slice(0, last.id.indexOf('_')) }
  const { ledger, unit } = held
  await recordStatement(ledger, unit, {
    ...saying,
    quote: 'rain is what we need',
    kind: 'untestable',
    reason: 'motive',
  })
  await recordStatement(ledger, unit, {
    ...saying,
    quote: 'so, rain, as I said',
    kind: 'duplicate',
    duplicate_of: last.id,
  })
  await recordQuestion(ledger, unit, {
    title: 'The rain stops',
    criteria: 'It is dry.',
    deadline: { date: '2026-12-31', time_zone: 'UTC' },
  })
  return held
}

const plain = (html: string) => html.replaceAll(/<[^>]*>/gu, ' ').replaceAll(/\s+/gu, ' ')

test('a search finds words in quotes, questions, criteria and names, and what is no forecast beside them', async () => {
  const { anonymous } = await richSite()
  const read = async (q: string) => plain((await anonymous.get(`/ledger?q=${encodeURIComponent(q)}`)).text)
  const rain = await read('rain')
  expect(rain).toContain(' 1–2 of 2 ')
  expect(rain).toContain('1 analyst Rainer Ada 1 forecast')
  expect(rain).toContain('2 remarks in no score')
  expect(rain).toContain('a duplicate')
  expect(rain).toContain('not testable: about what somebody wants or needs')
  expect(rain).toContain('1 question without a forecast The rain stops')
  expect(await read('gauge 3')).toContain(' 1–1 of 1 ')
  expect(await read('urumqi')).toContain(' 1–1 of 1 ')
  expect(await read('what we need')).toContain('1 remark in no score')
  expect(await read('kalachev rates')).toContain(' 1–1 of 1 ')
  expect(await read('there will be')).not.toMatch(/\d remarks? in no score/u)
  expect(await read('volcano')).toContain('A search finds what holds every word')
})

test('every filter keeps the others and the words, and the count is that of the list in every shape', async () => {
  const { anonymous, send } = await richSite()
  const at = '?state=open&tag=weather&deadline=theirs&logged=before&analyst=rainer-ada&q=falls'
  const { text } = await anonymous.get(`/ledger${at}`)
  expect(plain(text)).toContain(' 1–1 of 1 ')
  const asked = ['state', 'tag', 'deadline', 'logged', 'analyst', 'q']
  const chips = [...text.matchAll(/<a class="chip" href="\/ledger(\?[^"]*)"/gu)].map(
    ([, href = '']) => new URLSearchParams(href.replaceAll('&amp;', '&')),
  )
  // Whatever is in force can be taken away alone.
  expect(asked.filter((name) => chips.every((chip) => chip.has(name)))).toEqual([])
  for (const chip of chips) {
    const gone = asked.filter((name) => !chip.has(name))
    const changed = asked.filter(
      (name) => chip.has(name) && chip.get(name) !== new URLSearchParams(at).get(name),
    )
    expect([...chip.keys()].filter((name) => !asked.includes(name))).toEqual([])
    expect(gone.length + changed.length).toBe(1)
  }
  for (const search of [at, '?q=rain', '?tag=weather', '?deadline=ours&q=falls', '?logged=afterwards']) {
    const page = plain((await anonymous.get(`/ledger${search}`)).text)
    const n = Number(/ (?:0|1–\d+) of (\d+) /u.exec(page)?.[1])
    const json = JSON.parse((await send(`/api/forecasts${search}`)).text) as { items: unknown[] }
    const csv = (await send(`/api/forecasts.csv${search}`)).text.trim().split('\r\n')
    expect([search, json.items.length, csv.length - 1]).toEqual([search, n, n])
  }
})

test.each(hostile('search.q'))('odd words do no harm: $id, $why', async ({ value }) => {
  const { anonymous } = await richSite()
  const { status } = await anonymous.get(`/ledger?q=${encodeURIComponent(String(value))}`)
  expect([200, 400]).toContain(status)
})

test('a search of many words goes by the first twelve, and the page says which', async () => {
  const { anonymous, log } = await richSite()
  const title = 'One two three four five six seven eight nine ten eleven twelve'
  await log(forecast(4, title))
  const { status, text } = await anonymous.get(`/ledger?q=${encodeURIComponent(`${title}, and more`)}`)
  expect(status).toBe(200)
  expect(plain(text)).toContain(' 1–1 of 1 ')
  expect(plain(text)).toContain(`A search goes by its first 12 words. These were looked for: “ ${title} ”.`)
  expect((await anonymous.get(`/ledger?q=${encodeURIComponent(title)}`)).text).not.toContain(
    'goes by its first',
  )
})

test('a link that leads nowhere is answered with the records its words come nearest to', async () => {
  const { anonymous } = await richSite()
  const wrong = await anonymous.get('/questions/2026-11-talk-9_snow-fals-snow')
  expect(wrong.status).toBe(404)
  expect(wrong.text).toMatch(/Perhaps you want.*href="\/questions\/2026-11-talk-2_snow-falls"/su)
  expect((await anonymous.get('/analysts/ada-rainer')).text).toContain('href="/analysts/rainer-ada"')
  expect((await anonymous.get('/rain-is-what')).text).toMatch(/href="\/sources\/2026-11-talk-3#[^"]*rain/u)
  for (const path of ['/xyzzy', '/%E0%A4%A', '/1/2/3', `/${'a-'.repeat(300)}`, '/"OR"*', '/sources/NEAR(']) {
    const { status, text } = await anonymous.get(path)
    expect([path, status === 404 || status === 400]).toEqual([path, true])
    expect(text).toContain('The ledger')
  }
})

test('an error page keeps what was typed, offers only what the reader may do, and stands without the database', async () => {
  const held = await richSite()
  const long = await held.anonymous.get(`/ledger?q=one+two+${'x'.repeat(500)}`)
  expect([long.status, plain(long.text)]).toEqual([400, expect.stringContaining('cannot be read')])
  expect(long.text).toContain('value="one two xxx')

  const reader = await held.signedIn(await held.join('Rita Reader', 'reader'))
  const refused = await reader.get('/settings/nothing')
  expect([
    refused.status,
    refused.text.includes('Rita Reader'),
    refused.text.includes('href="/capture"'),
  ]).toEqual([404, true, false])
  const forged = await held.anonymous.post('/capture', {}, { origin: 'https://elsewhere.example' })
  expect([forged.status, forged.text.includes('An administrator gives roles')]).toEqual([403, false])

  const gone = () => Promise.reject(new LedgerError('unavailable', 'The database cannot be reached.'))
  Object.assign(held.ledger.db, { read: gone, readAll: gone })
  held.host.head = gone
  const down = await held.anonymous.get('/')
  expect([down.status, plain(down.text)]).toEqual([
    503,
    expect.stringContaining('What was recorded is safe.'),
  ])
  expect(down.text).toContain('<link rel="stylesheet" href="/style.test.css">')
})
