import type { Voice } from '../grammar/language.ts'
import type { Element } from './element.ts'
import type { Token } from './words/token.ts'

/** Whose verb it is: the speaker's own, one other person's (a reporter's subject) or that of people unnamed. */
export function whose(
  tokens: readonly Token[],
  { first }: Element,
  voice: Voice | undefined,
): 'own' | 'third' | 'others' {
  if (tokens[first]?.word === 'according')
    return voice === 'quote' && RIVALS.test(tokens[first + 2]?.word ?? '') ? 'others' : 'third'
  let at = first - 1
  while (at >= 0 && SKIPPED.has(tokens[at]?.word ?? '')) at--
  const subject = tokens[at]
  if (subject === undefined || subject.kind === 'mark') return at < 0 ? 'own' : 'third'
  if (OWN.has(subject.word)) return 'own'
  if (OTHERS.has(subject.word)) return 'others'
  // "They say there will be no war": nobody in particular.
  if (subject.word === 'they' && /^(?:say|claim|insist|tell)$/u.test(tokens[first]?.word ?? ''))
    return 'others'
  if (EXPERT.test(subject.word)) return 'third'
  const article = tokens[at - 1]?.word ?? tokens[at - 2]?.word ?? ''
  if (/^(?:my|our|his|her|their|your|some|other|another)$/u.test(article)) return 'others'
  // A reporter's "the governor said" tells whose forecast it is.
  if ((voice === 'paraphrase' || voice === 'headline') && !PARTISAN.test(subject.word)) return 'third'
  const named = /^\p{Lu}/u.test(subject.raw) || subject.word === 'he' || subject.word === 'she'
  const the = tokens.slice(Math.max(0, at - 3), at).some(({ word }) => word === 'the')
  return the && !named ? 'others' : 'third'
}
const SKIPPED = new Set(
  'also still now really do does did not would have has had firmly fully always can could only just personally certainly honestly strongly then never simply has will long once recently ever often already repeatedly usually sometimes'.split(
    ' ',
  ),
)
const RIVALS = /^(?:his|her|their|my|our|some|many|critics|rivals|opponents|others|sceptics|most)$/u
const OWN = new Set('i we me myself ourselves that to and so'.split(' '))
/** Of these the reporter tells what the speaker says; any other "the …" is somebody else. */
const EXPERT =
  /^(?:expert|analyst|professor|economist|scientist|strategist|researcher|author|historian|scholar|pollster|forecaster|commentator|speaker|interviewee|specialist|adviser|advisor|fellow|head|director|paper|report|study|note|bank|institute)$/u
/** Whose side they are on is known, and a reporter tells what they say for balance. */
const PARTISAN = /^(?:opposition|government|rebels|press|media|public|enemy|markets?)$/u
const OTHERS = new Set(
  'people some many others critics everyone everybody few you nobody anyone opponents pundits sceptics skeptics rivals'.split(
    ' ',
  ),
)

const THEIRS = 'is somebody else’s view: is it the speaker’s forecast too?'

/** "Would" under a report is "will"; what others say or believe is asked about. */
export function asHeard(
  tokens: readonly Token[],
  element: Element,
  voice: Voice | undefined,
  reported: boolean,
): Element {
  const { layer, first } = element
  const { word } = tokens[first] as Token
  if (layer === 'asks' && word === 'would' && reported && tokens[first + 1]?.word !== 'have')
    return { layer: 'future', key: 'will', cue: 'reported', first, last: element.last }
  if (layer !== 'attitude' && layer !== 'report') return element
  // "More than analysts had expected".
  if (layer === 'attitude' && tokens[first - 1]?.word === 'had') return { ...element, layer: 'plain' }
  // "… , traders said" stands behind what was said and governs nothing.
  if (layer === 'report' && (tokens[element.last + 1]?.kind ?? 'mark') === 'mark')
    return { ...element, layer: 'plain' }
  const own = whose(tokens, element, voice)
  // "He would say that": what he is like.
  if (layer === 'attitude' && word === 'would' && own !== 'own') return { ...element, layer: 'plain' }
  const isTheirs = own === 'others' || (own === 'third' && voice === 'quote')
  if (layer === 'report') return isTheirs ? theirs(element) : { ...element, layer: 'plain' }
  if (own !== 'own' && !isVerb(word)) {
    // "My brother is sure that …"; of a thing ("victory is certain") it says how likely it is.
    const held = /^(?:that|sure|convinced|confident|of)$/u.test(tokens[element.last]?.word ?? '')
    return own === 'others' && held ? theirs(element) : { ...element, cue: 'likelihood' }
  }
  if (isTheirs && isVerb(word)) return theirs(element)
  return /^(?:i|we)$/u.test(tokens[first - 1]?.word ?? '') ? { ...element, first: first - 1 } : element
}

const theirs = (element: Element): Element => ({ ...element, layer: 'asks', why: THEIRS, cue: 'others' })
const isVerb = (word: string): boolean => !/^(?:in|to|my|our|if|it|by|as|from|would|is|am|are)$/u.test(word)
