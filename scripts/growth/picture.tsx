import { textWidth } from '../../src/web/charts/text-width.ts'

/** Milliseconds of CPU of one work in ledgers of these sizes; null where it was not measured. */
type Line = { name: string; ms: (number | null)[] }
type Growth = { title: string; measured: string; forecasts: number[]; lines: Line[] }

const [WIDTH, HEIGHT] = [920, 520]
const [LEFT, TOP, RIGHT, BOTTOM] = [64, 64, 330, 470]
const GOAL_MS = 100
const APART = 17
const INK = '#1b1b1a'
const FAINT = '#6b6964'
const RULE = '#dedbd4'
/** Told apart by their labels; the colours are those of charts. */
const COLOURS = ['#1f5fa8', '#b4541a', '#3b7d4f', '#7a4a94', '#8a6d1d', '#a3324f', '#37718e', '#555555']

const short = (n: number) => (n >= 1_000_000 ? `${n / 1_000_000} million` : `${n.toLocaleString('en')}`)
const inMs = (ms: number) => (ms >= 1000 ? `${Number((ms / 1000).toFixed(1))} s` : `${ms} ms`)

/** Where labels stand that would lie upon each other: as near to their place as they can. */
function spread(wanted: readonly number[]): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] as number) - (wanted[b] as number))
  const placed = [...wanted]
  for (const [k, i] of order.entries()) {
    const before = order[k - 1]
    if (before !== undefined) placed[i] = Math.max(placed[i] as number, (placed[before] as number) + APART)
  }
  const over = Math.max(0, Math.max(...placed) - BOTTOM)
  return placed.map((y) => y - over)
}

/** Both axes by powers of ten: what grows with the ledger climbs as steeply as the diagonal, what does not lies flat. */
export function growthPicture({ title, measured, forecasts, lines }: Growth): string {
  const all = lines.flatMap(({ ms }) => ms.filter((one) => one !== null))
  const [least, most] = [1, 10 ** Math.ceil(Math.log10(Math.max(...all)))]
  const [first, last] = [Math.min(...forecasts), Math.max(...forecasts)]
  const end = WIDTH - RIGHT
  const x = (n: number) => LEFT + ((end - LEFT) * Math.log10(n / first)) / Math.log10(last / first)
  const y = (ms: number) =>
    BOTTOM - ((BOTTOM - TOP) * Math.log10(Math.max(least, ms) / least)) / Math.log10(most / least)
  const ticks = Array.from({ length: Math.log10(most) + 1 }, (_, i) => 10 ** i)
  const ends = lines.map(({ ms }) => ms.findLastIndex((one) => one !== null))
  const labels = spread(lines.map(({ ms }, i) => y(ms[ends[i] as number] as number)))
  const drawing = (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      font-family="sans-serif"
    >
      <title>{title}</title>
      <desc>
        {lines
          .map(
            ({ name, ms }) =>
              `${name}: ${ms.map((one) => (one === null ? 'not measured' : inMs(one))).join(', ')}`,
          )
          .join('; ')}
      </desc>
      <rect width={WIDTH} height={HEIGHT} fill="#ffffff" />
      <text x="20" y="28" font-size="17" font-weight="bold" fill={INK}>
        {title}
      </text>
      <text x="20" y="48" font-size="12" fill={FAINT}>
        {measured}
      </text>
      {ticks.map((tick) => (
        <g>
          <line x1={LEFT} x2={end} y1={y(tick)} y2={y(tick)} stroke={RULE} />
          <text x={LEFT - 8} y={y(tick) + 4} font-size="12" text-anchor="end" fill={FAINT}>
            {inMs(tick)}
          </text>
        </g>
      ))}
      <line x1={LEFT} x2={end} y1={y(GOAL_MS)} y2={y(GOAL_MS)} stroke={FAINT} stroke-dasharray="4 3" />
      <text x={LEFT + 6} y={y(GOAL_MS) - 5} font-size="11" fill={FAINT}>
        the goal
      </text>
      {forecasts.map((n) => (
        <text x={x(n)} y={BOTTOM + 20} font-size="12" text-anchor="middle" fill={FAINT}>
          {short(n)}
        </text>
      ))}
      <text x={(LEFT + end) / 2} y={BOTTOM + 40} font-size="12" text-anchor="middle" fill={FAINT}>
        forecasts in the ledger
      </text>
      {lines.map(({ name, ms }, i) => {
        const colour = COLOURS[i % COLOURS.length]
        const points = ms.flatMap((one, k) =>
          one === null ? [] : [[x(forecasts[k] as number), y(one)] as const],
        )
        const [endX, endY] = points.at(-1) as readonly [number, number]
        const label = `${name} ${inMs(ms[ends[i] as number] as number)}`
        if (textWidth(label) > RIGHT - 24) throw new Error(`${name} has no room`)
        return (
          <g>
            <polyline
              points={points.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(' ')}
              fill="none"
              stroke={colour}
              stroke-width="2"
            />
            {points.map(([px, py]) => (
              <circle cx={px.toFixed(1)} cy={py.toFixed(1)} r="3" fill={colour} />
            ))}
            <line x1={endX + 5} y1={endY} x2={end + 14} y2={labels[i]} stroke={colour} stroke-width="0.7" />
            <text x={end + 18} y={(labels[i] as number) + 4} font-size="12" fill={colour}>
              {label}
            </text>
          </g>
        )
      })}
    </svg>
  )
  return String(drawing)
}
