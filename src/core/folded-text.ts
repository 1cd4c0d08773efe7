import { DOT, DOUBLE, foldedCluster, HYPHEN, LONG_DASH, SINGLE, SPACE, VULGAR } from './folding.ts'
import { type NormalisedText, normalise, type TextRange, textOf } from './normalised-text.ts'
import { caseKey } from './text.ts'

/**
 * A text as quotes are compared with it, over the normalised text, whose offsets stay those of the record:
 * compatibility forms, what nobody sees, and one spelling of every dash, quotation mark, apostrophe, ellipsis and
 * space. Upper and lower case stay two.
 */
export type FoldedText = {
  readonly text: string
  readonly of: NormalisedText
  /** For each code unit of `text`: where what it stands for begins and ends in the normalised text. */
  readonly starts: Uint32Array
  readonly ends: Uint32Array
  /** Where the halves of a word that a line end divided were joined, and how it reads with its hyphen. */
  readonly joints: ReadonlyMap<number, string>
}

const NO_WORDS: ReadonlySet<string> = new Set()
const made = new WeakMap<NormalisedText, FoldedText>()

/** The folded text, made once. Linear in the length of the text. */
export function foldedText(within: NormalisedText): FoldedText {
  const held = made.get(within)
  if (held !== undefined) return held
  const folded = levelled(within, spelled(within), NO_WORDS)
  made.set(within, folded)
  return folded
}

/**
 * The same for a quote: where that has "well-known", what the text divides at this hyphen keeps it. Whether a line end
 * divides "con-flict" or "well-known" nobody can tell from the text alone.
 */
export function foldedFor(within: NormalisedText, quote: string): FoldedText {
  const folded = foldedText(within)
  if (folded.joints.size === 0) return folded
  const words = hyphened(quote)
  if (words.size === 0 || ![...folded.joints.values()].some((word) => words.has(word))) return folded
  return levelled(within, spelled(within), words)
}

// Words of ASCII with one space between each two, and at most one sign at the end: what most titles are.
const FOLDED_ALREADY = /^[\w(),/]+(?: [\w(),/]+)*[.?!]?$/

/** What two spellings of the same words have in common. */
export const foldedWords = (text: string): string =>
  FOLDED_ALREADY.test(text) ? text : foldedText(normalise(text)).text

/** Two texts are the same words when these keys are equal: whatever the case, and whatever a reader would not see. */
export const wordsKey = (text: string): string => caseKey(foldedWords(text))

/** The normalised range behind a range of the folded text, with the marks that belong to its last letter. */
export function unfolded({ of, starts, ends }: FoldedText, from: number, to: number): TextRange {
  const start = starts[from] ?? of.text.length
  if (to <= from) return { start, end: start }
  const most = starts[to] ?? of.text.length
  let end = ends[to - 1] ?? start
  while (end < most && MARK.test(of.text.charAt(end))) end++
  return { start, end }
}

/** Every two parts of a word with hyphens between them. */
function hyphened(text: string): Set<string> {
  const words = new Set<string>()
  for (const [chain] of foldedWords(text).matchAll(/[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)+/gu)) {
    const parts = chain.split('-')
    for (let at = 1; at < parts.length; at++) words.add(`${parts[at - 1]}-${parts[at]}`)
  }
  return words
}

const MARK = /\p{M}/u
const LETTER = /[\p{L}\p{M}]/u
const isDigit = (code: number): boolean => code > 47 && code < 58
const isLetter = (code: number): boolean =>
  code < 128 ? (code | 32) > 96 && (code | 32) < 123 : LETTER.test(String.fromCharCode(code))
const isWord = (code: number): boolean => isDigit(code) || isLetter(code)
const isDash = (code: number): boolean => code === HYPHEN || code === LONG_DASH
const isQuote = (code: number): boolean => code === SINGLE || code === DOUBLE
// Ideographs and kana: a space beside them is one of layout.
const isIdeograph = (code: number): boolean =>
  (code >= 0x3005 && code <= 0x3007) ||
  (code >= 0x3040 && code <= 0x30ff) ||
  (code >= 0x31f0 && code <= 0x31ff) ||
  (code >= 0x3400 && code <= 0x9fff) ||
  (code >= 0xf900 && code <= 0xfaff) ||
  (code >= 0xd840 && code <= 0xd88f)
// French sets a space before these, and everybody may before the sign of per cent.
const SPACED = new Set([...'?!;:%'].map((sign) => sign.charCodeAt(0)))

/** Code units that grow, each with its place. */
class Units {
  codes: Uint16Array
  starts: Uint32Array
  ends: Uint32Array
  length = 0
  constructor(capacity: number) {
    this.codes = new Uint16Array(capacity)
    this.starts = new Uint32Array(capacity)
    this.ends = new Uint32Array(capacity)
  }
  put(code: number, start: number, end: number): void {
    if (this.length === this.codes.length) this.grow()
    this.codes[this.length] = code
    this.starts[this.length] = start
    this.ends[this.length++] = end
  }
  at(index: number): number {
    return index < 0 || index >= this.length ? 0 : (this.codes[index] ?? 0)
  }
  private grow(): void {
    const larger = new Units(this.codes.length * 2 + 16)
    larger.codes.set(this.codes)
    larger.starts.set(this.starts)
    larger.ends.set(this.ends)
    Object.assign(this, { codes: larger.codes, starts: larger.starts, ends: larger.ends })
  }
}

// What joins the letter before it: marks, the vowels of jamo, the voicing marks of half-width kana.
const JOINING = /[\p{M}\u1160-\u11ff\uff9e\uff9f]/u

