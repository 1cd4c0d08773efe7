import type { Quantity } from '../grammar/language.ts'
import type { Claim } from './claim.ts'
import { THRESHOLD } from './cue.ts'
import { ownWords, type Token } from './words/token.ts'

/** A quantity of a clause, with the stretch of tokens it stands in. */
type Measure = {
  readonly interval?: readonly [number | null, number | null]
  readonly value?: number
  readonly unit: string
  readonly first: number
  readonly last: number
}

export type Quantified = {
  readonly quantity: Quantity
  readonly part: { readonly start: number; readonly end: number }
}

/** Before a number these leave one end open: "above 3 percent". */
const LOW_ENDS = new Set(
  'above over exceed exceeds beyond past top tops surpass surpasses least breach breaches crosses cross'.split(
    ' ',
  ),
)
const HIGH_ENDS = new Set('below under most'.split(' '))
/** Behind these a number is a level although no unit stands by it. */
const LEVELS = new Set(
  'peak peaks reach reaches hit hits stand stands total totals average averages see sees top bottom close end trade settle be'.split(
    ' ',
  ),
)
const TIME = new Set(
  'day days week weeks month months year years quarter quarters decade decades hour hours minute minutes century centuries season seasons weekend times time'.split(
    ' ',
  ),
)
const NO_UNIT = new Set(
  'of to in and or per the a an is are will would by for on at from with this next last that which who as than but more less other after before between during until new big major key main percentage out'.split(
    ' ',
  ),
)
const CURRENCY: Readonly<Record<string, string>> = { $: 'dollars', '€': 'euros', '£': 'pounds', '¥': 'yen' }

/** The forecasts of a quantity in a claim; none where a threshold makes an event of the number. */
export function quantitiesIn({ frame, score }: Claim): Quantified[] {
  if (score < THRESHOLD || frame.reading.kind === 'number' || frame.reading.kind === 'range') return []
  const { tokens, elements } = frame
  const [begin, end] = [tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0]
  const chain = elements.find(({ layer }) => layer === 'future' || layer === 'hedge')
  const firstVerb = chain?.first ?? 0
  const measures = measuresIn(tokens).filter(
    ({ first, last }) =>
      first > firstVerb &&
      !isBeside(tokens, firstVerb, first) &&
      // "A 95 percent chance" measures nothing else.
      !elements.some((one) => one.layer === 'number' && one.first <= last && first <= one.last),
  )
  const verb = chain?.first ?? tokens.findIndex(({ word }) => GROWS.test(word))
  const above = elements.filter(
    ({ cue, layer, last }) => (layer === 'attitude' || cue === 'forecasting') && last < verb,
  )
  const what = subjectOf(tokens, (above.at(-1)?.last ?? -1) + 1, verb)
  return measures.map(({ first, last: _, ...measure }, i) => {
    const next = measures[i + 1]
    const from = i === 0 ? begin : (tokens[first]?.start ?? begin)
    const to = next === undefined ? end : (tokens[joined(tokens, next.first)]?.end ?? end)
    return { quantity: { what, ...measure }, part: { start: from, end: to } }
  })
}

/** Verbs of the present behind which a number stands: "assumes that output grows at 2.5 percent". */
const GROWS =
  /^(?:grows|rises|falls|reaches|hits|stays|averages|expands|contracts|shrinks|slows|climbs|drops|totals|peaks)$/u

/** "Until inflation is below 3 percent": a number of another clause. */
const isBeside = (tokens: readonly Token[], verb: number, first: number): boolean =>
  tokens
    .slice(verb, first)
    .some(({ word }) =>
      /^(?:until|when|while|if|unless|because|although|whenever|after|which|who|as)$/u.test(word),
    )

/** The last token before the conjunction that leads to the next quantity. */
function joined(tokens: readonly Token[], next: number): number {
  let at = next - 1
  while (at > 0 && !/^(?:and|or|,|then)$/u.test(tokens[at]?.word ?? '')) at--
  return Math.max(0, (at > 0 ? at : next) - 1)
}

