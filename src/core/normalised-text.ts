import { normalForm, STRAIGHT } from './text.ts'

/** One normalised text with the map back to the text it came from. */
export type NormalisedText = {
  readonly text: string
  readonly raw: string
  /** For each code unit of `text`: where the raw characters it stands for begin, and where they end. */
  readonly starts: Uint32Array
  readonly ends: Uint32Array
}

/** A half-open range of UTF-16 code units. */
export type TextRange = { readonly start: number; readonly end: number }

/** A passage: where it stands in the normalised text, in the raw text, and how it reads. */
export type Place = TextRange & { readonly raw: TextRange; readonly text: string }

const SPACE = /[\s\u0085]/
const NORMAL = new Map([...STRAIGHT].map(([mark, plain]) => [mark.charCodeAt(0), plain.charCodeAt(0)]))
const isSpace = (code: number): boolean =>
  code < 128 ? code === 32 || (code > 8 && code < 14) : SPACE.test(String.fromCharCode(code))
// A starter with everything NFC could compose into it: marks, conjoining jamo, Kirat Rai vowel signs.
// White space composes with nothing.
const CLUSTER = /[\s\u0085]|[\s\S][\p{M}\u1160-\u11ff\u{16d63}\u{16d67}]*/gu

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

/** Code units as a text: in slices, since a call takes only so many arguments. */
export function textOf(codes: Uint16Array): string {
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

/** What is read often is normalised once. */
export function asNormalised(text: string | NormalisedText): NormalisedText {
  return typeof text === 'string' ? normalise(text) : text
}

export function placeOf(within: NormalisedText, start: number, end: number): Place {
  return { start, end, raw: rawRange(within, start, end), text: within.text.slice(start, end) }
}

/** The first index at which something holds, of which it holds from there on. */
export function firstIndex(length: number, holds: (at: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
