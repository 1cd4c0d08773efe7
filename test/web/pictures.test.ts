import { expect, test } from 'vitest'
// @ts-expect-error: what builds the assets is plain JavaScript.
import { clientAssets } from '../../scripts/assets.js'
import { drawing } from '../support/drawing.ts'
import { site } from '../support/site.ts'

const styled = async () => {
  const held = await site()
  held.host.assets = await clientAssets()
  return held
}

test('every public page names a picture of 1200 × 630 that is a PNG with something on it, and no box for a letter', async () => {
  const held = await styled()
  const { id, question, analyst } = await held.log()
  const source = /\/sources\/([^"#]+)/u.exec((await held.anonymous.get(`/forecasts/${id}`)).text)?.[1]
  const pages = [
    '/',
    '/ledger',
    `/ledger?analyst=${analyst}`,
    '/due',
    '/analysts',
    '/sources',
    '/methods',
    '/compare',
  ]
  for (const page of [
    ...pages,
    `/forecasts/${id}`,
    `/questions/${question}`,
    `/sources/${source}`,
    `/analysts/${analyst}`,
  ]) {
    const { text } = await held.anonymous.get(page)
    const image = /<meta property="og:image" content="http:\/\/localhost([^"]*)"/u
      .exec(text)?.[1]
      ?.replaceAll('&amp;', '&')
    expect([page, image]).toEqual([page, expect.stringMatching(/^\/cards\/.*\.png/u)])
    expect(text).toContain('<meta name="twitter:card" content="summary_large_image"/>')
    const { status, media, image: png, boxes } = await drawing(held, image as string)
    expect([page, status, media, png?.width, png?.height, boxes]).toEqual([
      page,
      200,
      'image/png',
      1200,
      630,
      [],
    ])
    expect(png?.colours).toBeGreaterThan(40)
  }
})

test('the picture of a forecast says the verdict, the words, who said them, where, when and how it was written down', async () => {
  const held = await styled()
  const { id } = await held.log()
  const { drawn } = await drawing(held, `/cards/forecasts/${id}.png`)
  for (const words of [
    'open until 31 Dec 2026',
    'there will be no war',
    'Konstantin Kalachev',
    'An interview, 1 Nov 2026',
    'written down before the outcome',
  ])
    expect(drawn).toContain(words)
  // Our question beside his name would be his claim.
  expect(drawn).not.toContain('A new war begins')
})

const LONG = 'и'.repeat(900)
const TEXTS: readonly [what: string, quote: string, shows: string][] = [
  ['2,000 letters', `${'there will be no war '.repeat(95)}ever`, '…'],
  ['no break', 'Donaudampfschiff'.repeat(60), 'Donaudampfschiff'],
  ['Cyrillic without a break', LONG, 'иии'],
  ['marks', 'до́ма, x̃ и е́ду', 'до́ма'],
  ['markup', '<b>no</b> </text></svg><script>alert(1)</script> & "so"', '<b>no</b>'],
  ['emoji', 'no war 🙂🕊️ and 👩‍👩‍👧 none', '[emoji]'],
  ['Hebrew', 'לא תהיה מלחמה', 'cannot show'],
  ['Chinese', '不会有新的战争', 'cannot show'],
  ['mixed scripts', 'He said ვერ, չի լինի and δεν θα γίνει, never שלום again in our lives', '[…]'],
  ['unfit for XML', 'no war￾ here', 'no war here'],
]

test.each(TEXTS)('a quote with %s is drawn, or it is said that it cannot be', async (_, quote, shows) => {
  const held = await styled()
  const { id } = await held.log({ quote })
  const { status, drawn, boxes, image, svg } = await drawing(held, `/cards/forecasts/${id}.png`)
  expect([status, image?.width, boxes]).toEqual([200, 1200, []])
  expect(drawn.normalize('NFC')).toContain(shows.normalize('NFC'))
  expect(svg).not.toContain('<script')
})

test('a chart is found as picture, frame and numbers that say what the page says; what is not there is not found', async () => {
  const held = await styled()
  const { question } = await held.log()
  const page = (await held.anonymous.get(`/questions/${question}`)).text
  const figure = /<figure[^>]*id="voices".*?<\/figure>/su.exec(page)?.[0] ?? ''
  const frame = await held.anonymous.get(`/charts/questions/${question}/voices`)
  expect([frame.status, frame.text.includes(figure)]).toEqual([200, true])
  const { headers, text } = await held.anonymous.get(`/charts/questions/${question}/voices.csv`)
  expect(headers.get('content-type')).toContain('text/csv')
  expect(text).toContain('Konstantin Kalachev')
  const { status, image, boxes } = await drawing(held, `/charts/questions/${question}/voices.png`)
  expect([status, image?.width, boxes]).toEqual([200, 1200, []])
  for (const path of [
    `/charts/questions/${question}/nothing`,
    `/charts/questions/${question}/nothing.png`,
    `/charts/questions/${question}/nothing.csv`,
    `/charts/questions/${question}/a"b.png`,
    '/charts/questions/nobody/voices.png',
    '/charts/voices.png',
    '/cards/analysts/nobody.png',
    '/cards/forecasts/nothing.png',
    '/cards/questions/nothing.png',
    '/cards/sources/nothing.png',
    '/cards/nothing.png',
  ])
    expect([path, (await held.anonymous.get(path)).status]).toEqual([path, 404])
  expect((await held.anonymous.get('/cards/ledger.png?verdict=nonsense')).status).toBe(400)
})