function subjectOf(tokens: readonly Token[], from: number, to: number): string {
  let begin = from
  while (/^(?:that|the|and|but|so|,|"|then|also)$/u.test(tokens[begin]?.word ?? '') && begin < to) begin++
  return tokens.slice(begin, to).map(ownWords).join(' ')
}

function measuresIn(tokens: readonly Token[]): Measure[] {
  const found: Measure[] = []
  for (let at = 0; at < tokens.length; at++) {
    const measure = measureAt(tokens, at)
    if (measure === null) continue
    found.push(measure)
    at = measure.last
  }
  return found
}

function measureAt(tokens: readonly Token[], at: number): Measure | null {
  const first = amount(tokens, at)
  if (first === null) return null
  // Between 3 % and 3.5 %, 3 to 3.5 percent, 3–3.5 %.
  const link = tokens[first.next]?.word ?? ''
  const second = /^(?:and|to|-|or)$/u.test(link) ? amount(tokens, first.next + 1) : null
  const before = tokens[at - 1]?.word ?? ''
  // "Down from 3.5 percent": where it stood.
  const stood = tokens[at - 1]?.word === '+' ? at - 2 : at - 1
  if (tokens[stood]?.word === 'from' && /^(?:down|up|lower|higher)$/u.test(tokens[stood - 1]?.word ?? ''))
    return null
  const joins = link !== 'and' || before === 'between'
  if (
    second !== null &&
    joins &&
    second.unit !== '' &&
    first.value < second.value &&
    (first.unit === '' || first.unit === second.unit)
  ) {
    const place = { unit: second.unit, first: before === 'between' ? at - 1 : at, last: second.next - 1 }
    const moves =
      link === 'to' &&
      before === 'from' &&
      !/^(?:range|ranges|vary|varies|fluctuate|move|hover)$/u.test(tokens[at - 2]?.word ?? '')
    return moves ? { value: second.value, ...place } : { interval: [first.value, second.value], ...place }
  }
  if (first.unit === '' && !isLevel(tokens, at, first.value)) return null
  const place = { unit: first.unit, first: at, last: first.next - 1 }
  const end = endOf(tokens, at)
  return end === null
    ? { value: first.value, ...place }
    : { interval: end === 'low' ? [first.value, null] : [null, first.value], ...place }
}

/** Which end of an interval a number is, by the words before it. */
function endOf(tokens: readonly Token[], at: number): 'low' | 'high' | null {
  const [far, near] = [tokens[at - 2]?.word ?? '', tokens[at - 1]?.word ?? '']
  if (near === 'than') return /^(?:more|greater|higher)$/u.test(far) ? 'low' : 'high'
  return LOW_ENDS.has(near) ? 'low' : HIGH_ENDS.has(near) ? 'high' : null
}

/** "Will peak at about 10.3 billion": a number that is no year, behind a verb of measure. */
function isLevel(tokens: readonly Token[], at: number, value: number): boolean {
  const year = Number.isInteger(value) && value >= 1900 && value <= 2100
  if (year || (value < 20 && Number.isInteger(value))) return false
  let verb = at - 1
  while (
    verb >= 0 &&
    /^(?:at|about|around|roughly|near|nearly|almost|some|approximately|to|close)$/u.test(
      tokens[verb]?.word ?? '',
    )
  )
    verb--
  return verb >= 0 && LEVELS.has(tokens[verb]?.word ?? '')
}

/** A number at a token with its unit, which may stand before it ("$5 million") or behind; '' where it has none. */
function amount(tokens: readonly Token[], at: number): { value: number; unit: string; next: number } | null {
  const token = tokens[at]
  if (token?.value === undefined || token.ordinal === true || (token.kind === 'word' && token.word === 'one'))
    return null
  const before = tokens[at - 1]?.word ?? ''
  // "The 2026 midterms": the year of an event.
  const isYear = Number.isInteger(token.value) && token.value >= 1900 && token.value < 2200
  if (isYear && /^(?:the|in|by|of|since|until|before|after|from|this|next|for)$/u.test(before)) return null
  const currency = CURRENCY[before]
  const [unit, next] = currency === undefined ? unitAt(tokens, at + 1) : [currency, at + 1]
  return { value: token.value, unit, next }
}

function unitAt(tokens: readonly Token[], at: number): [string, number] {
  const word = tokens[at]?.word ?? ''
  const after = tokens[at + 1]?.word ?? ''
  if (word === '%' || word === 'percent' || word === 'pct')
    return after === 'points' || after === 'point' ? ['percentage points', at + 2] : ['percent', at + 1]
  if (word === 'per' && after === 'cent') return ['percent', at + 2]
  if (word === 'percentage' && /^points?$/u.test(after)) return ['percentage points', at + 2]
  if (word === 'basis' && /^points?$/u.test(after)) return ['basis points', at + 2]
  for (let noun = at; noun < at + 3; noun++) {
    const counted = tokens[noun]?.word ?? ''
    if (
      tokens[noun]?.kind !== 'word' ||
      !/^\p{L}{2,}$/u.test(counted) ||
      TIME.has(counted) ||
      (NO_UNIT.has(counted) && counted !== 'new')
    )
      break
    if (/(?:[^s]s|people|yen|won|yuan)$/u.test(counted)) return [counted, noun + 1]
  }
  return ['', at]
}
