import { type Band, FLATLY } from '../../core/probability.ts'
import type { Reading } from '../language.ts'
import type { Voice } from '../voice.ts'
import type { Clause } from './clause.ts'
import { type Element, elementsOf } from './element.ts'
import { mirrored, widened } from '../mirrored.ts'
import { denied, lexiconRow } from './lexicon.ts'
import { formOf } from './phrase.ts'
import { type Token, wordsAt } from './token.ts'

/** What a clause says about how likely its event is; the words it rests on are its tokens first..last. */
export type ClauseReading = Omit<Reading, 'words' | 'start' | 'end'> & {
  readonly first?: number
  readonly last?: number
}

/** A clause with what bears on its event; the outer denials are resolved, the inner ones counted. */
export type Frame = {
  readonly tokens: readonly Token[]
  readonly elements: readonly Element[]
  readonly denials: readonly Element[]
  /** Whether a report stands above it, so that "would" is "will". */
  readonly reported: boolean
  readonly reading: ClauseReading
}

const NONE: ClauseReading = { kind: 'none' }
const OUTER = 'an outer negation: read as "possibly", never as 1 − p'

/** What may stand between a denial and what it denies. */
const BETWEEN = new Set(
  'stand stands give gives at all very particularly especially really so too even that entirely yet quite terribly necessarily now any a an the is be highly most absolutely to have has been i we you do does it there currently still much honestly actually ,'.split(
    ' ',
  ),
)

export type Said = {
  readonly voice?: Voice
  /** Whether a condition stands beside the clause, and whether it only explains a word ("if that means war"). */
  readonly condition?: 'real' | 'definition'
  /** Whether the clause tells of the present what is to be at a later time. */
  readonly present?: boolean
  /** Whether a time ahead stands in it. */
  readonly ahead?: boolean
}

/** Reads one clause: its layers from the outside in, then their product. */
export function frameOf(clause: Clause, said: Said = {}): Frame {
  const { tokens } = clause
  const raw = elementsOf(tokens)
  const reported = raw.some((element) => element.layer === 'report' && whose(tokens, element) === 'third')
  const heard = raw.map((element) => asHeard(tokens, element, said, reported))
  const above = matrixOf(tokens, heard)
  const { elements, denials } = resolved(tokens, above === null ? heard : [above, ...heard])
  return { tokens, elements, denials, reported, reading: composed(tokens, elements, denials, said) }
}

/** Whose verb it is: the speaker's own, one other person's (a reporter's subject) or that of people unnamed. */
function whose(tokens: readonly Token[], { first }: Element): 'own' | 'third' | 'others' {
  let at = first - 1
  while (at >= 0 && SKIPPED.has(tokens[at]?.word ?? '')) at--
  const subject = tokens[at]
  if (subject === undefined || subject.kind === 'mark') return at < 0 ? 'own' : 'third'
  if (OWN.has(subject.word)) return 'own'
  if (OTHERS.has(subject.word)) return 'others'
  const article = tokens[at - 1]?.word ?? tokens[at - 2]?.word ?? ''
  if (/^(?:my|our|his|her|their|your|some|other|another)$/u.test(article)) return 'others'
  const named = /^\p{Lu}/u.test(subject.raw) || subject.word === 'he' || subject.word === 'she'
  const the = tokens.slice(Math.max(0, at - 3), at).some(({ word }) => word === 'the')
  return the && !named && !EXPERT.test(subject.word) ? 'others' : 'third'
}
const SKIPPED = new Set(
  'also still now really do does did not would have has had firmly fully always can could only just personally certainly honestly strongly then never simply has will long'.split(
    ' ',
  ),
)
const OWN = new Set('i we me myself ourselves that to and so'.split(' '))
/** Of these the reporter tells what the speaker says; any other "the …" is somebody else. */
const EXPERT =
  /^(?:expert|analyst|professor|economist|scientist|strategist|researcher|author|historian|scholar|pollster|forecaster|commentator|speaker|interviewee|specialist|adviser|advisor|fellow|head|director|paper|report|study|note|bank|institute)$/u
