import { rounded } from "./scale.ts"

const [WIDTH, HEIGHT, EDGE] = [120, 22, 6]

const x = (p: number) => rounded(EDGE + p * (WIDTH - 2 * EDGE))

/** Low, middle and high reading on a line of 120 units, and where the event ended. */
export function bandGeometry({ low, mid, high }: { low: number; mid: number; high: number }) {
  return { x: x(low), width: rounded(Math.max(2, x(high) - x(low))), mid: x(mid), zero: x(0), half: x(0.5), one: x(1) }
}

type Props = { low: number; mid: number; high: number; outcome?: 'yes' | 'no' | null }

/** A probability at a glance, always beside the same in words: hidden from who hears the page. */
export function ProbabilityBand({ outcome, ...band }: Props) {
  const at = bandGeometry(band)
  return (
    <svg class="band-mark" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <line class="base" x1={at.zero} x2={at.one} y1={11} y2={11} />
      <line class="base" x1={at.half} x2={at.half} y1={7} y2={15} />
      <rect class="band" x={at.x} width={at.width} y={6} height={10} rx={2} />
      <line class="value" x1={at.mid} x2={at.mid} y1={3} y2={19} />
      {outcome === 'yes' ? <circle class="dot yes" cx={at.one} cy={11} r={4.5} /> : null}
      {outcome === 'no' ? <circle class="dot no" cx={at.zero} cy={11} r={4} /> : null}
    </svg>
  )
}

