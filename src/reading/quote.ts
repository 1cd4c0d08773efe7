import { LONGEST_CONTEXT } from '../core/statement.ts'
import { normalForm, STRAIGHT } from '../core/text.ts'

/** One normalised text with the map back to the text it came from. */
export type NormalisedText = {
  readonly text: string
  readonly raw: string
  /** For each code unit of `text`: where the raw characters it stands for begin, and where they end. */
  readonly starts: Uint32Array
  readonly ends: Uint32Array
}

/** A W3C TextQuoteSelector. `[…]` or `[...]` in `exact` marks an omission. */
export type QuoteSelector = {
  readonly exact: string
  readonly prefix?: string | undefined
  readonly suffix?: string | undefined
}

/** A half-open range of UTF-16 code units. */
export type TextRange = { readonly start: number; readonly end: number }

/** A passage: where it stands in the normalised text, in the raw text, and how it reads. */
export type Place = TextRange & { readonly raw: TextRange; readonly text: string }

export type NearestPlace = Place & { readonly similarity: number }
export type PlaceInContext = Place & { readonly prefix: string; readonly suffix: string }

/**
 * Where a quote stands. `missing.why`: `empty` (nothing to look for), `parts` (more than `MOST_PARTS`), `text` (the words are not there; `part` is the
 * stretch that was looked for), `order` (the stretches around `[…]` are there, but not in this order within reach),
 * `context` (the words are there, but not after this prefix and before this suffix).
 */
export type LocatedQuote =
  | (Place & { readonly state: 'found'; readonly parts: readonly TextRange[] })
  | {
      readonly state: 'missing'
      readonly why: 'empty' | 'parts' | 'text' | 'order' | 'context'
      readonly part: string
      readonly nearest: NearestPlace | null
    }
  | { readonly state: 'ambiguous'; readonly count: number; readonly places: readonly PlaceInContext[] }

/** How many characters one `[…]` may leave out. */
export const LONGEST_OMISSION = 600
/** How many parts the omissions of one quote may leave. */
export const MOST_PARTS = 16
/** How many places an ambiguous answer lists; `count` says how many there are, up to this limit for omissions. */
export const MOST_PLACES = 50

const SPACE = /[\s\u0085]/
const NORMAL = new Map([...STRAIGHT].map(([mark, plain]) => [mark.charCodeAt(0), plain.charCodeAt(0)]))
const isSpace = (code: number): boolean =>
  code < 128 ? code === 32 || (code > 8 && code < 14) : SPACE.test(String.fromCharCode(code))
// A starter with everything NFC could compose into it: marks, conjoining jamo, Kirat Rai vowel signs.
// White space composes with nothing.
const CLUSTER = /[\s\u0085]|[\s\S][\p{M}\u1160-\u11ff\u{16d63}\u{16d67}]*/gu
const OMISSION = /\s*\[(?:…|\.\.\.)\]\s*/

/**
 * The text every quote is checked against: NFC, straight quotes, each run of white space (NBSP included) one space,
 * trimmed; with the map back to the raw text. Linear in the length of the text.
 */
export function normalise(raw: string): NormalisedText {
  const capacity = raw.length * 3 + 1
  const starts = new Uint32Array(normalForm(raw, 'NFC') === raw ? raw.length : capacity)
  const ends = new Uint32Array(starts.length)
  const codes = new Uint16Array(starts.length)
  let length = 0
  let gap = -1
  let gapEnd = 0
  const put = (code: number, start: number, end: number): void => {
    if (isSpace(code)) {
      if (gap === -1) gap = start
      gapEnd = end
      return
    }
    if (gap !== -1 && length > 0) {
      codes[length] = 32
      starts[length] = gap
      ends[length++] = gapEnd
    }
    gap = -1
    codes[length] = code < 128 ? code : (NORMAL.get(code) ?? code)
    starts[length] = start
    ends[length++] = end
  }
  if (starts.length === raw.length) {
    for (let at = 0; at < raw.length; at++) put(raw.charCodeAt(at), at, at + 1)
  } else {
    for (const found of raw.matchAll(CLUSTER)) {
      const composed = normalForm(found[0], 'NFC')
      const same = composed === found[0]
      for (let at = 0; at < composed.length; at++) {
        if (same) put(composed.charCodeAt(at), found.index + at, found.index + at + 1)
        else put(composed.charCodeAt(at), found.index, found.index + found[0].length)
      }
    }
  }
  const text = textOf(codes.subarray(0, length))
  return { text, raw, starts: starts.subarray(0, length), ends: ends.subarray(0, length) }
}