const OTHERS = new Set(
  'people some many others critics everyone everybody few you nobody anyone opponents pundits sceptics skeptics rivals'.split(
    ' ',
  ),
)

const THEIRS = 'is somebody else’s view: is it the speaker’s forecast too?'

/** "Would" under a report is "will"; what others say or believe is asked about. */
function asHeard(tokens: readonly Token[], element: Element, { voice }: Said, reported: boolean): Element {
  const { layer, first } = element
  const { word } = tokens[first] as Token
  if (layer === 'asks' && word === 'would' && reported && tokens[first + 1]?.word !== 'have')
    return { layer: 'future', key: 'will', cue: 'reported', first, last: element.last }
  if (layer !== 'attitude' && layer !== 'report') return element
  // "… , traders said" stands behind what was said and governs nothing.
  if (layer === 'report' && (tokens[element.last + 1]?.kind ?? 'mark') === 'mark')
    return { ...element, layer: 'plain' }
  const own = whose(tokens, element)
  if (layer === 'report') {
    const asks = own === 'others' || (own === 'third' && voice === 'quote')
    return asks ? { ...element, layer: 'asks', why: THEIRS, cue: 'others' } : { ...element, layer: 'plain' }
  }
  const asks = own === 'others' || (own === 'third' && voice === 'quote')
  if (asks && isVerb(word)) return { ...element, layer: 'asks', why: THEIRS, cue: 'others' }
  return first > 0 && /^(?:i|we)$/u.test(tokens[first - 1]?.word ?? '')
    ? { ...element, first: first - 1 }
    : element
}
const isVerb = (word: string): boolean => !/^(?:in|to|my|our|if|it|by|as|from|would|is|am|are)$/u.test(word)

/** Denials of a hedge become what its row says; the others deny the event. */
function resolved(tokens: readonly Token[], heard: readonly Element[]): Pick<Frame, 'elements' | 'denials'> {
  const elements: Element[] = []
  const denials: Element[] = []
  const rest = [...heard]
  for (let i = 0; i < rest.length; i++) {
    const element = rest[i] as Element
    if (element.layer === 'plain' || !counts(tokens, element, elements.at(-1))) continue
    if (element.layer === 'factive') {
      elements.splice(0, elements.length, ...elements.filter(({ layer }) => layer !== 'attitude'))
      continue
    }
    if (element.layer !== 'not') {
      elements.push(element)
      continue
    }
    const { word } = tokens[element.first] as Token
    const next = rest[i + 1]
    // "No, there will be no war": an answer.
    if (word === 'no' && (tokens[element.last + 1]?.word ?? ',') === ',') continue
    if (word === 'nor' && denials.some(({ first }) => tokens[first]?.word === 'neither')) continue
    if (next?.not !== undefined && isBeside(tokens, element, next)) {
      rest[i + 1] = outer(element, next)
      continue
    }
    if (word === 'not' && !isOfEvent(tokens, element, rest, i)) {
      elements.push({ ...element, layer: 'asks', why: 'stands above it: what is denied?', cue: 'matrix' })
      continue
    }
    denials.push(element)
  }
  return { elements, denials }
}

/** Whether a "not" denies the event: it stands in or behind the words for the future, or nothing of that is there. */
function isOfEvent(
  tokens: readonly Token[],
  { first, last }: Element,
  rest: readonly Element[],
  at: number,
): boolean {
  const weighs = ({ layer }: Element) => layer === 'future' || layer === 'hedge'
  if (
    rest
      .slice(0, at)
      .some((element) => weighs(element) || element.layer === 'attitude' || element.layer === 'number')
  )
    return true
  const next = rest.slice(at + 1).find(weighs)
  return (
    next === undefined || next.first - last <= 2 || first >= next.first || tokens[first - 1]?.word === 'would'
  )
}