function clusterEnd(text: string, at: number): number {
  let end = at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1)
  while (end < text.length && text.charCodeAt(end) > 0x2ff && JOINING.test(text.charAt(end))) end++
  return end
}

// At the end of a line it is seen, and divides a word; nowhere else a space comes behind it.
const SOFT_HYPHEN = 0xad

/** Pass one: each character by itself, and each run of spaces one. */
function spelled({ text }: NormalisedText): Units {
  const units = new Units(text.length + 1)
  const put = (code: number, start: number, end: number): void => {
    if (code !== SPACE || units.at(units.length - 1) !== SPACE) units.put(code, start, end)
  }
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at)
    if (code < 128 && code !== 96 && !(text.charCodeAt(at + 1) > 0x2ff)) {
      put(code, at, ++at)
      continue
    }
    if (code === SOFT_HYPHEN && text[at + 1] === ' ') {
      put(HYPHEN, at, ++at)
      continue
    }
    const end = clusterEnd(text, at)
    const cluster = text.slice(at, end)
    const folded = foldedCluster(cluster)
    if (VULGAR.test(cluster) && isDigit(units.at(units.length - 1))) put(SPACE, at, at)
    for (let unit = 0; unit < folded.length; unit++) {
      const one = folded.charCodeAt(unit)
      if (one !== SPACE) put(one, at, end)
      else put(SPACE, unit === 0 ? at : end, unit === 0 ? at : end)
    }
    at = end
  }
  return units
}

/** Pass two: what depends on its neighbours, which are dashes, ellipses, quotation marks and spaces. */
function levelled(of: NormalisedText, from: Units, hyphenWords: ReadonlySet<string>): FoldedText {
  const to = new Units(from.length + 1)
  const joints = new Map<number, string>()
  const last = () => to.at(to.length - 1)
  const space = (at: number): void => {
    const next = from.at(at + 1)
    const before = last()
    if (to.length === 0 || at + 1 >= from.length || before === SPACE) return
    if (isIdeograph(before) || isIdeograph(to.at(to.length - 2)) || isIdeograph(next)) return
    if (before === SINGLE || isQuote(next) || SPACED.has(next)) return
    to.put(SPACE, from.starts[at] ?? 0, from.ends[at] ?? 0)
  }
  for (let at = 0; at < from.length; ) {
    const code = from.at(at)
    const sign = code === SPACE ? at + 1 : at
    const dots = from.at(sign) === DOT ? dotsFrom(from, sign) : null
    if (dots !== null) {
      for (let i = 0; i < 3; i++) to.put(DOT, from.starts[sign] ?? 0, from.ends[dots - 1] ?? 0)
      at = from.at(dots) === SPACE ? dots + 1 : dots
    } else if (isDash(from.at(sign))) at = dash(at, sign)
    else if (code === SPACE) space(at++)
    else if (isQuote(code)) {
      // Two typed strokes are one double mark.
      const end = code === SINGLE && from.at(at + 1) === SINGLE ? at + 2 : at + 1
      to.put(SINGLE, from.starts[at] ?? 0, from.ends[end - 1] ?? 0)
      at = end
    } else {
      to.put(code, from.starts[at] ?? 0, from.ends[at] ?? 0)
      at++
    }
  }
  while (last() === SPACE && to.length > 0) to.length--
  return {
    text: textOf(to.codes.subarray(0, to.length)),
    of,
    starts: to.starts.subarray(0, to.length),
    ends: to.ends.subarray(0, to.length),
    joints,
  }

  /** A dash or several, with the space before it at `at`, if there is one; answers where to go on. */
  function dash(at: number, sign: number): number {
    let end = sign
    let count = 0
    let long = false
    while (isDash(from.at(end)) || (count > 0 && from.at(end) === SPACE && isDash(from.at(end + 1)))) {
      if (from.at(end) !== SPACE) count++
      long ||= from.at(end) === LONG_DASH
      end++
    }
    const [before, after] = [sign > at || sign === 0, from.at(end) === SPACE || end === from.length]
    const next = from.at(end)
    const put = () => to.put(HYPHEN, from.starts[sign] ?? 0, from.ends[end - 1] ?? 0)
    const beyond = from.at(end) === SPACE ? end + 1 : end
    if (count === 1 && before && isDigit(next)) {
      if (sign > at) space(at)
      put()
      return end
    }
    if (long || count > 1 || (before && after)) {
      put()
      return beyond
    }
    if (!before && beyond > end && isWord(last()) && isWord(from.at(beyond))) {
      const word = `${wordBefore(to)}-${wordAfter(from, beyond)}`
      if (!(isLetter(last()) && isLetter(from.at(beyond))) || hyphenWords.has(word)) put()
      else joints.set(to.length, word)
      return beyond
    }
    if (sign > at) space(at)
    put()
    return end
  }
}

/** Where three or more dots end, with or without a space between each two. */
function dotsFrom(units: Units, at: number): number | null {
  let end = at
  let dots = 0
  while (units.at(end) === DOT || (dots > 0 && units.at(end) === SPACE && units.at(end + 1) === DOT)) {
    if (units.at(end) === DOT) dots++
    end++
  }
  return dots > 2 ? end : null
}

const LONGEST_HALF = 40

function wordBefore(units: Units): string {
  let from = units.length
  while (from > 0 && units.length - from < LONGEST_HALF && isLetter(units.at(from - 1))) from--
  return textOf(units.codes.subarray(from, units.length))
}

function wordAfter(units: Units, at: number): string {
  let end = at
  while (end - at < LONGEST_HALF && isLetter(units.at(end))) end++
  return textOf(units.codes.subarray(at, end))
}
