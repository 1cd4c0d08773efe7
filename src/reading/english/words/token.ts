import { joined, type NumberRead, type Token } from '../../grammar/token.ts'

export type { Token } from '../../grammar/token.ts'

const TOKEN =
  /['’]\d{2}(?!\d)|\d+(?:[.,]\d+)*(?:st|nd|rd|th)?(?![\p{L}\p{N}])|\.\d+|(?<![\p{L}\p{N}])\p{L}(?:\.\p{L}(?!\p{L}))+\.?|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’]\p{L}+)*|[^\s\p{L}\p{M}\p{N}]/gu

const CONTRACTIONS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^won't$/u, ['will', 'not']],
  [/^shan't$/u, ['shall', 'not']],
  [/^(?:can't|cannot)$/u, ['can', 'not']],
  [/^ain't$/u, ['is', 'not']],
  [/^gonna$/u, ['going', 'to']],
  [/^wanna$/u, ['want', 'to']],
  [/^(.+)n't$/u, ['$1', 'not']],
  [/^(.+)'ll$/u, ['$1', 'will']],
  [/^(.+)'ve$/u, ['$1', 'have']],
  [/^(.+)'re$/u, ['$1', 'are']],
  [/^i'm$/u, ['i', 'am']],
  [/^(.+)'d$/u, ['$1', 'would']],
  [/^(he|she|it|that|there|who|what|here|this|everyone|everything|nobody|nothing)'s$/u, ['$1', 'is']],
]

/** Contractions without an apostrophe. */
const OPENED = /^(?:cannot|gonna|wanna)$/u

const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const ORDINAL_UNITS =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'.split(
    ' ',
  )

const CARDINALS = new Map([
  ...UNITS.map((word, value) => [word, value] as const),
  ...TENS.map((word, i) => [word, 20 + 10 * i] as const),
  ['dozen', 12] as const,
  ['fourty', 40] as const,
])
const ORDINALS = new Map([
  ...ORDINAL_UNITS.map((word, value) => [word, value] as const),
  ...TENS.map((word, i) => [word.replace(/y$/u, 'ieth'), 20 + 10 * i] as const),
])
const SCALES = new Map([
  ['hundred', 100],
  ['thousand', 1_000],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
])

const numeral = (digits: string): number =>
  Number(
    /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u.test(digits) ? digits.replaceAll(',', '') : digits.replace(',', '.'),
  )

/**
 * The tokens of English in order, in lower case and with contractions opened ("won't" is two); a hyphen between words
 * divides them and is left out. Number words stand together: "twenty-four" is 24, "the twenty-fourth" an ordinal.
 */
export function tokensOf(text: string): Token[] {
  const simple: Token[] = []
  for (const found of text.matchAll(TOKEN)) simple.push(...simpleTokens(found[0], found.index))
  return joined(
    simple.filter((token, i) => !divides(simple, token, i)),
    numberFrom,
  )
}

function simpleTokens(raw: string, start: number): Token[] {
  const place = { raw, start, end: start + raw.length }
  const lower = raw.toLowerCase().replaceAll('’', "'")
  if (/^[.\d]/u.test(raw) && raw !== '.') {
    const digits = /^[\d.,]+/u.exec(raw)?.[0] ?? raw
    const rest = lower.slice(digits.length)
    if (rest === '') return [{ ...place, word: lower, kind: 'number', value: numeral(digits) }]
    if (/^(?:st|nd|rd|th)$/u.test(rest))
      return [{ ...place, word: lower, kind: 'number', value: numeral(digits), ordinal: true }]
    return [{ ...place, word: lower, kind: 'word' }]
  }
  if (!/^[\p{L}\p{N}']/u.test(lower)) return [{ ...place, word: markOf(raw), kind: 'mark' }]
  const opens = lower.includes("'") || OPENED.test(lower)
  const form = opens ? CONTRACTIONS.find(([pattern]) => pattern.test(lower)) : undefined
  if (form === undefined) return [{ ...place, word: lower, kind: lower === "'" ? 'mark' : 'word' }]
  const [pattern, words] = form
  return words.map((word) => ({ ...place, word: lower.replace(pattern, word), kind: 'word' }))
}

const MARKS = new Map([
  ...['“', '”', '„', '«', '»', '‟', '"'].map((mark) => [mark, '"'] as const),
  ...['‐', '‑', '‒', '–', '−'].map((mark) => [mark, '-'] as const),
  ...['‘', '’', '‚', '‹', '›'].map((mark) => [mark, "'"] as const),
])
const markOf = (raw: string): string => MARKS.get(raw) ?? raw

/** Whether it is a hyphen inside a word: between numbers it is a range, and with a space beside it a dash. */
function divides(tokens: readonly Token[], { word, start, end }: Token, at: number): boolean {
  const [before, after] = [tokens[at - 1], tokens[at + 1]]
  if (word !== '-' || before?.end !== start || after?.start !== end) return false
  return before.kind === 'word' || after.kind === 'word'
}

/** A cardinal or an ordinal written in words, or digits with a scale behind them ("2.5 million"). */
function numberFrom(tokens: readonly Token[], at: number): NumberRead | null {
  const begin = tokens[at] as Token
  if (begin.kind === 'mark') return null
  if (begin.ordinal === true) return { value: begin.value ?? 0, next: at + 1, ordinal: true }
  let total = 0
  let part: number | null = null
  let next = at
  const isScaled = () => SCALES.has(tokens[next]?.word ?? '')
  if (begin.kind === 'number') {
    part = begin.value ?? 0
    next++
    if (!isScaled()) return { value: part, next, ordinal: false }
  } else if (begin.word === 'a' && SCALES.has(tokens[at + 1]?.word ?? '')) {
    part = 1
    next++
  }
  for (; ; next++) {
    const word = tokens[next]?.word ?? ''
    const [cardinal, ordinal, scale] = [CARDINALS.get(word), ORDINALS.get(word), SCALES.get(word)]
    if (cardinal !== undefined && (part === null || fits(part, cardinal))) part = (part ?? 0) + cardinal
    else if (ordinal !== undefined && (part === null || fits(part, ordinal)))
      return { value: total + (part ?? 0) + ordinal, next: next + 1, ordinal: true }
    else if (scale !== undefined && part !== null) {
      if (scale === 100) part *= 100
      else {
        total += part * scale
        part = null
      }
    } else if (word === 'and' && part !== null && part >= 100 && CARDINALS.has(tokens[next + 1]?.word ?? ''))
      continue
    else break
  }
  return next === at || (total === 0 && part === null)
    ? null
    : { value: total + (part ?? 0), next, ordinal: false }
}

/** "twenty four" is one number and "five ten" two. */
const fits = (part: number, unit: number): boolean =>
  (part % 100 === 0 && part >= 100 && unit < 100) ||
  (part % 10 === 0 && part % 100 >= 20 && unit < 10 && unit > 0)

/** The words at tokens first..last as they are written; an opened contraction is one word. */
export function wordsAt(tokens: readonly Token[], first: number, last: number): string {
  const words: string[] = []
  for (let at = first; at <= Math.min(last, tokens.length - 1); at++) {
    const token = tokens[at] as Token
    if (at === first || tokens[at - 1]?.start !== token.start) words.push(token.raw)
  }
  return words.join(' ')
}

/** Of a contraction only its own word: "he" of "he'll". */
export function ownWords({ word, raw }: Token): string {
  if (!/['’]/u.test(raw) || raw.toLowerCase().replaceAll('’', "'") === word) return raw
  return /^\p{Lu}/u.test(raw) ? word.charAt(0).toUpperCase() + word.slice(1) : word
}
