import type { ServerResponse } from 'node:http'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LONGEST_SENT } from '../../src/core/second-reading.ts'
import { answerIn } from '../../src/model/answer.ts'
import { secondReader } from '../../src/model/second-reader.ts'
import { modelServer, says } from '../support/model.ts'

const TEXT = 'He was asked about it. “It is likely that prices will fall,” he said. “And who needs that?”'
const GOOD = {
  quote: 'It is likely that prices will fall',
  kind: 'forecast',
  event: 'Prices fall',
  criteria: 'The office for statistics says so.',
  words: 'likely',
  low: 0.6,
  high: 0.8,
  why: 'It tells of the future.',
}
const NONE = { not_in_text: 0, malformed: 0, too_many: 0 }

/** What comes of asking an endpoint that answers so. */
async function asking(answer: (response: ServerResponse) => void, text = TEXT, timeoutMs = 5_000) {
  const server = await modelServer(answer)
  const reader = secondReader({ url: server.url, key: 'sk-secret', model: 'm1', timeoutMs })
  const read = await reader.read({ text, published: '2026-11-01', language: 'en' })
  return { read, ...server, reader }
}

describe('a second reader', () => {
  it('is asked once, with the text as data, and with the key in no other place than its header', async () => {
    const { read, asked, reader } = await asking(says({ passages: [GOOD] }))
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({
      path: '/v1/chat/completions',
      authorization: 'Bearer sk-secret',
      body: { model: 'm1', temperature: 0, messages: [{ role: 'system' }, { role: 'user' }] },
    })
    const sent = asked[0]?.body.messages as [unknown, { content: string }] | undefined
    expect(JSON.parse(sent?.[1].content ?? '')).toEqual({
      language: 'en',
      published: '2026-11-01',
      text: TEXT,
    })
    const start = TEXT.indexOf(GOOD.quote)
    const { quote: exact, ...rest } = GOOD
    expect(read).toEqual({
      problem: null,
      items: [{ ...rest, exact, start, end: start + exact.length }],
      dropped: NONE,
    })
    expect(JSON.stringify([read, reader, asked[0]?.body])).not.toContain('sk-secret')
  })

  it('proposes in the language of the text', async () => {
    const text = 'Он сказал: войны не будет.'
    const passage = { quote: 'войны не будет', kind: 'forecast', event: 'Начинается война' }
    const { read } = await asking(says({ passages: [passage] }), text)
    expect(read.items).toMatchObject([{ exact: 'войны не будет', event: 'Начинается война', start: 11 }])
  })

  it.each([
    ['words and no JSON', says('I am sorry, I cannot do that.'), 'something else than a list'],
    ['another object', says({ forecasts: [] }), 'something else than a list'],
    ['a list of nothing that it should be', says({ passages: 'all' }), 'something else than a list'],
    ['JSON that is cut off', says('{"passages": [{"quote": "It is'), 'something else than a list'],
    [
      'a page',
      (response: ServerResponse) => response.end('<!doctype html><h1>Welcome</h1>'),
      'not answer in JSON',
    ],
    [
      'no choices',
      (response: ServerResponse) => response.end('{"choices":[]}'),
      'not answer as a model does',
    ],
    [
      'an error of its own',
      (response: ServerResponse) => response.writeHead(500).end('sk-secret'),
      'status 500',
    ],
    ['a refusal of the key', (response: ServerResponse) => response.writeHead(401).end(), 'status 401'],
    [
      'the way elsewhere',
      (response: ServerResponse) => response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(),
      'status 307',
    ],
    ['more than anybody reads', says('x'.repeat(300_000)), 'too long'],
    [
      'half of an answer',
      (response: ServerResponse) => response.writeHead(200, { 'content-length': '900' }).destroy(),
      'could not be reached',
    ],
    ['never', () => {}, 'did not answer within 0.2 seconds'],
    [
      'headers, and then nothing',
      (response: ServerResponse) => response.writeHead(200).flushHeaders(),
      'did not answer within 0.2 seconds',
    ],
  ])('that answers %s proposes nothing, and says why', async (_, answer, problem) => {
    // Only of those that never answer the patience is short: on a busy machine a fifth of a second is nothing.
    const patience = problem.startsWith('did not answer') ? 200 : 20_000
    const { read } = await asking(answer, TEXT, patience)
    expect(read).toEqual({ problem: expect.stringContaining(problem), items: [], dropped: NONE })
    expect(read.problem).not.toContain('sk-secret')
  })

  it('that is not there proposes nothing', async () => {
    const server = await modelServer(says(''))
    await server.close()
    const reader = secondReader({ url: server.url, key: undefined, model: 'm1' })
    const read = await reader.read({ text: TEXT, published: undefined, language: 'en' })
    expect(read).toMatchObject({ problem: 'It could not be reached.', items: [] })
  })

  it('is not sent a text that is too long', async () => {
    const { read, asked } = await asking(says({ passages: [] }), 'x'.repeat(LONGEST_SENT + 1))
    expect([read.problem, asked.length]).toEqual([expect.stringContaining('was not sent'), 0])
  })
})

