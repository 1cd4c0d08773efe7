import fc from 'fast-check'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { describe, expect, test } from 'vitest'
import type { Calibration, Frame } from '../../src/scoring/document.ts'
import { ChanceMarks, chanceGeometry } from '../../src/web/charts/chance-line.tsx'
import { CheckableBar, checkableGeometry } from '../../src/web/charts/checkable-bar.tsx'
import { type CountedRow, CountedRows, countedGeometry } from '../../src/web/charts/counted-rows.tsx'
import { Funnel } from '../../src/web/charts/funnel.tsx'
import { IntervalRows, rowsGeometry } from '../../src/web/charts/interval-rows.tsx'
import { decimal, listed, share, shareRange } from '../../src/web/charts/number.ts'
import { oftenText, ParallelRecords, recordsGeometry } from '../../src/web/charts/parallel-records.tsx'
import { RangeBar, rangeGeometry } from '../../src/web/charts/range-bar.tsx'
import { Reliability, reliabilityGeometry } from '../../src/web/charts/reliability.tsx'
import { ScoreOverTime, yearsGeometry } from '../../src/web/charts/score-over-time.tsx'

const probability = fc.double({ min: 0, max: 1, noNaN: true })
const linear = (value: number, [low, high]: readonly [number, number]) =>
  3 + (94 * (value - low)) / (high - low)