/** "Will try to" claims an attempt; "wants to" elsewhere in a clause says nothing of its event. */
const counts = (tokens: readonly Token[], element: Element, before: Element | undefined): boolean =>
  !(element.layer === 'asks' && (element.cue === 'attempt' || element.cue === 'plan')) ||
  (before !== undefined && before.layer !== 'attitude' && isBeside(tokens, before, element))

const isBeside = (tokens: readonly Token[], { last }: Element, { first }: Element): boolean =>
  tokens.slice(last + 1, first).every(({ word }) => BETWEEN.has(word))

function outer(denial: Element, element: Element): Element {
  const { not: key = 'asks', why: _, ...rest } = element
  const whole = { ...rest, first: denial.first }
  if (key === 'asks') return { ...whole, layer: 'asks', why: 'is denied here: what does it mean?' }
  return {
    ...whole,
    key,
    ...(key === 'possibly'
      ? { why: OUTER }
      : { why: `the negative of "${(element.key ?? '').replaceAll('_', ' ')}" is looked up, not mirrored` }),
    layer: element.layer === 'future' ? 'hedge' : element.layer,
  }
}

const rowOf = ({ key = '' }: Element) => lexiconRow(key)
const isLow = (element: Element): boolean => midOf(element) < 0.35
const midOf = (element: Element): number => rowOf(element)?.mid ?? 0.5

/** What is asked about even where nothing else in the clause speaks of the future. */
const OPEN = new Set(['unknown', 'likelihood', 'chance', 'odds', 'denial'])

/** Outside in: what asks, a number, the hedge, and only then what is said flatly. */
function composed(
  tokens: readonly Token[],
  elements: readonly Element[],
  denials: readonly Element[],
  said: Said,
): ClauseReading {
  const of = (layer: Element['layer']) => elements.filter((element) => element.layer === layer)
  const [numbers, hedges, attitudes, futures, asked] = [
    of('number'),
    of('hedge'),
    of('attitude'),
    of('future'),
    of('asks'),
  ]
  const wordsOf = (list: readonly Element[]) => ({
    first: Math.min(...list.map(({ first }) => first)),
    last: Math.max(...list.map(({ last }) => last)),
  })
  const asks = (list: readonly Element[], why: string): ClauseReading => ({
    kind: 'asks',
    why,
    ...wordsOf(list),
  })
  const quoted = ({ first, last }: Element) => quotedWords(tokens, first, last)
  const denies = isDenied(tokens, denials)
  if (denies === null)
    return asks(denials, `${denials.map(quoted).join(' and ')}: two denials; which event is meant?`)
  const says =
    hedges.length + futures.length + attitudes.length + numbers.length > 0 ||
    said.present === true ||
    (said.ahead === true && asked.some(({ cue }) => cue === 'ability'))
  if (!says && !asked.some(({ cue }) => OPEN.has(cue ?? ''))) return NONE
  const governing = asked.find(
    ({ cue }) => cue === 'denial' || cue === 'unknown' || cue === 'others' || cue === 'matrix',
  )
  if (governing !== undefined) return asks([governing], `${quoted(governing)} ${governing.why}`)
  if (numbers.length > 0) return numbered(numbers, denials, denies, asks, quoted)
  if (asked.length > 0) {
    const [one] = asked as [Element]
    return asks([one], `${quoted(one)} ${one.why}`)
  }
  const weighed = [...hedges, ...attitudes.filter(({ key }) => key !== 'we_believe')]
  const belief = attitudes.find(({ key }) => key === 'we_believe')
  if (weighed.length > 0) {
    const lows = weighed.filter(isLow)
    if (lows.length > 1)
      return asks(lows, `${lows.map(quoted).join(' and ')}: how likely is it, taken together?`)
    const chosen = lows[0] ?? weighed.reduce((top, element) => (midOf(element) < midOf(top) ? element : top))
    const widen = chosen.key !== 'doubt' && (belief !== undefined || weighed.length > 1)
    const above = widen ? (belief ?? weighed.find((other) => other !== chosen)) : undefined
    return worded(tokens, chosen, denials, denies, above)
  }
  if (belief !== undefined) return worded(tokens, belief, denials, denies, undefined)
  const [future] = futures
  if (future === undefined) {
    if (said.present !== true) return NONE
    return denials.length === 0 ? { kind: 'flat', says: 'yes', ...FLATLY.yes } : flat('no', denials, wordsOf)
  }
  const aside = embedded(tokens, elements, future)
  if (aside !== null) return { ...asks([future], aside), open: 'aside' }
  if (said.condition === 'real')
    return {
      ...asks([future], `${quoted(future)} holds under a condition: is the condition a part of the event?`),
      open: 'condition',
    }
  return flat(denies ? 'no' : 'yes', [future, ...denials], wordsOf)
}

