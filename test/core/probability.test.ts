import { describe, expect, it } from 'vitest'
import { ForecastRequest, ProbabilityRequest } from '../../src/core/forecast.ts'
import {
  bandOf,
  FLATLY,
  isCategorical,
  isOptions,
  isStatedRange,
  isTooVague,
  isWorded,
  kindOf,
  OptionChances,
  Probability,
} from '../../src/core/probability.ts'
import { hostile } from '../support/bad-inputs.ts'

const accepts = (value: unknown) => Probability.safeParse(value).success
const messages = (value: unknown) => JSON.stringify(Probability.safeParse(value).error?.issues ?? [])
const worded = { words: 'likely', low: 0.6, mid: 0.75, high: 0.85, lexicon: '2026' }

describe('a probability', () => {
  it.each([
    ['stated', 0.7, { low: 0.7, mid: 0.7, high: 0.7 }],
    ['stated', 0, { low: 0, mid: 0, high: 0 }],
    ['stated', 1, { low: 1, mid: 1, high: 1 }],
    ['stated', 1e-6, { low: 1e-6, mid: 1e-6, high: 1e-6 }],
    ['stated', 1 - 1e-6, { low: 1 - 1e-6, mid: 1 - 1e-6, high: 1 - 1e-6 }],
    ['stated_range', { low: 0.25, high: 0.5 }, { low: 0.25, mid: 0.375, high: 0.5 }],
    ['worded', worded, { low: 0.6, mid: 0.75, high: 0.85 }],
    ['categorical', { words: 'will', categorical: 'yes' }, FLATLY.yes],
    ['categorical', { words: 'will not', categorical: 'no' }, FLATLY.no],
    ['options', { Baku: 0.25, Yerevan: 0.75 }, null],
    ['options', { Baku: 1 / 3, Yerevan: 1 / 3, Tbilisi: 1 / 3 }, null],
    ['options', { constructor: 0.5, toString: 0.5 }, null],
    ['quantiles', { quantiles: { '0.05': 1, '0.5': 2, '0.95': 2 } }, null],
    ['quantiles', { quantiles: { '0.5': '2025-04-08' } }, null],
    ['interval', { interval: [1, 2], level: 0.8 }, null],
    ['interval', { interval: ['2025-04-08', '2025-05-08'], level: 0.8 }, null],
  ] as const)('can be %s: %j', (kind, value, band) => {
    const probability = Probability.parse(value)
    expect(probability).toEqual(value)
    expect(kindOf(probability)).toBe(kind)
    expect(bandOf(probability)).toEqual(band)
    expect(isWorded(probability)).toBe(kind === 'worded')
    expect(isCategorical(probability)).toBe(kind === 'categorical')
    expect(isStatedRange(probability)).toBe(kind === 'stated_range')
    expect(isOptions(probability)).toBe(kind === 'options')
  })

  it.each([
    1.2,
    -0.1,
    1e-7,
    1 - 1e-7,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '70%',
    '0.7',
    null,
    true,
    [],
    {},
    { low: 0.5, high: 0.4 },
    { low: 0.5 },
    { low: 0.1, mid: 0.2, high: 0.3 },
    { ...worded, words: ' ' },
    { ...worded, key: 'Not a key' },
    { ...worded, sure: true },
    { words: 'will', categorical: 'maybe' },
    { words: 'will', categorical: 'yes', low: 0.9 },
    { Baku: 0.6, Yerevan: 0.6 },
    { Baku: 0.5 },
    { Baku: 1.5, Yerevan: -0.5 },
    { Baku: 0.5, annulled: 0.5 },
    { Baku: 0.5, '\u202e': 0.5 },
    { quantiles: {} },
    { quantiles: { '0.0': 1 } },
    { quantiles: { '1.0': 1 } },
    { quantiles: { '0.5': 1, '0.50': 1 } },
    { quantiles: { '0.05': 3, '0.5': 2 } },
    { quantiles: { '0.5': '2025-02-30' } },
    { quantiles: { '0.05': '2025-04-09', '0.5': '2025-04-08' } },
    { quantiles: { '0.05': 1, '0.5': '2025-04-08' } },
    { quantiles: { '0.5': Number.NaN } },
    { interval: [2, 1], level: 0.8 },
    { interval: [1, 2] },
    { interval: [1, 2], level: 1 },
    { interval: [1, 2], level: 0 },
    { interval: [1, '2025-04-08'], level: 0.8 },
    { interval: ['soon', 'sooner'], level: 0.8 },
    { interval: [1, 2, 3], level: 0.8 },
    { interval: ['2025-05-08', '2025-04-08'], level: 0.8 },
  ])('cannot be %j', (value) => {
    expect(accepts(value)).toBe(false)
    expect(ProbabilityRequest.safeParse(value).success).toBe(false)
  })

  it('in words that is recorded has a band in order and says which lexicon it was read from', () => {
    expect(accepts({ ...worded, low: 0.8 })).toBe(false)
    expect(accepts({ ...worded, mid: 0.9 })).toBe(false)
    expect(accepts({ ...worded, lexicon: undefined })).toBe(false)
    expect(accepts({ ...worded, mid: undefined })).toBe(false)
  })

  it.each(hostile('forecast.probability').filter(({ stored }) => !stored))(
    'is refused: $id, $why',
    ({ id, value }) => {
      // A number that is 0 only because it is too small is told by its text, before anybody has parsed it.
      expect(accepts(value)).toBe(id === 'num-05')
    },
  )

  it.each(hostile('forecast.probability').filter(({ stored }) => stored))(
    'is kept: $id, $why',
    ({ value }) => {
      expect(Probability.parse(value)).toBe(value)
    },
  )

  it.each([
    ['70%', 'must be a number from 0 to 1, not the text \\"70%\\"'],
    [1.2, 'must lie between 0 and 1'],
    [1e-7, 'must be 0, 1 or at least 0.000001 away from both'],
    [Number.NaN, 'must be 0, 1 or lie between 0.000001 and 0.999999'],
    [null, 'must be a number from 0 to 1, {low, high}'],
  ])('%j says what it should be', (value, message) => {
    expect(messages(value)).toContain(message)
  })

  it('of options adds up to 1, give or take a hundredth', () => {
    expect(OptionChances.safeParse({ a: 0.33, b: 0.33, c: 0.33 }).success).toBe(true)
    const issues = OptionChances.safeParse({ a: 0.6, b: 0.6 }).error?.issues
    expect(issues?.map(({ message }) => message)).toEqual([
      'the probabilities of the options must add up to 1; of an event that comes about or not, the probability is a number alone, such as 0.7',
    ])
  })

  it('in words is too vague from forty points on', () => {
    expect(isTooVague(Probability.parse({ ...worded, low: 0.2, mid: 0.5, high: 0.6 }))).toBe(true)
    expect(isTooVague(Probability.parse({ ...worded, low: 0.2, mid: 0.5, high: 0.59 }))).toBe(false)
    expect(isTooVague(Probability.parse({ low: 0, high: 1 }))).toBe(false)
  })
})

