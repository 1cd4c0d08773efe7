import { LONGEST_CONTEXT } from '../core/statement.ts'
import { type NearestPlace, nearestTo } from './nearest-place.ts'
import {
  asNormalised,
  firstIndex,
  type NormalisedText,
  normalisedText,
  type Place,
  placeOf,
  type TextRange,
} from './normalised-text.ts'

/** A W3C TextQuoteSelector. `[…]` or `[...]` in `exact` marks an omission. */
export type QuoteSelector = {
  readonly exact: string
  readonly prefix?: string | undefined
  readonly suffix?: string | undefined
}

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

const OMISSION = /\s*\[(?:…|\.\.\.)\]\s*/

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

function asNearest(within: NormalisedText, start: number, end: number): NearestPlace {
  return { ...placeOf(within, start, end), similarity: 1 }
}
