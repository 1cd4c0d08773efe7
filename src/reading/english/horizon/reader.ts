import type { Day, Unit } from '../../grammar/day.ts'
import type * as time from '../../grammar/time.ts'
import type { Token } from '../../grammar/token.ts'

/** A sentence that is read for its times, with what they are reckoned from. */
export type Reader = {
  readonly tokens: readonly Token[]
  readonly published: Day
  /** ISO 3166: named in the sentence, or else that of the source. */
  readonly country: string | null
  /** Whether the sentence itself names it. */
  readonly named: boolean
  /** Whose fiscal years and holidays are meant: the country of the sentence, of its text, or else of the source. */
  readonly whose: string | null
}

/** A time of English, with what its prepositions need to know of it. */
export type Span = time.Span & {
  readonly grain: Unit | 'season' | 'amount' | 'weekend'
  /** It stands without a preposition, as "next year" does. */
  readonly free?: true
  /** It is the end of a period: before the end of May is still May. */
  readonly end?: true
  /** A decade by its number: by the 2030s is before they begin. */
  readonly named?: true
  /** It names its year, or counts from the present: told of the past it would be another. */
  readonly dated?: true
}
export type Asked = time.Asked & { readonly free?: true }
export type Past = time.Past
export type Read = Span | Asked | Past

export const wordAt = (r: Reader, at: number): string => r.tokens[at]?.word ?? ''
export const rawAt = (r: Reader, at: number): string => r.tokens[at]?.raw ?? ''

/** A word without the 's behind it. */
export const bareAt = (r: Reader, at: number): string => {
  const word = wordAt(r, at)
  return word.endsWith("'s") ? word.slice(0, -2) : word
}

export const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(' '))

/** Phrases by their first word. */
export type Table<T> = ReadonlyMap<string, readonly { words: readonly string[]; value: T }[]>

/** A row: phrases with bars between them, and what they mean. */
export function table<T>(rows: readonly (readonly [phrases: string, value: T])[]): Table<T> {
  const by = new Map<string, { words: readonly string[]; value: T }[]>()
  for (const [phrases, value] of rows)
    for (const phrase of phrases.split('|')) {
      const words = phrase.split(' ')
      const first = words[0] ?? ''
      by.set(first, [...(by.get(first) ?? []), { words, value }])
    }
  for (const list of by.values()) list.sort((a, b) => b.words.length - a.words.length)
  return by
}

/** Phrases that all mean one thing, with bars between them. */
export const phrases = (...lines: readonly string[]): Table<true> => table(lines.map((line) => [line, true]))

/** The longest phrase of a table that stands at a place. */
export function longest<T>(from: Table<T>, r: Reader, at: number): { next: number; value: T } | null {
  for (const { words, value } of from.get(wordAt(r, at)) ?? [])
    if (words.every((word, i) => wordAt(r, at + i) === word)) return { next: at + words.length, value }
  return null
}

const CLOSES = wordSet('. , ; : ! ? … " ( ) [ ] —')
/** Whether a clause ends before this token: at a mark, or where the sentence does. */
export const closesAt = (r: Reader, at: number): boolean => {
  const token = r.tokens[at]
  return token === undefined || (token.kind === 'mark' && CLOSES.has(token.word))
}

/** Where the words from here to the end of their clause end, eight tokens on at the most. */
export function clauseEnd(r: Reader, at: number, most = 8): number {
  let end = at
  while (end < at + most && !closesAt(r, end)) end++
  return end
}

export const touches = (r: Reader, at: number): boolean => r.tokens[at]?.end === r.tokens[at + 1]?.start
