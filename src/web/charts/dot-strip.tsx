import { percent } from '../ui/number.ts'
import { Axis, Chart, type Drawn, Level, Upright } from './chart.tsx'
import { across } from './scale.ts'

export type StripDot = { probability: number; happened: boolean; kind: 'stated' | 'worded' }

/** A dot is 8 px across; on the narrowest screen that is this much of the scale. */
const GAP = 0.026
/** From one dot of a stack to the next, in px; less where a stack would grow beyond its room. */
const [STEP, LEAST_STEP, ROOM] = [9, 4.5, 270]
const HEAD = 22
/** Beyond this single dots say nothing; then bars of counts, per whole per cent. */
export const MOST_DOTS = 300
const TALLEST = 90

export type PlacedDot = StripDot & { x: number; level: number }

/** Dots stand exactly at their probability; those that would touch are stacked away from the line. */
export function stripGeometry(dots: readonly StripDot[]) {
  const place = across([0, 1])
  const last = { true: [] as number[], false: [] as number[] }
  const placed = [...dots]
    .sort((a, b) => a.probability - b.probability)
    .map((dot): PlacedDot => {
      const levels = last[`${dot.happened}`]
      const free = levels.findIndex((probability) => dot.probability - probability >= GAP)
      const level = free === -1 ? levels.length : free
      levels[level] = dot.probability
      return { ...dot, x: place(dot.probability), level }
    })
  return { dots: placed, above: last.true.length, below: last.false.length }
}

/** How many said each whole per cent, and how many of those happened. */
export function stripCounts(dots: readonly StripDot[]) {
  const counts = new Map<number, { happened: number; not: number }>()
  for (const { probability, happened } of dots) {
    const at = Math.round(probability * 100)
    const count = counts.get(at) ?? { happened: 0, not: 0 }
    if (happened) count.happened++
    else count.not++
    counts.set(at, count)
  }
  return [...counts].sort(([a], [b]) => a - b).map(([at, count]) => ({ at: at / 100, ...count }))
}

/** Every scored forecast at its probability: above the line what happened, below it what did not. */
export function DotStrip({ dots, ...frame }: Drawn & { dots: readonly StripDot[] }) {
  const counts = stripCounts(dots)
  const many = dots.length > MOST_DOTS
  const geometry = stripGeometry(many ? [] : dots)
  const tallest = Math.max(1, ...counts.map((c) => Math.max(c.happened, c.not)))
  const reach = (n: number) => (n / tallest) * TALLEST
  const step = Math.max(LEAST_STEP, Math.min(STEP, ROOM / Math.max(geometry.above, geometry.below)))
  const above = many ? TALLEST + 4 : geometry.above * step + 6
  const below = many ? TALLEST + 4 : geometry.below * step + 6
  const line = HEAD + above
  const floor = line + below + 20
  const place = across([0, 1])
  const yes = dots.filter((dot) => dot.happened).length
  return (
    <Chart
      name="strip"
      height={floor + 24}
      says={`${dots.length} scored forecasts at the probability given: ${yes} above the line happened, ${dots.length - yes} below it did not.`}
      numbers={{
        head: ['Probability', 'Happened', 'Did not happen'],
        rows: counts.map(({ at, happened, not }) => [percent(at), happened, not]),
      }}
      {...frame}
    >
      <Axis
        ticks={[0, 0.25, 0.5, 0.75, 1].map((value) => ({ value, label: percent(value) }))}
        place={place}
        y={floor}
        from={HEAD}
      />
      <text x="0" y={13}>
        happened ({yes})
      </text>
      <text x="0" y={line + below + 13}>
        did not happen ({dots.length - yes})
      </text>
      <Level class="base" from={place(0)} to={place(1)} y={line} />
      {many
        ? counts.map(({ at, happened, not }) => (
            <>
              <Upright class="bar yes" x={place(at)} y1={line - 2} y2={line - 2 - reach(happened)} />
              <Upright class="bar no" x={place(at)} y1={line + 2} y2={line + 2 + reach(not)} />
            </>
          ))
        : geometry.dots.map(({ x, level, happened, kind }) => (
            <circle
              class={`dot ${happened ? 'yes' : 'no'} ${kind}`}
              cx={`${x}%`}
              cy={line + (happened ? -1 : 1) * (6 + level * step)}
              r={(happened ? 0.44 : 0.38) * step}
            />
          ))}
    </Chart>
  )
}
