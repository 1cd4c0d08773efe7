import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { textRoutes } from '../../src/api/text-routes.ts'
import { measureLexicon } from '../../src/ledger/lexicon/measure-lexicon.ts'
import { client, forecastBody, pastQuestion, resolutionBody } from './client.ts'

const ARMENIAN = 'Նոր պատերազմ չի լինի, բայց ճնշումը Երևանի վրա կշարունակվի։'
const RUSSIAN = 'Скорее всего, новой войны в этом году не будет.'
const NOTE = 'This text is Armenian: passages are not suggested; mark them yourself'

/** Holds an answer against the schema that its route describes. */
const described = (path: string, json: unknown) => {
  const route = textRoutes.find((each) => `/api${each.path}` === path)
  expect(z.safeParse(route?.answer as z.ZodType, json).error?.issues).toBeUndefined()
  return json
}

const source = (changes: Record<string, unknown> = {}) => ({
  title: 'Интервью',
  type: 'interview',
  url: 'https://example.com/ru',
  published: '2026-11-01',
  ...changes,
})
const inRussian = (changes: Record<string, unknown> = {}) =>
  forecastBody({
    source: source(),
    quote: 'Скорее всего, войны не будет.',
    probability: { words: 'скорее всего' },
    ...changes,
  })

const lexicon = (words: string, changes: Record<string, unknown> = {}) => ({
  language: 'ru',
  measured_on: '2026-11-20',
  readers: 24,
  rows: [{ words, low: 0.6, mid: 0.75, high: 0.9, n: 23 }],
  ...changes,
})

describe('a text in a language that is not read', () => {
  test.each(['/api/readings', '/api/suggestions'])(
    'is named at %s, with an empty list and why',
    async (path) => {
      const { post } = await client()
      const { status, json } = await post(path, { text: ARMENIAN, published: '2026-11-01' })
      expect([status, json]).toEqual([
        200,
        { language: { tag: 'hy', name: 'Armenian', read: false }, note: NOTE, items: [] },
      ])
      const told = await post(path, { text: 'They will win.', language: 'hy' })
      expect(told.json).toMatchObject({ language: { tag: 'hy', read: false }, note: NOTE, items: [] })
    },
  )

  test('is read in no other way, and English and Russian are read', async () => {
    const { post } = await client()
    const ru = await post('/api/readings', { text: RUSSIAN, published: '2026-11-01' })
    expect(described('/api/readings', ru.json)).toMatchObject({
      language: { tag: 'ru', name: 'Russian', read: true },
      items: [
        {
          suggested: true,
          reading: { kind: 'asks', denied: true, says: 'no' },
          horizon: { date: '2026-12-31' },
        },
      ],
    })
    expect(ru.json).not.toHaveProperty('note')
    const en = await post('/api/suggestions', {
      text: 'He will probably win the vote.',
      published: '2026-11-01',
    })
    expect(en.json).toMatchObject({
      language: { tag: 'en', read: true },
      items: [{ reading: { kind: 'words' } }],
    })
  })

  test.each(['russian', '', 'r', 'ru_RU', 7, null])('with the language %j is refused', async (language) => {
    const { post } = await client()
    const { status, json } = await post('/api/readings', { text: RUSSIAN, language })
    expect([status, json.code]).toEqual([422, 'invalid'])
  })
})

