import { foldedText, foldedWords, unfolded } from '../core/folded-text.ts'
import { type NormalisedText, type Place, placeOf, type TextRange } from '../core/normalised-text.ts'
import { wholeWords } from './word-boundary.ts'

export type NearestPlace = Place & { readonly similarity: number }

/** Own approximate matcher: windows that share the rarest trigrams with the quote, then edit distance in each. */
export function nearestTo(within: NormalisedText, part: string): NearestPlace | null {
  const folded = foldedText(within)
  const whole = lowered(foldedWords(part))
  const pattern = whole.slice(0, LONGEST_PATTERN)
  const text = lowered(folded.text)
  const rest = whole.length - pattern.length
  let best: (TextRange & { distance: number }) | null = null
  for (const window of likelyWindows(text, pattern)) {
    const seen = text.slice(window.start, window.end)
    const found = closestIn(seen, pattern, 1)
    if (!best || found.distance < best.distance) {
      const { start, end } = moreWords(seen, pattern, found, closestIn(seen, pattern, 2))
      best = { start: window.start + start, end: window.start + end, distance: found.distance }
    }
  }
  if (!best || best.end <= best.start) return null
  const similarity = 1 - best.distance / Math.max(pattern.length, best.end - best.start)
  if (similarity < 0.5) return null
  const near = unfolded(folded, best.start, Math.min(best.end + rest, text.length))
  const { start, end } = wholeWords(within.text, near.start, near.end)
  return { ...placeOf(within, start, end), similarity: Math.round(similarity * 1000) / 1000 }
}

/** Of two stretches the second where it has more words of the pattern, and fewer others. */
function moreWords<T extends TextRange>(text: string, pattern: string, one: T, other: T): T {
  const sought = new Set(pattern.split(' '))
  const worth = ({ start, end }: T): number => {
    const whole = wholeWords(text, start, end)
    const words = text.slice(whole.start, whole.end).split(' ')
    return 2 * words.filter((word) => sought.has(word)).length - words.length
  }
  return worth(other) > worth(one) ? other : one
}

const LONGEST_PATTERN = 1_000
const TABLE = 1 << 16

/** In lower case, without changing any offset. */
export function lowered(text: string): string {
  const lower = text.toLowerCase()
  if (lower.length === text.length) return lower
  return Array.from({ length: text.length }, (_, at) => {
    const small = text.charAt(at).toLowerCase()
    return small.length === 1 ? small : text.charAt(at)
  }).join('')
}

function trigram(text: string, at: number): number {
  return ((text.charCodeAt(at) * 31 + text.charCodeAt(at + 1)) * 31 + text.charCodeAt(at + 2)) & (TABLE - 1)
}

function likelyWindows(text: string, pattern: string): TextRange[] {
  const size = pattern.length
  const reach = Math.max(16, size >> 1)
  if (text.length <= size + 2 * reach) return [{ start: 0, end: text.length }]
  const sought = new Uint8Array(TABLE)
  for (let at = 0; at + 2 < size; at++) sought[trigram(pattern, at)] = 1
  const frequency = new Uint32Array(TABLE)
  for (let at = 0; at + 2 < text.length; at++) {
    const key = trigram(text, at)
    frequency[key] = (frequency[key] ?? 0) + 1
  }
  const weight = (at: number): number => {
    if (at + 2 >= text.length) return 0
    const key = trigram(text, at)
    return sought[key] ? 1 / Math.sqrt(frequency[key] ?? 1) : 0
  }
  const tops: { at: number; sum: number }[] = []
  let sum = 0
  for (let at = 0; at < text.length; at++) {
    sum += weight(at)
    if (at >= size) sum -= weight(at - size)
    const start = Math.max(0, at - size + 1)
    const near = tops.find((top) => Math.abs(top.at - start) < size)
    if (near) {
      if (sum > near.sum) Object.assign(near, { at: start, sum })
    } else if (tops.length < 4) tops.push({ at: start, sum })
    else {
      const least = tops.reduce((low, top) => (top.sum < low.sum ? top : low))
      if (sum > least.sum) Object.assign(least, { at: start, sum })
    }
  }
  return tops
    .filter((top) => top.sum > 0)
    .map(({ at }) => ({ start: Math.max(0, at - reach), end: Math.min(text.length, at + size + reach) }))
}

/** Sellers' algorithm: the stretch of the text with the smallest edit distance to the pattern; what a swap costs is given. */
function closestIn(text: string, pattern: string, swapped: 1 | 2): TextRange & { distance: number } {
  const size = pattern.length
  let distances = Uint32Array.from({ length: size + 1 }, (_, row) => row)
  let origins = new Uint32Array(size + 1)
  let best = { start: 0, end: 0, distance: size }
  for (let column = 1; column <= text.length; column++) {
    const nextDistances = new Uint32Array(size + 1)
    const nextOrigins = new Uint32Array(size + 1)
    nextOrigins[0] = column
    for (let row = 1; row <= size; row++) {
      const same = text.charCodeAt(column - 1) === pattern.charCodeAt(row - 1) ? 0 : swapped
      const swap = (distances[row - 1] ?? 0) + same
      const drop = (distances[row] ?? 0) + 1
      const add = (nextDistances[row - 1] ?? 0) + 1
      if (swap <= drop && swap <= add) {
        nextDistances[row] = swap
        nextOrigins[row] = origins[row - 1] ?? 0
      } else if (drop <= add) {
        nextDistances[row] = drop
        nextOrigins[row] = origins[row] ?? 0
      } else {
        nextDistances[row] = add
        nextOrigins[row] = nextOrigins[row - 1] ?? 0
      }
    }
    distances = nextDistances
    origins = nextOrigins
    const distance = distances[size] ?? size
    const start = origins[size] ?? 0
    // Where words more are what is looked for, of two as near that begin at one place the longer.
    const isLonger = swapped === 2 && distance === best.distance && start === best.start && best.end > 0
    if (distance < best.distance || isLonger) best = { start, end: column, distance }
  }
  return best
}
