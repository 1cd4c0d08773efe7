import { percentNumber } from '../core/probability.ts'

const figure = (value: number, digits: number) => value.toFixed(digits).replace(/^(-?)0\./, '$1.')

/** A score as printed: .19, or .221 from n = 100; ranges always with two decimals. */
export function brierText(value: number, n: number): string {
  return figure(value, n < 100 ? 2 : 3)
}

/** ".15–.24"; where one end is below zero, "−.01 to .03". */
export function rangeText([low, high]: readonly [number, number], digits = 2): string {
  if (low >= 0) return `${figure(low, digits)}–${figure(high, digits)}`
  return [low, high].map((end) => figure(end, digits).replace('-', '−')).join(' to ')
}

/** " (.15–.24)", or nothing where both ends read the same or nothing is left out. */
export function inBrackets(range: readonly [number, number]): string {
  const [low, high] = range.map((end) => figure(end, 2))
  return low === high || (low === '.00' && high === '1.00') ? '' : ` (${rangeText(range)})`
}

/** ".04", or ".56–.90" where it depends on what the words meant. */
export function scoreText(score: number | readonly [number, number]): string {
  const [best, worst] = typeof score === 'number' ? [score, score] : score
  return brierText(best, 1) === brierText(worst, 1) ? brierText(best, 1) : rangeText([best, worst])
}

/** With how many decimals a range of differences is told: an end that is not zero does not read as zero. */
function differenceDigits(...values: readonly number[]): number {
  const hides = (digits: number) => values.some((end) => end !== 0 && Math.abs(end) < 0.5 * 10 ** -digits)
  return hides(2) ? (hides(3) ? 4 : 3) : 2
}
export const differenceText = (range: readonly [number, number]): string =>
  rangeText(range, differenceDigits(...range))

/** A difference with its range, ".0229 (.0002–.0456)": all of it with as many decimals. */
export function differenceWithRange(mean: number, range: readonly [number, number]): string {
  const digits = differenceDigits(mean, ...range)
  return `${figure(mean, digits)} (${rangeText(range, digits)})`
}

/** " (difference −.04 to .02)", or nothing where both ends read the same. */
export function differenceBrackets(range: readonly [number, number], what = ''): string {
  const text = differenceText(range)
  const [from, to] = text.split(/–| to /u)
  return from === to ? '' : ` (${what}${text})`
}

/** A count that need not be whole, such as what was to be expected: "16.4". */
export const tally = (value: number, digits = 1): string => numeral(Number(value.toFixed(digits)))

/** "5,000". */
export const numeral = (n: number): string => n.toLocaleString('en', { maximumFractionDigits: 4 })

/** "59 of 77". */
export const partOf = (part: number, n: number): string => `${numeral(part)} of ${numeral(n)}`

/**
 * What was to be expected of n: "64 to 70", or "68" where both ends read the same; one decimal when n < 10, and as
 * many as it takes for the count that came about to stand on the side of it where it is.
 */
export function expectedText(
  [low, high]: readonly [number, number],
  n: number,
  count: number | null = null,
): string {
  const hides = (digits: number) =>
    count !== null &&
    ((count < low && count >= Number(low.toFixed(digits))) ||
      (count > high && count <= Number(high.toFixed(digits))))
  let digits = n < 10 ? 1 : 0
  while (digits < 4 && hides(digits)) digits++
  const [from, to] = [tally(low, digits), tally(high, digits)]
  return from === to ? from : `${from} to ${to}`
}

/** How often records like this one would show as much, by chance alone: an upper bound, in whole records. */
export function chanceText(p: number): string {
  const of = (all: number) => `${Math.ceil(p * all - 1e-9)} of ${all.toLocaleString('en')} such records`
  if (p < 0.001) return 'in fewer than 1 of 1,000 such records'
  if (p < 0.01) return `in at most ${of(1000)}`
  if (p < 0.1) return `in at most ${of(100)}`
  return p <= 0.5 ? `in at most ${of(10)}` : 'in most such records'
}

/** "70 %". */
export const percentText = (p: number): string => `${percentNumber(p)} %`

/** A share of a count, without decimals that nobody needs: "43 %". */
export const shareText = (share: number): string => `${Math.round(share * 100)} %`

/** "a, b and c". */
export const listText = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`

/** The words of a key of the lexicon. */
export const phraseOf = (key: string): string => key.replaceAll('_', ' ')

/** "1 was", "68 were", "64 to 70 were". */
export const wereText = (expected: string): string => `${expected} ${expected === '1' ? 'was' : 'were'}`

/** How far two scores are apart: as many decimals as it takes not to read as nothing. */
export function gapText(gap: number, n: number): string {
  let digits = n < 100 ? 2 : 3
  while (digits < 6 && Number(gap.toFixed(digits)) === 0) digits++
  return figure(gap, digits)
}

/** "never", "once", "11 times". */
export const timesText = (n: number): string =>
  n === 0 ? 'never' : n === 1 ? 'once' : `${n.toLocaleString('en')} times`
