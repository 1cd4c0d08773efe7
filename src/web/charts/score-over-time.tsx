import type { YearFigure } from '../../scoring/document.ts'
import { brierText } from '../../scoring/verdict.ts'
import { Chart, type Drawn } from './chart.tsx'
import { decimal } from './number.ts'
import { across, rounded } from './scale.ts'

const [TOP, FLOOR] = [10, 130]
const WORST = 0.5

/** Years in per cent of the width, scores in pixels from 0 (perfect, at the foot) to .5. */
export function yearsGeometry(years: readonly YearFigure[]) {
  const first = years[0]?.year ?? 0
  const last = years.at(-1)?.year ?? 0
  const place = across([first - 0.5, last + 0.5])
  return years.map(({ year, brier }) => ({ year, x: place(year), y: height(brier) }))
}

const height = (brier: number) => rounded(FLOOR - (Math.min(brier, WORST) / WORST) * (FLOOR - TOP))

/** Mean Brier by year of the deadline, for years with at least 20. */
export function ScoreOverTime({ years, ...frame }: Drawn & { years: readonly YearFigure[] }) {
  const points = yearsGeometry(years)
  return (
    <Chart
      name="years"
      height={FLOOR + 26}
      says={`Mean Brier by year: ${years.map((y) => `${y.year} ${brierText(y.brier, y.n)}, n = ${y.n}`).join('; ')}.`}
      numbers={{
        head: ['Year of the deadline', 'Mean Brier', 'n'],
        rows: years.map((y) => [y.year, brierText(y.brier, y.n), y.n]),
      }}
      {...frame}
    >
      <g class="grid">
        {[0, 0.25, 0.5].map((value) => (
          <>
            <line
              x1="3%"
              x2="100%"
              y1={height(value)}
              y2={height(value)}
              class={value === 0.25 ? 'mark-line' : ''}
            />
            <text x="0" y={height(value) - 4}>
              {value === 0.25 ? '.25 always 50 %' : decimal(value, value === 0 ? 0 : 1)}
            </text>
          </>
        ))}
        {points.map(({ year, x }) => (
          <text x={`${x}%`} y={FLOOR + 18} text-anchor="middle">
            {year}
          </text>
        ))}
      </g>
      {points.slice(1).map((point, i) => {
        const before = points[i] as (typeof points)[number]
        return <line class="curve" x1={`${before.x}%`} y1={before.y} x2={`${point.x}%`} y2={point.y} />
      })}
      {points.map(({ x, y }) => (
        <circle class="dot" cx={`${x}%`} cy={y} r={5} />
      ))}
    </Chart>
  )
}
