import type { Element } from './element.ts'
import { formOf } from './phrase.ts'
import type { Token } from './words/token.ts'

const MODAL = /^(?:may|might|could|should|well|yet)$/u

/** Phrases behind which the verb of the event stands in its plain form: "will", "is likely to", "may". */
export const isChain = ({ layer, cue, last }: Element, tokens: readonly Token[]): boolean =>
  (layer === 'future' && (cue !== 'fate' || tokens[last]?.word === 'to')) ||
  (layer === 'hedge' && (tokens[last]?.word === 'to' || MODAL.test(tokens[last]?.word ?? '')))

const ADVERB =
  /(?:ly|^(?:almost|most|quite|very|also|soon|still|then|once|again|eventually|just|now|not|never|even))$/u
const VERBS_IN_LY = /^(?:apply|supply|rely|fly|reply|comply|multiply|rally|ally|tally|imply|bully)$/u

export const isAdverb = (word: string): boolean => ADVERB.test(word) && !VERBS_IN_LY.test(word)

/** Where the verb of the event stands: behind the words for the future and what weighs it. */
export function verbBehind(tokens: readonly Token[], last: number): number {
  let at = last + 1
  while (at < tokens.length && skipped(tokens[at] as Token)) at++
  return at
}
const skipped = ({ word }: Token): boolean =>
  isAdverb(word) || /^(?:well|yet|better|only|both|either|all|perhaps|maybe|,)$/u.test(word)

/** "Been", "known", "read": behind "have" it tells what was. */
export const isParticiple = (word: string): boolean => PARTICIPLE.test(word)
const PARTICIPLE =
  /^(?:been|had|come|gone|read|done|got|become|begun|met|sent|set|put|cut|hit|cost|lost|left|told|said|heard|found|brought|thought|bought|sold|run|made|\p{L}+(?:ed|en|wn|on))$/u

/** Whose verb it is: the last token of the subject before the words for the future. */
export function subjectBefore(tokens: readonly Token[], first: number): number {
  let at = first - 1
  while (at >= 0 && (isAdverb(tokens[at]?.word ?? '') || formOf(tokens[at] as Token) === 'is')) at--
  return at
}

/** What things do or suffer, and nobody announces: of these verbs a plan is a forecast. */
const OUTCOME = new Set(
  `be see win lose get need have become face suffer reach hit pass miss run fall rise grow fail live die regret remember
   learn know feel witness experience end exceed survive cross lack struggle enter collapse happen go come slow
   shrink double halve triple cost last stay remain beat finish succeed prevail recover improve gain drop slip sink
   climb peak break explode crash default make find outlive outlast overtake catch`.split(/\s+/u),
)

/** Whether a verb tells what comes of things: "lose", "run out", and not "publish" or "vote". */
export function isOutcome(tokens: readonly Token[], verb: number): boolean {
  const word = tokens[verb]?.word ?? ''
  const next = tokens[verb + 1]?.word ?? ''
  if (word === 'be' || word === 'have')
    return !(
      /^\p{L}{2,}ing$/u.test(next) &&
      !/^(?:facing|losing|paying|going|living|having|something|nothing|anything|everything)$/u.test(next)
    )
  if (word === 'find')
    return (
      !/^(?:a|the|another|ways|time)$/u.test(next) ||
      !/^(?:way|solution|answer|compromise|time|out)$/u.test(tokens[verb + 2]?.word ?? '')
    )
  if (word === 'make') return /^(?:it|a|losses|money|no)$/u.test(next)
  if (word === 'come' || word === 'go') return !/^(?:back|on|to|into|over|through|ahead)$/u.test(next)
  if (word === 'stay' || word === 'remain') return true
  return OUTCOME.has(word)
}
