export type Domain = readonly [number, number]

/** Room at both ends for half a label, in per cent of the width. */
const MARGIN = 3

/** Where a value stands, in per cent of the width of the drawing; beyond the ends, at the end. */
export function across([low, high]: Domain): (value: number) => number {
  const width = 100 - 2 * MARGIN
  return (value) => rounded(MARGIN + width * Math.min(1, Math.max(0, (value - low) / (high - low))))
}

/** Three decimals: a thousandth of a per cent is no pixel on any screen. */
export const rounded = (value: number): number => Number(value.toFixed(3))

/** Labels grow away from the nearer edge, so they stay inside the drawing. */
export const anchorAt = (place: number): 'start' | 'middle' | 'end' =>
  place < 20 ? 'start' : place > 80 ? 'end' : 'middle'

/** The smallest round whole step (1, 2, 5, 10, 20, …) of which about `steps` make `most`. */
function roundStep(most: number, steps: number): number {
  const wanted = Math.max(1, most) / steps
  const power = 10 ** Math.max(0, Math.floor(Math.log10(wanted)))
  return [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= wanted) ?? power
}

/** Round whole numbers from `first` to `last`, about `steps` of them. */
export function roundBetween(first: number, last: number, steps = 6): number[] {
  const step = roundStep(last - first, steps)
  const least = Math.ceil(first / step)
  return Array.from({ length: Math.floor(last / step) - least + 1 }, (_, i) => (least + i) * step)
}
