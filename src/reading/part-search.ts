import { type FoldedText, foldedFor, foldedWords, unfolded } from '../core/folded-text.ts'
import { firstIndex, normalise, placeOf, type TextRange } from '../core/normalised-text.ts'
import { arrangements, type Gap } from './arrangement.ts'
import type { LocatedQuote } from './located-quote.ts'
import { type NearestPlace, nearestTo } from './nearest-place.ts'
import { occurrences } from './occurrence.ts'
import { contextOf } from './quote-context.ts'
import {
  LONGEST_OMISSION,
  LONGEST_REPLACED,
  type QuoteMark,
  type QuotePart,
  withMarks,
} from './quote-part.ts'
import { cutsWord, wholeWords } from './word-boundary.ts'

type Missing = Extract<LocatedQuote, { state: 'missing' }>

export const missing = (why: Missing['why'], part: string, nearest: NearestPlace | null = null): Missing => ({
  state: 'missing',
  why,
  part,
  nearest,
})

/** What is looked for, and in what. */
export type Search = {
  folded: FoldedText
  exact: string
  among: TextRange | undefined
  context: Context
}

/** Where these parts of a quote stand, given what lies between them. */
export function located(
  search: Search,
  parts: readonly QuotePart[],
  marks: readonly QuoteMark[],
): LocatedQuote {
  const { folded, exact, context } = search
  const words = parts.map(({ text }) => foldedWords(text))
  const everywhere: (readonly number[])[] = []
  for (const [index, part] of parts.entries()) {
    const alike = parts.findIndex(
      (other, i) => words[i] === words[index] && other.opens === part.opens && other.closes === part.closes,
    )
    const known = everywhere[alike]
    if (known !== undefined) {
      everywhere.push(known)
      continue
    }
    const anywhere = occurrencesAmong(search, words[index] ?? '')
    const places = anywhere.filter((at) => standsAt(search, part, at, at + (words[index] ?? '').length))
    if (places.length === 0) return absent(search, part, anywhere)
    everywhere.push(places)
  }
  const lengths = words.map(({ length }) => length)
  const gaps = parts.slice(1).map((part, index) => gapBetween(parts[index] ?? part, part, marks))
  const free = arrangements(folded.text, everywhere, lengths, gaps)
  if (free.length === 0) {
    const unreached = parts.findIndex(
      (_, index) =>
        index > 0 && arrangements(folded.text, everywhere.slice(0, index + 1), lengths, gaps).length === 0,
    )
    return missing(
      'order',
      parts[unreached]?.text ?? exact,
      nearestOf(folded, everywhere[unreached]?.[0], lengths[unreached]),
    )
  }
  const anchored = anchoredBy(search, context, everywhere, parts)
  let inContext = anchored === everywhere ? free : arrangements(folded.text, anchored, lengths, gaps)
  if (inContext.length === 0)
    inContext = arrangements(
      folded.text,
      anchoredBy(search, loosened(context), everywhere, parts),
      lengths,
      gaps,
    )
  const found = mostLiteral(search, inContext, parts, lengths)
  const [reading, ...others] = found
  if (reading === undefined) {
    const [first] = free.map((other) => spanOf(search, other, parts, lengths))
    return missing(
      'context',
      exact,
      first ? { ...placeOf(folded.of, first.start, first.end), similarity: 1 } : null,
    )
  }
  if (others.length === 0) return foundAt(search, reading, parts, marks, lengths)
  const count = parts.length === 1 ? Math.max(anchored[0]?.length ?? 0, found.length) : found.length
  return {
    state: 'ambiguous',
    count,
    places: found.map((other) => {
      const { start, end } = spanOf(search, other, parts, lengths)
      return { ...placeOf(folded.of, start, end), ...contextOf(folded.of, start, end, 40) }
    }),
  }
}

type Context = { prefix: string; suffix: string }