/** In slices, since a call takes only so many arguments. */
function textOf(codes: Uint16Array): string {
  let text = ''
  for (let at = 0; at < codes.length; at += 8_192)
    text += String.fromCharCode(...codes.subarray(at, at + 8_192))
  return text
}

/** The normalised text alone: what is hashed and what quotes are cut from. Idempotent. */
export function normalisedText(raw: string): string {
  return normalise(raw).text
}

/** The raw range behind a range of the normalised text. */
export function rawRange(text: NormalisedText, start: number, end: number): TextRange {
  if (end <= start) {
    const at = text.starts[start] ?? text.raw.length
    return { start: at, end: at }
  }
  return { start: text.starts[start] ?? 0, end: text.ends[end - 1] ?? text.raw.length }
}

/** The normalised range that covers a raw range, for a selection made in the raw text. */
export function normalisedRange(text: NormalisedText, start: number, end: number): TextRange {
  const from = firstIndex(text.ends.length, (at) => (text.ends[at] ?? 0) > start)
  const to = firstIndex(text.starts.length, (at) => (text.starts[at] ?? 0) >= end)
  return { start: from, end: Math.max(from, to) }
}

/**
 * Finds a quote. It must stand in the text exactly once, given its prefix and suffix; parts around `[…]` must follow
 * each other in order, at most `LONGEST_OMISSION` characters apart, and be readable in one way only.
 * Pass a `NormalisedText` to check many quotes of one text.
 */
export function locateQuote(text: string | NormalisedText, quote: QuoteSelector): LocatedQuote {
  const within = asNormalised(text)
  const exact = normalisedText(quote.exact)
  const prefix = normalisedText(quote.prefix ?? '')
  const suffix = normalisedText(quote.suffix ?? '')
  const split = exact.split(OMISSION).filter((part) => part !== '')
  if (split.length === 0) return { state: 'missing', why: 'empty', part: '', nearest: null }
  // A source that itself prints "[…]" is quoted literally.
  const parts = split.join(' ') !== exact && within.text.includes(exact) ? [exact] : split

  if (parts.length > MOST_PARTS) return { state: 'missing', why: 'parts', part: exact, nearest: null }

  const everywhere: (readonly number[])[] = []
  for (const part of parts) {
    const places = everywhere[parts.indexOf(part)] ?? occurrences(within.text, part)
    if (places.length === 0) {
      return { state: 'missing', why: 'text', part, nearest: nearestTo(within, part) }
    }
    everywhere.push(places)
  }
  const free = readings(everywhere, parts)
  if (free.length === 0) {
    const first = parts[0] ?? ''
    const at = everywhere[0]?.[0] ?? 0
    return { state: 'missing', why: 'order', part: exact, nearest: asNearest(within, at, at + first.length) }
  }
  const last = parts.length - 1
  const anchored = everywhere.map((places, index) => {
    const [before, after] = [index === 0 ? prefix : '', index === last ? suffix : '']
    if (before === '' && after === '') return places
    return occurrencesWithin(within.text, before, parts[index] ?? '', after)
  })
  const found = prefix === '' && suffix === '' ? free : readings(anchored, parts)
  const spans = found.map((reading) => spanOf(reading, parts))
  const [span, ...others] = spans
  if (!span) {
    const [nearest] = free.map((reading) => spanOf(reading, parts))
    return {
      state: 'missing',
      why: 'context',
      part: exact,
      nearest: nearest ? asNearest(within, nearest.start, nearest.end) : null,
    }
  }
  if (others.length === 0) {
    const reading = found[0] ?? []
    return {
      state: 'found',
      ...placeOf(within, span.start, span.end),
      parts: parts.map((part, index) => ({
        start: reading[index] ?? 0,
        end: (reading[index] ?? 0) + part.length,
      })),
    }
  }
  return {
    state: 'ambiguous',
    count: parts.length === 1 ? (anchored[0]?.length ?? spans.length) : spans.length,
    places: spans.map(({ start, end }) => ({
      ...placeOf(within, start, end),
      ...contextOf(within, start, end, 40),
    })),
  }
}

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

/**
 * The quote for a range of the normalised text, with just as much context as makes it unique, or as much as a quote
 * may have, and its position.
 * A range that holds no text gives an empty `exact`.
 */
