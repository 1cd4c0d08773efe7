/** "60 %"; under one and over 99 with a decimal where it says something. */
export function percent(p: number): string {
  const points = p * 100
  const digits = (points > 0 && points < 1) || (points > 99 && points < 100) ? 1 : 0
  return `${Number(points.toFixed(digits))} %`
}

/** "60–85 %", or "25 %" where both ends are the same. */
export function percentRange([low, high]: readonly [number, number]): string {
  const [from, to] = [percent(low), percent(high)]
  return from === to ? from : `${from.replace(' %', '')}–${to}`
}

/** A share of a count, such as "16.4" of 24. */
export const countText = (value: number): string => String(Number(value.toFixed(1)))

/** ".052", with as many decimals as asked for. */
export const decimal = (value: number, digits: number): string =>
  value
    .toFixed(digits)
    .replace(/^-(0(\.0*)?)$/u, '$1')
    .replace(/^(-?)0\./u, '$1.')
    .replace('-', '−')

/** "1 forecast", "3 forecasts". */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`

/** "a, b and c". */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
