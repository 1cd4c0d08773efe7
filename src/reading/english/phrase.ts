import { PHRASES } from './phrases.ts'
import type { Token } from './words/token.ts'

/**
 * What a phrase does in a clause. `attitude`: the speaker's own certainty above the event. `hedge`: how likely the
 * event is. `future`: that it is to come. `not`: a denial. `asks`: something modal whose value the editor must give.
 * `factive`: what stands below it is told as a fact. `plain`: words that look like one of these
 * and say nothing about odds.
 */
export type Layer = 'attitude' | 'hedge' | 'future' | 'not' | 'asks' | 'plain' | 'report' | 'factive'

export type Phrase = {
  readonly layer: Layer
  /** The row of the lexicon. */
  readonly key?: string
  /** What it reads as behind "not": a row, or `asks`; nothing where a "not" before it denies the event. */
  readonly not?: string
  /** For the editor, why it is asked about or what is assumed. */
  readonly why?: string
  /** How it makes a forecast of a sentence, as a rule of `cue.ts`. */
  readonly cue?: string
}

type Node = { readonly next: Map<string, Node>; phrase?: Phrase }

/** Words that may stand inside a phrase without changing it, where its pattern has `~`. */
const LIGHT = new Set(
  'also now still yet just widely generally broadly commonly fully really very so quite currently certainly clearly only even today personally honestly simply actually already ever of course myself that'.split(
    ' ',
  ),
)
const MOST_LIGHT = 2

const BE = new Set(['am', 'are', 'was', 'were', 'be', 'been', 'being', 'is'])
/** The word as phrases have it: every form of to be is "is". */
export const formOf = ({ word }: Token): string => (BE.has(word) ? 'is' : word)

/** The phrases of a pattern: `(a|b c|)` stands for each of these, an empty one for nothing; they may be nested. */
export function expanded(pattern: string): string[] {
  let at = 0
  const choice = (): string[] => {
    const all = sequence()
    while (pattern[at] === '|') {
      at++
      all.push(...sequence())
    }
    return all
  }
  const sequence = (): string[] => {
    let all = ['']
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') {
      if (pattern[at] === '(') {
        at++
        const inner = choice()
        at++
        all = all.flatMap((begun) => inner.map((end) => begun + end))
      } else {
        const from = at
        while (at < pattern.length && !'(|)'.includes(pattern[at] as string)) at++
        const words = pattern.slice(from, at)
        all = all.map((begun) => begun + words)
      }
    }
    return all
  }
  return choice().map((phrase) => phrase.replace(/\s+/gu, ' ').trim())
}

let root: Node | undefined

/** Made when the first text is read: a program that reads none need not wait for it. */
function phrases(): Node {
  if (root !== undefined) return root
  root = { next: new Map() }
  for (const { words, ...phrase } of PHRASES) {
    for (const pattern of words.split(';').flatMap(expanded)) {
      let node: Node = root
      for (const word of pattern.split(' ')) {
        const inner: Node = node.next.get(word) ?? { next: new Map() }
        node.next.set(word, inner)
        node = inner
      }
      node.phrase ??= phrase
    }
  }
  return root
}

/** The longest phrase that begins at a token, with its last token; null where none does. */
export function phraseAt(tokens: readonly Token[], first: number): { phrase: Phrase; last: number } | null {
  let longest: { phrase: Phrase; last: number } | null = null
  const walk = (node: Node, at: number): void => {
    if (node.phrase !== undefined && (longest === null || at - 1 > longest.last))
      longest = { phrase: node.phrase, last: at - 1 }
    const token = tokens[at]
    if (token !== undefined) {
      const inner = node.next.get(formOf(token)) ?? node.next.get(token.word)
      if (inner !== undefined) walk(inner, at + 1)
    }
    const loose = node.next.get('~')
    if (loose === undefined) return
    walk(loose, at)
    for (let skipped = 1; skipped <= MOST_LIGHT && LIGHT.has(tokens[at + skipped - 1]?.word ?? ''); skipped++)
      walk(loose, at + skipped)
  }
  walk(phrases(), first)
  return longest
}
