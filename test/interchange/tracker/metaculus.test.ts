import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { filesIn } from '../../../src/interchange/archive.ts'
import { quantilesOf } from '../../../src/interchange/tracker/distribution.ts'
import { pythonList } from '../../../src/interchange/tracker/python-list.ts'
import { cdfThrough, integratedBrier } from '../../../src/scoring/integrated-brier.ts'
import { fixture, tracking } from './reading.ts'

const QUESTIONS = fixture('metaculus/question_data.csv')
const FORECASTS = fixture('metaculus/forecast_data.csv')
const both = (questions = QUESTIONS, forecasts = FORECASTS, told = {}) => {
  const read = tracking({ 'question_data.csv': questions, 'forecast_data.csv': forecasts }, told)
  if (read === null) throw new Error('It was not known.')
  return read
}
const lines = (text: string, ...kept: number[]) =>
  text
    .split('\r\n')
    .filter((_, i) => i === 0 || kept.includes(i + 1))
    .join('\n')

describe('a download of Metaculus', () => {
  it('is its two files joined: each forecast with its question, of the kind that it is', () => {
    const { name, findings, rows, isLocal } = both()
    expect([name, isLocal, findings]).toEqual(['a download of Metaculus', false, []])
    expect(
      rows.map(({ who, title, p, outcome }) => [
        who,
        title,
        typeof p === 'object' ? Object.keys(p)[0] : p,
        outcome,
      ]),
    ).toEqual([
      ['ann_lark', 'Will the new pier open? (before July)', 0.35, 'yes'],
      ['ann_lark', 'Will the new pier open? (before July)', 0.6, 'yes'],
      ['ann_lark', 'Will the new pier open? (before July)', 0.62, 'yes'],
      ['harbour-bot', 'Will the new pier open? (before July)', 0.001, 'yes'],
      ['ann_lark', 'Who will run the ferry?', 'Nobody', "O'Hara & Sons"],
      ['ben_moor', 'Who will run the ferry?', "O'Hara & Sons", "O'Hara & Sons"],
      ['ann_lark', 'How many boats will sail the regatta?', 'quantiles', 412.5],
      ['ann_lark', 'When will the first frost come?', 'quantiles', '2025-11-02'],
      ['ann_lark', 'How much rain will fall in May, in mm?', 'quantiles', null],
      ['ann_lark', 'Will the old pier be sold?', 0.5, 'annulled'],
      ['ann_lark', 'Will the lighthouse be repainted?', 0, 'ambiguous'],
      ['ann_lark', 'Will the mayor stand again?', 0.15, null],
      ['harbour-bot', 'How many goals will the harbour team score?', 'quantiles', 3],
    ])
  })

  it('says what it leaves out, and why', () => {
    expect(both().notes).toEqual([
      'Of its forecasts 4 are aggregates (recency_weighted, geometric_mean): they are taken only where the column Kind is asked to be aggregate.',
      'Left open: question 105, which came out beyond the range of its answers: the download does not say at which number or on which day. Resolve it on its page.',
      'Left out: 1 forecast on questions of type conditional, which are not read.',
      'Left out: 1 forecast made after the question was due or decided (line 6).',
    ])
  })

  it('gives options their probabilities by their order, without those that were not there yet', () => {
    const { records } = both()
    const ferry = records?.questions.find(({ record }) => record.title === 'Who will run the ferry?')
    expect(ferry?.record).toMatchObject({
      type: 'multiple_choice',
      options: ['The town', "O'Hara & Sons", 'Nobody'],
    })
    expect(
      records?.forecasts
        .filter(({ record }) => record.question === ferry?.record.id)
        .map(({ record }) => record.probability),
    ).toEqual([
      { 'The town': 0.2, "O'Hara & Sons": 0.7, Nobody: 0.1 },
      { 'The town': 0.25, "O'Hara & Sons": 0.75 },
    ])
  })

  it('keeps criteria, days and reasons as the download has them', () => {
    const { records } = both()
    const of = (title: string) => records?.questions.find(({ record }) => record.title.startsWith(title))
    expect(of('Will the new pier')).toMatchObject({
      record: {
        criteria: expect.stringContaining(
          'at https://metaculus.example/questions/1101/an-invented-question/',
        ),
        deadline: { date: '2025-06-30', because: expect.stringContaining('when forecasting was to close') },
      },
      resolution: { outcome: 'yes', known_on: '2025-05-20' },
    })
    expect(of('Will the lighthouse')?.resolution).toMatchObject({
      known_on: '2025-06-30',
      rationale: expect.stringContaining('this is when the question closed'),
    })
    const boats = records?.forecasts.find(({ record }) => record.id.includes('_103'))
    const { quantiles } = (boats as NonNullable<typeof boats>).record.probability as {
      quantiles: Record<string, number>
    }
    const levels = Object.keys(quantiles).map(Number).sort()
    // Of the curve 2 % lie below the range, and 3 % above it.
    expect([levels[0], levels.at(-1), quantiles['0.02'], quantiles['0.97']]).toEqual([0.02, 0.97, 10, 1000])
    expect(records?.statements.find(({ id }) => id === boats?.record.id)?.quote.exact).toMatch(
      /^How many boats will sail the regatta\?: 5th Percentile 7\d\.\d+, 25th Percentile /u,
    )
    expect(of('When will')?.record).toMatchObject({
      type: 'date',
      range: { low: '2025-10-01', high: '2025-12-31' },
    })
  })

  it('takes aggregates where nothing else is there, and where they are asked for', () => {
    const aggregates = both(QUESTIONS, lines(FORECASTS, 7, 8, 11, 13))
    expect(aggregates.rows.map(({ who, p }) => [who, typeof p])).toEqual([
      ['Metaculus community (recency weighted)', 'number'],
      ['Metaculus community (geometric mean)', 'number'],
      ['Metaculus community (recency weighted)', 'object'],
      ['Metaculus community (recency weighted)', 'object'],
    ])
    expect(aggregates.rows[1]?.p).toBe(0.45)
    expect(aggregates.notes[0]).toContain('All of its forecasts are aggregates')
    const asked = both(QUESTIONS, FORECASTS, { where: [{ column: 'Kind', value: 'aggregate' }] })
    expect(asked.rows).toHaveLength(4)
    const people = both(QUESTIONS, FORECASTS, { where: [{ column: 'Is Bot', value: 'False' }] })
    expect(new Set(people.rows.map(({ who }) => who))).toEqual(new Set(['ann_lark', 'ben_moor']))
  })

  it('is read without names, in the older columns, with the percentiles alone', () => {
    const hash = 'ab'.repeat(32)
    const anonymous = FORECASTS.replace('Forecaster ID,Forecaster Username', 'Forecaster (Anonymized)')
      .replaceAll('7,ann_lark', hash)
      .replaceAll('8,harbour-bot', hash)
      .replaceAll('9,ben_moor', hash)
      .replaceAll(/,,(recency_weighted|geometric_mean),/gu, ',$1,')
    const older = QUESTIONS.replace(
      'MC Options (Current),MC Options (All),MC Options History',
      'Old,MC Options,Older',
    )
    const { rows, notes } = both(older, anonymous)
    expect(new Set(rows.map(({ who }) => who))).toEqual(
      new Set([`Metaculus forecaster ${hash.slice(0, 12)}`]),
    )
    expect(notes[0]).toContain('4 are aggregates')
    const bare = both(QUESTIONS, lines(FORECASTS, 12).replace(/"\[[^"]*\]"/u, ''))
    const { quantiles } = (bare.rows[0] as { p: unknown }).p as { quantiles: Record<string, number> }
    expect(Object.keys(quantiles).sort()).toEqual(['0.05', '0.25', '0.5', '0.75', '0.95'])
    const whole = both(QUESTIONS, lines(FORECASTS, 12)).rows[0]?.p as { quantiles: Record<string, number> }
    expect(quantiles['0.5']).toBeGreaterThan(whole.quantiles['0.02'] as number)
  })

  it.each<[string, string, string, string]>([
    [
      'a curve that falls',
      QUESTIONS,
      lines(FORECASTS, 12).replace('"[0.02, ', '"[0.9, '),
      'Continuous CDF is no distribution over the 201 points of its question',
    ],
    [
      'a curve cut off',
      QUESTIONS,
      lines(FORECASTS, 12).replace('"[0.02, ', '"[0.02, , '),
      'Continuous CDF is no list of numbers',
    ],
    [
      'probabilities of other options',
      QUESTIONS,
      lines(FORECASTS, 9).replace(', 0.1]', ']'),
      'gives 2 probabilities to 3 options',
    ],
    [
      'options that are no list',
      QUESTIONS.replaceAll("['The town'", "{'The town'"),
      lines(FORECASTS, 9),
      'the options of the question are no list of texts',
    ],
    [
      'a question that is missing',
      lines(QUESTIONS, 3),
      lines(FORECASTS, 2),
      'there is no question "101" in the other file',
    ],
    [
      'an outcome that is none',
      QUESTIONS.replace(',yes,', ',perhaps,'),
      lines(FORECASTS, 2),
      'Resolution is "perhaps"',
    ],
    [
      'a time that is none',
      QUESTIONS,
      lines(FORECASTS, 2).replace('2025-01-10 09', '2025-13-10 09'),
      'Start Time is "2025-13-10 09:05:03.123456+00:00"',
    ],
    [
      'a bound that is none',
      QUESTIONS.replace(',10.0,True,', ',,True,'),
      lines(FORECASTS, 12),
      'Lower Bound is "", not a number',
    ],
  ])('is refused with %s, in its file and line', (_, questions, forecasts, message) => {
    const { findings, rows } = both(questions, forecasts)
    expect(rows).toEqual([])
    expect(findings[0]?.message).toContain(message)
    expect(findings[0]?.path).toMatch(/^(?:question|forecast)_data\.csv$/u)
  })

  it.each([
    ['question_data.csv', QUESTIONS],
    ['forecast_data.csv', FORECASTS],
  ])('of which %s comes alone says which file is missing', (name, text) => {
    const read = tracking({ [name]: text })
    expect(read?.findings[0]?.message).toContain('is not there')
    expect(read?.findings[0]?.remedy).toContain('.zip')
  })

  it('is told from other tables by its columns', () => {
    expect(tracking({ 'forecast_data.csv': 'Question ID,Probability Yes\n1,0.5\n' })).toBeNull()
  })
})

