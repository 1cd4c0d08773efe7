import { Chart, type Drawn, Mark } from './chart.tsx'
import { share } from './number.ts'
import { rounded } from './scale.ts'
import { fitted } from './text-width.ts'

/** One question: how likely each called what happened, as a share; each opens its question. */
export type Slope = {
  href: string
  title: string
  a: number
  b: number
  nearer: 'a' | 'b' | 'same' | 'depends'
}

const [TOP, FLOOR] = [62, 350]
/** In per cent of the width: where the line of each stands. */
const [LEFT, RIGHT] = [14, 86]
const TICKS = [0, 0.5, 1]
/** As wide as the narrowest screen leaves it, in px. */
const NAME = 300

/** What would lie on one another lies side by side, so far apart in px, and no farther than that from its place. */
const [APART, FARTHEST] = [2.5, 14]

/** By how many px each line is moved from its place. */
export function movedBy(slopes: readonly Pick<Slope, 'a' | 'b'>[]): number[] {
  const places = new Map<string, number[]>()
  slopes.forEach(({ a, b }, i) => {
    const key = `${a.toFixed(2)} ${b.toFixed(2)}`
    const there = places.get(key)
    if (there === undefined) places.set(key, [i])
    else there.push(i)
  })
  const moved = slopes.map(() => 0)
  for (const there of places.values()) {
    const apart = Math.min(APART, (2 * FARTHEST) / there.length)
    there.forEach((i, at) => {
      moved[i] = rounded((at - (there.length - 1) / 2) * apart)
    })
  }
  return moved
}

export const slopeAt = (value: number): number => rounded(FLOOR - value * (FLOOR - TOP))

type Props = Drawn & { names: readonly [string, string]; slopes: readonly Slope[] }

/** A line a question, from what the one gave to what happened to what the other gave; the higher end was nearer. */
export function Slopes({ names, slopes, ...frame }: Props) {
  const [a, b] = names
  const moved = movedBy(slopes)
  const says = ({ title, a: ofA, b: ofB }: Slope) =>
    `${title}: ${a} ${share(ofA)}, ${b} ${share(ofB)} on what happened`
  return (
    <Chart
      name="slopes"
      height={FLOOR + 22}
      linked
      says={`${slopes.length} questions; on each how likely ${a} and ${b} called what happened.`}
      numbers={{
        head: ['Question', a, b],
        rows: slopes.map(({ title, a: ofA, b: ofB }) => [title, share(ofA), share(ofB)]),
      }}
      {...frame}
    >
      <g class="grid">
        {TICKS.map((tick) => (
          <>
            <line x1={`${LEFT}%`} x2={`${RIGHT}%`} y1={slopeAt(tick)} y2={slopeAt(tick)} />
            <text x={`${LEFT}%`} dx={-8} y={slopeAt(tick) + 4} text-anchor="end">
              {share(tick)}
            </text>
            <text x={`${RIGHT}%`} dx={8} y={slopeAt(tick) + 4}>
              {share(tick)}
            </text>
          </>
        ))}
      </g>
      <text class="strong of-a" x="0" y={14}>
        {fitted(a, NAME, 13)}
      </text>
      <text class="strong of-b" x="100%" y={34} text-anchor="end">
        {fitted(b, NAME, 13)}
      </text>
      {slopes.map((slope, i) => (
        <Mark class="slope" href={slope.href} says={says(slope)} first={i === 0}>
          <Line slope={slope} by={moved[i] ?? 0} class="ground" />
          <Line slope={slope} by={moved[i] ?? 0} class={`of-${slope.nearer}`} />
        </Mark>
      ))}
    </Chart>
  )
}

const Line = ({ slope: { a, b }, by, class: name }: { slope: Slope; by: number; class?: string }) => (
  <line class={name} x1={`${LEFT}%`} x2={`${RIGHT}%`} y1={slopeAt(a) + by} y2={slopeAt(b) + by} />
)
