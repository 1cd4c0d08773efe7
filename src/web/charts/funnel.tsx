import { Chart, type Drawn } from './chart.tsx'
import { rounded } from './scale.ts'

export type Step = { label: string; n: number }

const ROW = 34
const LEAST = 0.6
/** What a letter and a hundredth of the narrowest drawing measure, in px. */
const [LETTER, HUNDREDTH] = [7.6, 2.9]

/** Bars whose lengths are in proportion to their counts; each step is part of the one before. */
export function funnelGeometry(steps: readonly Step[]) {
  const most = Math.max(1, ...steps.map((step) => step.n))
  return steps.map(({ label, n }, i) => ({
    label,
    n,
    y: i * ROW,
    width: n === 0 ? LEAST : rounded(Math.max(LEAST, (n / most) * 100)),
  }))
}

/** A label too long for its bar stands after it, where there is room. */
function isBeside(label: string, n: number, width: number): boolean {
  const needed = (24 + (label.length + String(n).length + 1) * LETTER) / HUNDREDTH
  return width < needed && width + needed <= 100
}

/** From everything to what counts: "16 claims → 4 testable → 3 decided → 2 informative". */
export function Funnel({ steps, ...frame }: Drawn & { steps: readonly Step[] }) {
  const bars = funnelGeometry(steps)
  const numbers = { head: ['Step', 'Number'], rows: steps.map(({ label, n }) => [label, n]) }
  return (
    <Chart
      name="funnel"
      height={bars.length * ROW}
      says={`${steps.map(({ label, n }) => `${n} ${label}`).join(', of which ')}.`}
      numbers={numbers}
      {...frame}
    >
      {bars.map(({ label, n, y, width }, i) => (
        <>
          <rect class={`step step-${i}`} x="0" y={y + 2} width={`${width}%`} height={ROW - 6} rx={3} />
          <text class="inside" x={`${isBeside(label, n, width) ? width : 0}%`} dx={12} y={y + 21}>
            <tspan class="strong">{n.toLocaleString('en')}</tspan> {label}
          </text>
        </>
      ))}
    </Chart>
  )
}