export function quoteOf(
  text: string | NormalisedText,
  start: number,
  end: number,
): { exact: string; prefix: string; suffix: string; start: number; end: number } {
  const within = asNormalised(text)
  while (start < end && within.text[start] === ' ') start++
  while (end > start && within.text[end - 1] === ' ') end--
  const exact = within.text.slice(start, end)
  for (let n = 32; ; n *= 2) {
    const context = contextOf(within, start, end, Math.min(n, LONGEST_CONTEXT))
    const quote = { exact, ...context, start, end }
    if (exact === '' || n >= Math.min(LONGEST_CONTEXT, within.text.length)) return quote
    const located = locateQuote(within, quote)
    if (located.state === 'found' && located.start === start) return quote
  }
}

/** The `#:~:text=` suffix of a link that scrolls to the quote. Long or broken quotes are given by their ends. */
export function textFragment(quote: QuoteSelector): string {
  const plain = (words: string): string => normalForm(words, 'NFC').replace(/\s+/g, ' ').trim()
  const encode = (words: string): string =>
    encodeURIComponent(words.replace(/\p{Surrogate}/gu, '\ufffd')).replace(/-/g, '%2D')
  const parts = plain(quote.exact)
    .split(OMISSION)
    .filter((part) => part !== '')
  const first = (parts[0] ?? '').split(' ')
  const last = (parts.at(-1) ?? '').split(' ')
  if (parts.length === 0) return ''
  const whole = parts.length === 1 && first.length <= 12
  const range = whole
    ? [encode(first.join(' '))]
    : [encode(first.slice(0, 6).join(' ')), encode(last.slice(-6).join(' '))]
  const prefix = plain(quote.prefix ?? '')
  const suffix = plain(quote.suffix ?? '')
  return `#:~:text=${[
    ...(prefix ? [`${encode(prefix)}-`] : []),
    ...range,
    ...(suffix ? [`-${encode(suffix)}`] : []),
  ].join(',')}`
}

function asNormalised(text: string | NormalisedText): NormalisedText {
  return typeof text === 'string' ? normalise(text) : text
}