describe('a probability as it is asked for', () => {
  const issues = (value: unknown) =>
    ProbabilityRequest.safeParse(value).error?.issues.map(({ path, message }) => [path.join('/'), message])

  it.each([
    { words: 'likely' },
    { words: 'likely', low: 0.6, mid: 0.7, high: 0.8, because: 'He explained it.' },
    { words: 'will', categorical: 'yes' },
    0.7,
    { Baku: 0.5, Yerevan: 0.5 },
  ])('can be %j', (value) => {
    expect(ProbabilityRequest.parse(value)).toEqual(value)
  })

  it('names the field of words that is wrong', () => {
    expect(issues({ words: 'likely', low: 2 })).toEqual([['low', 'must lie between 0 and 1']])
    expect(issues({ words: 'will', categorical: 'perhaps' })?.[0]?.[0]).toBe('categorical')
    expect(issues({ words: 'likely', certain: true })?.[0]?.[1]).toContain('certain')
  })

  it('names its place in the request that holds it', () => {
    const request = ForecastRequest.safeParse({
      analyst: 'a',
      source: 's',
      quote: 'q',
      question: 'x',
      probability: { words: 'likely', low: 2 },
    })
    expect(request.error?.issues.map(({ path }) => path.join('/'))).toEqual(['probability/low'])
  })
})
