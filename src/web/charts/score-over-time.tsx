import type { YearFigure } from '../../scoring/document.ts'
import { brierText, rangeText } from '../../scoring/figure-text.ts'
import { Chart, type Drawn, Mark, Upright } from './chart.tsx'
import { decimal } from './number.ts'
import { across, rounded } from './scale.ts'

const [TOP, FLOOR] = [14, 140]
/** Scores rarely pass .5; where a range does, the scale goes on to 1. */
const USUAL_WORST = 0.5

/** Years in per cent of the width, scores in pixels from 0 (perfect, at the top) down. */
export function yearsGeometry(years: readonly YearFigure[]) {
  const worst = years.some(({ interval }) => interval[1] > USUAL_WORST) ? 1 : USUAL_WORST
  const height = (brier: number) => rounded(TOP + (brier / worst) * (FLOOR - TOP))
  // Room at the left for what the lines say.
  const place = across([(years[0]?.year ?? 0) - 1, (years.at(-1)?.year ?? 0) + 0.5])
  return {
    worst,
    height,
    points: years.map(({ year, brier, interval }) => ({
      year,
      x: place(year),
      y: height(brier),
      y1: height(interval[0]),
      y2: height(interval[1]),
    })),
  }
}

/** Mean score by year of the deadline with its range, for years that have enough. */
export function ScoreOverTime({ years, ...frame }: Drawn & { years: readonly YearFigure[] }) {
  const { worst, height, points } = yearsGeometry(years)
  const texts = years.map(({ year, brier, interval, n }) => ({
    year,
    n,
    score: brierText(brier, n),
    range: rangeText(interval),
  }))
  return (
    <Chart
      name="years"
      height={FLOOR + 42}
      says={`The score by year, with its range: ${texts.map(({ year, score, range }) => `${year} ${score} (${range})`).join('; ')}.`}
      numbers={{
        head: ['Year of the deadline', 'Score', 'Range', 'Numbers given'],
        rows: texts.map(({ year, score, range, n }) => [year, score, range, n]),
      }}
      {...frame}
    >
      <g class="grid">
        {[0, 0.25, worst].map((value) => (
          <>
            <line
              x1="3%"
              x2="100%"
              y1={height(value)}
              y2={height(value)}
              class={value === 0.25 ? 'mark-line' : ''}
            />
            <text x="0" y={height(value) - 4}>
              {value === 0 ? '↑ better, 0 perfect' : value === 0.25 ? '.25 always 50 %' : decimal(value, 1)}
            </text>
          </>
        ))}
        {points.map(({ year, x }) => (
          <text x={`${x}%`} y={FLOOR + 18} text-anchor="middle">
            {year}
          </text>
        ))}
        {texts.map(({ n }, i) => (
          <text x={`${points[i]?.x}%`} y={FLOOR + 34} text-anchor="middle">
            {i === 0 ? `${n} numbers` : n}
          </text>
        ))}
      </g>
      {points.map(({ x, y1, y2 }) => (
        <Upright class="whisker" x={x} y1={y1} y2={y2} />
      ))}
      {points.map(({ x, y }, i) => (
        <Mark
          says={`${texts[i]?.year}: ${texts[i]?.score}, range ${texts[i]?.range}, ${texts[i]?.n} numbers`}
        >
          <circle class="dot" cx={`${x}%`} cy={y} r={5} />
        </Mark>
      ))}
    </Chart>
  )
}