function firstIndex(length: number, holds: (at: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** How long a beginning the engine searches for by itself; it compares no more than that at each place. */
const HEAD = 8

/** Every place of a part, also where they overlap: Knuth, Morris and Pratt, linear whatever repeats itself. */
function occurrences(text: string, part: string): number[] {
  const places: number[] = []
  const head = part.slice(0, HEAD)
  const borders = bordersOf(part)
  for (let at = 0, held = 0; ; ) {
    if (held === part.length) {
      places.push(at - held)
      held = borders[held] ?? 0
    } else if (held === 0) {
      const next = text.indexOf(head, at)
      if (next === -1) return places
      held = head.length
      at = next + held
    } else if (at === text.length) return places
    else if (text.charCodeAt(at) === part.charCodeAt(held)) {
      at++
      held++
    } else held = borders[held] ?? 0
  }
}

/** Of each beginning of a part, the length of the longest one that also ends it. */
function bordersOf(part: string): Uint32Array {
  const borders = new Uint32Array(part.length + 1)
  for (let at = 1, held = 0; at < part.length; ) {
    if (part.charCodeAt(at) === part.charCodeAt(held)) borders[++at] = ++held
    else if (held > 0) held = borders[held] ?? 0
    else at++
  }
  return borders
}

/** Where a part stands after this prefix and before this suffix. The space between belongs to neither. */
function occurrencesWithin(text: string, prefix: string, part: string, suffix: string): number[] {
  const gapsBefore = prefix === '' ? [''] : ['', ' ']
  const gapsAfter = suffix === '' ? [''] : ['', ' ']
  return gapsBefore
    .flatMap((before) =>
      gapsAfter.flatMap((after) =>
        occurrences(text, prefix + before + part + after + suffix).map(
          (at) => at + prefix.length + before.length,
        ),
      ),
    )
    .sort((a, b) => a - b)
}

/**
 * All ways to place the parts one after the other, at most `MOST_PLACES`. Working from the last part back keeps only
 * places that can be completed, so the walk forward never runs into a dead end.
 */
function readings(places: readonly (readonly number[])[], parts: readonly string[]): number[][] {
  const completable: (readonly number[])[] = [...places]
  const following = (index: number, at: number): number => {
    const list = completable[index + 1] ?? []
    const end = at + (parts[index] ?? '').length
    return firstIndex(list.length, (i) => (list[i] ?? 0) >= end)
  }
  const reaches = (index: number, at: number, next: number | undefined): boolean =>
    next !== undefined && next <= at + (parts[index] ?? '').length + LONGEST_OMISSION
  for (let index = parts.length - 2; index >= 0; index--) {
    const next = completable[index + 1] ?? []
    const length = (parts[index] ?? '').length
    let i = 0
    completable[index] = (completable[index] ?? []).filter((at) => {
      while ((next[i] ?? Number.POSITIVE_INFINITY) < at + length) i++
      return reaches(index, at, next[i])
    })
  }
  const found: number[][] = []
  const walk = (index: number, reading: readonly number[]): void => {
    if (index === parts.length) {
      found.push([...reading])
      return
    }
    const list = completable[index] ?? []
    const previous = reading[index - 1]
    const first = previous === undefined ? 0 : following(index - 1, previous)
    for (let i = first; i < list.length && found.length < MOST_PLACES; i++) {
      const at = list[i] ?? 0
      if (previous !== undefined && !reaches(index - 1, previous, at)) break
      walk(index + 1, [...reading, at])
    }
  }
  walk(0, [])
  return found
}

function spanOf(reading: readonly number[], parts: readonly string[]): TextRange {
  return { start: reading[0] ?? 0, end: (reading.at(-1) ?? 0) + (parts.at(-1) ?? '').length }
}

function placeOf(within: NormalisedText, start: number, end: number): Place {
  return { start, end, raw: rawRange(within, start, end), text: within.text.slice(start, end) }
}

function asNearest(within: NormalisedText, start: number, end: number): NearestPlace {
  return { ...placeOf(within, start, end), similarity: 1 }
}

/** Own approximate matcher: windows that share the rarest trigrams with the quote, then edit distance in each. */
function nearestTo(within: NormalisedText, part: string): NearestPlace | null {
  const pattern = fold(part.slice(0, LONGEST_PATTERN))
  const text = fold(within.text)
  const rest = part.length - pattern.length
  let best: (TextRange & { distance: number }) | null = null
  for (const window of likelyWindows(text, pattern)) {
    const found = closestIn(text.slice(window.start, window.end), pattern)
    if (!best || found.distance < best.distance) {
      best = {
        start: window.start + found.start,
        end: window.start + found.end,
        distance: found.distance,
      }
    }
  }
  if (!best || best.end <= best.start) return null
  const similarity = 1 - best.distance / Math.max(pattern.length, best.end - best.start)
  if (similarity < 0.5) return null
  const { start, end } = wholeWords(within.text, best.start, Math.min(best.end + rest, within.text.length))
  return { ...placeOf(within, start, end), similarity: Math.round(similarity * 1000) / 1000 }
}

const LONGEST_PATTERN = 1_000
const TABLE = 1 << 16

// Case is ignored without changing any offset.
function fold(text: string): string {
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

/** Sellers' algorithm: the stretch of the text with the smallest edit distance to the pattern. */
function closestIn(text: string, pattern: string): TextRange & { distance: number } {
  const size = pattern.length
  let distances = Uint32Array.from({ length: size + 1 }, (_, row) => row)
  let origins = new Uint32Array(size + 1)
  let best = { start: 0, end: 0, distance: size }
  for (let column = 1; column <= text.length; column++) {
    const nextDistances = new Uint32Array(size + 1)
    const nextOrigins = new Uint32Array(size + 1)
    nextOrigins[0] = column
    for (let row = 1; row <= size; row++) {
      const same = text.charCodeAt(column - 1) === pattern.charCodeAt(row - 1) ? 0 : 1
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
    if (distance < best.distance) best = { start: origins[size] ?? 0, end: column, distance }
  }
  return best
}

export function wholeWords(text: string, start: number, end: number): TextRange {
  const word = /[\p{L}\p{N}]/u
  const inside = (at: number): boolean => word.test(text[at - 1] ?? '') && word.test(text[at] ?? '')
  for (let steps = 0; steps < 20 && inside(start); steps++) start--
  for (let steps = 0; steps < 20 && inside(end); steps++) end++
  while (start < end && text[start] === ' ') start++
  while (end > start && text[end - 1] === ' ') end--
  return { start, end }
}