describe('a curve as quantiles', () => {
  it('scores as the curve itself does, to .005, with two dozen of them at most', () => {
    const points = Array.from({ length: 201 }, (_, i) => i)
    const range = { low: 0, high: 200 }
    for (const [middle, spread, low, high] of [
      [100, 4, 0, 1],
      [60, 20, 0.02, 0.97],
      [10, 2, 0, 0.8],
      [180, 30, 0.3, 0.6],
    ] as const) {
      const raw = points.map((x) => 1 / (1 + Math.exp((middle - x) / spread)))
      const [first, last] = [raw[0] as number, raw[200] as number]
      const cdf = raw.map((f) => low + ((f - first) / (last - first)) * (high - low))
      const knots = quantilesOf(points, cdf) ?? []
      expect(knots.length).toBeLessThan(25)
      const levels = knots.map(({ level }) => level)
      const kept = cdfThrough(
        levels,
        knots.map(({ at }) => at),
        range,
        'numeric',
      )
      for (const value of [0, 30, 60, 100, 150, 200]) {
        const exact = integratedBrier({ xs: points, F: cdf }, value, range) as number
        expect(Math.abs((integratedBrier(kept, value, range) as number) - exact)).toBeLessThan(0.005)
      }
    }
  })

  it('is none where it falls, leaves 0 to 1, or has another number of points', () => {
    expect(quantilesOf([0, 1, 2], [0, 0.6, 0.5])).toBeNull()
    expect(quantilesOf([0, 1, 2], [0, 0.5, 1.2])).toBeNull()
    expect(quantilesOf([0, 1], [0, 0.5, 1])).toBeNull()
    expect(quantilesOf([0, 1], [0, Number.NaN])).toBeNull()
  })
})