const flat = (
  says: 'yes' | 'no',
  list: readonly Element[],
  wordsOf: (list: readonly Element[]) => { first: number; last: number },
): ClauseReading => ({
  kind: 'flat',
  says,
  ...FLATLY[says],
  key: says === 'yes' ? 'will' : 'will_not',
  measured: says === 'yes',
  ...wordsOf(list),
})

/** Whether the event is denied; null where two denials stand and neither turns the other by a known word. */
function isDenied(tokens: readonly Token[], denials: readonly Element[]): boolean | null {
  const verbs = denials.filter(({ first }) => /^(?:fail|refuse|decline)/u.test(tokens[first]?.word ?? ''))
  const plain = denials.length - verbs.length
  if (verbs.length > 1) return null
  const words = new Set(denials.map(({ first }) => tokens[first]?.word))
  if (plain > 1 && !(words.size === 1 || words.has('nor') || words.has('never'))) return null
  return (plain > 0 ? 1 : 0) + verbs.length === 1
}

type Asks = (list: readonly Element[], why: string) => ClauseReading

function numbered(
  numbers: readonly Element[],
  denials: readonly Element[],
  denies: boolean,
  asks: Asks,
  quoted: (element: Element) => string,
): ClauseReading {
  const [number] = numbers as [Element]
  const different = numbers.some(({ low, high }) => low !== number.low || high !== number.high)
  if (different) return asks(numbers, `${numbers.map(quoted).join(' and ')}: which one is of this event?`)
  // "Not a 70 % chance" denies the number and gives none.
  const before = denials.find(
    ({ last, first }) => last < number.first && number.first - last <= 2 && first >= 0,
  )
  if (before !== undefined)
    return asks([before, number], `${quoted(number)} is denied here: what is the number?`)
  const { low = 0, high = 1, first, last } = number
  const mid = Math.round(((low + high) / 2) * 1e6) / 1e6
  const band: Band = denies ? mirrored({ low, mid, high }) : { low, mid, high }
  const ends = {
    first: Math.min(first, ...denials.map((d) => d.first)),
    last: Math.max(last, ...denials.map((d) => d.last)),
  }
  return {
    kind: low === high ? 'number' : 'range',
    ...band,
    ...ends,
    ...(denies ? { why: 'the event is denied: 1 minus the number said' } : {}),
  }
}

/** One row, its negative where the event is denied, wider where another hedge stands above it. */
function worded(
  tokens: readonly Token[],
  chosen: Element,
  denials: readonly Element[],
  denies: boolean,
  above: Element | undefined,
): ClauseReading {
  const row = rowOf(chosen)
  if (row === null) return NONE
  const turned = denies ? denied(row) : null
  const key = turned === null ? row.key : turned.key
  const base: Band = turned?.band ?? row
  const band = above === undefined ? base : widened(base)
  const said = lexiconRow(key) ?? row
  const notes = [
    above === undefined
      ? undefined
      : `hedged by ${quotedWords(tokens, above.first, withoutThat(tokens, above), '"')}: the end nearer 50 % is moved towards it`,
    turned?.note,
    chosen.why,
    said.measured || turned?.key.startsWith('not_')
      ? undefined
      : said.basis.startsWith('assumed')
        ? said.basis
        : `assumed: ${said.basis}`,
  ].filter((note) => note !== undefined)
  const list = denies ? [chosen, ...denials] : [chosen]
  return {
    kind: 'words',
    key,
    low: band.low,
    mid: band.mid,
    high: band.high,
    measured: row.measured && turned === null && chosen.why === undefined,
    ...(notes.length > 0 ? { why: [...new Set(notes)].join('; ') } : {}),
    first: Math.min(...list.map(({ first }) => first)),
    last: Math.max(...list.map(({ last }) => last)),
  }
}

