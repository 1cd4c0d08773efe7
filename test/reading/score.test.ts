import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readFile } from '../../scripts/reading/case.ts'
import type { Door, Item } from '../../scripts/reading/door.ts'
import { reported } from '../../scripts/reading/report.ts'
import { judged } from '../../scripts/reading/score.ts'
import { scored } from '../../scripts/reading/texts.ts'

const CASES = 'test/reading/cases'

const item = (more: Partial<Item> = {}): Item => ({
  text: 'It will rain.',
  start: 0,
  end: 13,
  suggested: true,
  reading: { kind: 'words', low: 0.6, mid: 0.75, high: 0.85 },
  horizon: { kind: 'none' },
  ...more,
})
const read = (reading: Item['reading'], more: Partial<Item> = {}) => item({ reading, ...more })
const number = (mid: number) => read({ kind: 'number', low: mid, mid, high: mid })
const flat = (says: 'yes' | 'no') => read({ kind: 'flat', says })
const asks = read({ kind: 'asks', why: 'unknown' })
const none = read({ kind: 'none' }, { suggested: false })
const judge = (expected: Parameters<typeof judged>[0]['expect'], one: Item) =>
  judged({ input: one.text, expect: expected }, [one])

describe('a reading', () => {
  test.each([
    ['in the band', { mid: [0.6, 0.85] as const }, item(), true],
    ['outside the band', { mid: [0.8, 0.9] as const }, item(), false],
    ['nothing where a band is expected', { mid: [0, 1] as const }, none, false],
    ['a question where a band is expected', { mid: [0.6, 0.85] as const }, asks, false],
    ['a question where it is right too', { mid: [0.6, 0.85] as const, or_asks: true }, asks, true],
    ['nothing where it is right too', { mid: [0.1, 0.7] as const, or_none: true }, none, true],
    ['a question where one is expected', { asks: true }, asks, true],
    ['a band where a question is expected', { asks: true }, item(), false],
    ['flat as expected', { flat: 'no' as const }, flat('no'), true],
    ['flat the other way', { flat: 'no' as const }, flat('yes'), false],
    ['nothing as expected', { none: true }, none, true],
    ['flat where nothing is said', { none: true, or_asks: true }, flat('yes'), false],
    [
      'what others say, unsuggested',
      { none: true, suggested: false },
      { ...flat('yes'), suggested: false },
      true,
    ],
    ['what others say, suggested', { none: true, suggested: false }, flat('yes'), false],
    ['a number that is no probability', { not_number: true }, number(0.03), false],
    ['a flat condition', { mid: [0, 1] as const, not_flat: true }, flat('yes'), false],
  ])('%s', (_, expected, one, right) => {
    expect(judge(expected, one).right).toBe(right)
  })

  test('on the wrong side of one half is an inversion, and one that asks is none', () => {
    expect(judge({ mid: [0.05, 0.3] }, number(0.7)).inverted).toBe(true)
    expect(judge({ mid: [0.6, 0.9] }, number(0.2)).inverted).toBe(true)
    expect(judge({ flat: 'yes' }, flat('no')).inverted).toBe(true)
    expect(judge({ mid: [0.05, 0.3] }, number(0.4)).inverted).toBe(false)
    expect(judge({ mid: [0.4, 0.6] }, number(0.9)).inverted).toBe(false)
    expect(judge({ mid: [0.6, 0.9] }, asks).inverted).toBe(false)
  })

  test('ignores a number where it has words, a flat claim or nothing for it', () => {
    const stated = { mid: [0.695, 0.705], stated: true } as const
    expect([item(), flat('yes'), none, number(0.3), asks].map((one) => judge(stated, one).ignored)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })

  test('is flat where something modal stands only when it is wrong', () => {
    expect(judge({ mid: [0.3, 0.7] }, flat('yes')).flat).toBe(true)
    expect(judge({ asks: true }, flat('yes')).flat).toBe(true)
    expect(judge({ mid: [0.85, 1] }, read({ kind: 'flat', says: 'yes', mid: 0.98 })).flat).toBe(false)
    expect(judge({ flat: 'yes' }, flat('no')).flat).toBe(false)
  })
})

describe('a time, a quantity and a count', () => {
  const until = (date: string) => item({ horizon: { kind: 'date', date } })
  test('a deadline is one of those that are right, within a span, a question or none', () => {
    expect(judge({ deadline: '2024-12-31' }, until('2024-12-31')).right).toBe(true)
    expect(judge({ deadline: '2024-12-31' }, item()).right).toBe(false)
    expect(judge({ deadline: ['2024-12-31', 'asks'] }, item({ horizon: { kind: 'asks' } })).right).toBe(true)
    expect(judge({ deadline: 'none' }, item()).right).toBe(true)
    expect(judge({ deadline: { from: '2024-06-03', to: '2024-12-31' } }, until('2024-12-31')).right).toBe(
      true,
    )
    expect(judge({ deadline: { from: '2024-06-03', to: '2024-12-31' } }, until('2025-01-01')).right).toBe(
      false,
    )
  })

  test('a quantity has the value or the interval, and the unit under any of its names', () => {
    const percent = (more: Item['quantity']) => item({ quantity: { unit: '%', ...more } })
    const expected = { quantity: { interval: [3, 3.5], unit: 'percent' } }
    expect(judge(expected, percent({ interval: [3, 3.5] })).right).toBe(true)
    expect(judge(expected, percent({ value: 3 })).right).toBe(false)
    expect(judge(expected, item({ quantity: { interval: [3, 3.5], unit: 'seats' } })).right).toBe(false)
    expect(
      judge({ quantity: { value: 70, unit: 'dollars' } }, item({ quantity: { value: 70, unit: '$' } })).right,
    ).toBe(true)
    expect(judge({ quantity: { interval: [60, null] } }, percent({ interval: [60, 70] })).right).toBe(false)
    expect(judge(expected, item()).right).toBe(false)
  })

  test('a date that is forecast is compared, or asked for', () => {
    const expected = { date: { from: '2028-03-01' }, or_asks: true } as const
    expect(judge(expected, item({ date: { from: '2028-03-01' } })).right).toBe(true)
    expect(judge(expected, item({ date: { to: '2028-03-01' } })).right).toBe(false)
    expect(judge(expected, item({ horizon: { kind: 'asks' } })).right).toBe(true)
  })

  test('of several sentences the one that is named is judged, or else the one that is suggested', () => {
    const input = 'They say so. It will rain.'
    const others = read(
      { kind: 'flat', says: 'no' },
      { text: 'They say so.', start: 0, end: 12, suggested: false },
    )
    const items = [others, item({ start: 13, end: 26 })]
    expect(judged({ input, expect: { mid: [0.6, 0.85] } }, items).right).toBe(true)
    expect(judged({ input, sentence: 1, expect: { flat: 'no' } }, items).right).toBe(true)
    expect(judged({ input, sentence: 2, expect: { flat: 'no' } }, items).right).toBe(false)
    expect(judged({ input, expect: { forecasts: 2 } }, items).right).toBe(false)
  })
})

describe('a labelled text', () => {
  const sentences = [
    { text: 'It rained.', forecast: false },
    { text: 'It will rain.', forecast: true, expect: { flat: 'yes' } },
    { text: 'Rain is near.', forecast: null },
    { text: 'Snow is likely.', forecast: true },
  ] as const
  const text = sentences.map((sentence) => sentence.text).join(' ')
  const at = (words: string, more: Partial<Item> = {}) =>
    item({ text: words, start: text.indexOf(words), end: text.indexOf(words) + words.length, ...more })

  test('counts what is found, missed and wrong, and not what careful readers differ on', () => {
    const items = [at('It rained.'), at('It will rain.', { reading: { kind: 'flat', says: 'yes' } })]
    const score = scored({ title: 'Rain', text, sentences }, [...items, at('Rain is near.')])
    expect(score.hits).toEqual(['It will rain.'])
    expect(score.missed).toEqual(['Snow is likely.'])
    expect(score.wrong).toEqual(['It rained.'])
    expect(score.sentences).toBe(3)
    expect(score.readings.map(({ right }) => right)).toEqual([true])
  })

  test('finds a sentence that captions break up by its letters', () => {
    const captions =
      'WEBVTT\n\n00:01.000 --> 00:02.000\nI think it is\n\n00:02.000 --> 00:03.000\ngoing to rain.'
    const sentence = { text: 'I think it is going to rain.', forecast: true }
    const score = scored({ title: 'Captions', text: captions, sentences: [sentence] }, [
      item({ text: 'I think it is\ngoing to rain.', start: 40, end: 90 }),
    ])
    expect(score.hits).toHaveLength(1)
  })
})

describe('the report', () => {
  const file = (cases: readonly unknown[]) => ({ name: 'x.json', json: { kind: 'rain', cases } })
  const door =
    (one: Item): Door =>
    () => ({ items: [one] })
  const likely = { input: 'It will likely rain.', expect: { mid: [0.6, 0.85] } }
  const unlikely = { input: 'It will hardly rain.', expect: { mid: [0, 0.3] } }

  test('passes where a kind is at 95 % without an inversion', () => {
    expect(reported([file([likely])], door(item()), false).passed).toBe(true)
    const many = Array.from({ length: 30 }, () => likely)
    const below = { input: 'It might rain.', expect: { mid: [0.1, 0.5] } }
    expect(
      reported([file([...many, { ...below, expect: { mid: [0.4, 0.7] } }])], door(item()), false),
    ).toEqual(expect.objectContaining({ passed: true }))
    expect(reported([file([...many, unlikely])], door(item()), false).passed).toBe(false)
    expect(reported([file([likely, { ...below, expect: { asks: true } }])], door(item()), false).passed).toBe(
      false,
    )
    expect(reported([], door(item()), false).passed).toBe(false)
  })

  test('shows what failed only when asked to', () => {
    const print = (shown: boolean) => reported([file([unlikely])], door(item()), shown).lines.join('\n')
    expect(print(false)).not.toContain('hardly')
    expect(print(true)).toContain('hardly')
    expect(print(true)).toContain('INVERTED')
  })

  test('reads cases as they were found, and says how many are for other doors', () => {
    const found = {
      note: 'as found',
      kinds: [
        {
          kind: 'numbers beside words',
          cases: [
            { do: 'published 2024-04-03', input: 'A 70 % chance of rain.', expected_mid: [0.7, 0.7] },
            { do: 'POST', input: { words: 'a 70 % chance' }, expected: 'refused' },
            { do: 'suggestions', input: 'It rains by 2027.', expected_deadline: '2027-12-31 or asks' },
          ],
        },
      ],
    }
    const { kinds } = readFile(found, 'found.json')
    expect(kinds[0]?.elsewhere).toBe(1)
    expect(kinds[0]?.cases).toEqual([
      {
        input: 'A 70 % chance of rain.',
        published: '2024-04-03',
        expect: { mid: [0.695, 0.705], stated: true },
      },
      { input: 'It rains by 2027.', published: '2024-04-03', expect: { deadline: ['2027-12-31', 'asks'] } },
    ])
    expect(reported([{ name: 'found.json', json: found }], door(item()), false).lines.at(-1)).toContain(
      'other doors: 1.',
    )
    expect(() => readFile({}, 'x.json')).toThrow('x.json')
  })
})

describe('the cases', () => {
  const KEYS = new Set([
    ...['mid', 'stated', 'not_number', 'not_flat', 'asks', 'flat', 'none', 'or_asks', 'or_none', 'suggested'],
    ...['deadline', 'quantity', 'date', 'event', 'forecasts'],
  ])
  test.each(readdirSync(CASES))('%s can be judged, each once', (name) => {
    const { kinds } = readFile(JSON.parse(readFileSync(`${CASES}/${name}`, 'utf8')), name)
    for (const { cases } of kinds) {
      expect(new Set(cases.map(({ input, sentence }) => `${input} ${sentence}`)).size).toBe(cases.length)
      for (const { input, expect: expected } of cases) {
        expect(Object.keys(expected).length, input).toBeGreaterThan(0)
        for (const key of Object.keys(expected)) expect(KEYS, input).toContain(key)
        const [low, high] = expected.mid ?? [0, 1]
        expect(low >= 0 && low <= high && high <= 1, input).toBe(true)
      }
    }
  })
})
