import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allRoutes } from '../../src/api/routes.ts'
import { type Client, client, forecastBody, pastQuestion, resolutionBody } from './client.ts'

const routes = await allRoutes()

const ID = '2026-11-an-interview_a-new-war-begins'
const writing = routes.filter(({ method }) => method === 'POST')
const reading = routes.filter(({ method }) => method === 'GET')
const addressOf = (path: string) =>
  `/api${path.replace(':id', ID).replace(':rid', 'r1').replace(':seq', '3')}`

const NAMES = [
  'id',
  'title',
  'name',
  'deadline',
  'date',
  'time_zone',
  'probability',
  'words',
  'quote',
  'exact',
  'low',
  'high',
  'outcome',
]
const leaf = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc.constantFrom(
    0,
    -0,
    1,
    0.5,
    1e-7,
    1e300,
    '',
    ' ',
    'yes',
    'no',
    'annulled',
    '2026-11-22',
    '2026-02-30',
    'UTC',
    'Asia/Yerevan',
    ID,
    'constructor',
    '__proto__',
    'toString',
  ),
)
const anything = fc.letrec((again) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(again('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), again('value'), { maxKeys: 5 }),
  ),
})).value

/** A body that would be taken, with one of its parts replaced or dropped. */
const valid = [
  forecastBody(),
  pastQuestion(),
  resolutionBody(),
  { name: 'Anna' },
  { because: 'Clearer.', criteria: 'Other.' },
]
const nearlyValid = fc
  .tuple(fc.constantFrom(...valid), fc.nat(), anything, fc.boolean())
  .map(([body, at, value, drop]) => {
    const copy = structuredClone(body) as Record<string, unknown>
    const places: [Record<string, unknown>, string][] = []
    const walk = (part: Record<string, unknown>) => {
      for (const [name, inner] of Object.entries(part)) {
        places.push([part, name])
        if (typeof inner === 'object' && inner !== null) walk(inner as Record<string, unknown>)
      }
    }
    walk(copy)
    const [part, name] = places[at % places.length] as [Record<string, unknown>, string]
    if (drop) delete part[name]
    else part[name] = value
    return copy
  })

async function prepared(): Promise<Client> {
  const held = await client()
  await held.post('/api/forecasts', forecastBody({ question: pastQuestion() }))
  await held.post(`/api/questions/${ID}/resolutions`, resolutionBody())
  return held
}

test('no JSON at all makes a write fail on our side', async () => {
  const held = await prepared()
  const body = fc.oneof(
    anything.map((value) => JSON.stringify(value)),
    nearlyValid.map((value) => JSON.stringify(value)),
    fc.string(),
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...writing), body, async ({ path }, sent) => {
      const reply = await held.post(addressOf(path), sent)
      expect([reply.status < 500, reply.text]).toEqual([true, reply.text])
      if (reply.status !== 201)
        expect(reply.json).toMatchObject({ status: reply.status, code: expect.any(String) })
    }),
    { numRuns: 600 },
  )
})

test('no query, header or name in an address makes a read fail on our side', async () => {
  const held = await prepared()
  const names = [
    'limit',
    'cursor',
    'q',
    'tag',
    'state',
    'analyst',
    'analysts',
    'from',
    'to',
    'logged',
    'due_before',
    'x',
  ]
  const query = fc.array(
    fc.tuple(
      fc.constantFrom(...names),
      fc.string({ unit: 'binary' }).map((text) => encodeURIComponent(text.toWellFormed())),
    ),
    { maxLength: 3 },
  )
  const headers = fc.dictionary(
    fc.constantFrom('accept', 'range', 'if-none-match', 'if-match', 'authorization', 'cookie'),
    fc.stringMatching(/^[\x20-\x7e]{0,40}$/u),
    { maxKeys: 2 },
  )
  const segment = fc.oneof(
    fc.constant(ID),
    fc.string({ unit: 'binary' }).map((text) => encodeURIComponent(text.toWellFormed())),
    fc.constantFrom('%', '%ff', '%00', '..', '*'),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...reading),
      segment,
      query,
      headers,
      async ({ path }, id, parameters, sent) => {
        const address = `/api${path.replace(/:\w+/u, () => id)}?${parameters.map((pair) => pair.join('=')).join('&')}`
        const reply = await held.get(address, sent)
        expect([address, reply.status < 500]).toEqual([address, true])
      },
    ),
    { numRuns: 500 },
  )
})