/** The places of the first and the last part that stand behind this prefix and before this suffix. */
function anchoredBy(
  { folded }: Search,
  { prefix, suffix }: Context,
  everywhere: readonly (readonly number[])[],
  parts: readonly QuotePart[],
): readonly (readonly number[])[] {
  if (prefix === '' && suffix === '') return everywhere
  const last = parts.length - 1
  return everywhere.map((places, index) => {
    const [before, after] = [index === 0 ? prefix : '', index === last ? suffix : '']
    if (before === '' && after === '') return places
    const inContext = new Set(occurrencesWithin(folded.text, before, parts[index]?.text ?? '', after))
    return places.filter((at) => inContext.has(at))
  })
}

/**
 * Where a part stands in the folded text after this prefix and before this suffix; the space between belongs to
 * neither. They are folded as one, since a dash or a quotation mark between them goes by both its neighbours.
 */
function occurrencesWithin(text: string, prefix: string, part: string, suffix: string): number[] {
  const gapsBefore = prefix === '' ? [''] : ['', ' ']
  const gapsAfter = suffix === '' ? [''] : ['', ' ']
  return gapsBefore.flatMap((before) =>
    gapsAfter.flatMap((after) => {
      const joined = normalise(prefix + before + part + after + suffix)
      const begins = prefix.length + before.length
      const words = foldedFor(joined, `${prefix} ${part} ${suffix}`)
      const from = firstIndex(words.starts.length, (at) => (words.starts[at] ?? 0) >= begins)
      return occurrences(text, words.text).map((at) => at + from)
    }),
  )
}

const isLetter = (text: string, at: number): boolean => /[\p{L}\p{M}\p{N}]/u.test(text.charAt(at))

/** Context from its first word to its last: what is cut at a space may end within an ellipsis or a divided word. */
function loosened({ prefix, suffix }: Context): Context {
  let start = 0
  while (start < prefix.length && !isLetter(prefix, start)) start++
  let end = suffix.length
  while (end > 0 && !isLetter(suffix, end - 1)) end--
  return {
    prefix: start === prefix.length ? prefix : prefix.slice(start),
    suffix: end === 0 ? suffix : suffix.slice(0, end),
  }
}

/** Every place of some words in the range that is looked at, or so. */
function occurrencesAmong({ folded, among }: Search, words: string): number[] {
  if (among === undefined) return occurrences(folded.text, words)
  const { starts } = folded
  const from = firstIndex(starts.length, (at) => (starts[at] ?? 0) >= among.start)
  const to = firstIndex(starts.length, (at) => (starts[at] ?? 0) >= among.end)
  return occurrences(folded.text.slice(from, to), words).map((at) => from + at)
}

/** Most letters of a word that an editor's brackets may stand for, as in th[ey]. */
const MOST_LETTERS = 30

/** Whether a part may stand here: in the range that is looked at, and between the ends of words. */
function standsAt({ folded, among }: Search, part: QuotePart, from: number, to: number): boolean {
  const { start, end } = unfolded(folded, from, to)
  if (among !== undefined && (start < among.start || end > among.end)) return false
  if (parted(folded, from) || parted(folded, to)) return false
  const { text } = folded.of
  if (
    cutsWord(text, start) &&
    (part.opens === null || !replaces(part.opens, text, wordStart(text, start), start))
  )
    return false
  return !cutsWord(text, end) || (part.closes !== null && wordEnd(text, end) - end < MOST_LETTERS)
}

/** Whether a place of the folded text lies within one character, or where a line end divided a word. */
function parted({ starts, ends, joints }: FoldedText, at: number): boolean {
  if (at <= 0 || at >= starts.length) return false
  return joints.has(at) || (starts[at] ?? 0) < (ends[at - 1] ?? 0)
}

/** One letter in brackets is that letter in another case, as in [T]here; several may stand for any. */
function replaces({ words }: QuoteMark, text: string, start: number, end: number): boolean {
  if (end - start >= MOST_LETTERS) return false
  return words.length > 1 || text.slice(start, end).toLowerCase() === words.toLowerCase()
}

const wordStart = (text: string, at: number): number => {
  let start = at
  while (at - start < MOST_LETTERS && cutsWord(text, start)) start--
  return start
}
const wordEnd = (text: string, at: number): number => {
  let end = at
  while (end - at < MOST_LETTERS && cutsWord(text, end)) end++
  return end
}