describe('geometry', () => {
  test('a figure and both ends of its range stand exactly at their values', () => {
    fc.assert(
      fc.property(probability, probability, probability, (a, b, value) => {
        const range = [Math.min(a, b), Math.max(a, b)] as const
        const at = rangeGeometry({
          domain: [0, 1],
          range,
          value,
          mark: { value: 0.25, label: '' },
          ticks: [],
        })
        expect(at.value).toBeCloseTo(linear(value, [0, 1]), 2)
        expect(at.mark).toBeCloseTo(26.5, 2)
        expect(at.band.x + at.band.width / 2).toBeCloseTo(linear((a + b) / 2, [0, 1]), 2)
        if (at.band.width > 0.8) expect(at.band.width).toBeCloseTo(94 * (range[1] - range[0]), 2)
      }),
    )
  })

  test('what came true, what was to be expected and where chance leads stand at their share of all claims', () => {
    const count = fc.integer({ min: 0, max: 60 })
    fc.assert(
      fc.property(fc.tuple(count, count, count, count, count), (counts) => {
        const [a = 0, b = 0, c = 0, d = 0, cameTrue = 0] = counts
        const n = 60
        const [expected, chance] = [
          [Math.min(a, b), Math.max(a, b)] as const,
          [Math.min(c, d), Math.max(c, d)] as const,
        ]
        const at = chanceGeometry({ n, cameTrue, expected, chance })
        expect(at.dot).toBeCloseTo(linear(cameTrue, [0, n]), 2)
        for (const [span, [low, high]] of [[at.expected, expected] as const, [at.chance, chance] as const]) {
          expect(span.x + span.width / 2).toBeCloseTo(linear((low + high) / 2, [0, n]), 2)
          expect(span.width).toBeCloseTo(Math.max(1, (94 * (high - low)) / n), 2)
        }
      }),
    )
    const drawn = String(<ChanceMarks n={4} cameTrue={3} expected={[2, 3]} chance={[1, 4]} y={13} />)
    expect(drawn).not.toMatch(/NaN|undefined/u)
  })

  test('a range of nothing can still be seen', () => {
    const at = rangeGeometry({ domain: [0, 73], range: [67.35, 67.35], value: 59, mark: null, ticks: [] })
    expect(at.band.width).toBeGreaterThan(0)
  })

  test('as many squares are filled as events happened, and the frame begins and ends where it should', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        probability,
        probability,
        (n, share, a, b) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)]
          const frame = frameOf(n, low, high)
          const happened = Math.round(share * n)
          const at = countedGeometry({ n, happened, frame })
          expect(at.squares.length).toBeLessThanOrEqual(60)
          expect(at.squares.length).toBe(Math.ceil(n / frame.per_square))
          const filled = at.squares.reduce((sum, square) => sum + square.filled, 0)
          expect(filled * frame.per_square).toBeCloseTo(happened, 6)
          expect(at.squares.reduce((sum, square) => sum + square.size, 0) * frame.per_square).toBeCloseTo(
            n,
            6,
          )
          for (const square of at.squares) expect(square.filled).toBeLessThanOrEqual(square.size)
          // Filled first: nothing after an empty one.
          expect(at.squares.map((square) => square.filled)).toEqual(
            at.squares.map((square) => square.filled).sort((x, y) => y - x),
          )
          const edge = (claims: number) => (claims / frame.per_square) * 16 - 1
          if (at.frame.width > 5) {
            expect(at.frame.x).toBeCloseTo(edge(frame.squares[0]), 2)
            expect(at.frame.x + at.frame.width).toBeCloseTo(edge(frame.squares[1]), 2)
          }
        },
      ),
    )
  })

  test('bars of the parallel records are as tall as they are likely, and the actual count is always in sight', () => {
    const chances = fc
      .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 2, maxLength: 120 })
      .map((weights) => {
        const all = weights.reduce((sum, weight) => sum + weight, 0)
        return weights.map((weight) => weight / all)
      })
    fc.assert(
      fc.property(chances, probability, (kindest, share) => {
        const cameTrue = Math.round(share * (kindest.length - 1))
        const usual = [...kindest].reverse()
        const at = recordsGeometry({ kindest, usual, chance: [0, 1] }, cameTrue)
        const tallest = Math.max(...kindest)
        for (const { count, height, x, width } of at.kindest.bars) {
          expect(height / 124).toBeCloseTo((kindest[count] as number) / tallest, 3)
          expect(x + width / 2).toBeCloseTo(at.place(count), 1)
        }
        expect(at.first).toBeLessThanOrEqual(cameTrue)
        expect(at.last).toBeGreaterThanOrEqual(cameTrue)
        expect(at.actual).toBe(at.place(cameTrue))
      }),
    )
    const few = recordsGeometry({ kindest: [0.1, 0.2, 0.3, 0.4], usual: [0, 0, 0.1, 0.9], chance: [0, 3] }, 3)
    expect(few.kindest.bars).toHaveLength(4)
  })

  test('the pieces of a bar of 100 % fill it, and up to 60 each statement is a mark', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 5, maxLength: 5 }), (counts) => {
        const n = counts.reduce((sum, count) => sum + count, 0)
        const pieces = checkableGeometry(counts.map((count) => ({ kind: 'rest', label: 'x', n: count })))
        const cells = pieces.flatMap((piece) => piece.cells)
        if (n > 0) expect(cells.reduce((sum, cell) => sum + cell.width, 0)).toBeCloseTo(100, 1)
        if (n <= 60) expect(cells).toHaveLength(n)
        else expect(cells).toHaveLength(pieces.length)
      }),
    )
  })

  test('the area of a dot of the reliability picture is in proportion to its n, its centre at its values', () => {
    const points = [
      { probability: 0.1, observed: 0.25, n: 4, clusters: 4 },
      { probability: 0.9, observed: 0.5, n: 16, clusters: 9 },
    ]
    const at = reliabilityGeometry({ points, curve: null, band: null })
    expect((at.points[1]?.r ?? 0) / (at.points[0]?.r ?? 1)).toBeCloseTo(2, 2)
    expect(at.points.map(({ cx, cy }) => [cx, cy])).toEqual([
      [76, 235],
      [316, 160],
    ])
  })

  test('the middle of a row lies inside its band, and the dot on the same scale', () => {
    const [row] = rowsGeometry(
      [{ label: '', band: [0.6, 0.75, 0.85], dot: 0.5, whisker: [0.2, 0.8] }],
      [0, 1],
    )
    expect(row?.band).toEqual({ x: 59.4, width: 23.5, mid: 73.5 })
    expect(row?.dot).toBe(50)
    expect(row?.whisker).toEqual({ x1: 21.8, x2: 78.2 })
  })

  test('years stand in order, a lower score stands higher, and every range is inside the picture', () => {
    const of = (year: number, brier: number, high: number) => ({
      year,
      n: 20,
      clusters: 10,
      brier,
      interval: [brier / 2, high] as [number, number],
    })
    const usual = yearsGeometry([of(2020, 0.25, 0.4), of(2021, 0.1, 0.2)])
    const [first, second] = usual.points
    expect(usual.worst).toBe(0.5)
    expect(first?.x).toBeLessThan(second?.x as number)
    expect(first?.y).toBe(77)
    expect(second?.y).toBeLessThan(77)
    expect(yearsGeometry([of(2020, 0.4, 0.6)])).toMatchObject({ worst: 1, points: [{ y2: 89.6 }] })
  })
})

