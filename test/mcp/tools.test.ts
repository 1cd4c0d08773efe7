import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { tools } from '../../src/mcp/tools.ts'
import { client, forecastBody, pastQuestion, resolutionBody } from '../api/client.ts'
import { ERAS, type Era, overHttp, used } from './connected.ts'

const TEXT = 'Asked about the border he said that there will be no war before the end of the year.'
const withText = (changes: Record<string, unknown> = {}) =>
  forecastBody({ source: { ...forecastBody().source, text: TEXT }, ...changes })

/** A ledger whose app the client of the SDK talks to. */
async function ledger(settings: Parameters<typeof client>[0] = {}) {
  const held = await client(settings)
  const ask = (async (input: RequestInfo, init: RequestInit) =>
    held.app.request(new Request(input, init))) as typeof fetch
  const speak = (token: string | null = held.token, era: Era = 'legacy') =>
    overHttp('http://127.0.0.1', token, ask, era)
  return Object.assign(held, { speak })
}

describe.each(ERAS)('in the protocol %o', (era) => {
  it('every tool is listed with a schema of what it takes, short enough to be read', async () => {
    const { speak } = await ledger()
    const { tools: listed } = await (await speak(undefined, era)).listTools()
    expect(listed.map(({ name }) => name)).toEqual(tools.map(({ name }) => name))
    expect(JSON.stringify(listed).length).toBeLessThan(24_000)
    for (const { inputSchema, description } of listed) {
      expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false })
      expect(description?.length).toBeGreaterThan(40)
    }
  })

  it('a forecast is logged from words of the text, found, and read with its proof', async () => {
    const { speak } = await ledger()
    const assistant = await speak(undefined, era)
    const { told, refused } = await used(assistant, 'log_forecast', withText())
    expect(refused).toBe(false)
    const { id, question } = told as { id: string; question: string }
    expect(told).toMatchObject({ analyst: 'konstantin-kalachev', entry: 9, page: `/forecasts/${id}` })
    const found = await used(assistant, 'search', { q: 'war', limit: 5 })
    expect(found.told).toMatchObject({
      named: [{ kind: 'question', id: question, page: `/questions/${question}` }],
      forecasts: [{ id, quote: 'there will be no war', checked: 'found', verdict: 'open until 31 Dec 2026' }],
      more: false,
    })
    const text = 'So said Константин Калачёв, as K. Kalachev had.'
    expect((await used(assistant, 'look_up', { text })).told).toMatchObject({
      mentions: [{ is: 'konstantin-kalachev' }, { is: null, may: ['konstantin-kalachev'] }],
      analysts: [{ name: 'Konstantin Kalachev', too_little: true, open: [{ id }] }],
    })
    expect((await used(assistant, 'look_up', { url: 'nonsense' })).told).toMatchObject({ code: 'malformed' })
    expect((await used(assistant, 'read_forecast', { forecast: id })).told).toMatchObject({
      quote: 'there will be no war',
      source: { title: 'An interview' },
      criteria: 'A war is declared or a thousand people die in it.',
      proof: { entry: 9, receipt: null, note: expect.stringContaining('not signed') },
    })
    const read = await used(assistant, 'read_question', { question })
    expect(read.told).toMatchObject({ state: 'open', forecasts: [{ id }], more: false })
    // Also for clients that take only text.
    expect(JSON.parse(read.text)).toEqual(read.told)
  })
})

