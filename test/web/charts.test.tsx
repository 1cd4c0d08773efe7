import fc from 'fast-check'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { describe, expect, test } from 'vitest'
import { simulateCalibrated } from '../../src/scoring/consistency-band.ts'
import type { Calibration } from '../../src/scoring/document.ts'
import { tally } from '../../src/scoring/verdict.ts'
import { DotStrip, type StripDot, stripCounts, stripGeometry } from '../../src/web/charts/dot-strip.tsx'
import { Funnel, funnelGeometry } from '../../src/web/charts/funnel.tsx'
import { IntervalRows, rowsGeometry } from '../../src/web/charts/interval-rows.tsx'
import { decimal, listed, share, shareRange } from '../../src/web/charts/number.ts'
import { RangeBar, rangeGeometry } from '../../src/web/charts/range-bar.tsx'
import { Reliability, reliabilityGeometry } from '../../src/web/charts/reliability.tsx'
import { ScoreOverTime, yearsGeometry } from '../../src/web/charts/score-over-time.tsx'
import { type Lane, TimeLine, timeGeometry } from '../../src/web/charts/time-line.tsx'

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

  test('a range of nothing can still be seen', () => {
    const at = rangeGeometry({ domain: [0, 73], range: [67.35, 67.35], value: 59, mark: null, ticks: [] })
    expect(at.band.width).toBeGreaterThan(0)
  })

  test('every dot stands at its probability, on its side, and none covers another', () => {
    const dot = fc.record({
      probability: fc.integer({ min: 0, max: 100 }).map((p) => p / 100),
      happened: fc.boolean(),
      kind: fc.constantFrom('stated' as const, 'worded' as const),
    })
    fc.assert(
      fc.property(fc.array(dot, { maxLength: 80 }), (dots) => {
        const { dots: placed, above, below } = stripGeometry(dots)
        expect(placed).toHaveLength(dots.length)
        for (const one of placed) {
          expect(one.x).toBeCloseTo(linear(one.probability, [0, 1]), 2)
          expect(one.level).toBeLessThan(one.happened ? above : below)
        }
        for (const [i, one] of placed.entries())
          for (const other of placed.slice(i + 1))
            if (one.level === other.level && one.happened === other.happened)
              expect(Math.abs(one.x - other.x)).toBeGreaterThan(2.4)
        const counted = stripCounts(dots).reduce((sum, count) => sum + count.happened + count.not, 0)
        expect(counted).toBe(dots.length)
      }),
    )
  })

  test('the area of a dot of the reliability picture is in proportion to its n, its centre at its values', () => {
    const points = [
      { probability: 0.1, observed: 0.25, n: 4, wilson: [0.1, 0.5] as [number, number] },
      { probability: 0.9, observed: 0.5, n: 16, wilson: [0.3, 0.7] as [number, number] },
    ]
    const at = reliabilityGeometry({ points, curve: null, band: null })
    expect((at.points[1]?.r ?? 0) / (at.points[0]?.r ?? 1)).toBeCloseTo(2, 2)
    expect(at.points.map(({ cx, cy }) => [cx, cy])).toEqual([
      [76, 235],
      [316, 160],
    ])
    expect([at.points[0]?.y1, at.points[0]?.y2]).toEqual([160, 280])
  })

  test('bars of a funnel are as long as their counts, down to nothing', () => {
    const bars = funnelGeometry([16, 4, 3, 0].map((n) => ({ label: '', n })))
    expect(bars.map(({ width }) => width)).toEqual([100, 25, 18.75, 0.6])
    expect(funnelGeometry([{ label: '', n: 0 }])[0]?.width).toBe(0.6)
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

  test('moments stand in the order of time, inside the picture', () => {
    const day = fc.integer({ min: 0, max: 20_000 }).map((n) => new Date(n * 86_400_000))
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 12 }), (days) => {
        const lanes = days.map((from): Lane => ({ label: 'x', when: 'x', moment: { kind: 'logged', from } }))
        const { rows } = timeGeometry(lanes)
        const sorted = [...rows.keys()].sort(
          (a, b) => (days[a] as Date).getTime() - (days[b] as Date).getTime(),
        )
        const places = sorted.map((i) => rows[i]?.x as number)
        expect(places).toEqual([...places].sort((a, b) => a - b))
        expect(Math.min(...places)).toBeGreaterThanOrEqual(0)
        expect(Math.max(...places)).toBeLessThanOrEqual(100)
      }),
    )
  })

  test('years stand in order, and a lower score stands lower', () => {
    const [first, second] = yearsGeometry([
      { year: 2020, n: 20, brier: 0.25 },
      { year: 2021, n: 20, brier: 0.1 },
    ])
    expect(first?.x).toBeLessThan(second?.x as number)
    expect(first?.y).toBe(70)
    expect(second?.y).toBeGreaterThan(70)
  })
})