const NO_COMPLEMENT = new Set(
  'so such now given except in after of by with for at on about than before during from to through over under until and or but all is'.split(
    ' ',
  ),
)
const FACT =
  /^(?:fact|truth|reality|point|line|upshot|answer|result|outcome|consequence|conclusion|thing|news|view|sense|mind|feeling|bet|guess)$/u

/** Words above "that" which no phrase places: what they say of the event is not known. */
function matrixOf(tokens: readonly Token[], heard: readonly Element[]): Element | null {
  const first = heard.find(({ layer }) => layer === 'future' || layer === 'hedge')
  if (first === undefined) return null
  for (let at = 2; at < first.first; at++) {
    if (tokens[at]?.word !== 'that') continue
    const before = tokens[at - 1] as Token
    if (heard.some(({ first: begin, last }) => (begin <= at && at <= last) || last === at - 1)) return null
    const copula = formOf(before) === 'is' && !tokens.slice(0, at - 1).some(({ word }) => FACT.test(word))
    if (NO_COMPLEMENT.has(formOf(before)) && !copula) continue
    if (at === first.first - 1 && !hasVerb(tokens, at, first.last)) continue
    const denied = heard.some(({ layer, last }) => layer === 'not' && last < at)
    return {
      layer: 'asks',
      first: 0,
      last: at,
      why: 'stands above it: what does that say of the event?',
      cue: denied ? 'denial' : 'matrix',
    }
  }
  return null
}

/** Why "will" stands in a side remark or an indirect question and asserts nothing, or null. */
function embedded(tokens: readonly Token[], elements: readonly Element[], future: Element): string | null {
  for (let at = future.first - 1; at >= Math.max(0, future.first - 8); at--) {
    const { word } = tokens[at] as Token
    if (word === ',' && at < future.first - 1) break
    if (
      /^(?:what|how|when|where|why|whether|whom|whose)$/u.test(word) &&
      at > 0 &&
      !/^(?:that|is|exactly|and|,)$/u.test(tokens[at - 1]?.word ?? ',')
    )
      return `${quotedWords(tokens, at, future.last)} asks and does not assert`
    const near = future.first - at <= 2
    if ((word === 'who' || word === 'which') && near && at > 0 && tokens[at - 1]?.word !== ',')
      return `${quotedWords(tokens, at, future.last)} is a remark beside the main clause: is it a forecast?`
    if (
      word === 'that' &&
      at === future.first - 1 &&
      hasVerb(tokens, at, future.last) &&
      at > 0 &&
      !elements.some(({ last }) => last === at || last === at - 1) &&
      !isVerbLike(tokens[at - 1])
    )
      return `${quotedWords(tokens, at, future.last)} is a remark beside the main clause: is it a forecast?`
  }
  return null
}
/** Whether a verb of the main clause stands before "that" or behind what follows it. */
const hasVerb = (tokens: readonly Token[], that: number, last: number): boolean =>
  tokens.some((token, i) => (i < that || i > last + 1) && FINITE.has(formOf(token)))
const FINITE = new Set(
  'is has have had does did do can could would may might need needs want wants'.split(' '),
)
const isVerbLike = (token: Token | undefined) =>
  /^(?:and|so|is|,|for|after|before)$/u.test(token === undefined ? 'and' : formOf(token))

const quotedWords = (tokens: readonly Token[], first: number, last: number, mark?: '"'): string =>
  mark === undefined ? `“${wordsAt(tokens, first, last)}”` : `"${wordsAt(tokens, first, last)}"`

const withoutThat = (tokens: readonly Token[], { first, last }: Element): number =>
  last > first && tokens[last]?.word === 'that' ? last - 1 : last
