import type { Element } from './element.ts'
import { lookedUp } from './lexicon.ts'
import type { Token } from './words/token.ts'

const OUTER = 'an outer negation: read as "possibly", never as 1 − p'

/** What may stand between a denial and what it denies. */
const BETWEEN = new Set(
  'stand stands got had give gives at all very particularly especially really so too even that entirely yet quite terribly necessarily now any a an the is be highly most absolutely to have has been i we you do does it there currently still much honestly actually ,'.split(
    ' ',
  ),
)

/** The elements of a clause with the outer denials resolved, and the inner ones. */
export type Resolved = { readonly elements: readonly Element[]; readonly denials: readonly Element[] }

/** Denials of a hedge become what its row says; the others deny the event. */
export function resolved(tokens: readonly Token[], heard: readonly Element[]): Resolved {
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
    if (word === 'no' && deniesNothing(tokens, element.last)) continue
    if (isOfRelative(tokens, elements, element.first)) continue
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

/** "We will get a ban on people who do not travel": it denies what stands behind the relative. */
function isOfRelative(tokens: readonly Token[], elements: readonly Element[], not: number): boolean {
  const future = elements.findLast(({ layer, last }) => layer === 'future' && last < not)
  return (
    future !== undefined &&
    tokens.slice(future.last + 2, not).some(({ word }) => /^(?:who|which|that|whose)$/u.test(word))
  )
}

/** "No, there will be no war" answers, and "No. 14" counts. */
function deniesNothing(tokens: readonly Token[], no: number): boolean {
  const [after, then] = [tokens[no + 1], tokens[no + 2]]
  if (after?.word === ',' || tokens.length === 1) return true
  return after?.kind === 'number' || (after?.word === '.' && then?.kind === 'number')
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
function counts(tokens: readonly Token[], element: Element, before: Element | undefined): boolean {
  if (element.layer !== 'asks') return true
  const { cue } = element
  // What stands behind the words for the future is not above them.
  if (cue === 'matrix' || cue === 'consequence') return before === undefined || before.layer === 'attitude'
  if (cue !== 'attempt' && cue !== 'need' && cue !== 'plan') return true
  return before !== undefined && before.layer !== 'attitude' && isBeside(tokens, before, element)
}

const isBeside = (tokens: readonly Token[], { last }: Element, { first }: Element): boolean =>
  tokens.slice(last + 1, first).every(({ word }) => BETWEEN.has(word))

function outer(denial: Element, element: Element): Element {
  const { not: key = 'asks', why: _, ...rest } = element
  const whole = { ...rest, first: denial.first }
  if (key === 'asks') return { ...whole, layer: 'asks', why: 'is denied here: what does it mean?' }
  return {
    ...whole,
    key,
    why: key === 'possibly' ? OUTER : lookedUp(element.key ?? ''),
    layer: element.layer === 'future' ? 'hedge' : element.layer,
  }
}