describe('a list as Python prints it', () => {
  it.each<[string, unknown]>([
    ["['a', \"b's\", 'c\\'d']", ['a', "b's", "c'd"]],
    ['[0.5, 1e-05, None, nan]', [0.5, 1e-5, null, null]],
    ['[]', []],
    ["['x, y', 'caf\\xe9']", ['x, y', 'café']],
    ['[1, , 2]', null],
    ["['a'", null],
    ['a', null],
    ['[1] x', null],
    ["['a' 'b']", null],
  ])('%s', (text, items) => expect(pythonList(text)).toEqual(items))
})

describe('an archive', () => {
  const packed = (files: Record<string, Uint8Array>) => filesIn(zipSync(files))
  const utf8 = new TextEncoder()

  it('gives its tables by their names without folders, and nothing else', () => {
    const read = packed({
      'data/question_data.csv': utf8.encode('a'),
      '../up.csv': utf8.encode('b'),
      'README.md': utf8.encode('c'),
    })
    expect(
      'files' in read && read.files.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)]),
    ).toEqual([
      ['question_data.csv', 'a'],
      ['up.csv', 'b'],
    ])
  })

  it('is refused before it is unpacked where it says that it is too large, and while it is where it does not', () => {
    const bomb = zipSync({ 'a.csv': new Uint8Array(40 * 1024 * 1024) })
    expect(bomb.length).toBeLessThan(100_000)
    expect(filesIn(bomb)).toEqual({ problem: 'holds more than 32 MiB once it is unpacked' })
    // Says of itself that it holds ten bytes, at the beginning.
    new DataView(bomb.buffer, bomb.byteOffset).setUint32(22, 10, true)
    expect(filesIn(bomb)).toEqual({ problem: 'holds more than 32 MiB once it is unpacked' })
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`${i}.csv`, utf8.encode('a')]))
    expect(packed(many)).toEqual({ problem: 'holds more than 100 files' })
  })

  it('is none where it is cut off or damaged', () => {
    const whole = zipSync({ 'a.csv': utf8.encode('a,b\n'.repeat(1000)) })
    expect(filesIn(whole.subarray(0, 40))).toEqual({ files: [] })
    const damaged = whole.slice()
    damaged.fill(0xff, 36, 60)
    expect(filesIn(damaged)).toEqual({ files: [] })
    expect(filesIn(utf8.encode('PK\u0003\u0004'))).toEqual({ files: [] })
  })
})