function gapBetween(before: QuotePart, after: QuotePart, marks: readonly QuoteMark[]): Gap {
  const between = marks.filter(({ start, end }) => start >= before.end && end <= after.start)
  const isOmission = between.some(({ kind }) => kind === 'omission')
  const solid = before.closes !== null && before.closes === after.opens
  return {
    most: isOmission ? LONGEST_OMISSION : solid ? MOST_LETTERS : LONGEST_REPLACED * between.length,
    nearest: !isOmission,
    solid,
  }
}

/** Of several readings those that take most of the marks for what the source prints itself. */
function mostLiteral(
  search: Search,
  readings: readonly number[][],
  parts: readonly QuotePart[],
  lengths: readonly number[],
): readonly number[][] {
  if (readings.length < 2 || parts.length < 2) return readings
  const counts = readings.map(
    (reading) =>
      parts.slice(1).filter((_, index) => isLiteral(search, reading, parts, lengths, index)).length,
  )
  const most = Math.max(...counts)
  return readings.filter((_, index) => counts[index] === most)
}

/** Whether what lies behind a part is what the source prints there. */
function isLiteral(
  { folded, exact }: Search,
  reading: readonly number[],
  parts: readonly QuotePart[],
  lengths: readonly number[],
  index: number,
): boolean {
  const from = (reading[index] ?? 0) + (lengths[index] ?? 0)
  const between = exact.slice(parts[index]?.end, parts[index + 1]?.start)
  return folded.text.slice(from, reading[index + 1]).trim() === foldedWords(between)
}

/** From the first part to the last, with the letters that brackets stand for. */
function spanOf(
  { folded }: Search,
  reading: readonly number[],
  parts: readonly QuotePart[],
  lengths: readonly number[],
): TextRange {
  const last = parts.length - 1
  const { text } = folded.of
  const { start } = unfolded(folded, reading[0] ?? 0, (reading[0] ?? 0) + (lengths[0] ?? 0))
  const { end } = unfolded(folded, reading[last] ?? 0, (reading[last] ?? 0) + (lengths[last] ?? 0))
  return {
    start: parts[0]?.opens ? wordStart(text, start) : start,
    end: parts[last]?.closes ? wordEnd(text, end) : end,
  }
}

function foundAt(
  search: Search,
  reading: readonly number[],
  parts: readonly QuotePart[],
  marks: readonly QuoteMark[],
  lengths: readonly number[],
): LocatedQuote {
  const { folded, exact } = search
  const { text } = folded.of
  const places = reading.map((at, index) => unfolded(folded, at, at + (lengths[index] ?? 0)))
  const between = (from: number, to: number) => withMarks(exact, { start: from, end: to }, marks)
  let spelled = between(0, parts[0]?.start ?? 0)
  for (const [index, part] of parts.entries()) {
    const { start, end } = places[index] ?? { start: 0, end: 0 }
    const next = parts[index + 1]
    spelled += text.slice(start, end)
    if (next === undefined) spelled += between(part.end, exact.length)
    else if (isLiteral(search, reading, parts, lengths, index))
      spelled += text.slice(end, places[index + 1]?.start)
    else spelled += between(part.end, next.start)
  }
  const { start, end } = spanOf(search, reading, parts, lengths)
  return { state: 'found', ...placeOf(folded.of, start, end), exact: spelled, parts: places }
}

/** Why a part is nowhere: inside of other words, or not at all. */
function absent({ folded, among }: Search, part: QuotePart, anywhere: readonly number[]): Missing {
  const length = foldedWords(part.text).length
  const inside = anywhere.find((at) => {
    const { start, end } = unfolded(folded, at, at + length)
    return among === undefined || (start >= among.start && end <= among.end)
  })
  if (inside !== undefined)
    return {
      ...missing('word', part.text, nearestOf(folded, inside, length)),
      cut: unfolded(folded, inside, inside + length),
    }
  return missing('text', part.text, among === undefined ? nearestTo(folded.of, part.text) : null)
}

function nearestOf(folded: FoldedText, at: number | undefined, length = 0): NearestPlace | null {
  if (at === undefined) return null
  const { start, end } = unfolded(folded, at, at + length)
  const whole = wholeWords(folded.of.text, start, end)
  return { ...placeOf(folded.of, whole.start, whole.end), similarity: 1 }
}
