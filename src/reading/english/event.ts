import { isAdverb, isChain } from './chain.ts'
import { presentEvent } from './complement.ts'
import type { Element } from './element.ts'
import type { Frame } from './frame.ts'
import { ownWords, type Token } from './words/token.ts'

const STANDS_FOR: Readonly<Record<string, string>> = {
  ever: '',
  nobody: 'somebody',
  'no one': 'somebody',
  none: 'one',
  nothing: 'something',
  nowhere: 'somewhere',
  neither: '',
  nor: 'or',
  never: '',
  not: '',
}

/**
 * The event of a clause as a sentence: positive, in the third person, without hedge and attitude ("His party will
 * probably not lose its seats" is "His party loses its seats"). Null where the grammar is not sure.
 */
export function eventOf(frame: Frame, text: string): string | null {
  const { tokens, elements } = frame
  const chain = elements.find((element) => isChain(element, tokens))
  const begin = beginning(frame, chain?.first ?? tokens.length)
  const subject =
    chain === undefined ? expected(frame, begin) : ([begin, chain.first, chain.last + 1] as const)
  if (frame.reading.open === 'aside') return null
  if (subject === null) {
    const present = presentEvent(frame, begin, ending(tokens, begin))
    return present === null ? told(frame, text) : sentenceOf(written(text, tokens.slice(...present)))
  }
  const [from, end, after] = subject
  const dropped = droppedIn(frame)
  const head = kept(tokens, from, end, dropped)
  while (COPULA.test(head.at(-1)?.word ?? '')) head.pop()
  if (head.length === 0 || head.some(({ word }) => /^(?:i|we|you|who|which|what|that)$/u.test(word)))
    return null
  const rest = kept(tokens, after, ending(tokens, after), dropped)
  const verb = rest.findIndex(({ word }) => !isAdverb(word))
  const found = rest[verb]
  if (found === undefined || found.kind !== 'word' || found.value !== undefined || /ing$/u.test(found.word))
    return null
  const words = [
    written(text, withDeterminer(frame, head)).replace(
      /^(?:them|him|me)$/u,
      (object) => SUBJECTS[object] ?? object,
    ),
    ...rest.slice(0, verb).map(({ raw }) => raw),
    inflected(found.word, isPlural(head)),
    written(text, withDeterminer(frame, rest.slice(verb + 1))),
  ]
  const event = words
    .join(' ')
    .replaceAll(/\s+(?=[,.])/gu, '')
    .replaceAll(/\s+/gu, ' ')
  return sentenceOf(event)
}

/** Words as a title; null where none are left. */
function sentenceOf(words: string): string | null {
  const bare = words.replace(/[\s,;:.–—-]+$/u, '').trim()
  return bare === '' ? null : bare.charAt(0).toUpperCase() + bare.slice(1)
}

/** "The first human lands on Mars in 2031": a clause that weighs and denies nothing is its event. */
function told({ tokens, elements, denials, reading }: Frame, text: string): string | null {
  if (reading.kind !== 'flat' || elements.length + denials.length > 0) return null
  if (tokens.some(({ word }) => /^(?:i|we|you|my|our|your)$/u.test(word))) return null
  return sentenceOf(written(text, tokens).replace(/^(?:and|but|so) /iu, ''))
}

const SUBJECTS: Readonly<Record<string, string>> = { them: 'they', him: 'he', me: 'I' }
const ENDING = new Set(['"', 'because', 'since'])
const COPULA = /^(?:now|still|is|are|was|were|am|be|seems?|looks?|appears?)$/u

/** Behind what stands above the event: "I think that", "There is a good chance", and what opens a sentence. */
function beginning({ tokens, elements }: Frame, chain: number): number {
  let begin = 0
  for (const element of elements) {
    const { layer, first, last } = element
    if (first >= chain || layer === 'future' || layer === 'not') continue
    if (layer !== 'attitude' && isAdverbial(tokens, element) && first > begin) continue
    begin = Math.max(begin, last + 1)
  }
  const that = tokens.findIndex(
    ({ word }, i) => i >= begin && i < chain && (word === 'that' || word === 'whether'),
  )
  if (begin > 0 && that !== -1) begin = that + 1
  if (tokens[begin]?.word === 'according') {
    const comma = tokens.findIndex(({ word }, i) => i > begin && i < chain && word === ',')
    if (comma !== -1) begin = comma + 1
  }
  while (
    OPENERS.has(tokens[begin]?.word ?? '') ||
    (tokens[begin]?.kind === 'mark' && tokens[begin]?.word !== '$')
  )
    begin++
  return begin
}
const OPENERS = new Set(
  'so and but however then yes no well accordingly also therefore thus still indeed nevertheless moreover that whether if'.split(
    ' ',
  ),
)
/** "Probably", "in all likelihood": words that may stand anywhere and end no matrix. */
const isAdverbial = (tokens: readonly Token[], { first, last, cue }: Element): boolean =>
  cue === 'adverb' ||
  isAdverb(tokens[last]?.word ?? '') ||
  /^(?:in|on|by|without|for|perhaps|maybe)$/u.test(tokens[first]?.word ?? '')

