import { isChain } from './chain.ts'
import type { Say } from './cue.ts'
import type { Element } from './element.ts'
import type { Frame } from './frame.ts'
import { type Token, wordsAt } from './words/token.ts'

/** Where "may", "might" and "could" stand beside what is said: in a remark on a noun, a reason, a question, a topic. */
export function beside({ tokens, elements }: Frame, say: Say): void {
  const [chain, ...more] = elements.filter((element) => isChain(element, tokens))
  if (chain?.layer !== 'hedge' || more.length > 0) return
  const from = isReason(tokens, chain)
    ? 0
    : (topicBefore(elements, chain) ?? askedBefore(tokens, elements, chain))
  const first = from ?? relativeBefore(tokens, elements, chain)
  if (first !== null) say('aside', wordsAt(tokens, first, chain.last))
}

/** "… because he might lose a villa", "… before it may carry anybody". */
const isReason = (tokens: readonly Token[], { first, last }: Element): boolean =>
  /^(?:may|might|could|well)$/u.test(tokens[last]?.word ?? '') &&
  (tokens[0]?.word === 'because' ||
    tokens.slice(Math.max(0, first - 4), first).some(({ word }) => /^(?:before|until)$/u.test(word)))

/** "He discusses the possibility that they might leave". */
function topicBefore(elements: readonly Element[], chain: Element): number | null {
  const before = elements[elements.indexOf(chain) - 1]
  return before?.cue === 'bare_chance' ? before.first : null
}

/** "They have to decide whether he could go". */
function askedBefore(tokens: readonly Token[], elements: readonly Element[], chain: Element): number | null {
  const whether = tokens.findIndex(({ word }) => word === 'whether')
  return whether !== -1 && whether < chain.first && elements[0] === chain ? whether : null
}

/** "A side that could be relegated", "two metres deep, where ice might be preserved". */
function relativeBefore(
  tokens: readonly Token[],
  elements: readonly Element[],
  chain: Element,
): number | null {
  if (elements.find(({ layer }) => layer !== 'asks') !== chain) return null
  for (let at = chain.first - 1; at >= Math.max(0, chain.first - 4); at--) {
    const { word } = tokens[at] as Token
    if (word === 'what' || (at > 0 && /^(?:where|whose)$/u.test(word))) return at
    const isBeside = at > 0 && at === chain.first - 1 && /^(?:that|who|which)$/u.test(word)
    if (isBeside && !/^(?:and|but|so|is|,)$/u.test(tokens[at - 1]?.word ?? ',')) return at
  }
  return null
}
