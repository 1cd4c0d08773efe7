import { Figure, type Frame } from './chart.tsx'
import { listed } from './number.ts'
import { rounded } from './scale.ts'

type Exit = { label: string; n: number }
export type Step = { label: string; out: readonly Exit[]; stays: number }

const HEIGHT = 16
/** Of the width, so that one of a thousand is still seen. */
const LEAST = 0.6

/** Bars in proportion to the whole: what stays, and what goes out at each step. */
export function funnelGeometry(whole: number, steps: readonly Step[]) {
  const part = (n: number) => (n === 0 ? 0 : rounded(Math.max(LEAST, (n / whole) * 100)))
  return steps.map(({ stays, out }) => ({
    stays: part(stays),
    out: part(out.reduce((total, { n }) => total + n, 0)),
  }))
}

const exits = (out: readonly Exit[]) =>
  out.length === 0 ? 'none' : listed(out.map(({ label, n }) => `${n.toLocaleString('en')} ${label}`))

type Props = Omit<Frame, 'numbers' | 'says'> & { whole: Exit; steps: readonly Step[] }

/** From the whole to a part of it: at each step what stays, and by which way the rest went. */
export function Funnel({ whole, steps, ...figure }: Props) {
  const bars = funnelGeometry(whole.n, steps)
  return (
    <Figure
      name="funnel"
      numbers={{
        head: ['Step', 'Number', 'Left out'],
        rows: [
          [whole.label, whole.n, 'none'],
          ...steps.map(({ label, stays, out }) => [label, stays, exits(out)]),
        ],
      }}
      {...figure}
    >
      <ol class="steps-down">
        <li>
          <b>{whole.n.toLocaleString('en')}</b> {whole.label}
        </li>
        {steps.map(({ label, stays, out }, i) => (
          <li>
            <b>{stays.toLocaleString('en')}</b> {label}
            {out.length === 0 ? null : <span class="small soft">, without {exits(out)}</span>}
            <svg width="100%" height={HEIGHT} aria-hidden="true">
              <rect class="stays" width={`${bars[i]?.stays}%`} height={HEIGHT} rx={2} />
              <rect class="goes" x={`${bars[i]?.stays}%`} width={`${bars[i]?.out}%`} height={HEIGHT} rx={2} />
            </svg>
          </li>
        ))}
      </ol>
    </Figure>
  )
}
