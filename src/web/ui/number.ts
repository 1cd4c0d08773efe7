import { percentNumber } from '../../core/probability.ts'

export { counted } from '../../core/text.ts'

/** `0.02` as `2 %`, with a space that does not break; never 0 or 100 for what is neither. */
export const percent = (p: number): string => `${percentNumber(p)}\u00a0%`

/** `1–20 %`. One figure where both ends read the same. */
export const percentRange = (low: number, high: number): string =>
  percentNumber(low) === percentNumber(high)
    ? percent(low)
    : `${percentNumber(low)}–${percentNumber(high)}\u00a0%`

/** A number stays on the line of its per cent sign, n and G on that of their value, and a/b/c on one. */
export const unbroken = (text: string): string =>
  text
    .replace(/(\d) %/gu, '$1\u00a0%')
    .replace(/\b([nG]) = /gu, '$1\u00a0=\u00a0')
    .replaceAll(' / ', '\u00a0/\u00a0')