describe('words that nobody measured', () => {
  test.each([
    ['of a quote in Russian', inRussian()],
    [
      'of a source in Russian, whatever the words',
      inRussian({ source: source({ language: 'ru' }), probability: { words: 'likely' } }),
    ],
    [
      'of a source in French',
      inRussian({
        source: source({ language: 'fr' }),
        quote: 'possible',
        probability: { words: 'possible' },
      }),
    ],
  ])('%s are refused without a band', async (_, body) => {
    const { post } = await client()
    const { status, json } = await post('/api/forecasts', body)
    expect(status).toBe(422)
    expect(JSON.stringify(json.errors)).toMatch(
      /not measured in (?:Russian|French): give low, mid, high and because, or log them without a band/u,
    )
  })

  test('take the band of an editor with a reason', async () => {
    const { post } = await client()
    const band = { words: 'скорее всего', low: 0.1, mid: 0.25, high: 0.4 }
    expect((await post('/api/forecasts', inRussian({ probability: band }))).status).toBe(422)
    const { status, json } = await post(
      '/api/forecasts',
      inRussian({ probability: { ...band, because: 'Three of us.' } }),
    )
    expect([status, json.record]).toEqual([
      201,
      expect.objectContaining({ probability: { ...band, because: 'Three of us.', lexicon: 'editor' } }),
    ])
  })

  test('count as come true or not, with what was to be expected unknown, and are never scored', async () => {
    const held = await client()
    const { post, get } = held
    const question = pastQuestion()
    const made = await post(
      '/api/forecasts',
      inRussian({
        source: source({ coverage: 'complete' }),
        question,
        probability: { words: 'скорее всего', leans: 'no' },
      }),
    )
    expect([made.status, made.text]).toEqual([201, expect.stringContaining('"leans":"no"')])
    const { question: id } = made.json.record as { question: string }
    const proposed = await post(`/api/questions/${id}/resolutions`, resolutionBody())
    const { id: resolution } = proposed.json.record as { id: string }
    await post(`/api/questions/${id}/resolutions/${resolution}/confirm`)
    const { json } = await get('/api/analysts/konstantin-kalachev/track-record')
    expect(json).toMatchObject({
      counts: { resolved: 1, unmeasured: 1, scored: 0, too_vague: 0 },
      claims: { n: 0, came_true: 0, unmeasured: { n: 1, clusters: 1, came_true: 1 } },
      lead: {
        sentence: expect.stringMatching(
          /^No forecast by .+ is scored: 1 is in words that nobody measured\.$/u,
        ),
      },
      forecasts: [expect.objectContaining({ brier: null, why_not: 'unmeasured' })],
    })
    const page = await get('/analysts/konstantin-kalachev')
    expect(page.text).toContain('what was to be expected is unknown')
    expect((await get(`/forecasts/${(made.json.record as { id: string }).id}`)).text).toContain(
      'nobody measured',
    )
  })

  test.each([
    ['words of English', forecastBody({ probability: { words: 'likely', leans: 'yes' } }), 'English'],
    ['a number', inRussian({ probability: { words: 'вероятность 70 %', leans: 'yes' } }), 'probability: 0.7'],
    ['no side', inRussian({ probability: { words: 'вероятно', leans: 'maybe' } }), ''],
    ['a band beside', inRussian({ probability: { words: 'вероятно', leans: 'yes', mid: 0.5 } }), ''],
  ])('are not logged so with %s', async (_, body, says) => {
    const { post } = await client()
    const { status, text } = await post('/api/forecasts', body)
    expect(status).toBe(422)
    expect(text).toContain(says)
  })
})

