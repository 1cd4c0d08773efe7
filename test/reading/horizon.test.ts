import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../src/core/calendar.ts'
import { horizonsIn, houseHorizon, readHorizon } from '../../src/reading/horizon.ts'

// A Monday.
const PUBLISHED = '2024-04-08'

const anyDay = fc.integer({ min: 0, max: 60_000 }).map((days) => addDays('1950-01-01', days))

describe('horizon phrases against the publication date', () => {
  test.each([
    ['by the end of the year', '2024-04-08', '2024-12-31'],
    ['before the end of the year', '2024-04-08', '2024-12-31'],
    ['by year-end', '2024-04-08', '2024-12-31'],
    ['before the year is out', '2024-04-08', '2024-12-31'],
    ['this year', '2024-04-08', '2024-12-31'],
    ['later this year', '2024-04-08', '2024-12-31'],
    ['next year', '2025-01-01', '2025-12-31'],
    ['by the end of next year', '2025-01-01', '2025-12-31'],
    ['before next year', '2024-04-08', '2024-12-31'],
    ['within six months', '2024-04-08', '2024-10-08'],
    ['within 6 months', '2024-04-08', '2024-10-08'],
    ['in three weeks', '2024-04-08', '2024-04-29'],
    ['in a year', '2024-04-08', '2025-04-08'],
    ['within the year', '2024-04-08', '2025-04-08'],
    ['in the next two years', '2024-04-08', '2026-04-08'],
    ['over the next 18 months', '2024-04-08', '2025-10-08'],
    ['ten years from now', '2024-04-08', '2034-04-08'],
    ['in the coming weeks', '2024-04-08', '2024-06-03'],
    ['in the coming days', '2024-04-08', '2024-04-22'],
    ['in the next few months', '2024-04-08', '2024-10-08'],
    ['over the coming years', '2024-04-08', '2029-04-08'],
    ['for years to come', '2024-04-08', '2029-04-08'],
    ['next week', '2024-04-15', '2024-04-21'],
    ['this week', '2024-04-08', '2024-04-14'],
    ['next month', '2024-05-01', '2024-05-31'],
    ['by the end of the month', '2024-04-08', '2024-04-30'],
    ['next quarter', '2024-07-01', '2024-09-30'],
    ['this decade', '2024-04-08', '2029-12-31'],
    ['by the end of the decade', '2024-04-08', '2029-12-31'],
    ['this century', '2024-04-08', '2100-12-31'],
    ['next spring', '2025-03-01', '2025-05-31'],
    ['this spring', '2024-04-08', '2024-05-31'],
    ['by the summer', '2024-04-08', '2024-08-31'],
    ['before winter', '2024-04-08', '2024-11-30'],
    ['this winter', '2024-12-01', '2025-02-28'],
    ['in the autumn of 2026', '2026-09-01', '2026-11-30'],
    ['by 2030', '2024-04-08', '2030-12-31'],
    ['before 2030', '2024-04-08', '2029-12-31'],
    ['by the end of 2026', '2024-04-08', '2026-12-31'],
    ['in 2027', '2027-01-01', '2027-12-31'],
    ['by mid-2027', '2024-04-08', '2027-06-30'],
    ['by early 2026', '2024-04-08', '2026-03-31'],
    ['in the 2030s', '2030-01-01', '2039-12-31'],
    ['before the end of March', '2024-04-08', '2025-03-31'],
    ['by the end of March', '2024-04-08', '2025-03-31'],
    ['before July', '2024-04-08', '2024-06-30'],
    ['by May', '2024-04-08', '2024-05-31'],
    ['in September', '2024-09-01', '2024-09-30'],
    ['in early September', '2024-09-01', '2024-09-10'],
    ['by mid-June', '2024-04-08', '2024-06-20'],
    ['by 1 May', '2024-04-08', '2024-05-01'],
    ['before May 1, 2025', '2024-04-08', '2025-04-30'],
    ['on the 3rd of March', '2025-03-03', '2025-03-03'],
    ['by 2024-12-24', '2024-04-08', '2024-12-24'],
    ['in the third quarter', '2024-07-01', '2024-09-30'],
    ['in the first quarter of 2026', '2026-01-01', '2026-03-31'],
    ['by Q1', '2025-01-01', '2025-03-31'],
    ['in the second half of the year', '2024-07-01', '2024-12-31'],
    ['by Friday', '2024-04-08', '2024-04-12'],
    ['tomorrow', '2024-04-08', '2024-04-09'],
    ['by Christmas', '2024-04-08', '2024-12-31'],
    ['in the near future', '2024-04-08', '2025-04-08'],
    ['in the foreseeable future', '2024-04-08', '2025-04-08'],
  ])('"%s" is %s to %s', (phrase, from, to) => {
    const sentence = `They will agree ${phrase}, he said.`
    const horizon = readHorizon(sentence, PUBLISHED)
    expect(horizon).toMatchObject({ from, to })
    expect(horizon?.rule).not.toBe('')
    expect(sentence.slice(horizon?.start, horizon?.end)).toBe(horizon?.phrase)
    expect(phrase).toContain(horizon?.phrase.trim())
  })

  test.each([
    'before the election',
    'after the next summit',
    'until the party congress',
    'ahead of the vote',
    'soon',
  ])('"%s" names no date and asks for one', (phrase) => {
    const horizon = readHorizon(`He will resign ${phrase}.`, PUBLISHED)
    expect(horizon).toMatchObject({ from: null, to: null })
    expect(horizon?.asks).toMatch(/\?/)
  })

  test.each([
    ...[
      'They will march on the capital',
      'the March summit was held',
      'the fall of the government',
      'prices fall',
    ],
    ...['he may go', 'in 2019', 'by 1999', 'in the past six months', 'two years ago', 'There will be no war'],
    'version 2030 of the program',
  ])('"%s" names no time ahead', (phrase) => {
    expect(horizonsIn(phrase, PUBLISHED)).toEqual([])
  })

  test('a vague span says how it was read, and a bare year asks which end', () => {
    expect(readHorizon('in the coming weeks', PUBLISHED)?.rule).toContain('8 weeks')
    expect(readHorizon('by 2030', PUBLISHED)?.asks).toContain('beginning')
  })

  test('the longer phrase wins, and a dated one before one that asks', () => {
    const all = horizonsIn(
      'Before the election, perhaps by the end of next year, and in any case by 2030.',
      PUBLISHED,
    )
    expect(all.map((horizon) => horizon.phrase.toLowerCase())).toEqual([
      'before the election',
      'by the end of next year',
      'by 2030',
    ])
    expect(readHorizon('Before the election, by 2030.', PUBLISHED)?.to).toBe('2030-12-31')
  })
})

