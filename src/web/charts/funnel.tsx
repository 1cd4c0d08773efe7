import { Figure, type Frame } from './chart.tsx'
import { listed } from './number.ts'
import { rounded } from './scale.ts'

type Exit = { label: string; n: number }
export type Step = { label: string; out: readonly Exit[]; stays: number }

const HEIGHT = 16
/** Of the width, so that one of a thousand is still seen. */
const LEAST = 0.6

/** Bars in proportion to the first step: what stays, and what goes out at each. */
export function funnelGeometry(steps: readonly Step[]) {
  const most = Math.max(1, ...steps.map(({ stays, out }) => stays + sum(out)))
  const part = (n: number) => (n === 0 ? 0 : rounded(Math.max(LEAST, (n / most) * 100)))
  return steps.map(({ stays, out }) => ({ stays: part(stays), out: part(sum(out)) }))
}

const sum = (out: readonly Exit[]) => out.reduce((total, { n }) => total + n, 0)
const exits = (out: readonly Exit[]) => listed(out.map(({ label, n }) => `${n.toLocaleString('en')} ${label}`))

/** From all that was logged to the numbers that are scored: at each step what stays, and by which door the rest went. */
export function Funnel({ steps, ...figure }: Omit<Frame, 'numbers' | 'says'> & { steps: readonly Step[] }) {
  const bars = funnelGeometry(steps)
  return (
    <Figure
      name="funnel"
      numbers={{
        head: ['Step', 'Forecasts', 'Not counted further'],
        rows: steps.map(({ label, stays, out }) => [label, stays, out.length === 0 ? 'none' : exits(out)]),
      }}
      {...figure}
    >
      <ol class="steps-down">
        {steps.map(({ label, stays, out }, i) => (
          <li>
            <b>{stays.toLocaleString('en')}</b> {label}
            <svg width="100%" height={HEIGHT} aria-hidden="true">
              <rect class="stays" width={`${bars[i]?.stays}%`} height={HEIGHT} rx={2} />
              {out.length === 0 ? null : (
                <rect class="goes" x={`${bars[i]?.stays}%`} width={`${bars[i]?.out}%`} height={HEIGHT} rx={2} />
              )}
            </svg>
            {out.length === 0 ? null : <span class="small soft">Not: {exits(out)}.</span>}
          </li>
        ))}
      </ol>
    </Figure>
  )
}