const frameOf = (n: number, low: number, high: number): Frame => ({
  from: n * low,
  to: n * high,
  squares: [Math.floor(n * low + 1e-9), Math.ceil(n * high - 1e-9)],
  position: 'inside',
  per_square: Math.ceil(n / 60),
})

const calibration: Calibration = {
  points: [{ probability: 0.93, observed: 0.81, n: 37, clusters: 21 }],
  curve: [{ probability: 0.7, observed: 0.81 }],
  band: {
    probability: [0.1, 0.9],
    lower: [0, 0.7],
    upper: [0.3, 1],
    level: 0.9,
    simultaneous: true,
    depth: 3,
    draws: 100,
    seed: 'x',
  },
}
const frame = (id: string) => ({ id, title: `Title of ${id}`, says: `What ${id} shows` })
const plain = (id: string) => ({ id, title: `Title of ${id}` })
const row = (label: string, n: number, happened: number, more: Partial<CountedRow> = {}): CountedRow => ({
  label,
  note: `${happened} of ${n} happened`,
  n,
  happened,
  frame: frameOf(n, 0.6, 0.85),
  differs: false,
  claims: Array.from({ length: n }, (_, i) => ({
    href: `/forecasts/${label}-${i}`,
    happened: i % n >= n - happened,
    says: `question ${i} of ${label}`,
  })),
  ...more,
})
const CHARTS: Record<string, JSX.Element> = {
  range: (
    <RangeBar
      {...frame('range')}
      range={{
        domain: [0, 0.5],
        range: [0.1, 0.25],
        outer: [0.05, 0.3],
        value: 0.16,
        mark: { value: 0.25, label: 'always saying 50 %' },
        ticks: [{ value: 0, label: '0' }],
      }}
      numbers={{ head: ['Figure', 'Value'], rows: [['Mean Brier', '.16']] }}
    />
  ),
  records: (
    <ParallelRecords
      {...plain('records')}
      records={{ kindest: [0.2, 0.3, 0.5], usual: [0.0004, 0.0996, 0.9], chance: [0, 2] }}
      came_true={1}
      n={2}
      names={{ kindest: 'kind', usual: 'usual' }}
    />
  ),
  checkable: (
    <CheckableBar
      {...plain('checkable')}
      shares={[
        { kind: 'came-true', label: 'came true', n: 3 },
        { kind: 'did-not', label: 'did not', n: 0 },
        { kind: 'rest', label: 'said twice', n: 1 },
      ]}
    />
  ),
  reliability: <Reliability {...plain('reliability')} calibration={calibration} />,
  words: (
    <IntervalRows
      {...frame('words')}
      domain={[0, 1]}
      ticks={[{ value: 0, label: '0 %' }]}
      mark={{ value: 0.5, label: 'half' }}
      rows={[
        {
          label: 'likely',
          note: '8 of 9',
          band: [0.6, 0.75, 0.85],
          dot: 0.89,
          whisker: [0.57, 0.98],
          assumed: true,
        },
      ]}
      numbers={{ head: ['Words', 'n'], rows: [['likely', 9]] }}
      open
    />
  ),
  years: (
    <ScoreOverTime
      id="years"
      title="Title of years"
      years={[
        { year: 2024, n: 25, clusters: 12, brier: 0.2, interval: [0.12, 0.3] },
        { year: 2025, n: 30, clusters: 14, brier: 0.1, interval: [0.05, 0.17] },
      ]}
    />
  ),
}

