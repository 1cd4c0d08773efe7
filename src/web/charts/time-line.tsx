import { Axis, Chart, type Frame, Upright } from './chart.tsx'
import { rounded } from './scale.ts'
import { timeTicks } from './time-scale.ts'

/** said: by the analyst; logged, flagged, resolved: by the ledger; deadline and known: of the event. */
type Moment = {
  kind: 'said' | 'logged' | 'flagged' | 'deadline' | 'known' | 'resolved' | 'withdrawn'
  from: Date
  /** For what is only known to lie in an interval. */
  to?: Date
}

export type Lane = {
  label: string
  /** The time in words, as the table shows it. */
  when: string
  moment: Moment
  /** A line of its own over the mark, such as whose forecast it is. */
  heading?: string
}

const ROW = 26
const HEADING = 18
const TOP = 6
const [FIRST, LAST] = [3, 97]
const TICKS = 4

/** Room at both ends, and a scale of UTC days over everything that happened. */
function scaleOf(lanes: readonly Lane[]) {
  const times = lanes.flatMap(({ moment }) => [moment.from.getTime(), (moment.to ?? moment.from).getTime()])
  const [first, last] = [Math.min(...times), Math.max(...times)]
  const room = Math.max(86_400_000, (last - first) * 0.02)
  const [from, to] = [first - room, last + room]
  return {
    place: (at: Date | number) => FIRST + ((Number(at) - from) / (to - from)) * (LAST - FIRST),
    ticks: timeTicks(from, to, TICKS),
  }
}

/** Where each moment stands, in per cent of the width; its label goes to the side with more room. */
export function timeGeometry(lanes: readonly Lane[]) {
  const scale = scaleOf(lanes)
  let y = TOP
  const rows = lanes.map(({ heading, moment }) => {
    if (heading !== undefined) y += HEADING
    const x = rounded(scale.place(moment.from))
    const end = rounded(scale.place(moment.to ?? moment.from))
    const left = (x + end) / 2 > 50
    const row = {
      y: y + ROW / 2,
      x,
      end,
      label: { x: left ? x : end, side: left ? ('end' as const) : ('start' as const) },
    }
    y += ROW
    return row
  })
  return { rows, bottom: y, ticks: scale.ticks }
}

/** When it was said, logged, flagged, due and decided: one line each, so that no label hides another. */
export function TimeLine({ lanes, ...frame }: Omit<Frame, 'numbers'> & { lanes: readonly Lane[] }) {
  const { rows, bottom, ticks } = timeGeometry(lanes)
  const scale = scaleOf(lanes)
  return (
    <Chart
      name="timeline"
      height={bottom + 26}
      numbers={{ head: ['What', 'When'], rows: lanes.map((lane) => [nameOf(lane), lane.when]) }}
      {...frame}
    >
      <Axis ticks={ticks} place={(value) => rounded(scale.place(value))} y={bottom} from={TOP} />
      {rows.map(({ y, x, end, label }, i) => {
        const lane = lanes[i] as Lane
        return (
          <>
            {lane.heading === undefined ? null : (
              <text class="row-label dark" x="0" y={y - ROW / 2 - 2}>
                {lane.heading}
              </text>
            )}
            <g class={`moment ${lane.moment.kind}`}>
              <Sign kind={lane.moment.kind} x={x} end={end} y={y} />
            </g>
            <text x={`${label.x}%`} dx={label.side === 'start' ? 12 : -12} y={y + 4} text-anchor={label.side}>
              {lane.label}
            </text>
          </>
        )
      })}
    </Chart>
  )
}

const nameOf = ({ heading, label }: Lane) => (heading === undefined ? label : `${heading}: ${label}`)

type SignProps = { kind: Moment['kind']; x: number; end: number; y: number }

/** One shape a kind: what was said is round, what the ledger did is square, what the world did is a line. */
function Sign({ kind, x, end, y }: SignProps) {
  switch (kind) {
    case 'said':
    case 'withdrawn':
      return end - x > 1.5 ? (
        <rect x={`${x}%`} y={y - 5} width={`${rounded(end - x)}%`} height={10} rx={5} />
      ) : (
        <circle cx={`${rounded((x + end) / 2)}%`} cy={y} r={5} />
      )
    case 'deadline':
    case 'known':
      return <Upright x={x} y1={y - 10} y2={y + 10} />
    default:
      return <Upright class="square" x={x} y1={y - 4.5} y2={y + 4.5} width={9} />
  }
}