test('half an import of garbage leaves no trace: what is refused writes nothing', async () => {
  const { get, post } = await prepared()
  const before = (await get('/api/health')).json.ledger_size
  const refused = await post(
    '/api/forecasts',
    forecastBody({ analyst: { name: 'New Person' }, probability: 'maybe' }),
  )
  expect(refused.status).toBe(422)
  const late = await post(
    '/api/forecasts',
    forecastBody({ analyst: { name: 'New Person' }, said_on: '2999-01-01' }),
  )
  expect([late.status, late.json.errors]).toEqual([
    422,
    [{ pointer: '/said_on', message: 'lies in the future' }],
  ])
  expect((await get('/api/health')).json.ledger_size).toBe(before)
  expect((await get('/api/analysts/new-person')).status).toBe(404)
})

test.each([
  [{ probability: 1.2 }, '/probability', /between 0 and 1/u],
  [{ probability: '70%' }, '/probability', /not the text "70%"/u],
  [{ probability: { low: 0.9, high: 0.1 } }, '/probability', /low/u],
  [{ probability: { words: 'likely', low: 1.5 } }, '/probability/low', /between 0 and 1/u],
  [{ probability: { words: 'x', categorical: 'maybe' } }, '/probability/categorical', /yes/u],
  [
    { question: pastQuestion({ deadline: { date: '2025-02-29', time_zone: 'UTC' } }) },
    '/question/deadline/date',
    /not a day/u,
  ],
  [
    { question: pastQuestion({ deadline: { date: '2026-12-31', time_zone: 'Mars/Olympus' } }) },
    '/question/deadline/time_zone',
    /time zone/u,
  ],
  [
    { question: pastQuestion({ deadline: { date: '2026-10-01', time_zone: 'UTC' } }) },
    '/question/deadline/date',
    /before the statement/u,
  ],
  [{ question: 7 }, '/question', /id of a question/u],
  [{ question: pastQuestion({ tittle: 'x' }) }, '/question/tittle', /not a known name/u],
  [{ analyst: { name: '' } }, '/analyst/name', /blank/u],
  [{ source: 'no-such-source' }, '/source', /there is no source/u],
  [{ source: { type: 'article', published: '2026-11' } }, '/source/title', /required/u],
  [{ quote: undefined }, '/quote', /required/u],
])('what is wrong is named where it stands: %j', async (changes, pointer, message) => {
  const { post } = await client()
  const reply = await post('/api/forecasts', forecastBody(changes))
  expect([reply.status, reply.json.code]).toEqual([422, 'invalid'])
  expect(reply.json.errors).toContainEqual({ pointer, message: expect.stringMatching(message) })
  expect((reply.json.errors as unknown[]).length).toBeLessThanOrEqual(3)
})

test('a quote is checked against the text of its source: missing or twice is refused with a remedy', async () => {
  const { post } = await client()
  const source = {
    title: 'T',
    type: 'article',
    published: '2026-11-01',
    url: 'https://example.com/t',
    text: 'It will end. We hope. It will end.',
  }
  const missing = await post('/api/forecasts', forecastBody({ source, quote: 'It will start.' }))
  expect([missing.status, missing.json.code]).toEqual([422, 'quote_not_found'])
  const twice = await post('/api/forecasts', forecastBody({ source, quote: 'It will end.' }))
  expect([twice.status, twice.json.code]).toEqual([422, 'quote_ambiguous'])
  const told = await post(
    '/api/forecasts',
    forecastBody({ source, quote: { exact: 'It will end.', prefix: 'We hope. ' } }),
  )
  expect(told.status).toBe(201)
})