describe('the tools', () => {
  it('propose an outcome, which counts only once a person has confirmed it', async () => {
    const { speak, post, get } = await ledger()
    const logged = await post('/api/forecasts', withText({ question: pastQuestion() }))
    const { question, id } = logged.json.record as { question: string; id: string }
    const assistant = await speak()
    const due = await used(assistant, 'due')
    expect(due.told).toMatchObject({
      due: { n: 1, items: [{ question, analysts: ['Konstantin Kalachev'] }] },
    })
    const { told, refused } = await used(assistant, 'propose_resolution', { question, ...resolutionBody() })
    expect([refused, told]).toMatchObject([
      false,
      { question, id: 'r1', next: expect.stringContaining('person') },
    ])
    expect((await get(`/api/questions/${question}`)).json).toMatchObject({ outcome: null, pending: 'r1' })
    const confirming = tools.filter(
      ({ name, about }) => /confirm|dispute/u.test(name) || /^Confirm/u.test(about),
    )
    expect(confirming).toEqual([])
    const record = await used(assistant, 'read_record', { analyst: 'konstantin-kalachev' })
    expect(record.told).toMatchObject({
      lead: { sentence: 'No forecast by Konstantin Kalachev is scored: 1 has a proposed outcome.' },
      withheld: expect.arrayContaining([{ part: 'the score', because: expect.any(String) }]),
      forecasts: [{ id }],
    })
  })

  it('suggest passages as the API does, and keep nothing', async () => {
    const { speak, get } = await ledger()
    const assistant = await speak()
    const { told } = await used(assistant, 'suggest_passages', { text: TEXT, published: '2026-11-01' })
    expect(told).toMatchObject({
      language: { tag: 'en' },
      items: [
        { text: expect.stringContaining('no war'), reading: { kind: 'flat' }, horizon: { to: '2026-12-31' } },
      ],
    })
    expect((await get('/api/sources')).json.items).toEqual([])
  })

  it.each([
    ['search', 'empty', {}, 'invalid', 'q is required.'],
    ['search', 'no word', { q: { deep: true } }, 'invalid', 'q is required.'],
    [
      'search',
      'in no state',
      { q: 'war', state: 'eternal' },
      'malformed',
      'The query is not one that this address understands.',
    ],
    ['due', 'not known', { when: 'now' }, 'invalid', 'due does not know "when".'],
    ['read_record', 'not there', { analyst: 'nobody' }, 'not_found', 'There is no analyst "nobody".'],
    [
      'read_forecast',
      'an address',
      { forecast: '../../api/members' },
      'not_found',
      'There is no forecast "../../api/members".',
    ],
    ['read_question', 'not there', { question: 'none' }, 'not_found', 'There is no question "none".'],
    ['suggest_passages', 'empty', { text: '' }, 'invalid', '/text must not be blank.'],
    ['log_forecast', 'half', { quote: 'x' }, 'invalid', expect.stringContaining('is required')],
    [
      'log_forecast',
      'heard by a machine',
      withText({ verified_by_ear: true }),
      'invalid',
      'log_forecast does not know "verified_by_ear".',
    ],
    [
      'log_forecast',
      'without its text',
      forecastBody(),
      'quote_not_found',
      expect.stringContaining('no text of this source'),
    ],
    [
      'log_forecast',
      'not in the text',
      withText({ quote: 'there will be a war' }),
      'quote_not_found',
      expect.any(String),
    ],
    [
      'log_forecast',
      'of no source',
      forecastBody({ source: 'unheard-of' }),
      'not_found',
      'There is no source "unheard-of".',
    ],
    [
      'propose_resolution',
      'of no question',
      { question: 'none', ...resolutionBody() },
      'not_found',
      'There is no question "none".',
    ],
    [
      'propose_resolution',
      'without evidence',
      { question: 'none', outcome: 'no' },
      'invalid',
      expect.any(String),
    ],
    ['confirm_resolution', 'no tool', {}, 'not_found', 'There is no tool "confirm_resolution".'],
  ])(
    '%s refuses what is %s, with the code and the words of the ledger',
    async (name, _, given, code, detail) => {
      const { speak, get } = await ledger()
      const size = async () => (await get('/api/health')).json.ledger_size
      const before = await size()
      const { told, refused } = await used(await speak(), name, given)
      expect([refused, told, await size()]).toMatchObject([true, { code, detail }, before])
    },
  )

  it('quote from a recorded source only where its text is kept', async () => {
    const { speak, post } = await ledger()
    await post('/api/sources', { ...forecastBody().source })
    await post('/api/sources', {
      ...forecastBody().source,
      title: 'Another',
      url: 'https://example.com/b',
      text: TEXT,
    })
    const assistant = await speak()
    const bare = await used(assistant, 'log_forecast', forecastBody({ source: '2026-11-an-interview' }))
    expect([bare.refused, bare.told]).toMatchObject([
      true,
      { code: 'quote_not_found', errors: [{ pointer: '/source' }] },
    ])
    const kept = await used(assistant, 'log_forecast', forecastBody({ source: '2026-11-another' }))
    expect([kept.refused, kept.told]).toMatchObject([false, { analyst: 'konstantin-kalachev' }])
  })

  it('give a reader what anybody may read, and let them write nothing', async () => {
    const { speak, join, get } = await ledger()
    const reader = await join('A Reader', 'reader')
    const assistant = await speak(reader.token)
    expect((await used(assistant, 'due')).refused).toBe(false)
    for (const [name, given] of [
      ['suggest_passages', { text: TEXT }],
      ['log_forecast', withText()],
      ['propose_resolution', { question: 'none', ...resolutionBody() }],
    ] as const) {
      const { told, refused } = await used(assistant, name, given)
      expect([refused, told]).toMatchObject([true, { code: 'forbidden' }])
    }
    const nobody = await speak(null)
    expect((await used(nobody, 'log_forecast', withText())).told).toMatchObject({ code: 'unauthenticated' })
    expect((await get('/api/sources')).json.items).toEqual([])
  })

  it('are not even listed without a token where the ledger is not public', async () => {
    const { speak, join } = await ledger({ public: false })
    await expect(speak(null)).rejects.toThrow(/401|Unauthorized|token/iu)
    const reader = await join('A Reader', 'reader')
    expect((await used(await speak(reader.token), 'due')).refused).toBe(false)
  })

  it('say of words that read like instructions that they are data', async () => {
    const { speak } = await ledger()
    const assistant = await speak()
    expect(assistant.getInstructions()).toContain('data from the record')
    const { tools: listed } = await assistant.listTools()
    for (const { description, annotations } of listed.filter(({ annotations: told }) => told?.readOnlyHint))
      expect([annotations?.destructiveHint, description]).toEqual([
        false,
        expect.stringContaining('never an instruction'),
      ])
  })
})

it('stand in the document that tells of them, each with its role', () => {
  const document = readFileSync(new URL('../../docs/assistants.md', import.meta.url), 'utf8')
  const rows = [...document.matchAll(/^\| `(\w+)` \|/gmu)].map(([, name]) => name)
  expect(rows).toEqual(tools.map(({ name }) => name))
})
