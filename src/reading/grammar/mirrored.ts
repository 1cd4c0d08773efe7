import type { Band } from '../../core/probability.ts'

const rounded = (value: number) => Math.round(value * 1e4) / 1e4
const towardsHalf = (end: number): number => rounded(end + (0.5 - end) / 4)

/** A quarter of the way to one half, at the end nearer to it. The fraction is ours. */
export function widened({ low, mid, high }: Readonly<Band>): Band {
  return mid < 0.5
    ? { low, mid, high: Math.max(high, towardsHalf(high)) }
    : { low: Math.min(low, towardsHalf(low)), mid, high }
}

/** The band of the event that is denied, from the band of what is said. */
export const mirrored = ({ low, mid, high }: Readonly<Band>): Band => ({
  low: rounded(1 - high),
  mid: rounded(1 - mid),
  high: rounded(1 - low),
})
