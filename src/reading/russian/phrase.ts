import { PHRASES } from './phrases.ts'
import type { Token } from './token.ts'

/**
 * What a phrase does in a sentence. `attitude`: the speaker's own certainty. `hedge`: how likely the event is.
 * `unknown`: something above the event that leaves open what is said of it. `plain`: words that look like one of these
 * and say nothing of odds. `wish`, `others`, `promise` and `plan` make no forecast.
 */
export type Layer =
  | 'attitude'
  | 'hedge'
  | 'unknown'
  | 'plain'
  | 'wish'
  | 'others'
  | 'noun'
  | 'forecast'
  | 'coming'
  | 'report'

export type Phrase = {
  readonly layer: Layer
  /** Set where the phrase leans against the event: "вряд ли". */
  readonly against?: true
  /** It speaks of the future by itself: "неизбежно". */
  readonly alone?: true
  /** It is one denial with the "не" of its verb. */
  readonly concord?: true
}

type Pattern = { readonly words: readonly string[]; readonly phrase: Phrase }

let patterns: ReadonlyMap<string, readonly Pattern[]> | undefined

// A word that ends in * stands for all that begin so: patterns are kept by the first letters of their first word.
const LEAD = 3
const leadOf = (word: string): string => word.slice(0, LEAD)

/** Made when the first Russian text is read. */
function known(): ReadonlyMap<string, readonly Pattern[]> {
  if (patterns !== undefined) return patterns
  const by = new Map<string, Pattern[]>()
  for (const { words, ...phrase } of PHRASES)
    for (const one of words.split(';')) {
      const pattern = { words: one.trim().split(' '), phrase }
      const lead = leadOf((pattern.words[0] ?? '').replace('*', ''))
      by.set(lead, [...(by.get(lead) ?? []), pattern])
    }
  for (const list of by.values()) list.sort((a, b) => b.words.length - a.words.length)
  patterns = by
  return by
}

const isWord = (pattern: string, word: string | undefined): boolean =>
  word !== undefined && (pattern.endsWith('*') ? word.startsWith(pattern.slice(0, -1)) : word === pattern)

export type Found = Phrase & { readonly first: number; readonly last: number }

/** The phrases of a sentence in order, the longest at each place and none over another. */
export function phrasesIn(tokens: readonly Token[]): Found[] {
  const found: Found[] = []
  for (let at = 0; at < tokens.length; ) {
    const { word } = tokens[at] as Token
    const match = (known().get(leadOf(word)) ?? []).find(({ words }) =>
      words.every((one, i) => isWord(one, tokens[at + i]?.word)),
    )
    if (match === undefined) {
      at++
      continue
    }
    const last = at + match.words.length - 1
    found.push({ ...match.phrase, first: at, last })
    at = last + 1
  }
  return found
}