describe('what a model answers', () => {
  const answered = (...passages: unknown[]) => answerIn(JSON.stringify({ passages }), TEXT)

  it('may stand in a fence and between other words', () => {
    const fenced = `Here you are:\n\`\`\`json\n${JSON.stringify({ passages: [GOOD] })}\n\`\`\`\nAnything else?`
    expect(answerIn(fenced, TEXT).items).toHaveLength(1)
  })

  it('is dropped and counted where it does not stand in the text, character by character', () => {
    const invented = ['prices will rise', 'it is likely that prices will fall', '“It is likely”', ' ']
    const { items, dropped } = answered(...invented.map((quote) => ({ ...GOOD, quote })), GOOD)
    expect([items.length, dropped]).toEqual([1, { not_in_text: 3, malformed: 1, too_many: 0 }])
  })

  it('is dropped and counted where it is no passage, and capped where there is no end of it', () => {
    const { items, dropped } = answered(
      null,
      7,
      'text',
      {},
      { quote: GOOD.quote },
      { ...GOOD, kind: 'fact' },
      GOOD,
    )
    expect([items.length, dropped.malformed]).toEqual([1, 6])
    expect(answered(...Array.from({ length: 90 }, () => GOOD)).dropped).toMatchObject({
      too_many: 30,
      not_in_text: 59,
    })
  })

  it('keeps of a passage what is as it should be: words that stand in it, a band that is one', () => {
    const { items } = answered({
      ...GOOD,
      words: 'very likely',
      event: 'Two\nlines',
      criteria: 'c'.repeat(3_000),
      reason: 'motive',
      log: true,
    })
    expect(items).toEqual([{ ...items[0], kind: 'forecast', why: GOOD.why }])
    expect(Object.keys(items[0] ?? {})).toEqual(['start', 'end', 'exact', 'kind', 'why'])
    expect(answered({ ...GOOD, low: 0.9, high: 0.2 }).items[0]).not.toHaveProperty('low')
    expect(answered({ ...GOOD, high: 7 }).items[0]).not.toHaveProperty('high')
  })

  it('is never anything but a place of the text, whatever it says', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.record({ quote: fc.string(), kind: fc.constantFrom('forecast', 'untestable', 'log it') }),
      fc.record({
        quote: fc.nat(TEXT.length).map((at) => TEXT.slice(at, at + 9)),
        kind: fc.constant('forecast'),
      }),
    )
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 9 }), (passages) => {
        const { items, dropped } = answerIn(JSON.stringify({ passages }) ?? '', TEXT)
        for (const { start, end, exact } of items) if (TEXT.slice(start, end) !== exact) return false
        return items.length + dropped.malformed + dropped.not_in_text + dropped.too_many === passages.length
      }),
    )
  })
})
