import { scaleLinear } from 'd3-scale'

export type Domain = readonly [number, number]

/** Room at both ends for half a label, in per cent of the width. */
const MARGIN = 3

/** Where a value stands, in per cent of the width of the drawing; beyond the ends, at the end. */
export function across(domain: Domain): (value: number) => number {
  const scale = scaleLinear()
    .domain(domain)
    .range([MARGIN, 100 - MARGIN])
    .clamp(true)
  return (value) => rounded(scale(value))
}

/** Three decimals: a thousandth of a per cent is no pixel on any screen. */
export const rounded = (value: number): number => Number(value.toFixed(3))

/** Labels grow away from the nearer edge, so they stay inside the drawing. */
export const anchorAt = (place: number): 'start' | 'middle' | 'end' =>
  place < 20 ? 'start' : place > 80 ? 'end' : 'middle'

/** Round steps from 0 to at most `most`. */
export function counting(most: number, steps = 5): number[] {
  return scaleLinear()
    .domain([0, Math.max(1, most)])
    .ticks(Math.min(steps, Math.max(1, most)))
    .filter(Number.isInteger)
}