const calibration: Calibration = {
  points: [{ probability: 0.93, observed: 0.81, n: 37, wilson: [0.66, 0.91] }],
  curve: [{ probability: 0.7, observed: 0.81 }],
  band: simulateCalibrated([0.1, 0.1, 0.9, 0.9, 0.9], [['a', 'b', 'c', 'd', 'e']])?.band ?? null,
}
const frame = (id: string) => ({ id, title: `Title of ${id}`, says: `What ${id} shows` })
const dots: StripDot[] = [
  { probability: 0.2, happened: false, kind: 'stated' },
  { probability: 0.2, happened: true, kind: 'worded' },
]
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
  funnel: (
    <Funnel
      id="funnel"
      title="Title of funnel"
      steps={[
        { label: 'claims', n: 16 },
        { label: 'testable', n: 4 },
      ]}
    />
  ),
  strip: <DotStrip id="strip" title="Title of strip" dots={dots} />,
  bars: (
    <DotStrip
      id="bars"
      title="Title of bars"
      dots={Array.from({ length: 400 }, (_, i) => ({
        probability: (i % 101) / 100,
        happened: i % 3 === 0,
        kind: 'stated' as const,
      }))}
    />
  ),
  reliability: <Reliability {...frame('reliability')} calibration={calibration} />,
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
        { year: 2024, n: 25, brier: 0.2 },
        { year: 2025, n: 30, brier: 0.1 },
      ]}
    />
  ),
  timeline: (
    <TimeLine
      {...frame('timeline')}
      lanes={[
        {
          label: 'said Apr 2024',
          when: 'Apr 2024',
          heading: 'Ada',
          moment: { kind: 'said', from: new Date('2024-04-01'), to: new Date('2024-04-30') },
        },
        {
          label: 'deadline 8 Apr 2025',
          when: '8 Apr 2025',
          moment: { kind: 'deadline', from: new Date('2025-04-08') },
        },
        { label: 'logged', when: '9 Apr 2025', moment: { kind: 'logged', from: new Date('2025-04-09') } },
      ]}
    />
  ),
}

describe.each(Object.keys(CHARTS))('the chart %s', (name) => {
  const drawn = () => String(CHARTS[name])

  test('is a figure whose picture has a title and a description', () => {
    const html = drawn()
    const labelled =
      /<figure class="chart [^"]*"><svg [^>]*role="img" aria-labelledby="([^" ]+) ([^" ]+)"/u.exec(html)
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

test('the tables say what the pictures show', () => {
  const cells = (name: string) =>
    [...String(CHARTS[name]).matchAll(/<(?:td|th scope="row")[^>]*>(?:<bdi[^>]*>)?([^<]*)/gu)].map(
      ([, text]) => text?.replaceAll('\u00a0', ' '),
    )
  expect(cells('funnel')).toEqual(['claims', '16', 'testable', '4'])
  expect(cells('strip')).toEqual(['20 %', '1', '1'])
  expect(cells('reliability')).toEqual(['93 %', '81 %', '66–91 %', '37'])
  expect(cells('timeline')).toEqual([
    'Ada: said Apr 2024',
    'Apr 2024',
    'deadline 8 Apr 2025',
    '8 Apr 2025',
    'logged',
    '9 Apr 2025',
  ])
  expect(cells('years')).toEqual(['2024', '.20', '25', '2025', '.10', '30'])
})

test('names of people in pictures are text', () => {
  const html = String(
    <TimeLine
      {...frame('x')}
      lanes={[
        { label: 'said', when: 'now', heading: '<b>Ada</b>', moment: { kind: 'said', from: new Date(0) } },
      ]}
    />,
  )
  expect(html).toContain('&lt;b&gt;Ada&lt;/b&gt;')
  expect(html).not.toContain('<b>Ada')
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
  expect([tally(67.35), tally(3)]).toEqual(['67.3', '3'])
  expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c'])
})