/** "I expect the war to end": the subject and the verb behind "to". */
function expected({ tokens, elements }: Frame, begin: number): readonly [number, number, number] | null {
  const expects = elements.some(({ layer, key }) => layer === 'attitude' && key === 'likely')
  const to = tokens.findIndex(({ word }, i) => i > begin && i < begin + 8 && word === 'to')
  return expects && to !== -1 ? [begin, to, to + 1] : null
}

/** The tokens that weigh the event and are no part of it. */
function droppedIn({ elements, denials }: Frame): Set<number> {
  const dropped = new Set<number>()
  for (const { first, last } of [...elements, ...denials])
    for (let at = first; at <= last; at++) dropped.add(at)
  return dropped
}

const kept = (tokens: readonly Token[], from: number, to: number, dropped: ReadonlySet<number>): Token[] =>
  tokens.slice(from, to).filter((token, i) => {
    const stands = STANDS_FOR[token.word]
    return !dropped.has(from + i) || (stands !== undefined && stands !== '')
  })

/** The clause ends before its reason, and before what is only less likely still. */
const ending = (tokens: readonly Token[], from: number): number => {
  const lesser = (at: number) =>
    /^(?:much less|let alone)$/u.test(`${tokens[at]?.word} ${tokens[at + 1]?.word}`)
  const end = tokens.findIndex(({ word }, i) => i > from && (ENDING.has(word) || lesser(i)))
  return end === -1 ? tokens.length : end
}

/** The words as they stand in the text; "nobody" is "somebody", "neither A nor B" is "A or B". */
function written(text: string, tokens: readonly (Token | string)[]): string {
  let words = ''
  let before: Token | undefined
  for (const token of tokens) {
    if (typeof token === 'string') words += `${words === '' ? '' : ' '}${token}`
    else if (before?.start === token.start) continue
    else {
      const between = before === undefined || words === '' ? '' : text.slice(before.end, token.start)
      const joins = /^[\s-]*$/u.test(between) && between.length < 3 ? between : ' '
      words +=
        (words !== '' && joins === '' && before === undefined ? ' ' : joins) +
        (STANDS_FOR[token.word] ?? ownWords(token))
    }
    before = typeof token === 'string' ? undefined : token
  }
  return words.trim()
}

/** "No deal" is "a deal": what the denial left without an article. */
function withDeterminer({ tokens, denials }: Frame, kept: readonly Token[]): (Token | string)[] {
  const denied = denials.map(({ last }) => tokens[last]).filter((token) => token?.word === 'no')
  return kept.flatMap((token) => {
    const no = denied.some((denial) => denial !== undefined && tokens[tokens.indexOf(denial) + 1] === token)
    return no && !/s$/u.test(token.word) ? [/^[aeiou]/u.test(token.word) ? 'an' : 'a', token] : [token]
  })
}

const PLURAL = new Set(
  'they them people men women children police these those both many few all others data'.split(' '),
)
const SINGULAR_ENDING = /(?:ss|us|is|ics|news)$/u

/** Whether the subject is of several: by its last noun before "of", "in" and the like. */
function isPlural(subject: readonly Token[]): boolean {
  const words = subject.map(({ word }) => word)
  if (words.includes('and') || words.includes('both')) return true
  const preposition = words.findIndex(
    (word, i) => i > 0 && /^(?:of|in|for|with|to|from|on|at|between|by|against)$/u.test(word),
  )
  const head = subject[(preposition === -1 ? words.length : preposition) - 1]
  if (head === undefined) return false
  if (PLURAL.has(head.word)) return true
  const name = /^\p{Lu}/u.test(head.raw) && !words.includes('the')
  return (
    /s$/u.test(head.word) &&
    !SINGULAR_ENDING.test(head.word) &&
    !(name && words.length > 1) &&
    !/'s$/u.test(head.word)
  )
}

function inflected(verb: string, plural: boolean): string {
  if (verb === 'be') return plural ? 'are' : 'is'
  if (plural) return verb
  if (verb === 'have') return 'has'
  if (/(?:s|x|z|ch|sh|o)$/u.test(verb)) return `${verb}es`
  return /[^aeiou]y$/u.test(verb) ? `${verb.slice(0, -1)}ies` : `${verb}s`
}