describe('the end of a forecast', () => {
  const ended = (line: number, end: string) => {
    const all = FORECASTS.split('\r\n')
    const cells = (all[line - 1] as string).split(',')
    return both(QUESTIONS, all.with(line - 1, cells.with(5, end).join(',')).join('\r\n'))
      .records?.forecasts.filter(({ withdrawn }) => withdrawn !== null)
      .map(({ record: { said_on }, withdrawn }) => [said_on.to, withdrawn?.withdrawn_on, withdrawn?.url])
  }

  it('is a withdrawal where the same person said nothing later and the question was open', () => {
    expect(both().records?.forecasts.filter(({ withdrawn }) => withdrawn !== null)).toEqual([])
    const url = 'https://example.com/t'
    expect(ended(4, '2025-03-01 00:00:00+00:00')).toEqual([['2025-02-01', '2025-03-01', url]])
    // Followed by another, after the outcome was known, or still to come: none.
    expect(ended(2, '2025-01-20 00:00:00+00:00')).toEqual([])
    expect(ended(4, '2025-05-20 10:11:12+00:00')).toEqual([])
    expect(ended(18, '2027-01-01 00:00:00+00:00')).toEqual([])
  })

  it('that is no time is a finding', () => {
    const all = FORECASTS.split('\r\n')
    const wrong = all.with(3, (all[3] as string).replace('+00:00,,', '+00:00,soon,'))
    expect(both(QUESTIONS, wrong.join('\r\n')).findings).toMatchObject([
      { path: 'forecast_data.csv', line: 4, marked: 'soon' },
    ])
  })
})
