import type { Calibration } from '../../scoring/document.ts'
import { Chart, type Drawn, Mark } from './chart.tsx'
import { share } from './number.ts'
import { rounded } from './scale.ts'
import { textWidth } from './text-width.ts'

const SIZE = 360
const [LEFT, TOP, SIDE] = [46, 10, 300]
const BIGGEST = 13
const SMALLEST = 2.5
/** With more dots than this they are drawn smaller, and their numbers stand in the table only. */
export const CROWD = 12

const x = (p: number) => rounded(LEFT + p * SIDE)
const y = (p: number) => rounded(TOP + (1 - p) * SIDE)

/** Where dots and envelope stand in a square of 300 units; a dot's area is in proportion to its n. */
export function reliabilityGeometry({ points, curve, band }: Calibration) {
  const most = Math.max(1, ...points.map((point) => point.n))
  // Many dots must not cover each other.
  const biggest = BIGGEST * Math.min(1, Math.sqrt(CROWD / points.length))
  const path = (values: readonly number[], probabilities: readonly number[]) =>
    values.map((value, i) => `${x(probabilities[i] as number)},${y(value)}`)
  return {
    points: points.map(({ probability, observed, n }) => ({
      cx: x(probability),
      cy: y(observed),
      r: rounded(Math.max(SMALLEST, biggest * Math.sqrt(n / most))),
      n,
      says: `said ${share(probability)}, happened ${share(observed)}, n = ${n}`,
    })),
    curve: curve?.map((point) => `${x(point.probability)},${y(point.observed)}`).join(' ') ?? null,
    band:
      band &&
      [...path(band.upper, band.probability), ...path(band.lower, band.probability).reverse()].join(' '),
  }
}

type Dot = { cx: number; cy: number; r: number; n: number }
type Box = { left: number; right: number; top: number; bottom: number }
const LETTER = 14

/** Where the number of each dot has room beside every dot and the numbers before it; null where it has none. */
export function labelsOf(dots: readonly Dot[]): ({ x: number; y: number } | null)[] {
  const taken: Box[] = dots.map(({ cx, cy, r }) => ({
    left: cx - r,
    right: cx + r,
    top: cy - r,
    bottom: cy + r,
  }))
  return dots.map(({ cx, cy, r, n }) => {
    const half = textWidth(String(n), LETTER) / 2
    const places = [
      [cx, cy - r - 5],
      [cx, cy + r + 15],
      [cx - r - half - 5, cy + 5],
      [cx + r + half + 5, cy + 5],
    ] as const
    for (const [x, y] of places) {
      const box = { left: x - half, right: x + half, top: y - 11, bottom: y + 1 }
      if (box.right > SIZE || taken.some((other) => overlaps(box, other))) continue
      taken.push(box)
      return { x: rounded(x), y: rounded(y) }
    }
    return null
  })
}

const overlaps = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

const TICKS = [0, 0.25, 0.5, 0.75, 1]

type ReliabilityProps = Drawn & { calibration: Calibration }

/** When numbers are given: said against happened. */
export function Reliability({ calibration, ...frame }: ReliabilityProps) {
  const { points, curve, band } = reliabilityGeometry(calibration)
  const labels = points.length > CROWD ? [] : labelsOf(points)
  return (
    <Chart
      name="reliability"
      box={[SIZE, SIZE]}
      says={`${points.map(({ says }) => says).join('; ')}.`}
      numbers={{
        head: ['Said', 'Happened', 'n', 'Groups'],
        rows: calibration.points.map((p) => [share(p.probability), share(p.observed), p.n, p.clusters]),
      }}
      {...frame}
    >
      {band === null ? null : <polygon class="consistency" points={band} />}
      <g class="grid">
        {TICKS.map((tick) => (
          <>
            <line x1={x(tick)} x2={x(tick)} y1={y(0)} y2={y(1)} />
            <line x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} />
            <text x={x(tick)} y={y(0) + 18} text-anchor="middle">
              {tick * 100}
            </text>
            <text x={x(0) - 8} y={y(tick) + 4} text-anchor="end">
              {tick * 100}
            </text>
          </>
        ))}
        <text x={x(0.5)} y={SIZE - 12} text-anchor="middle">
          said, %
        </text>
        <text x={12} y={y(0.5)} text-anchor="middle" transform={`rotate(-90 12 ${y(0.5)})`}>
          happened, %
        </text>
      </g>
      <line class="diagonal" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
      {curve === null ? null : <polyline class="curve" points={curve} />}
      {points.map((point, i) => (
        <>
          <Mark says={point.says}>
            <circle class="dot" cx={point.cx} cy={point.cy} r={point.r} />
          </Mark>
          {labels[i] == null ? null : (
            <text class="dark" {...labels[i]} text-anchor="middle">
              {point.n}
            </text>
          )}
        </>
      ))}
    </Chart>
  )
}