describe('words that the ledger measured with its own readers', () => {
  test('are read through its lexicon, which is an entry of the log and named with its version', async () => {
    const held = await client()
    const { post, get, ledger, unit } = held
    const { event } = await measureLexicon(ledger, unit, lexicon('Скорее всего'))
    expect(event).toMatchObject({ type: 'lexicon.measured', payload: { version: 'own-2026-11' } })
    const yes = await post('/api/forecasts', inRussian({ quote: 'Скорее всего, он победит.' }))
    expect(yes.json.record).toMatchObject({
      probability: {
        words: 'скорее всего',
        low: 0.6,
        mid: 0.75,
        high: 0.9,
        lexicon: 'own-2026-11',
        key: 'own_skoree_vsego',
      },
    })
    const denied = await post(
      '/api/forecasts',
      inRussian({
        source: source({ url: 'https://example.com/2' }),
        question: pastQuestion({ title: 'Another' }),
        probability: { words: 'скорее всего, войны не будет' },
      }),
    )
    expect(denied.json.record).toMatchObject({
      probability: { mid: 0.25, low: 0.1, key: 'not_own_skoree_vsego' },
    })
    expect(described('/api/lexicons', (await get('/api/lexicons')).json)).toMatchObject({
      items: [
        { language: 'ru', version: 'own-2026-11', readers: 24, rows: [{ words: 'Скорее всего', n: 23 }] },
      ],
    })
    const reading = await post('/api/readings', { text: RUSSIAN, published: '2026-11-01' })
    expect(described('/api/readings', reading.json)).toMatchObject({
      items: [{ reading: { kind: 'words', lexicon: 'own-2026-11', mid: 0.25 } }],
    })
    const methods = (await get('/methods')).text
    expect(methods).toContain('own-2026-11')
    expect(methods).toContain('with 24 readers')
    // What it measured is not logged as unmeasured.
    const leaning = await post(
      '/api/forecasts',
      inRussian({
        source: source({ url: 'https://example.com/3' }),
        probability: { words: 'скорее всего', leans: 'yes' },
      }),
    )
    expect([leaning.status, leaning.text]).toEqual([
      422,
      expect.stringContaining('which this ledger measured itself'),
    ])
  })

  test('again take the place of the first for new words, and earlier forecasts keep theirs', async () => {
    const held = await client()
    const { post, get, ledger, unit } = held
    await measureLexicon(ledger, unit, lexicon('скорее всего'))
    const first = await post('/api/forecasts', inRussian({ quote: 'Скорее всего, он победит.' }))
    const again = lexicon('скорее всего', {
      rows: [{ words: 'скорее всего', low: 0.5, mid: 0.6, high: 0.7, n: 20 }],
    })
    expect((await measureLexicon(ledger, unit, again)).event.payload).toMatchObject({
      version: 'own-2026-11-2',
    })
    const { json } = await get(`/api/forecasts/${(first.json.record as { id: string }).id}`)
    expect(JSON.stringify(json)).toContain('"lexicon":"own-2026-11"')
    const reading = await post('/api/readings', { text: 'Скорее всего, он победит.' })
    expect(reading.json).toMatchObject({ items: [{ reading: { mid: 0.6, lexicon: 'own-2026-11-2' } }] })
  })

  test('of another ledger are an editor’s band here, and an earlier version of this one stays its own', async () => {
    const { post, ledger, unit } = await client()
    const band = {
      words: 'скорее всего',
      low: 0.6,
      mid: 0.75,
      high: 0.9,
      lexicon: 'own-2026-11',
      key: 'own_x',
    }
    const elsewhere = await post('/api/forecasts', inRussian({ probability: band }))
    expect(elsewhere.json.record).toMatchObject({
      probability: { lexicon: 'editor', because: 'Read through own-2026-11, the lexicon of another ledger.' },
    })
    await measureLexicon(ledger, unit, lexicon('скорее всего'))
    await measureLexicon(
      ledger,
      unit,
      lexicon('скорее всего', { rows: [{ words: 'скорее всего', low: 0.5, mid: 0.6, high: 0.7, n: 20 }] }),
    )
    const other = (n: number, probability: unknown) =>
      post('/api/forecasts', inRussian({ source: source({ url: `https://example.com/o${n}` }), probability }))
    expect((await other(1, band)).json.record).toMatchObject({
      probability: { lexicon: 'own-2026-11', mid: 0.75 },
    })
    expect((await other(2, { ...band, mid: 0.8 })).status).toBe(422)
    // No version makes a band of English out of them.
    expect((await other(3, { ...band, lexicon: '0.3', key: 'likely' })).status).toBe(422)
  })

  test.each([
    ['too few readers', lexicon('a', { readers: 19 })],
    ['too few answers', lexicon('a', { rows: [{ words: 'a', low: 0.1, mid: 0.2, high: 0.3, n: 19 }] })],
    ['a band that decreases', lexicon('a', { rows: [{ words: 'a', low: 0.5, mid: 0.2, high: 0.3, n: 20 }] })],
    ['English', lexicon('a', { language: 'en' })],
    ['a day to come', lexicon('a', { measured_on: '2027-01-01' })],
    ['no words', lexicon('a', { rows: [] })],
  ])('are refused with %s', async (_, request) => {
    const { ledger, unit } = await client()
    await expect(measureLexicon(ledger, unit, request as never)).rejects.toMatchObject({ code: 'invalid' })
  })

  test('are recorded by an administrator alone', async () => {
    const { ledger, as, join } = await client()
    const recorder = as(await join('Ruth', 'recorder'))
    await expect(measureLexicon(ledger, recorder, lexicon('a') as never)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})
