import { percent } from '../ui/number.ts'

/** A proportion that was measured or estimated, to the whole per cent: "53 %". */
export const share = (p: number): string => percent(Math.round(p * 100) / 100)

/** "53–89 %", or "50 %" where both ends round to the same. */
export function shareRange([low, high]: readonly [number, number]): string {
  const [from, to] = [share(low), share(high)]
  return from === to ? to : `${from.replace(/\s%$/u, '')}–${to}`
}

/** ".052", or "−.014", with as many decimals as asked for. */
export const decimal = (value: number, digits: number): string =>
  value
    .toFixed(digits)
    .replace(/^-(0(\.0*)?)$/u, '$1')
    .replace(/^(-?)0\./u, '$1.')
    .replace('-', '−')

/** "a, b and c". */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
