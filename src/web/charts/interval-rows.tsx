import { Axis, Chart, type Frame, Level, type Tick, Upright } from './chart.tsx'
import { across, type Domain, rounded } from './scale.ts'

export type IntervalRow = {
  label: string
  /** What is behind: a wide pale bar with its middle. */
  band?: readonly [low: number, mid: number, high: number]
  /** What was found: a dot with its whisker. */
  dot?: number
  whisker?: readonly [number, number]
  /** After the label, softer. */
  note?: string
  assumed?: boolean
}

const ROW = 44
const TOP = 4

/** Rows of bands and dots over one common scale, in per cent of the width. */
export function rowsGeometry(rows: readonly IntervalRow[], domain: Domain) {
  const place = across(domain)
  return rows.map(({ band, dot, whisker }, i) => ({
    y: TOP + i * ROW,
    band: band && { x: place(band[0]), width: rounded(place(band[2]) - place(band[0])), mid: place(band[1]) },
    dot: dot === undefined ? null : place(dot),
    whisker: whisker && { x1: place(whisker[0]), x2: place(whisker[1]) },
  }))
}

type Props = Frame & { rows: readonly IntervalRow[]; domain: Domain; ticks: readonly Tick[]; mark?: Tick }

/** Phrases against what readers hear, the lexicon, analysts' estimates: one row each. */
export function IntervalRows({ rows, domain, ticks, mark, ...frame }: Props) {
  const place = across(domain)
  const bottom = TOP + rows.length * ROW
  return (
    <Chart name="intervals" height={bottom + 26} {...frame}>
      <Axis ticks={ticks} place={place} y={bottom} from={TOP} />
      {mark ? <Upright class="mark-line" x={place(mark.value)} y1={TOP} y2={bottom} /> : null}
      {rowsGeometry(rows, domain).map(({ y, band, dot, whisker }, i) => {
        const { label, note, assumed } = rows[i] as IntervalRow
        return (
          <>
            <text class="row-label" x="0" y={y + 13}>
              <tspan class="dark">{label}</tspan>
              {note === undefined ? null : <tspan dx={6}>{note}</tspan>}
            </text>
            {band ? (
              <>
                <rect
                  class={assumed ? 'band assumed' : 'band'}
                  x={`${band.x}%`}
                  y={y + 21}
                  width={`${band.width}%`}
                  height={14}
                  rx={3}
                />
                <Upright class="median" x={band.mid} y1={y + 19} y2={y + 37} />
              </>
            ) : null}
            {whisker ? <Level class="whisker" from={whisker.x1} to={whisker.x2} y={y + 28} /> : null}
            {dot === null ? null : <circle class="dot" cx={`${dot}%`} cy={y + 28} r={5} />}
          </>
        )
      })}
    </Chart>
  )
}