describe.each(Object.keys(CHARTS))('the chart %s', (name) => {
  const drawn = () => String(CHARTS[name])

  test('is a figure whose picture has a title and a description', () => {
    const html = drawn()
    const labelled =
      /<figure class="chart [^"]*" id="[^"]*"><svg [^>]*role="img" aria-labelledby="([^" ]+) ([^" ]+)"/u.exec(
        html,
      )
    expect(labelled).not.toBeNull()
    expect(html).toContain(`<title id="${labelled?.[1]}">`)
    expect(html).toMatch(new RegExp(`<desc id="${labelled?.[2]}">[^<]{5,}</desc>`, 'u'))
  })

  test('obeys the content security policy and holds no broken number', () => {
    expect(drawn()).not.toMatch(/ style=|NaN|undefined|Infinity|null/u)
  })

  test('has the same numbers in a table', () => {
    expect(drawn()).toMatch(/<table class="numbers">.*<tbody><tr><th scope="row">/su)
  })
})

const LISTS: Record<string, JSX.Element> = {
  counted: (
    <CountedRows
      {...plain('counted')}
      what={['phrase', 'phrases']}
      rows={[
        row('likely', 5, 3),
        row('chance', 3, 3, { differs: true }),
        row('rare', 1, 0),
        row('rarer', 2, 1),
      ]}
      numbers={{ head: ['Words', 'n'], rows: [['likely', 5]] }}
    />
  ),
  funnel: (
    <Funnel
      {...plain('funnel')}
      whole={{ label: 'statements', n: 16 }}
      steps={[
        {
          label: 'forecasts',
          out: [
            { label: 'not testable', n: 9 },
            { label: 'said twice', n: 3 },
          ],
          stays: 4,
        },
        { label: 'counted', out: [], stays: 4 },
      ]}
    />
  ),
}

describe.each(Object.keys(LISTS))('the rows of %s', (name) => {
  const drawn = () => String(LISTS[name])

  test('are a figure with its address, no broken number and the same numbers in a table', () => {
    expect(drawn()).toMatch(new RegExp(`<figure class="chart ${name}" id="${name}">`, 'u'))
    expect(drawn()).not.toMatch(/ style=|NaN|undefined|Infinity|null/u)
    expect(drawn()).toMatch(/<table class="numbers">.*<tbody><tr><th scope="row">/su)
  })
})