test('a picture of the past says of which entry it is', async () => {
  const held = await styled()
  const { analyst } = await held.log()
  const { seq } = await held.host.head()
  const { drawn } = await drawing(held, `/cards/analysts/${analyst}.png?as_of=${seq}`)
  expect(drawn).toContain(`as of entry ${seq}`)
  const { text } = await held.anonymous.get(`/analysts/${analyst}?as_of=${seq}`)
  expect(text).toContain(`content="http://localhost/cards/analysts/${analyst}.png?as_of=${seq}"`)
})

test('another site is told how to show a page, or why it cannot', async () => {
  const held = await styled()
  const { id, question, analyst } = await held.log()
  const ask = (search: string) => held.anonymous.get(`/oembed?${search}`)
  const of = (path: string) => `url=${encodeURIComponent(`http://localhost${path}`)}`
  const { text } = await held.anonymous.get(`/forecasts/${id}`)
  const link = /type="application\/json\+oembed" href="http:\/\/localhost([^"]*)"/u.exec(text)?.[1]
  const rich = JSON.parse((await held.anonymous.get(String(link).replaceAll('&amp;', '&'))).text)
  expect(rich).toMatchObject({ version: '1.0', type: 'rich', width: 680, thumbnail_width: 1200 })
  expect(rich.html).toContain(`src="http://localhost/embed/forecasts/${id}"`)
  expect(rich.title).toContain('there will be no war')
  expect(JSON.parse((await ask(`${of(`/questions/${question}`)}&maxwidth=300`)).text)).toMatchObject({
    type: 'rich',
    width: 300,
  })
  expect(JSON.parse((await ask(of(`/charts/questions/${question}/voices`))).text).html).toContain(
    `/charts/questions/${question}/voices`,
  )
  const xml = await ask(`${of(`/analysts/${analyst}`)}&format=xml`)
  expect([xml.headers.get('content-type'), xml.text]).toEqual([
    expect.stringContaining('text/xml'),
    expect.stringContaining('<type>rich</type>'),
  ])
  for (const [search, status] of [
    ['', 400],
    ['url=nonsense', 400],
    [`${of(`/forecasts/${id}`)}&maxwidth=-1`, 400],
    [`${of(`/forecasts/${id}`)}&format=yaml`, 400],
    ['url=https%3A%2F%2Fexample.com%2Fforecasts%2Fx', 404],
    [of('/forecasts/nothing'), 404],
    [of('/settings'), 404],
    [of(`/charts/questions/${question}/nothing`), 404],
    [of('/forecasts/%E0%A4%A'), 404],
  ] as const)
    expect([search, (await ask(search)).status]).toEqual([search, status])
})

test('the map of the site holds every page of a record with the day of its last entry, and robots are told of it', async () => {
  const held = await styled()
  const { id, question, analyst } = await held.log()
  const robots = await held.anonymous.get('/robots.txt')
  expect(robots.text).toContain('Sitemap: http://localhost/sitemap.xml')
  const index = (await held.anonymous.get('/sitemap.xml')).text
  const parts = [...index.matchAll(/<loc>http:\/\/localhost([^<]*)<\/loc>/gu)].map(([, path]) => String(path))
  const all = (await Promise.all(parts.map(async (path) => (await held.anonymous.get(path)).text))).join('')
  for (const path of [`/forecasts/${id}`, `/questions/${question}`, `/analysts/${analyst}`])
    expect(all).toMatch(new RegExp(`<loc>http://localhost${path}</loc><lastmod>\\d{4}-`, 'u'))
  for (const path of ['/sitemap/forecast-2.xml', '/sitemap/forecast-0.xml', '/sitemap/nothing-1.xml'])
    expect([path, (await held.anonymous.get(path)).status]).toEqual([path, 404])
  const hidden = await site({ public: false })
  expect((await hidden.anonymous.get('/robots.txt')).text).toBe('User-agent: *\nDisallow: /\n')
})
