import { describe, expect, it, test } from 'vitest'
import { heldFile } from '../../../src/interchange/table-file.ts'
import { priceIn } from '../../../src/interchange/tracker/manifold-price.ts'
import { fixture, tracking } from './reading.ts'

const MARKET = fixture('manifold-market.json')
const BETS = fixture('manifold-bets.json')
const MARKETS = fixture('manifold-markets.json')
const NAMED = { analyst: 'Manifold: the market' }
const short = (rows: NonNullable<ReturnType<typeof tracking>>['rows'] | undefined) =>
  rows?.map(({ title, said, p, outcome, known_on, deadline }) => [
    title,
    said,
    p,
    outcome,
    known_on,
    deadline,
  ])

test('a market is nobody: an import without a name is refused, and says how it is a reference', () => {
  const { name, unnamed, problems } = tracking({ 'm.json': MARKET }) ?? {}
  expect([name, problems]).toMatchObject(['JSON of Manifold', [{ pointer: '/analyst' }]])
  expect(unnamed).toContain('reckon reference add QUESTION --kind market --from FILE')
})

test('under a name that somebody gives it the record is where it stood at the end of each day', () => {
  const { rows, findings, notes } = tracking({ 'm.json': MARKET, 'b.json': BETS }, NAMED) ?? {}
  const ferry = ['no', '2024-03-31', '2024-03-31']
  expect(findings).toEqual([])
  expect(short(rows)).toEqual([
    ['Will the ferry sail before Easter?', '2024-02-01 10:00:00', 0.15, ...ferry],
    ['Will the ferry sail before Easter?', '2024-02-05 10:00:00', 0.35, ...ferry],
    ['Will the ferry sail before Easter?', '2024-03-01 10:00:00', 0.0812, ...ferry],
    ['Will the ferry sail before Easter?', '2024-03-30 12:00:00', 0.0612, ...ferry],
  ])
  expect(notes).toEqual([])
})

test('of markets without bets those that are open are taken, and the others told', () => {
  const { rows, notes } = tracking({ 'm.json': MARKETS }, NAMED) ?? {}
  expect(short(rows)).toEqual([
    ['Will the new pier open?', '2024-03-01 10:00:00', 0.35, null, null, '2027-06-01'],
  ])
  expect(notes).toEqual([
    'Left out: 1 market of another kind than yes or no.',
    'Left out: 1 resolved market without bets: where it stood at the end is no forecast. Give the file of its bets beside it.',
  ])
})

test('a market that was resolved to a probability is ambiguous, one that was cancelled has no result', () => {
  const as = (resolution: string) =>
    tracking(
      {
        'm.json': MARKET.replace('"NO", "resolutionTime"', `"${resolution}", "resolutionTime"`),
        'b.json': BETS,
      },
      NAMED,
    )
  expect(as('MKT')?.rows[0]?.outcome).toBe('ambiguous')
  expect(as('CANCEL')?.rows[0]?.outcome).toBe('annulled')
  expect(as('PERHAPS')?.findings).toMatchObject([{ path: 'm.json', line: 6, marked: '"PERHAPS"' }])
})

describe('where a market stood', () => {
  const files = (...texts: string[]) =>
    texts.map((text, i) => heldFile(`${i}.json`, new TextEncoder().encode(text)))
  const at = (moment: string | null, url?: string, ...texts: string[]) =>
    priceIn(
      files(...(texts.length === 0 ? [MARKET, BETS] : texts)),
      moment === null ? null : new Date(moment),
      url,
    )

  it('is what the last bet before the moment left, and so it was observed where a later bet shows it', () => {
    expect(at('2024-02-20T00:00:00Z')).toEqual({
      probability: 0.35,
      observed_at: '2024-02-20T00:00:00.000Z',
      url: 'https://manifold.example/AnnLark/will-the-ferry-sail-before-easter',
      source: 'Manifold, by its bets: Will the ferry sail before Easter?',
    })
    expect(at('2024-02-05T09:59:59Z')).toMatchObject({ probability: 0.15 })
  })

  it('is observed at the bet itself where the files hold none that came later', () => {
    expect(at('2024-03-31T12:00:00Z')).toMatchObject({
      probability: 0.0612,
      observed_at: '2024-03-30T12:00:00.000Z',
    })
    expect(at(null)).toMatchObject({ probability: 0.0612, observed_at: '2024-03-30T12:00:00.000Z' })
  })

  it('is not made up: without its bets, or before the first of them, nobody knows', () => {
    expect(at('2024-02-20T00:00:00Z', undefined, MARKET)).toMatchObject({
      problem: 'says where the market stands, and not where it stood then',
    })
    expect(at(null, undefined, MARKET)).toMatchObject({ observed_at: '2024-03-30T12:00:00.000Z' })
    expect(at('2024-02-01T09:30:00Z')).toMatchObject({
      problem: expect.stringContaining('has bets from 2024-02-01T10:00'),
    })
  })

  it('is of one market of yes and no, which among several the address chooses', () => {
    expect(at(null, undefined, MARKETS)).toMatchObject({ problem: 'holds 3 markets' })
    expect(at(null, 'https://manifold.example/AnnLark/pier', MARKETS)).toMatchObject({ probability: 0.35 })
    expect(at(null, 'https://manifold.example/BenMoor/master', MARKETS)).toMatchObject({
      problem: 'is of a market that is not about yes or no',
    })
    expect(at(null, undefined, '{"a": 1}')).toMatchObject({
      problem: expect.stringContaining('is not JSON of Manifold'),
    })
    expect(
      at(null, undefined, MARKET, BETS.replace('"probAfter": 0.0612', '"probAfter": "much"')),
    ).toMatchObject({
      problem: 'holds a probability of "much"',
    })
  })
})