test('each square leads to its claim, the filled ones first; one stop of the tab key a chart', () => {
  const html = String(LISTS.counted)
  const [first = '', second = '', ...seldom] = html.split('<div class="counted-row').slice(1)
  expect([...first.matchAll(/href="([^"]*)"/gu)].map(([, href]) => href)).toEqual(
    [2, 3, 4, 0, 1].map((i) => `/forecasts/likely-${i}`),
  )
  expect([first.match(/class="filled"/gu)?.length, first.match(/class="empty"/gu)?.length]).toEqual([3, 2])
  expect(html.match(/<a [^>]*tabindex="0"/gu)).toHaveLength(1)
  expect(first).toContain('<title>question 2 of likely</title>')
  expect([first.startsWith('"'), second.startsWith(' differs"')]).toEqual([true, true])
  // Phrases used once or twice stand folded.
  expect(seldom).toHaveLength(2)
  expect(html).toMatch(/<summary>and 2 phrases used once or twice<\/summary><div class="counted-row/u)
})

test('a chart says what was found and how to read it, and offers only the addresses that it was given', () => {
  const of = (elsewhere: object) =>
    String(
      <CheckableBar
        {...plain('checkable')}
        heading="Three of four came true"
        how="Everything said."
        elsewhere={elsewhere}
        shares={[{ kind: 'came-true', label: 'came true', n: 3, href: '/ledger?x' }]}
      />,
    )
  const tools = (html: string) =>
    [
      ...(/<p class="chart-tools">.*?<\/p>/u.exec(html)?.[0] ?? '').matchAll(/href="([^"]*)"[^>]*>(\w+)/gu),
    ].map(([, href, what]) => `${what} ${href}`)
  expect(of({})).toMatch(
    /^<figure[^>]*><figcaption class="finding"><h2>Three of four came true<\/h2><p>Every/u,
  )
  expect(tools(of({}))).toEqual(['Link #checkable'])
  expect(tools(of({ image: '/i', data: '/d', embed: '/e' }))).toEqual([
    'Image /i',
    'Data /d',
    'Embed /e',
    'Link #checkable',
  ])
  // What holds links is no picture.
  expect(of({})).toMatch(/<svg class="drawing" role="group"/u)
})

test('a row of more than 60, or one whose claims cannot all be named, has no links', () => {
  const of = (one: CountedRow) =>
    String(<CountedRows {...plain('x')} what={['a', 'b']} rows={[one]} numbers={{ head: ['a'], rows: [] }} />)
  const many = of(row('many', 130, 90))
  expect(many).not.toContain('<a ')
  expect(many.match(/class="filled"/gu)).toHaveLength(30)
  expect(many.match(/class="empty"/gu)).toHaveLength(14)
  expect(of(row('lost', 5, 3, { claims: [] }))).not.toContain('<a ')
})

test('the tables say what the pictures show', () => {
  const cells = (element: JSX.Element | undefined) =>
    [...String(element).matchAll(/<(?:td|th scope="row")[^>]*>(?:<bdi[^>]*>)?([^<]*)/gu)].map(([, text]) =>
      text?.replaceAll('\u00a0', ' '),
    )
  expect(cells(LISTS.funnel)).toEqual(
    ['statements 16 none', 'forecasts 4 9 not testable and 3 said twice', 'counted 4 none'].flatMap(
      (line) => {
        const [label, n, ...rest] = line.split(' ')
        return [label, n, rest.join(' ')]
      },
    ),
  )
  expect(cells(CHARTS.reliability)).toEqual(['93 %', '81 %', '37', '21'])
  expect(cells(CHARTS.records)).toEqual([
    '0',
    '20 in 100',
    'fewer than 1 in 1,000',
    '1, as it was',
    '30 in 100',
    '10 in 100',
    '2',
    '50 in 100',
    '90 in 100',
  ])
  expect(cells(CHARTS.checkable)).toEqual(['came true', '3', 'did not', '0', 'said twice', '1'])
  expect(cells(CHARTS.years)).toEqual(['2024', '.20', '.12–.30', '25', '2025', '.10', '.05–.17', '30'])
})

test('a chance is told in whole records, never as always or never where it is neither', () => {
  expect([0, 0.0004, 0.004, 0.25, 0.9996, 1].map(oftenText)).toEqual([
    '—',
    'fewer than 1 in 1,000',
    '4 in 1,000',
    '25 in 100',
    '999 in 1,000',
    'always',
  ])
})

test('figures are printed as the specification says', () => {
  expect([decimal(0.0523, 3), decimal(-0.0142, 3), decimal(-0.0001, 2), decimal(1.5, 1)]).toEqual([
    '.052',
    '−.014',
    '.00',
    '1.5',
  ])
  expect(
    [share(0.534), shareRange([0.534, 0.891]), shareRange([0.5, 0.501])].map((text) =>
      text.replaceAll('\u00a0', ' '),
    ),
  ).toEqual(['53 %', '53–89 %', '50 %'])
  expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c'])
})