describe('laws', () => {
  test('a span never begins before publication and never ends before it begins', () => {
    const phrase = fc.constantFrom(
      ...[
        'this week',
        'next month',
        'next spring',
        'by the summer',
        'this decade',
        'in three months',
        'by 2090',
      ],
      ...[
        'next quarter',
        'before July',
        'by 31 January',
        'this winter',
        'before winter',
        'in Q3',
        'by Friday',
      ],
      ...[
        'before the end of March',
        'in early May',
        'by mid-2088',
        'in the first half of the year',
        'before 1 May',
      ],
      ...[
        'before next month',
        'before May',
        'before January',
        'before spring',
        'before Q2',
        'before 1 January',
      ],
    )
    fc.assert(
      fc.property(anyDay, phrase, (published, words) => {
        for (const { from, to } of horizonsIn(`It will happen ${words}.`, published)) {
          expect(from === null || from >= published).toBe(true)
          expect(from === null || to === null || from <= to, `${published} ${from} ${to}`).toBe(true)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('the house rule is the ledger’s own: the latest publication date and twelve months', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const { to } = houseHorizon(day)
        expect(to).toBe(day.endsWith('02-29') ? to : `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`)
      }),
    )
    // A clock change lies between, in Los Angeles.
    expect(addDays('2024-03-01', 30)).toBe('2024-03-31')
    expect(houseHorizon('2024-04-08').to).toBe('2025-04-08')
    expect(houseHorizon('2024-02-29').to).toBe('2025-02-28')
  })

  test('phrases stand where they say, in order, without overlaps', () => {
    const piece = fc.constantFrom(
      ...[
        'by',
        'the',
        'end',
        'of',
        'next',
        'year',
        'in',
        'March',
        '2030',
        'within',
        'six',
        'months',
        'before',
      ],
      ...['election', 'spring', 'coming', 'weeks', '1', 'May', ',', 'this', 'decade', 'early', 'mid-'],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join(' ')
        let last = 0
        for (const { start, end, phrase } of horizonsIn(text, PUBLISHED)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(text.slice(start, end)).toBe(phrase)
          last = end
        }
      }),
      { numRuns: 500 },
    )
  })
})
