import { Axis, Chart, type Frame, Level, type Tick, Upright } from './chart.tsx'
import { across, anchorAt, type Domain, rounded } from './scale.ts'

export type RangeNumbers = {
  domain: Domain
  range: readonly [number, number]
  /** A wider range around it, as a thin line. */
  outer?: readonly [number, number]
  /** The figure itself; null where only a range can be given. */
  value: number | null
  /** A line to compare with. */
  mark: Tick | null
  ticks: readonly Tick[]
}

const LEAST = 0.8

/** Where the parts of a range bar stand, in per cent of the width. */
export function rangeGeometry({ domain, range, outer, value, mark }: RangeNumbers) {
  const place = across(domain)
  const [left, right] = [place(range[0]), place(range[1])]
  return {
    place,
    // A range of nothing is still a mark.
    band:
      right - left < LEAST
        ? { x: rounded((left + right - LEAST) / 2), width: LEAST }
        : { x: left, width: rounded(right - left) },
    outer: outer === undefined ? null : { x1: place(outer[0]), x2: place(outer[1]) },
    value: value === null ? null : place(value),
    mark: mark === null ? null : place(mark.value),
  }
}

/** A figure with its range on a line: a score, one between two readings, a difference, a count. */
export function RangeBar({ range, ...frame }: Frame & { range: RangeNumbers }) {
  const { place, band, outer, value, mark } = rangeGeometry(range)
  return (
    <Chart name="range" height={70} {...frame}>
      <Level class="base" from={place(range.domain[0])} to={place(range.domain[1])} y={34} />
      {mark === null ? null : (
        <>
          <Upright class="mark-line" x={mark} y1={18} y2={48} />
          <text x={`${mark}%`} y={12} text-anchor={anchorAt(mark)}>
            {range.mark?.label}
          </text>
        </>
      )}
      {outer === null ? null : <Level class="outer" from={outer.x1} to={outer.x2} y={34} />}
      <rect class="band" x={`${band.x}%`} width={`${band.width}%`} y={27} height={14} rx={3} />
      {value === null ? null : <Upright class="value" x={value} y1={22} y2={46} />}
      <Axis ticks={range.ticks} place={place} y={46} />
    </Chart>
  )
}
