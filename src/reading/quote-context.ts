import { asNormalised, type NormalisedText } from '../core/normalised-text.ts'

/**
 * Up to `n` characters before and after a range of the normalised text, cut at word boundaries: what a form fills in
 * as prefix and suffix when a quote is ambiguous.
 */
export function contextOf(
  text: string | NormalisedText,
  start: number,
  end: number,
  n: number,
): { prefix: string; suffix: string } {
  const { text: whole } = asNormalised(text)
  let from = Math.max(0, start - n)
  if (from > 0) {
    const space = whole.indexOf(' ', from - 1)
    if (space >= 0 && space < start - 1) from = space + 1
  }
  let to = Math.min(whole.length, end + n)
  if (to < whole.length) {
    const space = whole.lastIndexOf(' ', to)
    if (space > end) to = space
  }
  return { prefix: whole.slice(from, start).trim(), suffix: whole.slice(end, to).trim() }
}
