import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, Day, LAST_DAY } from '../../src/core/calendar.ts'
import { type Horizon, horizonsIn, readHorizon } from '../../src/reading/english/horizon/horizon.ts'

// A Monday.
const PUBLISHED = '2024-04-08'

/** The one time that a sentence names. */
function named(sentence: string) {
  const horizon = readHorizon({ sentence }, PUBLISHED)
  if (horizon.kind === 'none') throw new Error(`${sentence}: none`)
  return horizon
}

const anyDay = fc.integer({ min: 0, max: 380_000 }).map((days) => addDays('1950-01-01', days))

type Answer = string | { from: string; to: string } | { any: Answer[] }
type More = { before?: string; question?: string; country?: string; language?: string }
type Case = [sentence: string, answer: Answer, more?: More]

const isAnswer = (horizon: Horizon, answer: Answer): boolean => {
  if (typeof answer === 'object' && 'any' in answer) return answer.any.some((one) => isAnswer(horizon, one))
  if (answer === 'none' || answer === 'asks') return horizon.kind === answer
  if (horizon.kind !== 'date') return false
  if (typeof answer === 'object') return answer.from <= horizon.date && horizon.date <= answer.to
  return answer === 'vague' ? horizon.vague === true : horizon.date === answer
}

const casesIn = (file: string): [group: string, cases: Case[]][] => {
  const { groups }: { groups: Record<string, Case[]> } = JSON.parse(
    readFileSync(`test/reading/cases/${file}.json`, 'utf8'),
  )
  return Object.entries(groups).map(([name, cases]) => [`${file}: ${name}`, cases])
}
// The second file was written after the rules.
const CASES = [...casesIn('horizons'), ...casesIn('horizons-after')]

describe.each(CASES)('%s', (_, cases) => {
  test.each(cases)('%s', (sentence, answer, { before, question, ...context } = {}) => {
    const horizon = readHorizon({ sentence, before, question }, '2024-04-03', context)
    expect(isAnswer(horizon, answer), JSON.stringify(horizon)).toBe(true)
    if (horizon.kind === 'asks') expect(horizon.why).toContain(`“${horizon.phrase}”`)
  })
})

describe('horizon phrases against the publication date', () => {
  test.each([
    ['by the end of the year', '2024-04-08', '2024-12-31'],
    ['before the end of the year', '2024-04-08', '2024-12-31'],
    ['by year-end', '2024-04-08', '2024-12-31'],
    ['before the year is out', '2024-04-08', '2024-12-31'],
    ['this year', '2024-04-08', '2024-12-31'],
    ['later this year', '2024-04-08', '2024-12-31'],
    ['next year', '2025-01-01', '2025-12-31'],
    ['by the end of next year', '2024-04-08', '2025-12-31'],
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
    ['by Q1', '2024-04-08', '2025-03-31'],
    ['in the second half of the year', '2024-07-01', '2024-12-31'],
    ['by Friday', '2024-04-08', '2024-04-12'],
    ['tomorrow', '2024-04-09', '2024-04-09'],
    ['by Christmas', '2024-04-08', '2024-12-25'],
    ['in the near future', '2024-04-08', '2025-04-08'],
    ['in the foreseeable future', '2024-04-08', '2025-04-08'],
  ])('"%s" is %s to %s', (phrase, from, to) => {
    const sentence = `They will agree ${phrase}, he said.`
    const horizon = named(sentence)
    expect(horizon).toMatchObject({ kind: 'date', from, date: to })
    expect(sentence.slice(horizon.start, horizon.end)).toBe(horizon.phrase)
    expect(phrase).toContain(horizon.phrase)
  })

  test.each([
    'before the election',
    'after the next summit',
    'until the party congress',
    'ahead of the vote',
  ])('"%s" names no date and asks for one', (phrase) => {
    const horizon = named(`He will resign ${phrase}.`)
    expect(horizon).toMatchObject({ kind: 'asks', phrase })
    expect(horizon).not.toHaveProperty('date')
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
    expect(named('in the coming weeks')).toMatchObject({
      vague: true,
      rule: expect.stringContaining('8 weeks'),
    })
    expect(named('by 2030')).toMatchObject({ asks: expect.stringContaining('beginning') })
  })

  test('what stands beside a sentence is said to stand there, and its words are kept', () => {
    const asked = readHorizon(
      { sentence: 'No.', question: 'Will he go by 2030?', before: 'Not in May.' },
      PUBLISHED,
    )
    expect(asked).toMatchObject({ kind: 'date', phrase: 'by 2030', where: 'question', start: 11 })
    const told = readHorizon({ sentence: 'He will go.', before: 'Wait until the vote.' }, PUBLISHED)
    expect(told).toMatchObject({ kind: 'asks', phrase: 'until the vote', where: 'before' })
  })

  test('of two times the sentence stands by one, and the editor is asked', () => {
    expect(named('He will go in May, and they will go in June.')).toMatchObject({
      date: '2024-05-31',
      asks: expect.stringContaining('“in June”'),
    })
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
    expect(named('Before the election, by 2030.')).toMatchObject({ date: '2030-12-31' })
  })
})

describe('laws', () => {
  test('a span never begins before publication, never ends before it begins, and never after the last day', () => {
    const sentence = fc.constantFrom(...CASES.flatMap(([, cases]) => cases.map(([sentence]) => sentence)))
    fc.assert(
      fc.property(anyDay, sentence, (published, words) => {
        for (const horizon of horizonsIn(words, published)) {
          const { date, from = null } = horizon.kind === 'date' ? horizon : { date: horizon.date }
          const said = `${words} ${published} ${from} ${date}`
          if (date !== undefined) expect(date >= published && date <= LAST_DAY, said).toBe(true)
          if (date !== undefined) expect(Day.safeParse(date).success, said).toBe(true)
          expect(from === null || (from >= published && from <= (date ?? '')), said).toBe(true)
        }
      }),
      { numRuns: 5_000 },
    )
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
